/**
 * Resolution of module requests as webpack does it, by webpack's own resolver over the virtual files. Answers are memos:
 * a request is resolved once for a directory and a set of options, and again only when a file it looked at has changed.
 */
import { type ResolveRequest, type Resolver, ResolverFactory } from "enhanced-resolve";
import { Interner } from "../base/interner.ts";
import { type Query, query } from "../query/database.ts";
import { baseName, type FilePath, isAbsolutePath, joinPath, normalizePath, parentPath } from "../vfs/path.ts";
import { type Db, directoryEntries, isDirectory, isFile, realPathOf, type World } from "../vfs/vfs.ts";
import { packageTraits } from "./manifest.ts";
import { hasPnp, pnpPackage } from "./pnp.ts";
import { resolverFileSystem } from "./resolverFileSystem.ts";

/** How modules are asked for: decides conditions. `strict`: an ESM request that must name the file in full. */
export type ResolveKind = "esm" | "strict" | "cjs";

export interface Alias {
  readonly name: string;
  readonly target: string | readonly string[] | false;
}

export interface ResolveOptions {
  readonly extensions: readonly string[];
  readonly alias: readonly Alias[];
  /** Asked where nothing else is found. */
  readonly fallback: readonly Alias[];
  readonly modules: readonly string[];
  readonly mainFields: readonly string[];
  readonly mainFiles: readonly string[];
  readonly conditions: { readonly esm: readonly string[]; readonly cjs: readonly string[] };
  readonly exportsFields: readonly string[];
  readonly aliasFields: readonly string[];
  readonly extensionAlias: Readonly<Record<string, readonly string[]>>;
  readonly symlinks: boolean;
  /** Whose `paths` count; `true`: those of the nearest one above a folder. */
  readonly tsconfig: FilePath | true | undefined;
  readonly preferRelative: boolean;
  /** Whether a package that `imports` of a `package.json` names goes through the aliases; Rspack's resolver asks none. */
  readonly aliasesImports: boolean;
  /** Folders that requests beginning with a slash are looked for in. */
  readonly roots: readonly FilePath[];
}

export interface ResolvedModule {
  /** Links followed. */
  readonly file: FilePath;
  /** The description file that the resolver found for it. */
  readonly manifest: FilePath | undefined;
}

/** `ignored`: an alias to `false`; `missing`: the resolver finds nothing. */
export type Resolution = ResolvedModule | "missing" | "ignored";

const optionTable = new Interner<ResolveOptions>((options) => JSON.stringify(options));

const resolvers = new WeakMap<Db, Map<string, Resolver>>();

function resolverFor(db: Db, optionsId: number, kind: ResolveKind): Resolver {
  let table = resolvers.get(db);
  if (table === undefined) {
    table = new Map();
    resolvers.set(db, table);
  }
  const key = `${optionsId} ${kind}`;
  let resolver = table.get(key);
  if (resolver === undefined) {
    const options = optionTable.value(optionsId);
    resolver = ResolverFactory.createResolver({
      fileSystem: resolverFileSystem(db),
      useSyncFileSystemCalls: true,
      unsafeCache: false,
      extensions: [...options.extensions],
      alias: options.alias.map(aliasOption),
      fallback: options.fallback.map(aliasOption),
      modules: [...options.modules],
      mainFields: [...options.mainFields],
      mainFiles: [...options.mainFiles],
      conditionNames: [...(kind === "cjs" ? options.conditions.cjs : options.conditions.esm)],
      fullySpecified: kind === "strict",
      roots: [...options.roots],
      exportsFields: [...options.exportsFields],
      aliasFields: [...options.aliasFields],
      extensionAlias: Object.fromEntries(Object.entries(options.extensionAlias).map(([from, to]) => [from, [...to]])),
      symlinks: options.symlinks,
      preferRelative: options.preferRelative,
      // Where it says nothing, the resolver goes on to `node_modules`.
      pnpApi: { resolveToUnqualified: (name, issuer) => pnpPackage(db, normalizePath(issuer), name) ?? null },
      ...(options.tsconfig === undefined ? {} : { tsconfig: options.tsconfig }),
    });
    table.set(key, resolver);
  }
  return resolver;
}

function aliasOption({ name, target }: Alias): { name: string; onlyModule: boolean; alias: string | false | string[] } {
  const onlyModule = name.length > 1 && name.endsWith("$");
  return {
    name: onlyModule ? name.slice(0, -1) : name,
    onlyModule,
    alias: target === false || typeof target === "string" ? target : [...target],
  };
}

/** The number that stands for a set of options in `resolveModule`. */
export function resolveOptionsId(options: ResolveOptions): number {
  return optionTable.id(options);
}

/** The options that a number stands for. */
export function resolveOptionsOfId(id: number): ResolveOptions {
  return optionTable.value(id);
}

/** A request for a package, to which its folder matters only for where `node_modules` is. */
export function isPackageRequest(request: string): boolean {
  return /^[@\w]/.test(request) && !request.includes("!");
}

/** Keys are `<options> <kind> <directory>\0<request>`. */
const resolution = query<World, Resolution>("resolution", (db, key) => {
  const separator = key.indexOf("\0");
  const [, number = "0", kindText = "esm", directory = "/"] = /^(\d+) (\w+) (.*)$/s.exec(key.slice(0, separator)) ?? [];
  const optionsId = Number(number);
  const kind = kindText as ResolveKind;
  const request = key.slice(separator + 1);
  const base = (isPackageRequest(request) ? packageScope(db, directory, optionsId) : undefined) ?? directory;
  if (base !== directory) return resolveModule(db, request, base, optionsId, kind);
  const id = request.startsWith("#") ? importsOptionsId(optionsId) : optionsId;
  return resolveFully(resolverFor(db, id, kind), directory, request);
});

/** The number of the options for what stands in `imports`. */
function importsOptionsId(optionsId: number): number {
  const options = optionTable.value(optionsId);
  if (options.aliasesImports || options.alias.some(({ name }) => name.startsWith("#"))) return optionsId;
  return optionTable.id({ ...options, alias: [] });
}

/** Resolves a request from a directory. Never throws. */
export function resolveModule(
  db: Db,
  request: string,
  directory: FilePath,
  optionsId: number,
  kind: ResolveKind,
): Resolution {
  return (
    resolveQuickly(db, optionsId, directory, request, kind) ??
    db.get(resolution, `${optionsId} ${kind} ${directory}\0${request}`)
  );
}

/** By the number of the options: asked for once a module. */
const relativeOptions: number[] = [];

/** The number for all options that `resolveBeside` treats alike. */
export function relativeOptionsId(optionsId: number): number {
  relativeOptions[optionsId] ??= optionTable.id(onlyRelative(optionTable.value(optionsId)));
  return relativeOptions[optionsId];
}

/** Nothing but what decides where a relative request leads. */
function onlyRelative(options: ResolveOptions): ResolveOptions {
  return {
    extensions: options.extensions,
    alias: options.alias.filter(({ name }) => name.startsWith(".")),
    fallback: [],
    modules: [],
    mainFields: [],
    mainFiles: [],
    conditions: { esm: [], cjs: [] },
    exportsFields: [],
    aliasFields: options.aliasFields,
    extensionAlias: options.extensionAlias,
    symlinks: options.symlinks,
    tsconfig: undefined,
    preferRelative: false,
    aliasesImports: true,
    roots: [],
  };
}

/** Where a relative request leads by the names in one folder alone; `undefined` where more has to be looked at. */
export function resolveBeside(
  db: Db,
  optionsId: number,
  directory: FilePath,
  request: string,
): ResolvedModule | undefined {
  return resolveQuickly(db, optionsId, directory, request, "esm");
}

/** The folder from which requests for packages lead where they do from `directory`; `undefined` where none is sure to. */
export function packageScope(db: Db, directory: FilePath, optionsId: number): FilePath | undefined {
  if (looksInFolders(optionTable.value(optionsId)) || hasPnp(db, directory)) return undefined;
  return packageBase(db, directory);
}

const RELATIVE_FILE = /^\.\.?\/(?:[^?#!]*[^?#!/])?$/;

/**
 * The usual relative import: a file beside, with or without its extension. It takes less time than to look for what was
 * remembered of it, so that nothing is. Everything else goes the full way.
 */
function resolveQuickly(
  db: Db,
  optionsId: number,
  directory: FilePath,
  request: string,
  kind: ResolveKind,
): ResolvedModule | undefined {
  if (!RELATIVE_FILE.test(request)) return undefined;
  const options = optionTable.value(optionsId);
  if (options.alias.some(({ name }) => name.startsWith("."))) return undefined;
  for (const extension in options.extensionAlias) if (request.endsWith(extension)) return undefined;
  const extensions = kind === "strict" ? [] : options.extensions;
  const path = joinPath(directory, request);
  const folder = parentPath(path);
  const name = baseName(path);
  const entries = db.get(directoryEntries, folder);
  if (entries === undefined || entries.get(name)?.kind === "directory") return undefined;
  for (const extension of ["", ...extensions]) {
    const entry = entries.get(name + extension);
    if (entry?.kind !== "file") continue;
    const manifest = manifestFor(db, folder);
    if (manifest === undefined || remapsFiles(db, parentPath(manifest), options)) return undefined;
    const file = path + extension;
    if (!options.symlinks) return { file, manifest };
    return { file: entry.link ? realPathOf(db, file) : joinPath(realPathOf(db, folder), name + extension), manifest };
  }
  return undefined;
}

/** A `browser` map (or another alias field) may send a file's request elsewhere. */
function remapsFiles(db: Db, directory: FilePath, options: ResolveOptions): boolean {
  const { maps } = packageTraits(db, directory);
  return options.aliasFields.some((field) => maps.includes(field));
}

/** An alias to `./x` means another file in every folder, as do folders of modules that may be anywhere. */
function looksInFolders({ alias, fallback, modules, preferRelative, tsconfig }: ResolveOptions): boolean {
  if (preferRelative || tsconfig === true || modules.some((name) => name !== "node_modules" && !isAbsolutePath(name)))
    return true;
  return [...alias, ...fallback].some(({ target }) => [target].flat().some((text) => String(text).startsWith(".")));
}

/** The nearest folder at which the resolution of a package's request can first differ from its parent's. */
function packageBase(db: Db, directory: FilePath): FilePath {
  let base = directory;
  while (!isFile(db, joinPath(base, "package.json")) && !isDirectory(db, joinPath(base, "node_modules"))) {
    const parent = parentPath(base);
    if (parent === base) return directory;
    base = parent;
  }
  return base;
}

const manifestAbove: Query<World, FilePath | undefined> = query("manifestAbove", (db, directory) => {
  const file = joinPath(directory, "package.json");
  if (isFile(db, file)) return file;
  const parent = parentPath(directory);
  return parent === directory ? undefined : db.get(manifestAbove, parent);
});

/** The nearest `package.json` at or above a directory. */
export function manifestFor(db: Db, directory: FilePath): FilePath | undefined {
  return db.get(manifestAbove, directory);
}

function resolveFully(resolver: Resolver, directory: FilePath, request: string): Resolution {
  let resolved: Resolution = "missing";
  try {
    resolver.resolve({}, directory, request, {}, (error, result, details?: ResolveRequest) => {
      if (error) return;
      if (result === false) resolved = "ignored";
      else if (typeof result === "string") {
        const manifest = details?.descriptionFilePath;
        resolved = {
          file: normalizePath(result.replace(/[?#].*$/, "")),
          manifest: typeof manifest === "string" ? normalizePath(manifest) : undefined,
        };
      }
    });
  } catch {
    // A broken `exports` map throws; for the bundler that is a failed resolution too.
    return "missing";
  }
  return resolved;
}
