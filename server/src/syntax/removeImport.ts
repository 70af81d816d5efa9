/**
 * The text edits that take unused names out of an import statement and leave everything else as it was: side effects,
 * comments, types, quotes, line ends and layout.
 */
import type { TextRange } from "../base/text.ts";
import type { ImportBinding, ImportStatement } from "./importBindings.ts";
import { skipTrivia } from "./lexer.ts";

export interface Edit {
  readonly range: TextRange;
  readonly newText: string;
}

/**
 * @param statement a statement of `text`
 * @param names local names to remove
 * @param keepsEffects whether the module must still run when no name is left: `import "x"` is kept then
 */
export function removeImportedNames(
  text: string,
  statement: ImportStatement,
  names: ReadonlySet<string>,
  keepsEffects: boolean,
): readonly Edit[] {
  const { named, bindings, range, specifierRange } = statement;
  const beside = bindings.find((binding) => named === undefined || binding.range.end <= named.start);
  const elements = bindings.filter((binding) => binding !== beside);
  const dropped = elements.filter(({ local }) => names.has(local));
  const dropsDefault = beside !== undefined && names.has(beside.local);
  const dropsNamed = elements.length > 0 && dropped.length === elements.length;
  const keepsDefault = beside !== undefined && !dropsDefault;
  const keepsNamed = named !== undefined && !dropsNamed;
  if (!keepsDefault && !keepsNamed) {
    if (!keepsEffects) return [{ range: wholeLines(text, range), newText: "" }];
    const clause = { start: skipTrivia(text, range.start + "import".length), end: specifierRange.start };
    return [{ range: clause, newText: commentsIn(text, clause) }];
  }
  const edits: Edit[] = [];
  if (dropsDefault && named !== undefined)
    edits.push({ range: { start: beside.range.start, end: named.start }, newText: "" });
  if (dropsNamed && beside !== undefined)
    edits.push({ range: { start: beside.range.end, end: named!.end }, newText: "" });
  else edits.push(...removeElements(text, elements, dropped));
  return edits;
}

/** Names in braces: each goes with its comma, and with its line where it has one of its own. */
function removeElements(
  text: string,
  elements: readonly ImportBinding[],
  dropped: readonly ImportBinding[],
): readonly Edit[] {
  const edits: Edit[] = [];
  for (const element of dropped) {
    const index = elements.indexOf(element);
    const next = elements[index + 1];
    const { start, end } = element.range;
    if (ownsLine(text, start, end)) {
      edits.push({ range: lineOf(text, start, afterComma(text, end)), newText: "" });
    } else if (next !== undefined) {
      const gap = text.slice(end, next.range.start);
      const isPlain = !/\/[/*]/.test(gap) && !/[\r\n]/.test(gap);
      edits.push({ range: { start, end: isPlain ? next.range.start : afterComma(text, end) }, newText: "" });
    } else {
      const kept = elements.slice(0, index).findLast((other) => !dropped.includes(other));
      edits.push({ range: { start: kept?.range.end ?? start, end }, newText: "" });
    }
  }
  return mergeOverlaps(edits);
}

const COMMA = /\s*,/y;

function afterComma(source: string, end: number): number {
  COMMA.lastIndex = end;
  return COMMA.test(source) ? COMMA.lastIndex : end;
}

function ownsLine(source: string, start: number, end: number): boolean {
  const before = source.slice(source.lastIndexOf("\n", start - 1) + 1, start);
  const after = /^[ \t]*,?[ \t]*(?:\r?\n)/.test(source.slice(end));
  return /^[ \t]*$/.test(before) && after && source.lastIndexOf("\n", start - 1) >= 0;
}

/** The whole line with its end. */
function lineOf(source: string, start: number, end: number): TextRange {
  const lineEnd = /^[ \t]*\r?\n/.exec(source.slice(end))?.[0].length ?? 0;
  return { start: source.lastIndexOf("\n", start - 1) + 1, end: end + lineEnd };
}

function mergeOverlaps(edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  for (const edit of [...edits].sort((left, right) => left.range.start - right.range.start)) {
    const last = merged.at(-1);
    if (last !== undefined && edit.range.start <= last.range.end) {
      merged[merged.length - 1] = {
        range: { start: last.range.start, end: Math.max(last.range.end, edit.range.end) },
        newText: "",
      };
    } else merged.push(edit);
  }
  return merged;
}

/** The statement with its line, when nothing else stands on it; a comment above stays. */
function wholeLines(text: string, statement: TextRange): TextRange {
  const lineStart = text.lastIndexOf("\n", statement.start - 1) + 1;
  const before = text.slice(lineStart, statement.start);
  const after = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(statement.end));
  if (!/^[ \t]*$/.test(before) || after === null) return statement;
  return { start: lineStart, end: statement.end + after[0].length };
}

/** Comments that stand in a clause are kept when its names go. */
function commentsIn(text: string, { start, end }: TextRange): string {
  const comments = text.slice(start, end).match(/\/\*[\s\S]*?\*\//g) ?? [];
  return comments.map((comment) => `${comment} `).join("");
}
