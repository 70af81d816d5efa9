/**
 * What the text of a module tells of its imports and exports without a syntax tree, for the few questions that decide
 * whether a build follows a re-export. Kept as data, so that a build which is put together again reads no text.
 */

import { ownedText } from "../base/ownedText.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, derivedInput } from "../vfs/vfs.ts";
import { extractedFrom } from "./index.ts";

export interface ExportText {
  /** It has an `export { … }`. */
  readonly hasList: boolean;
  /** Names that a declaration exports, `default` for `export default`. */
  readonly plain: readonly string[];
}

const NOTHING: ExportText = { hasList: false, plain: [] };
const PLAIN = /\bexport\s+(?:(default)\b|(?:async\s+)?(?:const|let|var|function|class)\b\s*\*?\s*([\w$]+))/g;

const exportTexts = derivedInput<ExportText>("exportText", (_path, text) => {
  if (text === undefined) return NOTHING;
  const plain = [...text.matchAll(PLAIN)].map(([, byDefault, name]) => ownedText(byDefault ?? name!));
  return { hasList: /\bexport\s*\{/.test(text), plain };
});

export function exportText(db: Db, file: FilePath): ExportText {
  return db.get(exportTexts, file);
}

const clauseTexts = derivedInput<readonly (readonly string[])[]>("clauses", (path, text) => {
  const statements = text === undefined ? undefined : extractedFrom(path, text)?.ranges.statements;
  return (statements ?? []).map(({ start, end }) => clauseNames(text!.slice(start, end)));
});

/** By index of the requests: the names in the clause of an import or export, keywords aside. */
export function clauses(db: Db, file: FilePath): readonly (readonly string[])[] {
  return db.get(clauseTexts, file);
}

const usedTexts = derivedInput<readonly boolean[]>("usedClauses", (path, text) => {
  const statements = text === undefined ? undefined : extractedFrom(path, text)?.ranges.statements;
  if (text === undefined || statements === undefined || statements.length === 0) return [];
  const used = usedNames(text);
  return statements.map(({ start, end }) =>
    clauseNames(text.slice(start, end)).some((name) => {
      const places = used.get(name);
      return places !== undefined && (places.first < start || places.last >= end);
    }),
  );
});

/** By index of the requests: a name of the clause stands in the rest of the text as a used one does. */
export function usedClauses(db: Db, file: FilePath): readonly boolean[] {
  return db.get(usedTexts, file);
}

function clauseNames(statement: string): readonly string[] {
  const clause = statement.replace(/\bfrom\s*["'].*$/s, "");
  return (clause.match(/[A-Za-z_$][\w$]*/g) ?? [])
    .filter((name) => !/^(?:import|export|as|default)$/.test(name))
    .map(ownedText);
}

const USED = /(?<![\w$.])([A-Za-z_$][\w$]*)\s*[(.,;)]/g;

/** Names that are called, read from, or stand where a value does: no such place is in a comment, in nearly all code. */
function usedNames(text: string): ReadonlyMap<string, { readonly first: number; readonly last: number }> {
  const found = new Map<string, { readonly first: number; last: number }>();
  for (const { 1: name = "", index } of text.matchAll(USED)) {
    const known = found.get(name);
    if (known === undefined) found.set(name, { first: index, last: index });
    else known.last = index;
  }
  return found;
}
