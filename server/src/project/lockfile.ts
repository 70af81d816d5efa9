/**
 * The version of a package that an install would give a folder's code, as the lockfile above it says. Asked where the
 * package is not installed: before the first install, and in a checkout that is only looked at.
 */
import { query } from "../query/database.ts";
import { ancestorsOf, type FilePath, joinPath, parentPath, relativePath } from "../vfs/path.ts";
import { type Db, fileText, isDirectory, isFile, type World } from "../vfs/vfs.ts";
import type { Lockfile } from "./lockfiles/locked.ts";
import { bunLockfile, npmLockfile } from "./lockfiles/npm.ts";
import { pnpmLockfile } from "./lockfiles/pnpm.ts";
import { yarnLockfile } from "./lockfiles/yarn.ts";
import { dependencyField, dependencyIn, manifestOf, manifestsAbove } from "./manifest.ts";

const FORMATS: readonly (readonly [string, (content: string) => Lockfile])[] = [
  ["package-lock.json", npmLockfile],
  ["npm-shrinkwrap.json", npmLockfile],
  ["pnpm-lock.yaml", pnpmLockfile],
  ["yarn.lock", yarnLockfile],
  ["bun.lock", bunLockfile],
];

/** In characters; what is longer takes seconds to read. */
const LONGEST_LOCKFILE = 16_000_000;

const NOTHING: Lockfile = () => undefined;

interface Read {
  readonly ask: Lockfile;
}

const lockfile = query<World, Read>("lockfile", (db, file) => {
  const format = FORMATS.find(([name]) => file.endsWith(`/${name}`))?.[1];
  const content = fileText(db, file);
  if (format === undefined || content === undefined || content.length > LONGEST_LOCKFILE) return { ask: NOTHING };
  try {
    return { ask: format(content) };
  } catch {
    // A lockfile with conflict marks in it says nothing.
    return { ask: NOTHING };
  }
});

const lockfileAbove = query<World, FilePath | undefined>("lockfileAbove", (db, directory) => {
  for (const ancestor of ancestorsOf(directory)) {
    for (const [name] of FORMATS) {
      const file = joinPath(ancestor, name);
      if (isFile(db, file)) return file;
    }
  }
  return undefined;
});

export interface LockedVersion {
  readonly version: string;
  /** Where the package will be. */
  readonly directory: FilePath;
}

/** `undefined` where the package is installed after all, or no lockfile knows it. */
export function lockedVersion(db: Db, directory: FilePath, name: string): LockedVersion | undefined {
  if (isInstalled(db, directory, name)) return undefined;
  const file = db.get(lockfileAbove, directory);
  if (file === undefined) return undefined;
  const root = parentPath(file);
  const relative = relativePath(root, directory);
  const locked = db.get(lockfile, file).ask({
    name,
    directory: relative === "." ? "" : relative,
    specifier: specifierOf(db, directory, name),
  });
  if (locked === undefined) return undefined;
  if (locked.workspace !== undefined) {
    const folder = joinPath(root, locked.workspace);
    const version = manifestOf(db, folder)?.version;
    return version === undefined ? undefined : { version, directory: folder };
  }
  return locked.version === undefined
    ? undefined
    : { version: locked.version, directory: joinPath(root, "node_modules", name) };
}

function isInstalled(db: Db, directory: FilePath, name: string): boolean {
  return [...ancestorsOf(directory)].some((ancestor) => isDirectory(db, joinPath(ancestor, "node_modules", name)));
}

function specifierOf(db: Db, directory: FilePath, name: string): string | undefined {
  for (const found of manifestsAbove(db, directory)) {
    const field = dependencyField(found, name);
    if (field !== undefined) return dependencyIn(found, field, name);
  }
  return undefined;
}
