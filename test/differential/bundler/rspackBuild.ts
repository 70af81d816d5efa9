/** Builds a workspace with Rspack and the federation plugin of enhanced, and reads off its statistics. */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { normalRange } from "../../../server/src/graph/identifiers.ts";
import type { ExpectedBuild } from "../../golden/cases.ts";
import { loadConfigurations, withTransform } from "./configuration.ts";
import { joined, type RealBuild } from "./realBuild.ts";

const load = createRequire(import.meta.url);

interface StatsReason {
  readonly moduleIdentifier?: string;
  readonly userRequest?: string;
  readonly type?: string;
  readonly active?: boolean;
}

interface StatsModule {
  readonly moduleType?: string;
  readonly identifier?: string;
  readonly name?: string;
  readonly chunks?: readonly unknown[];
  readonly reasons?: readonly StatsReason[];
}

interface Stats {
  readonly stats: readonly { toJson(options: object): { readonly modules?: readonly StatsModule[] } }[];
}

type PluginClass = new (options: object) => object;

interface RspackModule {
  readonly rspack: ((configurations: object[], done: (error: Error | null, stats?: Stats) => void) => unknown) &
    Readonly<Record<"sharing" | "container", Readonly<Record<string, PluginClass>>>>;
}

const KINDS: Readonly<Record<string, string>> = {
  "consume-shared-module": "consume-shared",
  "provide-module": "provide-shared",
  "remote-module": "remote",
};

function kindOf({ moduleType = "", identifier = "" }: StatsModule): string {
  if (identifier.startsWith("external ")) return "external";
  if (identifier.startsWith("container entry ")) return "container-entry";
  return KINDS[moduleType] ?? "module";
}

const TYPESCRIPT = { parser: { syntax: "typescript", tsx: true }, transform: { react: { runtime: "automatic" } } };

/** Options that webpack calls otherwise. */
function renamed({ resolve }: Record<string, unknown>): object {
  const { tsconfig, ...others } = (resolve ?? {}) as Record<string, unknown>;
  return tsconfig === undefined ? {} : { resolve: { ...others, tsConfig: tsconfig } };
}

function compile(file: string, output: string): Promise<readonly (readonly StatsModule[])[]> {
  const { rspack } = load("@rspack/core") as RspackModule;
  const { ModuleFederationPlugin } = load("@module-federation/enhanced/rspack") as Record<
    "ModuleFederationPlugin",
    PluginClass
  >;
  const parts: Readonly<Record<string, PluginClass>> = {
    ...rspack.sharing,
    ...rspack.container,
    ModuleFederationPlugin,
  };
  const configurations = loadConfigurations(file).map(({ around, plugins }, index) => ({
    mode: "production",
    ...around,
    ...renamed(around),
    module: withTransform(around.module, { loader: "builtin:swc-loader", options: { jsc: TYPESCRIPT } }),
    output: { path: path.join(output, String(index)) },
    optimization: { minimize: false, concatenateModules: false },
    plugins: plugins.map(({ name, options }) => {
      const Plugin = parts[name] ?? (rspack as unknown as Readonly<Record<string, PluginClass>>)[name]!;
      const quiet = name === "ModuleFederationPlugin" ? { dts: false, manifest: false } : {};
      return new Plugin({ ...options, ...quiet });
    }),
  }));
  return new Promise((resolve, reject) => {
    rspack(configurations, (error, stats) => {
      if (error || stats === undefined) reject(error ?? new Error("no statistics"));
      else resolve(stats.stats.map((each) => each.toJson(STATS).modules ?? []));
    });
  });
}

const STATS = {
  all: false,
  modules: true,
  modulesSpace: Number.POSITIVE_INFINITY,
  nestedModules: false,
  orphanModules: true,
  ids: true,
  chunkModules: false,
  chunks: true,
  reasons: true,
  reasonsSpace: Number.POSITIVE_INFINITY,
};

/** What the build made; `ok` false where the options are refused. */
export async function rspackBuild(root: string, file: string, output: string): Promise<RealBuild> {
  const empty = { consume: [], provide: [], container: [], imports: [], remotes: [], identifiers: [] };
  let compilers: readonly (readonly StatsModule[])[];
  try {
    compilers = await compile(file, output);
  } catch (error) {
    return { ...empty, ok: false, failure: String(error instanceof Error ? error.stack : error).slice(0, 1500) };
  }
  return { ok: true, ...joined(compilers.map((modules) => rowsOf(modules, root, file))) };
}

function rowsOf(modules: readonly StatsModule[], root: string, file: string): Omit<RealBuild, "ok"> {
  const included = new Map(modules.map((module) => [module.identifier, (module.chunks ?? []).length > 0]));
  const of = (kind: string) => modules.filter((module) => kindOf(module) === kind);
  return {
    consume: of("consume-shared").map((module) => consumeOf(module, root)),
    provide: of("provide-shared").map((module) => provideOf(module, root, path.dirname(file))),
    container: of("container-entry").map(({ identifier = "" }) => ({ id: identifier })),
    remotes: of("remote")
      .filter(({ identifier }) => included.get(identifier))
      .map(({ identifier = "" }) => identifier),
    identifiers: [],
    imports: modules.flatMap((module) => importsOf(module, root, included)),
  };
}

function relative(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join("/");
}

/** `consume shared module (scope) key@range (strict) (eager) (fallback: file)`. */
function consumeOf({ identifier = "", chunks = [] }: StatsModule, root: string): ExpectedBuild["consume"][number] {
  const parts =
    /^consume shared module \((.*?)\) (.+?)@([\s\S]*?)((?: \((?:strict|singleton|eager)\))*)(?: \(fallback: (.*?)\))?((?: \((?:strict|singleton|eager)\))*)$/.exec(
      identifier,
    );
  const [, scope = "", key = "", requiredRange = "", , fallback] = parts ?? [];
  return {
    scope: scope.replaceAll("|", ","),
    key,
    requiredRange: normalRange(requiredRange),
    fallback: fallback === undefined ? null : relative(root, fallback),
    id: identifier,
    included: chunks.length > 0,
  };
}

/** `provide shared module (scope) key@version = file`. */
function provideOf({ identifier = "" }: StatsModule, root: string, context: string): ExpectedBuild["provide"][number] {
  const [, scope = "", key = "", version = "", resource = ""] =
    /\((.*?)\) (.+?)@(.*?)(?:\|| = )(.*)$/s.exec(identifier) ?? [];
  return {
    scope: scope.replaceAll("|", ","),
    key,
    version,
    resource: relative(root, fileAt(path.resolve(context, resource))),
  };
}

/** A relative request stands in the statistics as it was written. */
function fileAt(request: string): string {
  const files = [request, `${request}.js`, path.join(request, "index.js")];
  return files.find((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile()) ?? request;
}

function importsOf(
  module: StatsModule,
  root: string,
  included: ReadonlyMap<string | undefined, boolean>,
): readonly { file: string; request: string; kind: string; included: boolean }[] {
  const kind = kindOf(module);
  if (kind === "module" || kind === "container-entry" || kind === "provide-shared") return [];
  const isUnused = (module.chunks ?? []).length === 0;
  return (module.reasons ?? []).flatMap(({ moduleIdentifier, userRequest, type }) => {
    // What a weak request is for need not be in the build.
    if (isUnused && (type === "require.resolve" || type === "import() weak")) return [];
    const file = fileOf(moduleIdentifier ?? "", root);
    if (file === undefined || userRequest === undefined) return [];
    return [{ file, request: userRequest, kind, included: included.get(moduleIdentifier) ?? false }];
  });
}

/** The file of a module's identifier: loaders before it, layers and queries after it are no part of it. */
function fileOf(identifier: string, root: string): string | undefined {
  const resource = identifier
    .replace(/^.*[!|](?=\/)/, "")
    .replace(/\?.*$/, "")
    .replace(/\|.*$/, "");
  const file = path.isAbsolute(resource) ? relative(root, resource) : "..";
  return file.startsWith("..") ? undefined : file;
}
