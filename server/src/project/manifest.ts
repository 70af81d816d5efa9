/** `package.json` files: their data, tolerant of broken text, and the places of their entries. */
import { findNodeAtLocation, type Node, parse, parseTree } from "jsonc-parser";
import { query } from "../query/database.ts";
import { ancestorsOf, type FilePath, joinPath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";

/** The dependency fields in the order in which webpack asks them for a required version. */
export const DEPENDENCY_FIELDS = [
  "optionalDependencies",
  "dependencies",
  "peerDependencies",
  "devDependencies",
] as const;
export type DependencyField = (typeof DEPENDENCY_FIELDS)[number];

export interface Manifest {
  readonly file: FilePath;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Every member as parsed; never trust a type. */
  readonly data: Readonly<Record<string, unknown>>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const manifest = query<World, Manifest | undefined>("manifest", (db, file) => {
  const text = fileText(db, file);
  if (text === undefined) return undefined;
  const data: unknown = parse(text, [], { allowTrailingComma: true });
  if (!isRecord(data)) return undefined;
  const { name, version } = data;
  return {
    file,
    name: typeof name === "string" ? name : undefined,
    version: typeof version === "string" ? version : undefined,
    data,
  };
});

/** The manifest in a directory; `undefined` when there is none or it holds no object. */
export function manifestOf(db: Db, directory: FilePath): Manifest | undefined {
  const file = joinPath(directory, "package.json");
  return isFile(db, file) ? db.get(manifest, file) : undefined;
}

/** What decides how a package's files are resolved and read. */
export interface PackageTraits {
  /** `"type": "module"`. */
  readonly isModule: boolean;
  /** `"type": "commonjs"`. */
  readonly isCommonJs: boolean;
  /** Top-level members that are objects, among them maps such as `browser`. */
  readonly maps: readonly string[];
}

const NO_TRAITS: PackageTraits = { isModule: false, isCommonJs: false, maps: [] };

const traits = query<World, PackageTraits>("packageTraits", (db, directory) => {
  const data = manifestOf(db, directory)?.data;
  if (data === undefined) return NO_TRAITS;
  const maps = Object.keys(data).filter((name) => isObject(data[name]));
  return { isModule: data.type === "module", isCommonJs: data.type === "commonjs", maps };
});

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Of the manifest in a directory: other than the manifest itself, hardly ever changed by an edit. */
export function packageTraits(db: Db, directory: FilePath): PackageTraits {
  return db.get(traits, directory);
}

/** The manifests of a directory and those above it, nearest first. */
export function* manifestsAbove(db: Db, directory: FilePath): Generator<Manifest> {
  for (const ancestor of ancestorsOf(directory)) {
    const found = manifestOf(db, ancestor);
    if (found !== undefined) yield found;
  }
}

/** The first manifest at or above a directory. */
export function nearestManifest(db: Db, directory: FilePath): Manifest | undefined {
  for (const found of manifestsAbove(db, directory)) return found;
  return undefined;
}

/** The text of a dependency in one field, `undefined` when it is not listed there. */
export function dependencyIn(found: Manifest, field: string, name: string): string | undefined {
  const listed = found.data[field];
  if (!isRecord(listed) || !Object.hasOwn(listed, name)) return undefined;
  const value = listed[name];
  return typeof value === "string" ? value : undefined;
}

/** The first field that lists a dependency, in webpack's order. */
export function dependencyField(found: Manifest, name: string): DependencyField | undefined {
  return DEPENDENCY_FIELDS.find((field) => dependencyIn(found, field, name) !== undefined);
}

/** Where the value at a path of members stands (with its quotes); `undefined` when it is not there. */
export function manifestPlace(db: Db, file: FilePath, members: readonly string[]): SourceRange | undefined {
  const text = fileText(db, file);
  if (text === undefined) return undefined;
  const tree: Node | undefined = parseTree(text, [], { allowTrailingComma: true });
  const node = tree === undefined ? undefined : findNodeAtLocation(tree, [...members]);
  return node === undefined ? undefined : { file, range: { start: node.offset, end: node.offset + node.length } };
}
