/**
 * What usage analysis reads from a file's syntax tree: its exports, and what it takes of its requests. Both come from one
 * tree, which is dropped at once; each is a memo of its own, so that an edit which changes one leaves the other.
 */
import { query } from "../query/database.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { type ExportFacts, exportFactsOf } from "./exportFacts.ts";
import { factRanges, moduleFacts } from "./index.ts";
import { moduleUsesOf, UNCERTAIN } from "./moduleUses.ts";
import { parseFile } from "./parse.ts";
import type { ModuleUses } from "./uses/facts.ts";

export type { ExportFacts } from "./exportFacts.ts";

interface TreeFacts {
  readonly exports: ExportFacts | undefined;
  readonly uses: ModuleUses;
}

const both = query<World, TreeFacts>("treeFacts", (db, path) => {
  const text = fileText(db, path);
  if (text === undefined) return { exports: undefined, uses: UNCERTAIN };
  if (extensionOf(path) === ".json") return { exports: exportFactsOf(path, text), uses: UNCERTAIN };
  const tree = parseFile(path, text, true);
  const statements = moduleFacts(db, path)?.broken === false ? factRanges(db, path)?.statements : undefined;
  return { exports: exportFactsOf(path, text, tree), uses: moduleUsesOf(path, text, tree, statements) };
});

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
