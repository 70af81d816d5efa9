/** Packages that find files by patterns (`glob`, `fast-glob`, `globby`, `tinyglobby`) or upwards (`find-up`). */
import picomatch from "picomatch";
import { ancestorsOf, type FilePath, isInside, joinPath, relativePath } from "../../vfs/path.ts";
import { directoryEntries, isFile } from "../../vfs/vfs.ts";
import { promiseOf } from "../builtins/collections.ts";
import { argument, notKnown } from "../builtins/method.ts";
import { isUnset, textOf, truthiness } from "../coerce.ts";
import type { PackageModel, Realm } from "../realm.ts";
import { arrayItems, type CallContext, type ObjectValue, primitive, unknown, type Value } from "../value.ts";

/** Files of the folders searched; a pattern over more is not followed. */
const MOST_FILES = 5_000;

interface Search {
  readonly patterns: readonly string[];
  readonly ignored: readonly string[];
  readonly folder: FilePath;
  readonly absolute: boolean;
  readonly dot: boolean;
}

const OPTIONS: ReadonlySet<string> = new Set([
  "cwd",
  "absolute",
  "ignore",
  "dot",
  "nodir",
  "posix",
  "unique",
  "suppressErrors",
  "onlyFiles",
  "windowsPathsNoEscape",
]);

function textsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  const items = arrayItems(value) ?? [value];
  const texts = items.map((item) => (isUnset(item) ? undefined : textOf(item)));
  if (value.kind === "object" && value.open !== undefined) return undefined;
  return texts.some((text) => text === undefined) ? undefined : (texts as string[]);
}

/** What a call searches for; `undefined` where a part is not known, or an option is not modelled. */
function searchOf(realm: Realm, call: CallContext): Search | undefined {
  const given = textsOf(argument(call, 0));
  const options = call.args[1];
  if (given === undefined || given.length === 0) return undefined;
  if (options !== undefined && (options.kind !== "object" || options.open !== undefined)) return undefined;
  const properties: ObjectValue["properties"] = options?.kind === "object" ? options.properties : new Map();
  if ([...properties].some(([key, property]) => !OPTIONS.has(key) || property.maybe !== undefined)) return undefined;
  const flag = (name: string): boolean | undefined => {
    const value = properties.get(name)?.value;
    return value === undefined ? false : truthiness(value);
  };
  const [folder] = textsOf(properties.get("cwd")?.value) ?? [undefined];
  const ignored = textsOf(properties.get("ignore")?.value);
  const [absolute, dot] = [flag("absolute"), flag("dot")];
  const isCwdKnown = !properties.has("cwd") || folder !== undefined;
  if (ignored === undefined || absolute === undefined || dot === undefined || !isCwdKnown) return undefined;
  return {
    patterns: given.filter((pattern) => !pattern.startsWith("!")),
    ignored: [...ignored, ...given.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1))],
    folder: joinPath(realm.world.cwd, folder ?? "."),
    absolute,
    dot,
  };
}

/** Files below a folder; `undefined` when they are too many. */
function filesBelow(realm: Realm, folder: FilePath, files: FilePath[] = []): FilePath[] | undefined {
  for (const entry of realm.db.get(directoryEntries, folder)?.values() ?? []) {
    const path = joinPath(folder, entry.name);
    realm.burn();
    if (entry.kind === "file") files.push(path);
    else if (
      !entry.link &&
      entry.name !== "node_modules" &&
      entry.name !== ".git" &&
      filesBelow(realm, path, files) === undefined
    )
      return undefined;
    if (files.length > MOST_FILES) return undefined;
  }
  return files;
}

function found(realm: Realm, call: CallContext): Value {
  const search = searchOf(realm, call);
  if (search === undefined) return notKnown(call);
  const names = new Set<string>();
  for (const pattern of search.patterns) {
    const whole = joinPath(search.folder, pattern);
    const { base } = picomatch.scan(whole);
    const isKnown = isInside(base, realm.world.workspaceRoot) && !whole.includes("/node_modules/");
    const files = isKnown ? (isFile(realm.db, base) ? [base] : filesBelow(realm, base)) : undefined;
    if (files === undefined) return unknown("a search for files that is not followed", call.source);
    const matches = picomatch(whole, { dot: search.dot });
    const ignores = search.ignored.map((ignored) => picomatch(joinPath(search.folder, ignored), { dot: true }));
    for (const file of files) {
      if (!matches(file) || ignores.some((ignored) => ignored(file))) continue;
      const relative = relativePath(search.folder, file);
      const dotted = pattern.startsWith("./") ? `./${relative}` : relative;
      names.add(search.absolute || pattern.startsWith("/") ? file : dotted);
    }
  }
  const sorted = [...names].sort((left, right) => left.localeCompare(right, "en"));
  return realm.array(
    sorted.map((name) => primitive(name, call.source)),
    call.source,
  );
}

function above(realm: Realm, call: CallContext): Value {
  const names = textsOf(argument(call, 0));
  const options = call.args[1];
  const given = options?.kind === "object" ? options.properties.get("cwd")?.value : undefined;
  const from = given === undefined ? realm.world.cwd : textOf(given);
  if (names === undefined || from === undefined || options?.kind === "unknown") return notKnown(call);
  for (const folder of ancestorsOf(joinPath(realm.world.cwd, from))) {
    if (!isInside(folder, realm.world.workspaceRoot)) break;
    const name = names.find((candidate) => isFile(realm.db, joinPath(folder, candidate)));
    if (name !== undefined) return primitive(joinPath(folder, name), call.source);
  }
  return unknown("a file outside of the workspace is looked for", call.source);
}

const SYNCHRONOUS: Readonly<Record<string, ReadonlySet<string>>> = {
  glob: new Set(["sync", "globSync"]),
  "fast-glob": new Set(["sync", "globSync"]),
  globby: new Set(["sync", "globbySync"]),
  tinyglobby: new Set(["globSync"]),
  "find-up": new Set(["sync", "findUpSync"]),
};
const ASYNCHRONOUS: Readonly<Record<string, ReadonlySet<string>>> = {
  glob: new Set(["glob"]),
  "fast-glob": new Set(["", "glob"]),
  globby: new Set(["", "globby"]),
  tinyglobby: new Set(["glob"]),
  "find-up": new Set(["", "findUp"]),
};

export const fileSearchModel: PackageModel = {
  covers: (module) => Object.hasOwn(SYNCHRONOUS, module),
  member: (realm, module, path, source) => {
    if (!Object.hasOwn(SYNCHRONOUS, module) || path.length > 2) return undefined;
    const name = path.at(-1) ?? "";
    const run = module === "find-up" ? above : found;
    if (SYNCHRONOUS[module]!.has(name)) return realm.native(name, source, (call) => run(realm, call));
    if (!ASYNCHRONOUS[module]!.has(name)) return undefined;
    const value = realm.native(name, source, (call) => promiseOf(realm, run(realm, call), call.source));
    // `require("fast-glob")` is the function, and holds the others.
    if (name === "") value.open = unknown(`a member of package ${module}`, source, { origin: { module, path: [] } });
    return value;
  },
};
