/**
 * What the text of a module tells of its imports and exports without a syntax tree, for the few questions that decide
 * whether a build follows a re-export. Kept as data, so that a build which is put together again reads no text.
 */

import { ownedText } from "../base/ownedText.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, derivedInput } from "../vfs/vfs.ts";
import { extractedFrom } from "./index.ts";

export interface BarrelText {
  /** It has an `export { … }`. */
  readonly exportsList: boolean;
  /** By index of the requests: the names in the clause of an import or export, keywords aside. */
  readonly clauses: readonly (readonly string[])[];
  /** By index of the requests: a name of the clause stands in the rest of the text as a used one does. */
  readonly used: readonly boolean[];
  /** Names that a declaration exports, `default` for `export default`. */
  readonly plainExports: readonly string[];
}

const NONE: BarrelText = { exportsList: false, clauses: [], used: [], plainExports: [] };
const PLAIN = /\bexport\s+(?:(default)\b|(?:async\s+)?(?:const|let|var|function|class)\b\s*\*?\s*([\w$]+))/g;

const texts = derivedInput<BarrelText>("barrelText", (path, text) => {
  const extracted = text === undefined ? undefined : extractedFrom(path, text);
  if (text === undefined || extracted === undefined) return NONE;
  const clauses = extracted.ranges.statements.map(({ start, end }) => clauseNames(text.slice(start, end)));
  const used = extracted.ranges.statements.map(({ start, end }, index) => {
    const rest = text.slice(0, start) + text.slice(end);
    return clauses[index]!.some((name) => isUsedIn(rest, name));
  });
  const plainExports = [...text.matchAll(PLAIN)].map(([, byDefault, name]) => ownedText(byDefault ?? name!));
  return { exportsList: /\bexport\s*\{/.test(text), clauses, used, plainExports };
});

export function barrelText(db: Db, file: FilePath): BarrelText {
  return db.get(texts, file);
}

function clauseNames(statement: string): readonly string[] {
  const clause = statement.replace(/\bfrom\s*["'].*$/s, "");
  return (clause.match(/[A-Za-z_$][\w$]*/g) ?? [])
    .filter((name) => !/^(?:import|export|as|default)$/.test(name))
    .map(ownedText);
}

/** Called, read from, or standing where a value does: no such place is in a comment, in nearly all code. */
function isUsedIn(text: string, name: string): boolean {
  return text.includes(name) && new RegExp(`(?<![\\w$.])${name.replace(/\$/g, "\\$&")}\\s*[(.,;)]`).test(text);
}
