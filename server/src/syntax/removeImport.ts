/**
 * The text edits that take unused names out of an import statement and leave everything else as it was: side effects,
 * comments, types, quotes, line ends and layout.
 */
import type { TextRange } from "../base/text.ts";
import { parseFile, ts } from "./parse.ts";

export interface Edit {
  readonly range: TextRange;
  readonly newText: string;
}

/**
 * @param statement the import statement's range in `text`
 * @param names local names to remove
 * @param keepsEffects whether the module must still run when no name is left: `import "x"` is kept then
 */
export function removeImportedNames(
  text: string,
  statement: TextRange,
  names: ReadonlySet<string>,
  keepsEffects: boolean,
): readonly Edit[] {
  const source = text.slice(statement.start, statement.end);
  const tree = parseFile("/import.tsx", source);
  const declaration = tree.statements[0];
  if (declaration === undefined || !ts.isImportDeclaration(declaration) || declaration.importClause === undefined)
    return [];
  const clause = declaration.importClause;
  const at = (offset: number): number => statement.start + offset;
  const named = clause.namedBindings;
  const dropsDefault = clause.name !== undefined && names.has(clause.name.text);
  const dropsNamespace = named !== undefined && ts.isNamespaceImport(named) && names.has(named.name.text);
  const elements = named !== undefined && ts.isNamedImports(named) ? [...named.elements] : [];
  const dropped = elements.filter((element) => names.has(element.name.text));
  const dropsNamed = dropsNamespace || (elements.length > 0 && dropped.length === elements.length);
  const keepsDefault = clause.name !== undefined && !dropsDefault;
  const keepsNamed = named !== undefined && !dropsNamed;
  if (!keepsDefault && !keepsNamed) {
    if (!keepsEffects) return [{ range: wholeLines(text, statement), newText: "" }];
    const specifier = declaration.moduleSpecifier.getStart(tree);
    return [
      {
        range: { start: at(clause.getStart(tree)), end: at(specifier) },
        newText: commentsIn(source, clause.getStart(tree), specifier),
      },
    ];
  }
  const edits: Edit[] = [];
  if (dropsDefault && named !== undefined) {
    edits.push({ range: { start: at(clause.name!.getStart(tree)), end: at(named.getStart(tree)) }, newText: "" });
  }
  if (dropsNamed && clause.name !== undefined) {
    edits.push({ range: { start: at(clause.name.end), end: at(named!.end) }, newText: "" });
  } else if (dropped.length > 0) {
    edits.push(
      ...removeElements(source, tree, elements, dropped).map(({ range, newText }) => ({
        range: { start: at(range.start), end: at(range.end) },
        newText,
      })),
    );
  }
  return edits;
}

/** Names in braces: each goes with its comma, and with its line where it has one of its own. */
function removeElements(
  source: string,
  tree: ts.SourceFile,
  elements: readonly ts.ImportSpecifier[],
  dropped: readonly ts.ImportSpecifier[],
): Edit[] {
  const edits: Edit[] = [];
  for (const element of dropped) {
    const index = elements.indexOf(element);
    const next = elements[index + 1];
    const start = element.getStart(tree);
    if (ownsLine(source, start, element.end)) {
      edits.push({ range: lineOf(source, start, afterComma(source, element.end)), newText: "" });
    } else if (next !== undefined) {
      const following = next.getStart(tree);
      const gap = source.slice(element.end, following);
      const end = /\/[/*]/.test(gap) || /[\r\n]/.test(gap) ? afterComma(source, element.end) : following;
      edits.push({ range: { start, end }, newText: "" });
    } else {
      const kept = elements.slice(0, index).findLast((other) => !dropped.includes(other));
      edits.push({ range: { start: kept?.end ?? start, end: element.end }, newText: "" });
    }
  }
  return mergeOverlaps(edits);
}

function afterComma(source: string, end: number): number {
  const match = /^\s*,/.exec(source.slice(end));
  return match === null ? end : end + match[0].length;
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

/** Comments that stand between two offsets are kept when the names between them go. */
function commentsIn(source: string, start: number, end: number): string {
  const comments = source.slice(start, end).match(/\/\*[\s\S]*?\*\//g) ?? [];
  return comments.map((comment) => `${comment} `).join("");
}
