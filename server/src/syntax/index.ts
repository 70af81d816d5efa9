/**
 * Facts of source files, by query. One of the three boundaries of the core: what is above never sees a syntax tree's
 * facts any other way.
 */
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, derivedInput } from "../vfs/vfs.ts";
import { extractFacts } from "./extractFacts.ts";
import type { ExtractedFacts, FactRanges, ModuleFacts } from "./moduleFacts.ts";
import { OUTLINE, type Outline, outlineOf } from "./outline.ts";
import { scanModule } from "./scanModule.ts";
import { scriptText } from "./scriptBlocks.ts";

export { type Definitions, type Guard, isLive, namesOwn, PRODUCTION, withConstants } from "./guards.ts";
export type { FactRanges, ModuleFacts, RequestFact, RequestKind } from "./moduleFacts.ts";
export { COMMON_JS_KINDS } from "./moduleFacts.ts";

const MODULE_EXTENSIONS = new Set([".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte"]);

/** Whether a file of this name can hold requests. Declaration files cannot. */
export function isModuleFile(path: FilePath): boolean {
  return MODULE_EXTENSIONS.has(extensionOf(path)) && !/\.d\.[cm]?ts$/.test(path);
}

/** Ranges move with every keystroke and few are ever asked for: they are found again from the text. */
const KEPT_RANGES = 100;

/** Everything that is extracted from a text; `undefined` for a file that holds no code. */
export function extractedFrom(path: FilePath, text: string | undefined): ExtractedFacts | undefined {
  if (text === undefined || !isModuleFile(path)) return undefined;
  const script = scriptText(path, text);
  return scanModule(script) ?? extractFacts(path, script);
}

const NONE: readonly never[] = [];

/** What `moduleFacts` and `doubtfulImports` are read from. */
export const outline = derivedInput<Outline | undefined>(OUTLINE, (path, text) => {
  const extracted = extractedFrom(path, text);
  return extracted === undefined ? undefined : outlineOf(extracted);
});

const ranges = derivedInput<FactRanges | undefined>("factRanges", (path, text) => extractedFrom(path, text)?.ranges, {
  keep: KEPT_RANGES,
});

/** `undefined` for a file that is missing, unreadable, or holds no code. */
export function moduleFacts(db: Db, path: FilePath): ModuleFacts | undefined {
  return db.get(outline, path)?.facts;
}

/** Where the facts of `moduleFacts` stand, by the same indexes. */
export function factRanges(db: Db, path: FilePath): FactRanges | undefined {
  return db.get(ranges, path);
}

/** Specifiers of a file's imports that may bind a name which nothing uses; all others surely bind none. */
export function doubtfulImports(db: Db, path: FilePath): readonly string[] {
  return db.get(outline, path)?.doubtful ?? NONE;
}
