/** Member chains and destructuring patterns that start at an expression: which members of a value code takes. */
import { ts } from "./parse.ts";

export interface MemberPath {
  readonly members: readonly string[];
  /** The outermost expression of the chain. */
  readonly end: ts.Node;
  readonly called: boolean;
  /** A member is assigned, deleted or counted up: the object itself matters. */
  readonly written: boolean;
}

/** Of `a` in `a.b["c"]`: b and c. */
export function membersOf(start: ts.Node): MemberPath {
  const members: string[] = [];
  let current = start;
  for (let { parent } = current; parent !== undefined; parent = current.parent) {
    if (ts.isPropertyAccessExpression(parent) && parent.expression === current && ts.isIdentifier(parent.name)) {
      members.push(parent.name.text);
    } else if (
      ts.isElementAccessExpression(parent) &&
      parent.expression === current &&
      ts.isStringLiteralLike(parent.argumentExpression)
    ) {
      members.push(parent.argumentExpression.text);
    } else if (!ts.isParenthesizedExpression(parent) && !ts.isNonNullExpression(parent)) break;
    current = parent;
  }
  const { parent } = current;
  const called = (ts.isCallExpression(parent) || ts.isTaggedTemplateExpression(parent)) && calleeOf(parent) === current;
  return { members, end: current, called, written: isWritten(current) };
}

function calleeOf(node: ts.CallExpression | ts.TaggedTemplateExpression): ts.Node {
  return ts.isCallExpression(node) ? node.expression : node.tag;
}

function isWritten(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isDeleteExpression(parent) || ts.isPostfixUnaryExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** The members that `const { a, b: c } = value` takes; `undefined` when it is no pattern or takes the rest. */
export function destructured(value: ts.Node): readonly (readonly string[])[] | undefined {
  const declaration = value.parent;
  const pattern = ts.isObjectBindingPattern(value)
    ? value
    : ts.isVariableDeclaration(declaration) && declaration.initializer === value
      ? declaration.name
      : undefined;
  if (pattern === undefined || !ts.isObjectBindingPattern(pattern)) return undefined;
  const paths: string[][] = [];
  for (const { dotDotDotToken, propertyName, name } of pattern.elements) {
    const key = propertyName ?? name;
    if (dotDotDotToken !== undefined || !(ts.isIdentifier(key) || ts.isStringLiteralLike(key))) return undefined;
    paths.push([key.text]);
  }
  return paths;
}
