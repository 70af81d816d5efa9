/** Texts that bundlers compute although they are no single literal: `"./a" + ".js"`, and both sides of `c ? "a" : "b"`. */
import { ts } from "./parse.ts";

/** The text of an expression that is made of literals alone. */
export function constantText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return constantText(node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = constantText(node.left);
    const right = left === undefined ? undefined : constantText(node.right);
    return right === undefined ? undefined : left + right;
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  let text = node.head.text;
  for (const { expression, literal } of node.templateSpans) {
    const inner = constantText(expression);
    if (inner === undefined) return undefined;
    text += inner + literal.text;
  }
  return text;
}

/** The expressions that an argument may be, where each of them is a text. */
export function choices(node: ts.Expression): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  return collect(node, found) && found.length > 1 ? found : [node];
}

function collect(node: ts.Expression, into: ts.Expression[]): boolean {
  if (ts.isParenthesizedExpression(node)) return collect(node.expression, into);
  if (ts.isConditionalExpression(node)) return collect(node.whenTrue, into) && collect(node.whenFalse, into);
  into.push(node);
  return constantText(node) !== undefined;
}
