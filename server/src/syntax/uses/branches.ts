/** Which parts of a node are code, and the constant test under which one runs. */
import { constantExpression, type Guard, isDeadAnyway, logicalKind } from "../guards.ts";
import { ts } from "../parse.ts";

export interface Branch {
  readonly part: ts.Node;
  /** `never`: no build has it. */
  readonly guard: Guard | "never" | undefined;
}

const RIGHT = { and: "truthy", or: "falsy", nullish: "nullish" } as const;

/** The parts that a test decides, with its outcome, and the test; `undefined` for what is no such node. */
export function branches(node: ts.Node): readonly Branch[] | undefined {
  if (ts.isIfStatement(node)) return tested(node.expression, node.thenStatement, node.elseStatement);
  if (ts.isConditionalExpression(node)) return tested(node.condition, node.whenTrue, node.whenFalse);
  const kind = ts.isBinaryExpression(node) ? logicalKind(node) : undefined;
  if (kind === undefined) return undefined;
  const { left, right } = node as ts.BinaryExpression;
  return [plain(left), guarded(right, left, RIGHT[kind])];
}

function plain(part: ts.Node): Branch {
  return { part, guard: undefined };
}

function tested(test: ts.Expression, consequent: ts.Node, alternate: ts.Node | undefined): readonly Branch[] {
  const parts = [plain(test), guarded(consequent, test, "truthy")];
  return alternate === undefined ? parts : [...parts, guarded(alternate, test, "falsy")];
}

function guarded(part: ts.Node, test: ts.Expression, outcome: Guard["outcome"]): Branch {
  const expression = constantExpression(test);
  if (expression === undefined) return plain(part);
  const guard = { test: expression, outcome };
  return { part, guard: isDeadAnyway([guard]) ? "never" : guard };
}

/** An identifier that is a label, a key or a declared name, no value. */
export function isName(parent: ts.Node, child: ts.Node): boolean {
  if (!ts.isIdentifier(child)) return false;
  if (ts.isPropertyAssignment(parent) || ts.isBindingElement(parent)) return child !== parent.initializer;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return true;
  if (ts.isJsxAttribute(parent) || ts.isMetaProperty(parent) || ts.isEnumMember(parent)) return true;
  return ts.isParameter(parent) && parent.name === child;
}
