/**
 * Yarn's Plug'n'Play: where the packages of a folder are, as `.pnp.data.json` or the data in `.pnp.cjs` says. Packages in
 * zip archives are known by their place alone: nothing in them can be read.
 */
import { parse } from "jsonc-parser";
import { type Query, query } from "../query/database.ts";
import { type FilePath, joinPath, parentPath, relativePath } from "../vfs/path.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";

type Reference = string | readonly [string, string] | null;

interface Located {
  /** Folder of the package, with a slash at its end. */
  readonly location: string;
  readonly dependencies: ReadonlyMap<string, Reference>;
}

interface PnpData {
  readonly root: FilePath;
  /** By name and reference; the top of the workspace is both empty. */
  readonly packages: ReadonlyMap<string, Located>;
}

const FILES = [".pnp.data.json", ".pnp.cjs", ".pnp.js"];

const pnpData = query<World, PnpData | undefined>("pnpData", (db, file) => {
  const text = fileText(db, file);
  const json = text === undefined || file.endsWith(".json") ? text : inlineData(text);
  const data: unknown = json === undefined ? undefined : parse(json, []);
  const registry = (data as { readonly packageRegistryData?: unknown } | undefined)?.packageRegistryData;
  if (!Array.isArray(registry)) return undefined;
  const root = parentPath(file);
  const packages = new Map<string, Located>();
  for (const [name, references] of registry as readonly [string | null, readonly unknown[]][]) {
    for (const [reference, info] of references as readonly [string | null, Readonly<Record<string, unknown>>][]) {
      packages.set(locatorKey(name, reference), {
        location: `${joinPath(root, String(info.packageLocation ?? "./"))}/`,
        dependencies: new Map((info.packageDependencies ?? []) as readonly [string, Reference][]),
      });
    }
  }
  return { root, packages };
});

function locatorKey(name: string | null, reference: string | null): string {
  return `${name ?? ""}\0${reference ?? ""}`;
}

/** The JSON text that `.pnp.cjs` carries as a string in single quotes, its lines continued by backslashes. */
function inlineData(text: string): string | undefined {
  const quoted = /RAW_RUNTIME_STATE =\s*'((?:[^'\\]|\\[\s\S])*)'/.exec(text)?.[1];
  return quoted?.replace(/\\(\r?\n|[\s\S])/g, (_, escaped: string) => (/^\r?\n$/.test(escaped) ? "" : escaped));
}

const pnpFile: Query<World, FilePath | undefined> = query("pnpFile", (db, directory) => {
  const own = FILES.map((name) => joinPath(directory, name)).find((file) => isFile(db, file));
  const parent = parentPath(directory);
  return own ?? (parent === directory ? undefined : db.get(pnpFile, parent));
});

/** Whether a folder is under a workspace with Plug'n'Play. */
export function hasPnp(db: Db, directory: FilePath): boolean {
  return db.get(pnpFile, directory) !== undefined;
}

/** The folder of a package that code in a folder asks for; `undefined` where Plug'n'Play does not say it. */
export function pnpPackage(db: Db, directory: FilePath, name: string): FilePath | undefined {
  const file = db.get(pnpFile, directory);
  const data = file === undefined ? undefined : db.get(pnpData, file);
  const owner = data === undefined ? undefined : ownerOf(data, directory);
  const reference = owner?.dependencies.get(name);
  if (data === undefined || reference === undefined || reference === null) return undefined;
  const key = typeof reference === "string" ? locatorKey(name, reference) : locatorKey(reference[0], reference[1]);
  const found = data.packages.get(key);
  return found === undefined ? undefined : joinPath(found.location);
}

/** The package whose folder is the innermost around a directory. */
function ownerOf({ root, packages }: PnpData, directory: FilePath): Located | undefined {
  if (relativePath(root, directory).startsWith("..")) return undefined;
  let owner: Located | undefined;
  for (const located of packages.values()) {
    if (!`${directory}/`.startsWith(located.location)) continue;
    if (owner === undefined || located.location.length >= owner.location.length) owner = located;
  }
  return owner;
}
