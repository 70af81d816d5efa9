/**
 * The files as the analysis sees them: the host's, covered by the texts of open documents. All reading goes through the
 * inputs of this file, so that every query knows which files it has looked at.
 */
import { type Database, type Input, input } from "../query/database.ts";
import type { DirectoryEntry, FileContent, Host } from "./host.ts";
import { ancestorsOf, baseName, type FilePath, isInside, parentPath } from "./path.ts";

export interface World {
  readonly host: Host;
  /** Texts of open documents, by path. */
  readonly overlays: Map<FilePath, string>;
  lastRead: { readonly path: FilePath; readonly content: FileContent } | undefined;
  /** What was derived before it was asked for, by path. */
  readonly ahead: Map<FilePath, { readonly name: string; readonly value: unknown }>;
}

export type Db = Database<World>;

export function createWorld(host: Host): World {
  return { host, overlays: new Map(), lastRead: undefined, ahead: new Map() };
}

/** Facts are kept, texts are not: a closed file is read again on the rare second look. */
const KEPT_TEXTS = 400;

function contentOf(world: World, path: FilePath): FileContent {
  const overlay = world.overlays.get(path);
  if (overlay !== undefined) return { kind: "text", text: overlay };
  // Several inputs are made of one file's text, mostly one after the other.
  if (world.lastRead?.path !== path) world.lastRead = { path, content: world.host.readFile(path) };
  return world.lastRead.content;
}

/**
 * `reload` where the new text is at hand, as it is while a person types: most edits change nothing that was derived, and
 * then nothing above is looked at. `touch` leaves the reading for later; `below` means all in a folder.
 */
type Change = "reload" | "touch" | "below";
type Touch = (db: Db, path: FilePath, change: Change) => void;

/** One of every input that is made of a file's content. */
const contentTouches: Touch[] = [];

function ofContent<T, I extends Input<World, T>>(made: I): I {
  contentTouches.push((db, path, change) => {
    if (change === "below") touchBelow(db, made, path);
    else if (change === "reload") db.reload(made, path);
    else db.touch(made, path);
  });
  return made;
}

export const fileContent = ofContent<FileContent, Input<World, FileContent>>(
  input("fileContent", contentOf, { keep: KEPT_TEXTS }),
);

/** An input that is made of a file's text. */
export interface DerivedInput<T> extends Input<World, T> {
  readonly derive: (path: FilePath, text: string | undefined) => T;
}

/**
 * What follows from one file's text alone, as an input of its own: the text need not be kept, and what is above depends on
 * what was derived. `derive` gets `undefined` for a file that is missing, binary, too large or unreadable. `ahead` names
 * what is mostly asked for later: it is derived along, so that a closed file is read once.
 */
export function derivedInput<T>(
  name: string,
  derive: DerivedInput<T>["derive"],
  options: { readonly keep?: number; readonly ahead?: Pick<DerivedInput<unknown>, "name" | "derive"> } = {},
): DerivedInput<T> {
  const { ahead } = options;
  const load = (world: World, path: FilePath): T => {
    const waiting = world.ahead.get(path);
    if (waiting?.name === name) {
      world.ahead.delete(path);
      return waiting.value as T;
    }
    const found = world.overlays.has(path) ? undefined : world.host.derivedAhead?.(path);
    if (found?.has(name)) {
      if (ahead !== undefined && found.has(ahead.name))
        world.ahead.set(path, { name: ahead.name, value: found.get(ahead.name) });
      return found.get(name) as T;
    }
    const content = contentOf(world, path);
    const text = content.kind === "text" ? content.text : undefined;
    if (ahead !== undefined && !world.overlays.has(path))
      world.ahead.set(path, { name: ahead.name, value: ahead.derive(path, text) });
    return derive(path, text);
  };
  const made: DerivedInput<T> = { ...input(name, load, options), derive };
  return ofContent<T, DerivedInput<T>>(made);
}

/** The host's entries, and open documents that are not on the disk yet, with the folders that they would need. */
export const directoryEntries = input<World, ReadonlyMap<string, DirectoryEntry> | undefined>(
  "directoryEntries",
  (world, path) => {
    const listed = world.host.readDirectory(path);
    const entries = new Map(listed?.map((entry) => [entry.name, entry]));
    for (const overlay of world.overlays.keys()) {
      if (!isInside(overlay, path) || overlay === path) continue;
      const [name = "", ...below] = overlay.slice(path.endsWith("/") ? path.length : path.length + 1).split("/");
      if (!entries.has(name)) entries.set(name, { name, kind: below.length === 0 ? "file" : "directory", link: false });
    }
    return listed === undefined && entries.size === 0 ? undefined : entries;
  },
);

const realPath = input<World, FilePath>("realPath", (world, path) => world.host.realPath(path));

/** The file's text, `undefined` when it is missing, binary, too large or unreadable. */
export function fileText(db: Db, path: FilePath): string | undefined {
  const content = db.get(fileContent, path);
  return content.kind === "text" ? content.text : undefined;
}

/** Letter case must match exactly, on every system: bundles are built on Linux too. */
export function fileKind(db: Db, path: FilePath): DirectoryEntry["kind"] | undefined {
  const parent = parentPath(path);
  if (parent === path) return "directory";
  const entry = db.get(directoryEntries, parent)?.get(baseName(path));
  return entry?.kind;
}

export function isFile(db: Db, path: FilePath): boolean {
  return fileKind(db, path) === "file";
}

export function isDirectory(db: Db, path: FilePath): boolean {
  return fileKind(db, path) === "directory";
}

/** The path with links followed. */
export function realPathOf(db: Db, path: FilePath): FilePath {
  return db.get(realPath, path);
}

/** One thing that has happened to a file. `disk` says that the host's copy changed, appeared or went away. */
export type FileChange =
  | { readonly kind: "disk"; readonly path: FilePath }
  | { readonly kind: "open"; readonly path: FilePath; readonly text: string }
  | { readonly kind: "close"; readonly path: FilePath };

/** Applies changes to the inputs; nothing is computed here but what follows from the text of an open document alone. */
export function applyFileChanges(db: Db, changes: readonly FileChange[]): void {
  db.world.lastRead = undefined;
  const listings = new Map<FilePath, ReturnType<Host["readDirectory"]>>();
  for (const change of changes) {
    const { path } = change;
    const covered = db.world.overlays.has(path);
    if (change.kind === "open") db.world.overlays.set(path, change.text);
    if (change.kind === "close") db.world.overlays.delete(path);
    // An open document hides what has happened to the file's text, not whether there is a file.
    if (change.kind !== "disk" || !covered) touchContent(db, path, change.kind === "open" ? "reload" : "touch");
    if (change.kind === "open" && covered) continue;
    if (change.kind !== "disk" || !isSameFile(db, path, listings)) touchExistence(db, path);
  }
}

/** Whether a changed path was a plain file and still is one, so that only its text can differ. */
function isSameFile(db: Db, path: FilePath, listings: Map<FilePath, ReturnType<Host["readDirectory"]>>): boolean {
  const folder = parentPath(path);
  const known = db.peek(directoryEntries, folder)?.get(baseName(path));
  if (known?.kind !== "file" || known.link) return false;
  if (!listings.has(folder)) listings.set(folder, db.world.host.readDirectory(folder));
  const now = listings.get(folder)?.find((entry) => entry.name === baseName(path));
  return now?.kind === "file" && !now.link;
}

/** Something has come or gone: with it, perhaps, the folders above it, and all that lay below. */
function touchExistence(db: Db, path: FilePath): void {
  const known = db.peek(directoryEntries, parentPath(path))?.get(baseName(path));
  if (known?.kind === "directory") {
    // Watchers may tell of a folder only, when it goes or comes with all that is in it.
    touchContent(db, path, "below");
    touchBelow(db, directoryEntries, path);
    touchBelow(db, realPath, path);
  }
  db.touch(realPath, path);
  for (const folder of ancestorsOf(path)) db.touch(directoryEntries, folder);
}

function touchContent(db: Db, path: FilePath, change: Change): void {
  if (change === "below") db.world.ahead.clear();
  else db.world.ahead.delete(path);
  for (const touch of contentTouches) touch(db, path, change);
}

function touchBelow<T>(db: Db, ingredient: Input<World, T>, folder: FilePath): void {
  for (const key of db.keysOf(ingredient)) if (isInside(key, folder)) db.touch(ingredient, key);
}
