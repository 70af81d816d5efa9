/**
 * Facts of source files, by query. One of the three boundaries of the core: what is above never sees a syntax tree's
 * facts any other way.
 */
import { query } from "../query/database.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { extractFacts } from "./extractFacts.ts";
import type { ExtractedFacts, FactRanges, ModuleFacts } from "./moduleFacts.ts";
import { scanModule } from "./scanModule.ts";
import { scriptText } from "./scriptBlocks.ts";

export { type Definitions, type Guard, isLive } from "./guards.ts";
export type { FactRanges, ModuleFacts, RequestFact, RequestKind } from "./moduleFacts.ts";

const MODULE_EXTENSIONS = new Set([".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte"]);

/** Whether a file of this name can hold requests. Declaration files cannot. */
export function isModuleFile(path: FilePath): boolean {
  return MODULE_EXTENSIONS.has(extensionOf(path)) && !/\.d\.[cm]?ts$/.test(path);
}

const extracted = query<World, ExtractedFacts | undefined>("extractedFacts", (db, path) => {
  if (!isModuleFile(path)) return undefined;
  const text = fileText(db, path);
  if (text === undefined) return undefined;
  const script = scriptText(path, text);
  return scanModule(script) ?? extractFacts(path, script);
});

const facts = query<World, ModuleFacts | undefined>("moduleFacts", (db, path) => db.get(extracted, path)?.facts);

/** `undefined` for a file that is missing, unreadable, or holds no code. */
export function moduleFacts(db: Db, path: FilePath): ModuleFacts | undefined {
  return db.get(facts, path);
}

/** Where the facts of `moduleFacts` stand, by the same indexes. */
export function factRanges(db: Db, path: FilePath): FactRanges | undefined {
  return db.get(extracted, path)?.ranges;
}
