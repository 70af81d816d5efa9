/** What `sideEffects` of a package's manifest says of its files. */
import picomatch from "picomatch";
import { query } from "../query/database.ts";
import { type FilePath, parentPath, relativePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { manifestsAbove } from "./manifest.ts";

/** What a manifest says, without the rest of it, which changes more often. */
export interface FolderFlag {
  readonly directory: FilePath;
  readonly flag: unknown;
}

/** Whether the file has some; `undefined` where its package says nothing. */
export function packageFlag(db: Db, file: FilePath): boolean | undefined {
  const found = folderFlag(db, parentPath(file));
  return found === undefined ? undefined : flagOfFile(found, file);
}

/** What is said of the files of a folder; `undefined` where its package says nothing. */
export function folderFlag(db: Db, folder: FilePath): FolderFlag | undefined {
  return db.get(flaggingManifest, folder);
}

/** Whether a file of the folder has some. */
export function flagOfFile({ directory, flag }: FolderFlag, file: FilePath): boolean {
  return typeof flag === "boolean" ? flag : matchesFlag(flag, `./${relativePath(directory, file)}`);
}

/** A manifest without a name, inside of a package, leaves the question to the one above. Keys are folders. */
const flaggingManifest = query<World, FolderFlag | undefined>("flaggingManifest", (db, directory) => {
  const inPackage = directory.includes("/node_modules/");
  for (const found of manifestsAbove(db, directory)) {
    const { sideEffects } = found.data;
    if (sideEffects !== undefined) return { directory: parentPath(found.file), flag: sideEffects };
    if (found.name !== undefined || !inPackage) return undefined;
  }
  return undefined;
});

const matchers = new Map<string, (path: string) => boolean>();

function matchesFlag(flag: unknown, path: string): boolean {
  if (typeof flag === "boolean") return flag;
  if (Array.isArray(flag)) return flag.some((item) => matchesFlag(item, path));
  if (typeof flag !== "string") return true;
  const pattern = (flag.includes("/") ? flag : `**/${flag}`).replace(/^\.\//, "");
  let matcher = matchers.get(pattern);
  if (matcher === undefined) {
    matcher = picomatch(pattern, { dot: true });
    matchers.set(pattern, matcher);
  }
  return matcher(path.slice(2));
}
