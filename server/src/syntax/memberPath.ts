/** Member chains and destructuring patterns: which members of a value code takes, as the bundlers' parsers read them. */
import { ts } from "./parse.ts";

export interface MemberChain {
  /** What the chain starts from, without parentheses. */
  readonly root: ts.Expression;
  readonly members: readonly string[];
  /** The members before the first `?.`: what surely is taken. */
  readonly certain: readonly string[];
}

/** Parentheses, and what a TypeScript compile takes out around a value: casts, `!`, `satisfies`. */
export function unwrapped(node: ts.Node): ts.Node {
  let current = node;
  while (isWrapper(current)) current = current.expression;
  return current;
}

/** The outermost node that is the same value. */
export function wrapped(node: ts.Node): ts.Node {
  let current = node;
  while (current.parent !== undefined && isWrapper(current.parent) && current.parent.expression === current) {
    current = current.parent;
  }
  return current;
}

function isWrapper(node: ts.Node): node is ts.ParenthesizedExpression {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}

/** `a`, `b` and `"c"` of `x.a.b["c"]`; a member that is computed otherwise, and an optional chain in parentheses, end the chain. */
export function memberChain(expression: ts.Node): MemberChain {
  const members: string[] = [];
  let current = unwrapped(expression);
  for (;;) {
    const name = memberName(current);
    if (name === undefined) break;
    const access = current as ts.PropertyAccessExpression | ts.ElementAccessExpression;
    members.unshift(name);
    current = unwrapped(access.expression);
    if (ts.isParenthesizedExpression(access.expression) && ts.isOptionalChain(current)) break;
  }
  return { root: current as ts.Expression, members, certain: members.slice(0, certainCount(expression, members)) };
}

function memberName(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return ts.isIdentifier(node.name) ? node.name.text : undefined;
  if (!ts.isElementAccessExpression(node)) return undefined;
  const argument = unwrapped(node.argumentExpression);
  return ts.isStringLiteral(argument) || ts.isNumericLiteral(argument) ? argument.text : undefined;
}

function certainCount(expression: ts.Node, members: readonly string[]): number {
  let count = members.length;
  let at = members.length;
  for (let current = unwrapped(expression); at > 0; at--) {
    const access = current as ts.PropertyAccessExpression | ts.ElementAccessExpression;
    if (access.questionDotToken !== undefined) count = at - 1;
    current = unwrapped(access.expression);
  }
  return count;
}

/** The paths that a pattern takes; `undefined` when it takes the rest, or a key that is not known. */
export function patternPaths(pattern: ts.Node): readonly (readonly string[])[] | undefined {
  if (ts.isObjectBindingPattern(pattern)) return bindingPaths(pattern);
  return ts.isObjectLiteralExpression(pattern) ? assignmentPaths(pattern) : undefined;
}

function bindingPaths(pattern: ts.ObjectBindingPattern): readonly (readonly string[])[] | undefined {
  const paths: (readonly string[])[] = [];
  for (const { dotDotDotToken, propertyName, name, initializer } of pattern.elements) {
    const key = dotDotDotToken === undefined ? keyText(propertyName ?? name) : undefined;
    if (key === undefined) return undefined;
    const inner = initializer === undefined ? patternPaths(name) : undefined;
    // Of an empty pattern Rspack takes what it is for.
    if (inner === undefined || inner.length === 0) paths.push([key]);
    else for (const path of inner) paths.push([key, ...path]);
  }
  return paths;
}

/** Of `({ a, b: c } = value)`. */
function assignmentPaths(pattern: ts.ObjectLiteralExpression): readonly (readonly string[])[] | undefined {
  const paths: (readonly string[])[] = [];
  for (const property of pattern.properties) {
    if (ts.isShorthandPropertyAssignment(property)) paths.push([property.name.text]);
    else if (ts.isPropertyAssignment(property)) {
      const key = keyText(property.name);
      if (key === undefined) return undefined;
      const inner = patternPaths(property.initializer);
      if (inner === undefined) paths.push([key]);
      else for (const path of inner) paths.push([key, ...path]);
    } else return undefined;
  }
  return paths;
}

function keyText(name: ts.Node): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) return name.text;
  return ts.isComputedPropertyName(name) && ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
}

/** The paths that the pattern which a value is assigned to takes from it; `undefined` when there is none. */
export function destructuredBy(value: ts.Node): readonly (readonly string[])[] | undefined {
  let outer = wrapped(value);
  if (ts.isAwaitExpression(outer.parent)) outer = wrapped(outer.parent);
  const { parent } = outer;
  if (ts.isVariableDeclaration(parent) && parent.initializer === outer) return patternPaths(parent.name);
  const assigns =
    ts.isBinaryExpression(parent) &&
    parent.right === outer &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(wrapped(parent).parent);
  return assigns ? patternPaths(unwrapped(parent.left)) : undefined;
}
