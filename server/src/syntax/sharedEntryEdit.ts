/** Edits of an entry of `shared` in a configuration: one more option, the entry's end, the same entry under another key. */
import type { TextRange } from "../base/text.ts";
import { parseFile, ts } from "./parse.ts";

export interface EntryEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** `key` is where the key stands. `undefined` where the entry is written in a way that no edit can keep. */
export function withEntryOption(
  path: string,
  text: string,
  key: TextRange,
  option: string,
  value: string,
): EntryEdit | undefined {
  const tree = parseFile(path, text, true);
  const name = nodeAt(tree, key);
  if (name === undefined) return undefined;
  const quote = quoteOf(text, key);
  const written = `${option}: ${value}`;
  const { parent } = name;
  if (ts.isArrayLiteralExpression(parent) && ts.isStringLiteral(name)) {
    return { range: key, newText: `{ ${quote}${name.text}${quote}: { ${written} } }` };
  }
  if (!ts.isPropertyAssignment(parent) || parent.name !== name) return undefined;
  const given = parent.initializer;
  const range = { start: given.getStart(tree), end: given.end };
  if (ts.isStringLiteral(given)) return { range, newText: `{ requiredVersion: ${given.getText(tree)}, ${written} }` };
  if (!ts.isObjectLiteralExpression(given)) return undefined;
  const known = given.properties.find((property) => nameOf(property) === option);
  if (known !== undefined) return { range: { start: known.getStart(tree), end: known.end }, newText: written };
  const last = given.properties.at(-1);
  if (last === undefined) return { range, newText: `{ ${written} }` };
  return { range: { start: last.end, end: last.end }, newText: `, ${written}` };
}

/** Options that are meant for one module, and say something else of the modules below it. */
const OF_ONE_MODULE: ReadonlySet<string> = new Set([
  "import",
  "version",
  "shareKey",
  "request",
  "packageName",
  "name",
  "treeShaking",
]);

/** The entry once more behind itself, under another key. As `withEntryOption`; also none where an option is for one module. */
export function withSameEntry(path: string, text: string, key: TextRange, newKey: string): EntryEdit | undefined {
  const entry = entryAt(path, text, key);
  if (entry === undefined) return undefined;
  const { tree, node } = entry;
  const name = quoteOf(text, key) + newKey + quoteOf(text, key);
  const range = { start: node.end, end: node.end };
  const indent = lineIndent(text, node.getStart(tree));
  const between = indent === undefined ? ", " : `,${text.includes("\r\n") ? "\r\n" : "\n"}${indent}`;
  if (!ts.isPropertyAssignment(node)) return { range, newText: `${between}${name}` };
  const { initializer } = node;
  if (!ts.isObjectLiteralExpression(initializer)) return undefined;
  const isGeneral = initializer.properties.every((property) => {
    const option = nameOf(property);
    return option !== undefined && !OF_ONE_MODULE.has(option);
  });
  return isGeneral ? { range, newText: `${between}${name}: ${initializer.getText(tree)}` } : undefined;
}

/** Takes the entry away, its line too where it has one of its own. As `withEntryOption`; also none where a comment would go. */
export function withoutEntry(path: string, text: string, key: TextRange): EntryEdit | undefined {
  const entry = entryAt(path, text, key);
  if (entry === undefined) return undefined;
  const { tree, node, siblings } = entry;
  const start = node.getStart(tree);
  const afterComma = node.end + (/^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0);
  const lineEnd = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(afterComma))?.[0];
  const indent = lineIndent(text, start);
  const range =
    indent !== undefined && lineEnd !== undefined
      ? { start: start - indent.length, end: afterComma + lineEnd.length }
      : inLine(siblings, node, start, afterComma, tree);
  const around = text.slice(range.start, start) + text.slice(node.end, range.end);
  return /\/[/*]/.test(around) ? undefined : { range, newText: "" };
}

function inLine(
  siblings: readonly ts.Node[],
  node: ts.Node,
  start: number,
  afterComma: number,
  tree: ts.SourceFile,
): TextRange {
  const index = siblings.indexOf(node);
  const next = siblings[index + 1];
  if (next !== undefined) return { start, end: next.getStart(tree) };
  const before = siblings[index - 1];
  return before === undefined ? { start, end: afterComma } : { start: before.end, end: node.end };
}

interface Entry {
  readonly tree: ts.SourceFile;
  /** A property, or a text in a list. */
  readonly node: ts.PropertyAssignment | ts.StringLiteral;
  readonly siblings: readonly ts.Node[];
}

function entryAt(path: string, text: string, key: TextRange): Entry | undefined {
  const tree = parseFile(path, text, true);
  const name = nodeAt(tree, key);
  if (name === undefined) return undefined;
  const { parent } = name;
  if (ts.isArrayLiteralExpression(parent) && ts.isStringLiteral(name))
    return { tree, node: name, siblings: parent.elements };
  if (!ts.isPropertyAssignment(parent) || parent.name !== name) return undefined;
  return ts.isObjectLiteralExpression(parent.parent)
    ? { tree, node: parent, siblings: parent.parent.properties }
    : undefined;
}

function nameOf({ name }: ts.ObjectLiteralElementLike): string | undefined {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

/** The key's own quotes, else those of the text. */
function quoteOf(text: string, { start }: TextRange): string {
  return /^["']/.exec(text.slice(start))?.[0] ?? /["']/.exec(text)?.[0] ?? '"';
}

/** The blanks before a place that begins its line. */
function lineIndent(text: string, offset: number): string | undefined {
  return /(?:^|\n)([ \t]*)$/.exec(text.slice(0, offset))?.[1];
}

function nodeAt(tree: ts.SourceFile, range: TextRange): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.getStart(tree) === range.start && node.end === range.end && found === undefined) found = node;
    else if (node.pos <= range.start && node.end >= range.end) ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
