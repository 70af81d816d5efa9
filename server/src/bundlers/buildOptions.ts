/** What the build configuration around a plugin says: entries, resolution, output and other options. */

import { callValue } from "../evaluate/call.ts";
import { ownEntries } from "../evaluate/contents.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import { getMember } from "../evaluate/members.ts";
import type { Realm } from "../evaluate/realm.ts";
import { evaluatedJson, evaluatedText, isAbsent } from "../evaluate/toJson.ts";
import { arrayItems, isCallable, type ObjectValue, stringOf, type Value } from "../evaluate/value.ts";
import type { BuildEntry, BuildOptions, BundlerName, ResolveAlias } from "../model/federationConfig.ts";
import { ancestorsOf, type FilePath, isAbsolutePath, joinPath } from "../vfs/path.ts";
import { isDirectory, isFile } from "../vfs/vfs.ts";
import { defaultEntries, type Entries, entriesOfPages } from "./defaultEntries.ts";

const DEEPEST = 6;

/** The configuration that holds a plugin, searched among those that a file gives to its tool. */
export function enclosingBuild(configs: readonly ObjectValue[], plugin: Value): ObjectValue | undefined {
  return configs.find((config) => holds(config, plugin, 0, new Set())) ?? configs[0];
}

/** The place of the configuration whose list of plugins has this one for certain. */
export function compilationOf(configs: readonly ObjectValue[], plugin: Value): number | undefined {
  const found = configs.findIndex((config) => {
    const plugins = config.properties.get("plugins");
    return plugins !== undefined && plugins.maybe === undefined && arrayItems(plugins.value)?.includes(plugin);
  });
  return found < 0 ? undefined : found;
}

function holds(value: Value, plugin: Value, depth: number, seen: Set<Value>): boolean {
  if (value === plugin) return true;
  if (depth > DEEPEST || seen.has(value) || value.kind === "primitive") return false;
  seen.add(value);
  if (value.kind === "unknown")
    return [...(value.alternatives ?? []), ...(value.inputs ?? [])].some((inner) =>
      holds(inner, plugin, depth + 1, seen),
    );
  if (value.slots.type === "promise") return holds(value.slots.value, plugin, depth + 1, seen);
  const items = arrayItems(value);
  if (items !== undefined)
    return [...items, ...(value.open?.inputs ?? [])].some((item) => holds(item, plugin, depth + 1, seen));
  return [...value.properties.values()].some(
    (property) => property.getter === undefined && holds(property.value, plugin, depth + 1, seen),
  );
}

/** Options that are kept under their dotted path; an object is kept whole. */
const KEPT = [
  "mode",
  "target",
  "amd",
  "externals",
  "externalsType",
  "experiments",
  "devServer.port",
  "devServer.host",
  "devServer.headers",
  "devServer.historyApiFallback",
  "devServer.https",
  "devServer.proxy",
  "devServer.static",
  "devServer.setupMiddlewares",
  "devServer.onBeforeSetupMiddleware",
  "devServer.onAfterSetupMiddleware",
  "devServer.before",
  "devServer.after",
  "devtool",
  "output.path",
  "output.publicPath",
  "output.uniqueName",
  "output.filename",
  "output.chunkFilename",
  "output.library",
  "output.libraryTarget",
  "output.scriptType",
  "output.module",
  "output.crossOriginLoading",
  "output.chunkLoadingGlobal",
  "output.assetPrefix",
  "output.target",
  "optimization.runtimeChunk",
  "optimization.splitChunks",
  "optimization.minimize",
  "optimization.nodeEnv",
  "optimization.inlineExports",
  "optimization.usedExports",
  "optimization.sideEffects",
  "optimization.providedExports",
  "module.rules",
  "module.noParse",
  "module.parser.javascript.createRequire",
  "server.port",
  "server.host",
  "server.origin",
  "server.base",
  "server.cors",
  "preview.port",
  "dev.assetPrefix",
  "base",
  "build.target",
  "build.outDir",
  "build.assetsDir",
  "build.modulePreload",
  "build.minify",
  "build.cssCodeSplit",
  "build.rollupOptions",
  "build.rollupOptions.output.manualChunks",
  "build.rollupOptions.output.codeSplitting",
  "build.rolldownOptions.output.manualChunks",
  "build.rolldownOptions.output.codeSplitting",
  "source.transformImport",
  "performance.chunkSplit",
  "html.template",
  "root",
  "publicPath",
  "lib",
  "lazyCompilation",
  "resolve.alias",
  "snapshot",
  "optimizeDeps",
] as const;

/** Reads a configuration; without one only the context is known. */
export function buildOptionsOf(
  realm: Realm,
  config: ObjectValue | undefined,
  tool: BundlerName | undefined,
): BuildOptions {
  const context = contextOf(realm, config);
  if (config === undefined)
    return { context, entries: [], entriesComplete: false, resolve: { complete: false }, options: new Map() };
  const options = new Map<string, Evaluated<Json>>();
  for (const path of KEPT) {
    const value = at(realm, config, path);
    if (value !== undefined && !isAbsent(value)) options.set(path, evaluatedJson(realm, value));
  }
  for (const [name, value] of namesOfPlugins(realm, config)) options.set(name, evaluatedJson(realm, value));
  const { entries, complete } = entriesOf(realm, config, tool, context);
  return { context, entries, entriesComplete: complete, resolve: resolveOf(realm, config, context), options };
}

/** What `DefinePlugin` and `ProvidePlugin` are given, as their models keep it: `DefinePlugin.FLAG`, `ProvidePlugin.$`. */
function namesOfPlugins(realm: Realm, config: ObjectValue): readonly (readonly [string, Value])[] {
  const plugins = at(realm, config, "plugins");
  const items = plugins === undefined ? [] : (arrayItems(plugins) ?? []);
  return items.flatMap((plugin) => {
    if (plugin.kind !== "object" || plugin.slots.type === "plugin") return [];
    const defines = plugin.properties.get("definitions")?.value;
    const given = defines ?? plugin.properties.get("provided")?.value;
    if (given?.kind !== "object" || isCallable(given) || arrayItems(given) !== undefined) return [];
    const prefix = defines === undefined ? "ProvidePlugin." : "DefinePlugin.";
    return ownEntries(realm, given).map(({ key, property }) => [prefix + key, property.value] as const);
  });
}

function at(realm: Realm, config: Value, path: string): Value | undefined {
  let value: Value = config;
  for (const name of path.split(".")) {
    if (value.kind !== "object" || isCallable(value)) return undefined;
    const property = value.properties.get(name);
    if (property === undefined) return value.open === undefined ? undefined : value.open;
    value = getMember(realm, value, name, property.keySource);
  }
  return value;
}

function contextOf(realm: Realm, config: ObjectValue | undefined): FilePath {
  const given = stringOf(
    config === undefined ? undefined : (at(realm, config, "context") ?? at(realm, config, "root")),
  );
  if (given === undefined) return realm.world.context;
  return isAbsolutePath(given) ? joinPath(given) : joinPath(realm.world.cwd, given);
}

function entriesOf(realm: Realm, config: ObjectValue, tool: BundlerName | undefined, context: FilePath): Entries {
  const path =
    tool === "rsbuild" || tool === "rslib"
      ? "source.entry"
      : tool === "vite"
        ? "build.rollupOptions.input"
        : tool === "rollup"
          ? "input"
          : "entry";
  const written = at(realm, config, path);
  if (written === undefined || isAbsent(written)) return defaultEntries(realm.db, tool, context, config.source);
  const entries = writtenEntries(realm, config, written);
  return tool === "vite" ? entriesOfPages(realm.db, context, entries) : entries;
}

function writtenEntries(realm: Realm, config: ObjectValue, written: Value): Entries {
  const value = isCallable(written) ? settled(callValue(realm, written, config, [], written.source)) : written;
  if (value.kind === "unknown") return { entries: [], complete: false };
  const items = arrayItems(value);
  if (value.kind === "primitive" || items !== undefined) {
    return {
      entries: [{ name: "main", requests: requestsOf(realm, value) }],
      complete: value.kind === "primitive" || value.open === undefined,
    };
  }
  if (isCallable(value)) return { entries: [], complete: false };
  const entries = ownEntries(realm, value).map(({ key, property }): BuildEntry => {
    const given = property.value;
    const request =
      given.kind === "object" && given.slots.type === "plain"
        ? (given.properties.get("import") ?? given.properties.get("html"))?.value
        : given;
    const layer = given.kind === "object" ? stringOf(given.properties.get("layer")?.value) : undefined;
    return {
      name: key,
      requests: request === undefined ? [] : requestsOf(realm, request),
      ...(layer === undefined ? {} : { layer }),
    };
  });
  return { entries, complete: value.open === undefined };
}

/** A promise stands for what it holds. */
function settled(value: Value): Value {
  return value.kind === "object" && value.slots.type === "promise" ? settled(value.slots.value) : value;
}

function requestsOf(realm: Realm, value: Value): readonly Evaluated<string>[] {
  return (arrayItems(value) ?? [value]).map((item) => evaluatedText(realm, item));
}

function resolveOf(realm: Realm, config: ObjectValue, context: FilePath): BuildOptions["resolve"] {
  const value = at(realm, config, "resolve");
  const sourceAlias = at(realm, config, "source.alias");
  if ((value === undefined || isAbsent(value)) && sourceAlias === undefined)
    return { complete: config.open === undefined };
  let complete = value === undefined || (value.kind === "object" && value.open === undefined);
  const texts = (name: string): readonly string[] | undefined => {
    const member = value?.kind === "object" ? value.properties.get(name)?.value : undefined;
    if (member === undefined) return undefined;
    const items = (arrayItems(member) ?? [member]).map((item) => stringOf(item));
    const isKnown =
      items.every((item) => item !== undefined) && !(member.kind === "object" && member.open !== undefined);
    if (!isKnown) complete = false;
    return isKnown ? (items as string[]) : undefined;
  };
  const lists = {
    ...listed("extensions", texts("extensions")),
    ...listed("modules", texts("modules")),
    ...listed("mainFields", texts("mainFields")),
    ...listed("conditionNames", texts("conditionNames") ?? texts("conditions")),
    ...listed("exportsFields", texts("exportsFields")),
    ...listed("mainFiles", texts("mainFiles")),
    ...listed("aliasFields", texts("aliasFields")),
    ...listed("roots", texts("roots")),
  };
  const member = (name: string): Value | undefined =>
    value?.kind === "object" ? value.properties.get(name)?.value : undefined;
  const alias = aliasOf(realm, member("alias") ?? sourceAlias);
  const fallback = aliasOf(realm, member("fallback"));
  const extensionAlias = aliasOf(realm, member("extensionAlias"));
  const tsconfig = value === undefined ? undefined : tsconfigOf(realm, value, context);
  return {
    ...lists,
    ...(alias === undefined ? {} : { alias: alias.list }),
    ...(fallback === undefined ? {} : { fallback: fallback.list }),
    ...(extensionAlias === undefined ? {} : { extensionAlias: extensionTable(extensionAlias) }),
    ...flagOf("symlinks", member("symlinks")),
    ...flagOf("preferRelative", member("preferRelative")),
    ...(tsconfig === undefined ? {} : { tsconfig }),
    complete:
      complete &&
      [alias, fallback, extensionAlias].every((table) => table?.complete ?? true) &&
      (value === undefined || resolverPlugins(realm, value).every((plugin) => plugin !== undefined)),
  };
}

function listed<K extends string>(
  key: K,
  value: readonly string[] | undefined,
): { readonly [P in K]?: readonly string[] } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: readonly string[] };
}

function flagOf<K extends string>(name: K, value: Value | undefined): { readonly [P in K]?: boolean } {
  const flag = value?.kind === "primitive" && typeof value.data === "boolean" ? { [name]: value.data } : {};
  return flag as { readonly [P in K]?: boolean };
}

/** `{ ".js": [".ts", ".js"] }`. */
function extensionTable({ list }: Aliases): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(list.map(({ name, target }) => [name, target === false ? [] : [target].flat()]));
}

interface Aliases {
  readonly list: ResolveAlias[];
  readonly complete: boolean;
}

/** Aliases as an object, or as a list of `{ find | name, replacement | alias }`. */
function aliasOf(realm: Realm, value: Value | undefined): Aliases | undefined {
  if (value === undefined || value.kind === "primitive") return undefined;
  if (value.kind === "unknown" || isCallable(value)) return { list: [], complete: false };
  const list: ResolveAlias[] = [];
  let complete = value.open === undefined;
  const add = (name: string | undefined, target: Value | undefined): void => {
    const text = stringOf(target);
    const items = target === undefined ? undefined : arrayItems(target)?.map((item) => stringOf(item));
    if (name === undefined) complete = false;
    else if (text !== undefined) list.push({ name, target: text });
    else if (target?.kind === "primitive" && target.data === false) list.push({ name, target: false });
    else if (items?.every((item) => item !== undefined)) list.push({ name, target: items as string[] });
    else complete = false;
  };
  const items = arrayItems(value);
  if (items === undefined) for (const { key, property } of ownEntries(realm, value)) add(key, property.value);
  for (const item of items ?? []) {
    if (item.kind !== "object") complete = false;
    else {
      const name = stringOf((item.properties.get("find") ?? item.properties.get("name"))?.value);
      const exact = item.properties.get("onlyModule")?.value;
      const suffix = exact?.kind === "primitive" && exact.data === true ? "$" : "";
      add(
        name === undefined ? undefined : name + suffix,
        (item.properties.get("replacement") ?? item.properties.get("alias"))?.value,
      );
    }
  }
  return { list, complete };
}

type Tsconfig = BuildOptions["resolve"]["tsconfig"];

/** `resolve.tsconfig` (webpack), `resolve.tsConfig` (Rspack), or the file that a tsconfig-paths plugin reads. */
function tsconfigOf(realm: Realm, resolve: Value, context: FilePath): Tsconfig {
  const given = ["tsconfig", "tsConfig", "tsConfigPath"]
    .map((name) => at(realm, resolve, name))
    .find((value) => value !== undefined);
  if (given?.kind === "primitive" && given.data === true) return true;
  const text =
    stringOf(given) ?? stringOf(given?.kind === "object" ? given.properties.get("configFile")?.value : undefined);
  if (text !== undefined) return joinPath(context, text);
  const [paths] = resolverPlugins(realm, resolve).filter((plugin) => plugin !== undefined);
  return paths === undefined ? undefined : pathsFile(realm, paths);
}

/** What each plugin of the resolver for tsconfig paths is given; `undefined` for other plugins. */
function resolverPlugins(realm: Realm, resolve: Value): readonly (Value | undefined)[] {
  const plugins = at(realm, resolve, "plugins");
  if (plugins === undefined || isAbsent(plugins)) return [];
  return (arrayItems(plugins) ?? [undefined]).map((plugin) =>
    plugin?.kind === "object" ? plugin.properties.get("pathsOptions")?.value : undefined,
  );
}

/** The plugin's `configFile`; without one the nearest at or above the folder that the tool runs in. */
function pathsFile(realm: Realm, options: Value): FilePath | undefined {
  const { cwd } = realm.world;
  const text = stringOf(at(realm, options, "configFile"));
  const given = text === undefined ? undefined : joinPath(cwd, text);
  if (given !== undefined && !isDirectory(realm.db, given)) return given;
  return [...ancestorsOf(given ?? cwd)]
    .map((folder) => joinPath(folder, "tsconfig.json"))
    .find((file) => isFile(realm.db, file));
}
