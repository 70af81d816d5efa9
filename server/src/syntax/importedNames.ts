/** Which exports the clause of one request names, read from the clause alone: more than are used, and never fewer. */
import { ownedText } from "../base/ownedText.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, derivedInput } from "../vfs/vfs.ts";
import { headImports } from "./headImports.ts";
import { extractedFrom } from "./index.ts";
import { isComponentFile, scriptText } from "./scriptBlocks.ts";

export type ImportedNames = readonly string[] | "all";

const NOTHING: readonly string[] = [];

/** By index of the requests. */
const names = derivedInput<readonly ImportedNames[]>("importedNames", (path, text) => {
  const extracted = text === undefined ? undefined : extractedFrom(path, text);
  if (text === undefined || extracted === undefined) return [];
  const head = new Map(headImports(scriptText(path, text)).map((statement) => [statement.range.start, statement]));
  return extracted.facts.requests.map(({ kind, typeOnly, sideEffectOnly }, index): ImportedNames => {
    if (typeOnly || sideEffectOnly) return NOTHING;
    const statement = head.get(extracted.ranges.statements[index]!.start);
    if (kind !== "esm import" || statement === undefined || isComponentFile(path)) return "all";
    const imported = statement.bindings.map((binding) => ownedText(binding.imported));
    return imported.includes("*") ? "all" : imported;
  });
});

/** `all` where the whole module may be taken. */
export function importedNames(db: Db, file: FilePath, index: number): ImportedNames {
  return db.get(names, file)[index] ?? "all";
}
