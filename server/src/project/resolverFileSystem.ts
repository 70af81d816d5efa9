/** The file system that webpack's resolver asks, over the virtual files: each look is a dependency of the query that runs. */
import type { FileSystem } from "enhanced-resolve";
import { baseName, normalizePath, parentPath } from "../vfs/path.ts";
import { type Db, directoryEntries, fileKind, fileText, realPathOf } from "../vfs/vfs.ts";

/** Without a stack: thousands are thrown, and the resolver reads the code alone. */
function missing(code: string, path: string): Error {
  return Object.assign(Object.create(Error.prototype) as Error, { code, message: `${code}: ${path}` });
}

/** Only what the resolver calls, all answered synchronously. */
export function resolverFileSystem(db: Db): FileSystem {
  const stat = (path: string) => {
    const kind = fileKind(db, normalizePath(path));
    if (kind === undefined) throw missing("ENOENT", path);
    return { isFile: () => kind === "file", isDirectory: () => kind === "directory", isSymbolicLink: () => false };
  };
  const readFile = (path: string): string => {
    const text = fileText(db, normalizePath(path));
    if (text === undefined) throw missing("ENOENT", path);
    return text;
  };
  const sync = {
    statSync: stat,
    lstatSync: stat,
    readFileSync: readFile,
    readJsonSync: (path: string): unknown => JSON.parse(readFile(path)),
    readdirSync: (path: string) => [...(db.get(directoryEntries, normalizePath(path))?.keys() ?? [])],
    readlinkSync: (path: string): string => {
      const normal = normalizePath(path);
      const entry = db.get(directoryEntries, parentPath(normal))?.get(baseName(normal));
      if (entry?.link !== true) throw missing("EINVAL", path);
      return realPathOf(db, normal);
    },
  };
  // The resolver is made with `useSyncFileSystemCalls`, so that it never asks the callback forms.
  return sync as unknown as FileSystem;
}
