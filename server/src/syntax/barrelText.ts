/**
 * What the text of a module tells of its imports and exports without a syntax tree, for the few questions that decide
 * whether a build follows a re-export. Kept as data, so that a build which is put together again reads no text.
 */

import type { FilePath } from "../vfs/path.ts";
import { type Db, derivedInput } from "../vfs/vfs.ts";
import { extractedFrom } from "./index.ts";

export interface BarrelText {
  /** It has an `export { … }`. */
  readonly exportsList: boolean;
  /** By index of the requests: the names in the clause of an import or export, keywords aside. */
  readonly clauses: readonly (readonly string[])[];
  /** Names that a declaration exports, `default` for `export default`. */
  readonly plainExports: readonly string[];
}

const NONE: BarrelText = { exportsList: false, clauses: [], plainExports: [] };
const PLAIN = /\bexport\s+(?:(default)\b|(?:async\s+)?(?:const|let|var|function|class)\b\s*\*?\s*([\w$]+))/g;

const texts = derivedInput<BarrelText>("barrelText", (path, text) => {
  const extracted = text === undefined ? undefined : extractedFrom(path, text);
  if (text === undefined || extracted === undefined) return NONE;
  const clauses = extracted.ranges.statements.map(({ start, end }) => clauseNames(text.slice(start, end)));
  const plainExports = [...text.matchAll(PLAIN)].map(([, byDefault, name]) => byDefault ?? name!);
  return { exportsList: /\bexport\s*\{/.test(text), clauses, plainExports };
});

export function barrelText(db: Db, file: FilePath): BarrelText {
  return db.get(texts, file);
}

function clauseNames(statement: string): readonly string[] {
  const clause = statement.replace(/\bfrom\s*["'].*$/s, "");
  return (clause.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((name) => !/^(?:import|export|as|default)$/.test(name));
}
