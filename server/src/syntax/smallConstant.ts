/** Constants that webpack and Rspack put in the place of an import (`optimization.inlineExports`). */
import { unwrapped } from "./memberPath.ts";
import { ts } from "./parse.ts";

/** Longer texts are not, nor are numbers that print longer. */
const LONGEST = 6;

type Small = string | number | boolean | null | undefined;

/** Whether an expression is such a constant by its own text: names of other constants are not followed. */
export function isSmallConstant(expression: ts.Node): boolean {
  const found = constantOf(expression);
  if (found === undefined) return false;
  const isLimited = typeof found.value === "string" || typeof found.value === "number";
  return !isLimited || String(found.value).length <= LONGEST;
}

/** In a box, since `undefined` is a value. */
function constantOf(expression: ts.Node): { readonly value: Small } | undefined {
  const node = unwrapped(expression);
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (ts.isIdentifier(node)) return node.text === "undefined" ? { value: undefined } : undefined;
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  return ts.isPrefixUnaryExpression(node) ? signed(node) : undefined;
}

function signed({ operator, operand }: ts.PrefixUnaryExpression): { readonly value: Small } | undefined {
  const inner = constantOf(operand);
  if (inner === undefined) return undefined;
  if (operator === ts.SyntaxKind.ExclamationToken) return { value: !inner.value };
  if (operator === ts.SyntaxKind.MinusToken && typeof inner.value === "number") return { value: -inner.value };
  return undefined;
}
