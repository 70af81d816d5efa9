/** The files of a workspace that can matter here: source files and manifests, below the folders that people write in. */
import { query } from "../query/database.ts";
import type { DirectoryEntry } from "../vfs/host.ts";
import { type FilePath, joinPath } from "../vfs/path.ts";
import { type Db, directoryEntries, fileText, type World } from "../vfs/vfs.ts";

const SKIPPED: ReadonlySet<string> = new Set([
  "node_modules",
  "bower_components",
  "dist",
  "build-output",
  "coverage",
  "out-tsc",
  "target",
  "vendor",
  "tmp",
  "temp",
]);

/** Hidden folders hold caches and tools, but for those that people configure tools in. */
function isSkipped(folder: string): boolean {
  return SKIPPED.has(folder) || (folder.startsWith(".") && folder !== ".storybook" && folder !== ".config");
}

const SOURCE = /\.[cm]?[jt]sx?$/;

export interface WorkspaceTree {
  readonly sources: readonly FilePath[];
  readonly manifests: readonly FilePath[];
}

/** Listed folder by folder, so that a new file is found without walking the others again. */
const treeOf = query<World, WorkspaceTree>("workspaceTree", (db, directory) => {
  const sources: FilePath[] = [];
  const manifests: FilePath[] = [];
  for (const entry of db.get(directoryEntries, directory)?.values() ?? []) {
    const path = joinPath(directory, entry.name);
    if (entry.kind === "directory") {
      if (!isFollowed(entry)) continue;
      const below = db.get(treeOf, path);
      for (const source of below.sources) sources.push(source);
      for (const manifest of below.manifests) manifests.push(manifest);
    } else if (entry.name === "package.json") manifests.push(path);
    else if (SOURCE.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name)) sources.push(path);
  }
  return { sources, manifests };
});

/** Lists one folder a step, the innermost first, for `workspaceTree` to be short. */
export function* warmTree(db: Db, directory: FilePath): Generator<void, void> {
  if (db.stillHolds(treeOf, directory)) return;
  for (const entry of db.get(directoryEntries, directory)?.values() ?? []) {
    if (isFollowed(entry)) yield* warmTree(db, joinPath(directory, entry.name));
  }
  db.get(treeOf, directory);
  yield;
}

/** Links inside a workspace lead to what is listed elsewhere, or round in circles. */
function isFollowed({ kind, link, name }: DirectoryEntry): boolean {
  return kind === "directory" && !link && !isSkipped(name);
}

export function workspaceTree(db: Db, root: FilePath): WorkspaceTree {
  return db.get(treeOf, root);
}

export interface PackageIdentity {
  readonly name: string | undefined;
  /** Members that say where the package begins: `exports`, `module`, `main`, `types`. */
  readonly entries: Readonly<Record<string, unknown>>;
}

/** Data of a JSON file, `undefined` when it is missing or broken. */
export function readJson(db: Db, file: FilePath): Record<string, unknown> | undefined {
  const text = fileText(db, file);
  if (text === undefined) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null && !Array.isArray(data)
      ? (data as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const identityOf = query<World, PackageIdentity>("packageIdentity", (db, manifest) => {
  const data = readJson(db, manifest) ?? {};
  const { name, exports, module, main, types, source } = data;
  return { name: typeof name === "string" ? name : undefined, entries: { source, exports, module, main, types } };
});

export function packageIdentity(db: Db, manifest: FilePath): PackageIdentity {
  return db.get(identityOf, manifest);
}

const packagesOf = query<World, ReadonlyMap<string, FilePath>>("workspacePackages", (db, root) => {
  const packages = new Map<string, FilePath>();
  for (const manifest of workspaceTree(db, root).manifests) {
    const { name } = packageIdentity(db, manifest);
    const directory = manifest.slice(0, -"/package.json".length);
    if (name !== undefined && !packages.has(name)) packages.set(name, directory);
  }
  return packages;
});

/** Package name → its folder, for the packages whose sources are in the workspace. */
export function workspacePackages(db: Db, root: FilePath): ReadonlyMap<string, FilePath> {
  return db.get(packagesOf, root);
}
