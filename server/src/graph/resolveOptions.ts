/** How the bundler of a container resolves requests: its defaults, and what the configuration adds. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { resolveOptionsId } from "../project/resolveModule.ts";
import { joinPath } from "../vfs/path.ts";

interface Defaults {
  readonly extensions: readonly string[];
  readonly mainFields: readonly string[];
  /** Beside what the kind of request, the mode and the target add. */
  readonly conditions: readonly string[];
}

const WEBPACK_LIKE: Defaults = {
  extensions: [".js", ".json", ".wasm"],
  mainFields: ["browser", "module", "main"],
  conditions: ["module-sync", "module", "webpack"],
};

const VITE_LIKE: Defaults = {
  extensions: [".mjs", ".js", ".mts", ".ts", ".jsx", ".tsx", ".json"],
  mainFields: ["browser", "module", "jsnext:main", "jsnext", "main"],
  conditions: ["module"],
};

const RSBUILD_LIKE: Defaults = {
  ...WEBPACK_LIKE,
  extensions: [".ts", ".tsx", ".mjs", ".js", ".jsx", ".json"],
};

const DEFAULTS: Partial<Readonly<Record<FederationConfig["bundler"], Defaults>>> = {
  vite: VITE_LIKE,
  rollup: VITE_LIKE,
  nuxt: VITE_LIKE,
  rsbuild: RSBUILD_LIKE,
  rslib: RSBUILD_LIKE,
  "modern.js": RSBUILD_LIKE,
  next: { ...WEBPACK_LIKE, extensions: [".js", ".mjs", ".tsx", ".ts", ".jsx", ".json", ".wasm"] },
  craco: { ...WEBPACK_LIKE, extensions: [".mjs", ".js", ".ts", ".tsx", ".json", ".jsx"] },
  "vue-cli": { ...WEBPACK_LIKE, extensions: [".tsx", ".ts", ".mjs", ".js", ".jsx", ".vue", ".json", ".wasm"] },
  angular: { ...WEBPACK_LIKE, extensions: [".ts", ".tsx", ".mjs", ".js"] },
  "native-federation": { ...WEBPACK_LIKE, extensions: [".ts", ".tsx", ".mjs", ".js"] },
};

/**
 * Asked last: what some usual setup would find is found, so that an extension which a part of the configuration adds out
 * of sight makes no module look missing.
 */
const LENIENT_EXTENSIONS = [".tsx", ".ts", ".jsx", ".mjs", ".mts", ".cjs", ".vue", ".svelte"];

interface Target {
  /** The `browser` field and maps of packages count. */
  readonly browserField: boolean;
  readonly conditions: readonly string[];
}

/** What `target` means for resolution; several targets are all of them. */
function targetOf(config: FederationConfig): Target {
  const given = knownValue(config.build.options.get("target"));
  const targets = (Array.isArray(given) ? given : [given ?? "web"]).map(String);
  const is = (pattern: RegExp): boolean => targets.some((target) => pattern.test(target));
  const worker = is(/^webworker/);
  const node = is(/^(?:async-)?node|^electron|^nwjs|^node-webkit/);
  const web = is(/^web(?:worker)?$|^browserslist|^es\d|^esX|^electron.*-renderer|^nwjs|^node-webkit/) || !node;
  return {
    browserField: web && (!node || is(/^electron.*-renderer/)),
    conditions: [...(worker ? ["worker"] : []), ...(node ? ["node"] : []), ...(web ? ["browser"] : [])],
  };
}

/** Where a build runs: `browser`, `node`, `worker`; a universal one in several of them. */
export function runTargets(config: FederationConfig): readonly string[] {
  return targetOf(config).conditions;
}

/** The number for `resolveModule`. */
export function resolveOptionsOf(config: FederationConfig): number {
  const { resolve, options } = config.build;
  const defaults = DEFAULTS[config.bundler] ?? WEBPACK_LIKE;
  const mode = knownValue(options.get("mode")) === "development" ? "development" : "production";
  const { browserField, conditions } = targetOf(config);
  const mainFields = defaults.mainFields.filter((field) => field !== "browser" || browserField);
  const shared = [...defaults.conditions, mode, ...conditions];
  const extensions = withDefaults(resolve.extensions, defaults.extensions);
  return resolveOptionsId({
    extensions: [...new Set([...extensions, ...LENIENT_EXTENSIONS])],
    // Rspack's resolver knows no patterns.
    alias: (resolve.alias ?? []).filter(({ name }) => config.implementation !== "rspack" || !name.includes("*")),
    fallback: resolve.fallback ?? [],
    modules: withDefaults(resolve.modules, ["node_modules"]),
    mainFields: withDefaults(resolve.mainFields, mainFields),
    mainFiles: withDefaults(resolve.mainFiles, ["index"]),
    conditions: {
      esm: withDefaults(resolve.conditionNames, ["import", ...shared]),
      cjs: withDefaults(resolve.conditionNames, ["require", ...shared]),
    },
    exportsFields: withDefaults(resolve.exportsFields, ["exports"]),
    aliasFields: withDefaults(resolve.aliasFields, browserField ? ["browser"] : []),
    extensionAlias: resolve.extensionAlias ?? {},
    symlinks: resolve.symlinks ?? true,
    tsconfig:
      typeof resolve.tsconfig === "string" ? joinPath(config.build.context, resolve.tsconfig) : resolve.tsconfig,
    preferRelative: resolve.preferRelative ?? false,
    aliasesImports: config.implementation !== "rspack" || (resolve.alias ?? []).length === 0,
    roots: resolve.roots ?? [config.build.context],
  });
}

/** `"..."` stands for the defaults. */
function withDefaults(given: readonly string[] | undefined, defaults: readonly string[]): readonly string[] {
  return given === undefined ? defaults : given.flatMap((item) => (item === "..." ? defaults : [item]));
}
