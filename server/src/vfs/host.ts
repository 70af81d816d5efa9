/** What the core needs from the world outside: a read-only, synchronous view of files. Implemented in `host/`. */
import type { FilePath } from "./path.ts";

export type FileContent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "missing" | "unreadable" | "binary" | "too-large" };

export interface DirectoryEntry {
  readonly name: string;
  /** What the entry is after links are followed; `other` for sockets, broken links and link loops. */
  readonly kind: "file" | "directory" | "other";
  readonly link: boolean;
}

/** No method throws; what cannot be read is reported as missing. */
export interface Host {
  /** UTF-8 without byte order mark. */
  readFile(path: FilePath): FileContent;
  /** Sorted by name; `undefined` when there is no such directory. */
  readDirectory(path: FilePath): readonly DirectoryEntry[] | undefined;
  /** The path with every link followed; the path itself when it does not exist. */
  realPath(path: FilePath): FilePath;
  /**
   * What inputs that are made of a file's text alone are, by their names, where it was found out beside; the text need
   * not be read then. Each is given once.
   */
  derivedAhead?(path: FilePath): ReadonlyMap<string, unknown> | undefined;
}
