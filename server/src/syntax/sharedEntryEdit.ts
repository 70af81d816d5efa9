/** The edit that gives a shared key of a configuration one more option, as an object of its own where it has none. */
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
  const quote = text[key.start] === "'" || text[key.start] === '"' ? text[key.start]! : '"';
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
  const known = given.properties.find(
    (property) => property.name !== undefined && ts.isIdentifier(property.name) && property.name.text === option,
  );
  if (known !== undefined) return { range: { start: known.getStart(tree), end: known.end }, newText: written };
  const last = given.properties.at(-1);
  if (last === undefined) return { range, newText: `{ ${written} }` };
  return { range: { start: last.end, end: last.end }, newText: `, ${written}` };
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
