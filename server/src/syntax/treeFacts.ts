/**
 * What usage analysis reads from a file's syntax tree: its exports, and what it takes of its requests. Both come from one
 * tree, which is dropped at once; each is a memo of its own, so that an edit which changes one leaves the other.
 */
import { query } from "../query/database.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { type ExportFacts, exportFactsOf } from "./exportFacts.ts";
import { exportsHandedOn, handedOnIn, usesHandedOn } from "./handedOn.ts";
import { factRanges, type ModuleFacts, moduleFacts, type RequestKind } from "./index.ts";
import { COMMON_JS_KINDS } from "./moduleFacts.ts";
import { moduleUsesOf, UNCERTAIN } from "./moduleUses.ts";
import { parseFile } from "./parse.ts";
import { isComponentFile } from "./scriptBlocks.ts";
import type { ModuleUses } from "./uses/facts.ts";

export type { ExportFacts } from "./exportFacts.ts";

export interface TreeFacts {
  /** `undefined` where the file cannot be read. */
  readonly exports: ExportFacts | undefined;
  /** Everything is uncertain where the text is not understood. */
  readonly uses: ModuleUses;
  /** Some request hangs on a constant test. */
  readonly guarded: boolean;
}

/** Code that gives exports has an effect. */
const COMMON_JS = /\b(?:exports|module|require|define|this)\b/;

/** Requests that run, or make, what is asked for. */
const OTHER_REQUESTS: ReadonlySet<RequestKind> = new Set([...COMMON_JS_KINDS, "new URL", "new Worker"]);

const both = query<World, TreeFacts>("treeFacts", (db, path) => {
  const text = fileText(db, path);
  if (text === undefined) return { exports: undefined, uses: UNCERTAIN, guarded: false };
  if (extensionOf(path) === ".json") return { exports: exportFactsOf(path, text), uses: UNCERTAIN, guarded: false };
  const facts = moduleFacts(db, path);
  const handedOn = facts?.broken === false && !isComponentFile(path) ? handedOnIn(text) : undefined;
  if (handedOn !== undefined && handedOn.length === facts?.requests.length)
    return { exports: exportsHandedOn(handedOn), uses: usesHandedOn(handedOn), guarded: false };
  const tree = parseFile(path, text, true);
  const statements = facts?.broken === false ? factRanges(db, path)?.statements : undefined;
  const guarded = facts?.requests.some(({ guards }) => guards !== undefined) === true;
  const uses = moduleUsesOf(path, text, tree, statements, guarded);
  return { exports: exportFactsOf(path, text, tree), uses: withRequests(uses, facts, text), guarded };
});

/** Requests of other kinds than imports have effects, and for webpack all that may be CommonJS. */
function withRequests(uses: ModuleUses, facts: ModuleFacts | undefined, text: string): ModuleUses {
  if (!uses.pure && !uses.pureInRspack) return uses;
  // An eager `import()` is part of the module like any other request.
  const asks =
    facts === undefined || facts.requests.some(({ kind, mode }) => OTHER_REQUESTS.has(kind) || mode === "eager");
  const isPlain = facts?.esm === true || !COMMON_JS.test(text);
  return { ...uses, pure: uses.pure && !asks && isPlain, pureInRspack: uses.pureInRspack && !asks };
}

/** Both at once, for those that depend on both. */
export function treeFacts(db: Db, path: FilePath): TreeFacts {
  return db.get(both, path);
}

const exported = query<World, ExportFacts | undefined>("exportFacts", (db, path) => db.get(both, path).exports);

const uses = query<World, ModuleUses>("moduleUses", (db, path) => db.get(both, path).uses);

/** Of a file; `undefined` when it cannot be read. */
export function exportFacts(db: Db, path: FilePath): ExportFacts | undefined {
  return db.get(exported, path);
}

/** Of a file of a build; everything is uncertain where the text cannot be read. */
export function moduleUses(db: Db, path: FilePath): ModuleUses {
  return db.get(uses, path);
}
