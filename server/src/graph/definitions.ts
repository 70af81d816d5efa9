/** What constant names stand for in a container's build: the mode's own, and what `DefinePlugin` is given. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import type { ConstantValue } from "../syntax/guards.ts";
import { type Definitions, type Guard, isLive, namesOwn, withConstants } from "../syntax/index.ts";
import { moduleUses } from "../syntax/treeFacts.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { runTargets } from "./resolveOptions.ts";
import { isNodeCommonJs } from "./strictModules.ts";

export interface BuildDefinitions {
  readonly definitions: Definitions;
  /** False where the configuration leaves the mode to the command line: it is then taken to be a production build. */
  readonly modeStated: boolean;
  /** Constants of a module's own take part in its tests. */
  readonly inlines: boolean;
  /** Calls of `define([…], …)` and `require([…], …)` ask for modules; Rspack wants to be told so. */
  readonly amd: boolean;
  /** What `createRequire` makes is a `require`. */
  readonly createdRequires: boolean;
}

/** What `BuildOptions.options` calls a constant of `DefinePlugin`. */
export const DEFINED = "DefinePlugin.";

const NODE_ENV_NAMES = ["process.env.NODE_ENV", "import.meta.env.NODE_ENV", "import.meta.env.MODE"];
const MODE_NAMES = [...NODE_ENV_NAMES, "import.meta.env.DEV", "import.meta.env.PROD"];

/** As the bundler defines them for its mode, which is production unless the configuration says otherwise. */
export function definitionsOf(config: FederationConfig): BuildDefinitions {
  const { options } = config.build;
  const given = options.get("amd");
  const amd = given === undefined ? config.implementation !== "rspack" : knownValue(given) !== false;
  const mode = knownValue(options.get("mode"));
  const nodeEnv = options.has("optimization.nodeEnv")
    ? knownValue(options.get("optimization.nodeEnv"))
    : mode === "none"
      ? false
      : (mode ?? "production");
  const definitions = new Map<string, ConstantValue>([
    ["typeof require", "function"],
    ["typeof module", "object"],
    ["typeof exports", "object"],
    // Without hot replacement there is none.
    ["module.hot", undefined],
  ]);
  if (amd) definitions.set("typeof define", "function").set("define.amd", true);
  const modeStated = typeof mode === "string";
  if (typeof nodeEnv === "string") {
    for (const name of NODE_ENV_NAMES) definitions.set(name, nodeEnv);
    definitions.set("import.meta.env.DEV", mode === "development");
    definitions.set("import.meta.env.PROD", mode !== "development");
  }
  for (const [option, value] of options) {
    if (option.startsWith(DEFINED)) define(definitions, option.slice(DEFINED.length), knownValue(value));
  }
  if (config.implementation === "rspack") defineRspack(definitions, makesModules(options));
  const inlines = knownValue(options.get("optimization.inlineExports"));
  return {
    definitions,
    modeStated,
    inlines: typeof inlines === "boolean" ? inlines : mode === undefined || mode === "production",
    amd,
    createdRequires: takesCreated(config),
  };
}

/** webpack takes it for one in builds for Node; Rspack wants to be told so. */
function takesCreated(config: FederationConfig): boolean {
  const given = knownValue(config.build.options.get("module.parser.javascript.createRequire"));
  if (typeof given === "boolean") return given;
  const targets = runTargets(config);
  return config.implementation !== "rspack" && targets.length === 1 && targets[0] === "node";
}

/** webpack keeps code that asks for `import.meta.webpackHot`; where chunks are ES modules Rspack computes nothing of `import.meta`. */
function defineRspack(definitions: Map<string, ConstantValue>, inModules: boolean): void {
  if (!inModules) definitions.set("import.meta.webpackHot", undefined);
  else for (const name of definitions.keys()) if (name.startsWith("import.meta.")) definitions.delete(name);
}

/** The build's chunks are ES modules. */
function makesModules(options: FederationConfig["build"]["options"]): boolean {
  const experiments = knownValue(options.get("experiments"));
  return typeof experiments === "object" && experiments !== null && "outputModule" in experiments;
}

/** Whether code of a file under these guards is in the build. */
export function isBuilt(
  db: Db,
  file: FilePath,
  guards: readonly Guard[] | undefined,
  { definitions, inlines }: BuildDefinitions,
): boolean {
  if (guards === undefined) return true;
  if (!isLive(guards, definitions)) return false;
  if (!inlines || !guards.some((guard) => namesOwn(guard, definitions))) return true;
  return isNodeCommonJs(db, file) || isLive(guards, withConstants(definitions, moduleUses(db, file).constants));
}

/** Whether code that is not built would be in another mode, where the configuration leaves it open. */
export function isOfOtherMode(
  guards: readonly Guard[] | undefined,
  { definitions, modeStated }: BuildDefinitions,
): boolean {
  if (modeStated) return false;
  const others = new Map(definitions);
  for (const name of MODE_NAMES) others.delete(name);
  return isLive(guards, others);
}

/** A text is code, of which literals are understood. */
function define(definitions: Map<string, ConstantValue>, name: string, value: unknown): void {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    for (const [member, inner] of Object.entries(value)) define(definitions, `${name}.${member}`, inner);
    return;
  }
  const literal = literalOf(value);
  if (literal === undefined) definitions.delete(name);
  else {
    definitions.set(name, literal.value);
    definitions.set(`typeof ${name}`, typeof literal.value);
  }
}

function literalOf(value: unknown): { readonly value: ConstantValue } | undefined {
  if (typeof value === "boolean" || typeof value === "number" || value === null) return { value };
  if (typeof value !== "string") return undefined;
  const code = value.trim();
  if (code === "undefined") return { value: undefined };
  try {
    const parsed: unknown = JSON.parse(/^'[^'\\"]*'$/.test(code) ? `"${code.slice(1, -1)}"` : code);
    return typeof parsed === "object" ? undefined : { value: parsed as ConstantValue };
  } catch {
    return undefined;
  }
}
