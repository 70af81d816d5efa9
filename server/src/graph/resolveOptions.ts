/** How the bundler of a container resolves requests: its defaults, and what the configuration adds. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { type ResolveOptions, resolveOptionsId } from "../project/resolveModule.ts";
import { joinPath } from "../vfs/path.ts";

type Defaults = Pick<ResolveOptions, "extensions" | "mainFields" | "conditions" | "aliasFields">;

const WEBPACK_LIKE: Defaults = {
  extensions: [".js", ".json", ".wasm"],
  mainFields: ["browser", "module", "main"],
  conditions: ["module", "webpack", "browser"],
  aliasFields: ["browser"],
};

const VITE_LIKE: Defaults = {
  extensions: [".mjs", ".js", ".mts", ".ts", ".jsx", ".tsx", ".json"],
  mainFields: ["browser", "module", "jsnext:main", "jsnext", "main"],
  conditions: ["module", "browser"],
  aliasFields: ["browser"],
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

/** The number for `resolveModule`. */
export function resolveOptionsOf(config: FederationConfig): number {
  const { resolve, options } = config.build;
  const defaults = DEFAULTS[config.bundler] ?? WEBPACK_LIKE;
  const mode = knownValue(options.get("mode")) === "development" ? "development" : "production";
  const node = /node/.test(String(knownValue(options.get("target")) ?? ""));
  const mainFields = node ? defaults.mainFields.filter((field) => field !== "browser") : defaults.mainFields;
  const conditions = [
    ...defaults.conditions.filter((item) => !node || item !== "browser"),
    ...(node ? ["node"] : []),
    mode,
  ];
  const extensions = withDefaults(resolve.extensions, defaults.extensions);
  return resolveOptionsId({
    extensions: [...new Set([...extensions, ...LENIENT_EXTENSIONS])],
    alias: (resolve.alias ?? []).map(({ name, target }) => ({ name, target })),
    modules: withDefaults(resolve.modules, ["node_modules"]),
    mainFields: withDefaults(resolve.mainFields, mainFields),
    conditions: withDefaults(resolve.conditionNames, conditions),
    exportsFields: withDefaults(resolve.exportsFields, ["exports"]),
    aliasFields: node ? [] : defaults.aliasFields,
    extensionAlias: {},
    symlinks: resolve.symlinks ?? true,
    tsconfig: resolve.tsconfig === undefined ? undefined : joinPath(config.build.context, resolve.tsconfig),
    preferRelative: false,
  });
}

/** `"..."` stands for the defaults. */
function withDefaults(given: readonly string[] | undefined, defaults: readonly string[]): readonly string[] {
  return given === undefined ? defaults : given.flatMap((item) => (item === "..." ? defaults : [item]));
}
