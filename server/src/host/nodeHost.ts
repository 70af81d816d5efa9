/** The core's view of files, over `node:fs`. Nothing throws: what cannot be read is reported as such. */
import fs from "node:fs";
import type { DirectoryEntry, FileContent, Host } from "../vfs/host.ts";
import { type FilePath, normalizePath } from "../vfs/path.ts";
import { TextLinks } from "./textLinks.ts";

/** Bytes of the beginning of a file in which a zero byte marks it as binary. */
const PROBED_BYTES = 8000;

export interface NodeHostOptions {
  /** Bytes; larger files are not read. */
  readonly maxFileSize: number;
}

export interface NodeHost extends Host {
  /** Where the system has a path, with links that were stored as text followed. */
  placeOf(path: FilePath): FilePath;
}

export function createNodeHost({ maxFileSize }: NodeHostOptions = { maxFileSize: 5_000_000 }): NodeHost {
  const links = new TextLinks();
  return {
    readFile: (path) => readFile(links.follow(path), maxFileSize),
    readDirectory: (path) => readDirectory(links.follow(path), links),
    realPath: (path) => realPath(links.follow(path)),
    placeOf: (path) => links.follow(path),
  };
}

function readFile(path: FilePath, maxFileSize: number): FileContent {
  try {
    const stat = fs.statSync(path);
    if (!stat.isFile()) return { kind: "missing" };
    if (stat.size > maxFileSize) return { kind: "too-large" };
    // In one call, for what nearly every file is; a mark of something else is looked at closely.
    const text = fs.readFileSync(path, "utf8");
    return isPlain(text) ? { kind: "text", text } : decode(fs.readFileSync(path));
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === "ENOENT" ? "missing" : "unreadable" };
  }
}

/** No zero byte at its beginning, no byte order mark, and no bytes there that are no UTF-8. */
function isPlain(text: string): boolean {
  const zero = text.indexOf("\0");
  return (zero < 0 || zero >= PROBED_BYTES) && text[0] !== "\ufeff" && text[0] !== "\ufffd";
}

function decode(bytes: Buffer): FileContent {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: "text", text: bytes.toString("utf16le", 2) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0)
    return { kind: "text", text: bytes.swap16().toString("utf16le", 2) };
  if (bytes.subarray(0, PROBED_BYTES).includes(0)) return { kind: "binary" };
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return { kind: "text", text: bytes.toString("utf8", start) };
}

function readDirectory(path: FilePath, links: TextLinks): readonly DirectoryEntry[] | undefined {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(path, { withFileTypes: true });
  } catch {
    return undefined;
  }
  const found = entries.map((entry): DirectoryEntry => {
    if (entry.isFile() && links.isLink(path, entry.name)) return { name: entry.name, kind: "directory", link: true };
    const link = entry.isSymbolicLink();
    return { name: entry.name, kind: link ? linkedKind(`${path}/${entry.name}`) : kindOf(entry), link };
  });
  return found.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

function kindOf(entry: fs.Dirent | fs.Stats): DirectoryEntry["kind"] {
  return entry.isDirectory() ? "directory" : entry.isFile() ? "file" : "other";
}

/** A broken link and a loop of links are neither file nor directory. */
function linkedKind(path: string): DirectoryEntry["kind"] {
  try {
    return kindOf(fs.statSync(path));
  } catch {
    return "other";
  }
}

function realPath(path: FilePath): FilePath {
  try {
    return normalizePath(fs.realpathSync.native(path));
  } catch {
    return path;
  }
}
