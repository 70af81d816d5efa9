/** Which files can hold a federation configuration: by their names, and by a cheap test of their text. */

import { atOnce } from "../base/steps.ts";
import { warmTree, workspaceTree } from "../evaluate/workspaceTree.ts";
import { query, steppedQuery } from "../query/database.ts";
import { outline } from "../syntax/index.ts";
import { type FilePath, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, derivedInput, fileText, type World } from "../vfs/vfs.ts";
import { RELEVANCE, relevance } from "./relevance.ts";
import { isOptionsFile, isToolEntry } from "./tools.ts";

/** All sources are looked at; most of them are then part of some build. */
const relevanceOf = derivedInput(RELEVANCE, (_file, text) => relevance(text), { ahead: outline });

/** Whether a file's text calls something that receives federation options. */
export function namesReceivers(db: Db, file: FilePath): boolean {
  return db.get(relevanceOf, file) === "config";
}

export interface Candidate {
  readonly file: FilePath;
  /** `entry`: a tool loads it; `options`: holds options for a tool; `mention`: another file that speaks of federation. */
  readonly kind: "entry" | "options" | "mention" | "runtime";
}

/** Files that scripts of manifests name as a tool's configuration: `webpack --config scripts/build.js`. */
const namedInScripts = query<World, ReadonlySet<FilePath>>("configsNamedInScripts", (db, root) => {
  const named = new Set<FilePath>();
  for (const manifest of workspaceTree(db, root).manifests) {
    const text = fileText(db, manifest) ?? "";
    for (const match of text.matchAll(
      /\b(?:webpack|rspack|rsbuild|rslib|vite|rollup)\b[^"&|;]*?\s(?:-c|--config)[ =]+([^\s"\\]+)/g,
    )) {
      named.add(joinPath(parentPath(manifest), match[1]!));
    }
  }
  return named;
});

const NOT_CONFIG = /\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/;
/** What Vite compiles a configuration to, and leaves behind when it is interrupted. */
const LEFT_BEHIND = /\.timestamp-\d+[^/]*\.mjs$/;

/** What generators of a workspace write their files from. */
const TEMPLATE = /\/(?:generators?|schematics)\/(?:[^/]+\/)*(?:files|templates?)\//;

/** Files between two pauses. */
const LOOKS_A_STEP = 256;

/** A memo of its own: an edit that makes no other file a candidate asks nothing of the others. */
const candidatesBelow = steppedQuery<World, readonly Candidate[]>("configCandidates", (db, root) =>
  candidatesAmong(db, workspaceTree(db, root).sources, db.get(namedInScripts, root)),
);

/** The candidates below a root, in a stable order. `files` spares listing the folders. */
export function configCandidates(db: Db, root: FilePath, files?: readonly FilePath[]): readonly Candidate[] {
  return files === undefined ? db.get(candidatesBelow, root) : atOnce(candidatesAmong(db, files, new Set()));
}

function* candidatesAmong(
  db: Db,
  files: readonly FilePath[],
  named: ReadonlySet<FilePath>,
): Generator<void, readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const [index, file] of files.entries()) {
    const kind = kindAmong(db, named, file);
    if (kind !== undefined) candidates.push({ file, kind });
    if (index % LOOKS_A_STEP === LOOKS_A_STEP - 1) yield;
  }
  return candidates;
}

/** Looks at one file a step, then puts the candidates together, for `configCandidates` to have them at hand. */
export function* warmCandidates(db: Db, root: FilePath): Generator<void, void> {
  yield* warmTree(db, root);
  for (const file of workspaceTree(db, root).sources) {
    candidateKind(db, file);
    yield;
  }
  yield* db.prepare(candidatesBelow, root);
}

function kindAmong(db: Db, named: ReadonlySet<FilePath>, file: FilePath): Candidate["kind"] | undefined {
  return named.has(file) ? "entry" : candidateKind(db, file);
}

/** What a file is among the candidates below a root. */
export function kindOfCandidate(db: Db, root: FilePath, file: FilePath): Candidate["kind"] | undefined {
  return kindAmong(db, db.get(namedInScripts, root), file);
}

function candidateKind(db: Db, file: FilePath): Candidate["kind"] | undefined {
  if (LEFT_BEHIND.test(file) || NOT_CONFIG.test(file) || TEMPLATE.test(file)) return undefined;
  if (isOptionsFile(file)) return "options";
  if (isToolEntry(file)) return "entry";
  const found = db.get(relevanceOf, file);
  if (found === "runtime") return "runtime";
  return found === "config" && /\.[cm]?[jt]s$/.test(file) ? "mention" : undefined;
}
