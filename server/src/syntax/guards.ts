/**
 * Under which constant conditions a piece of code is part of a build. Bundlers drop a branch whose test they can compute
 * (`process.env.NODE_ENV === "production"`), with every request in it. What a name stands for is the build's business:
 * here the test is kept as plain data, and computed where the definitions are known.
 */
import { ts } from "./parse.ts";

export type ConstantValue = string | number | boolean | null | undefined;

/** An expression made of literals and dotted names alone. */
export type ConstantExpression =
  | { readonly kind: "value"; readonly value: ConstantValue }
  /** `process.env.NODE_ENV`, and `typeof window` with its operator. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "not"; readonly operand: ConstantExpression }
  | { readonly kind: "equal"; readonly left: ConstantExpression; readonly right: ConstantExpression }
  | {
      readonly kind: "and" | "or" | "nullish";
      readonly left: ConstantExpression;
      readonly right: ConstantExpression;
    };

/** The code counts while the test may have this outcome. */
export interface Guard {
  readonly test: ConstantExpression;
  readonly outcome: "truthy" | "falsy" | "nullish" | "not nullish";
}

/** What names stand for in a build; a name that is absent may be anything. */
export type Definitions = ReadonlyMap<string, ConstantValue>;

const NOTHING_DEFINED: Definitions = new Map();

/** Libraries give a development build in a branch of its own. */
export const PRODUCTION: Definitions = new Map([["process.env.NODE_ENV", "production"]]);

/** Names may also be members of something that is one value: kept in a box, since `undefined` is a value. */
type Computed = { readonly value: ConstantValue } | undefined;

function compute(expression: ConstantExpression, definitions: Definitions): Computed {
  switch (expression.kind) {
    case "value":
      return expression;
    case "name":
      return definitions.has(expression.name) ? { value: definitions.get(expression.name) } : undefined;
    case "not": {
      const operand = compute(expression.operand, definitions);
      return operand === undefined ? undefined : { value: !operand.value };
    }
    case "equal": {
      const left = compute(expression.left, definitions);
      const right = compute(expression.right, definitions);
      return left === undefined || right === undefined ? undefined : { value: left.value === right.value };
    }
    default:
      return computeLogical(expression, definitions);
  }
}

function computeLogical(
  { kind, left, right }: Extract<ConstantExpression, { readonly left: ConstantExpression }> & { readonly kind: string },
  definitions: Definitions,
): Computed {
  const first = compute(left, definitions);
  const second = compute(right, definitions);
  if (first === undefined) {
    // Whatever the left side is: `unknown && false` is falsy, `unknown || true` truthy.
    if (second === undefined) return undefined;
    if (kind === "and" && !second.value) return { value: false };
    return kind === "or" && second.value ? { value: true } : undefined;
  }
  if (kind === "and") return first.value ? second : first;
  if (kind === "or") return first.value ? first : second;
  return first.value === null || first.value === undefined ? second : first;
}

/** Definitions with what a module's own constants come to, in the order of its text. */
export function withConstants(
  definitions: Definitions,
  constants: Readonly<Record<string, ConstantExpression>>,
): Definitions {
  const own = Object.entries(constants);
  if (own.length === 0) return definitions;
  const all = new Map(definitions);
  for (const [name, expression] of own) {
    const computed = compute(expression, all);
    if (computed !== undefined) all.set(name, computed.value);
  }
  return all;
}

/** Whether a test asks for a name that may be a constant of its own module. */
export function namesOwn({ test }: Guard, definitions: Definitions): boolean {
  return mentions(test, (name) => /^[\w$]+$/.test(name) && !definitions.has(name));
}

function mentions(expression: ConstantExpression, isWanted: (name: string) => boolean): boolean {
  if (expression.kind === "value") return false;
  if (expression.kind === "name") return isWanted(expression.name);
  if (expression.kind === "not") return mentions(expression.operand, isWanted);
  return mentions(expression.left, isWanted) || mentions(expression.right, isWanted);
}

/** Whether code under these guards is in the build. */
export function isLive(guards: readonly Guard[] | undefined, definitions: Definitions): boolean {
  return (guards ?? []).every(({ test, outcome }) => {
    const computed = compute(test, definitions);
    if (computed === undefined) return true;
    const nullish = computed.value === null || computed.value === undefined;
    if (outcome === "nullish" || outcome === "not nullish") return nullish === (outcome === "nullish");
    return Boolean(computed.value) === (outcome === "truthy");
  });
}

/** Whether the code is dead whatever the build defines. */
export function isDeadAnyway(guards: readonly Guard[]): boolean {
  return !isLive(guards, NOTHING_DEFINED);
}

const LOGICAL = {
  [ts.SyntaxKind.AmpersandAmpersandToken]: "and",
  [ts.SyntaxKind.BarBarToken]: "or",
  [ts.SyntaxKind.QuestionQuestionToken]: "nullish",
} as const;

const EQUALITY: Readonly<Partial<Record<ts.SyntaxKind, boolean>>> = {
  [ts.SyntaxKind.EqualsEqualsToken]: true,
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: true,
  [ts.SyntaxKind.ExclamationEqualsToken]: false,
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: false,
};

/** `undefined` for an expression that no build computes. */
export function constantExpression(node: ts.Expression): ConstantExpression | undefined {
  if (ts.isParenthesizedExpression(node)) return constantExpression(node.expression);
  const literal = literalValue(node);
  if (literal !== undefined) return { kind: "value", value: literal.value };
  if (ts.isTypeOfExpression(node)) {
    const name = dottedName(node.expression);
    return name === undefined ? undefined : { kind: "name", name: `typeof ${name}` };
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    const operand = constantExpression(node.operand);
    return operand === undefined ? undefined : { kind: "not", operand };
  }
  if (ts.isBinaryExpression(node)) return binaryExpression(node);
  const name = dottedName(node);
  return name === undefined ? undefined : { kind: "name", name };
}

function literalValue(node: ts.Expression): { readonly value: ConstantValue } | undefined {
  if (ts.isStringLiteralLike(node)) return { value: node.text };
  if (ts.isNumericLiteral(node)) return { value: Number(node.text) };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { value: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { value: false };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { value: null };
  if (ts.isIdentifier(node) && node.text === "undefined") return { value: undefined };
  return ts.isVoidExpression(node) && ts.isNumericLiteral(node.expression) ? { value: undefined } : undefined;
}

/** An unknown side of a logical expression is a name of its own, that nothing defines. */
const UNKNOWN: ConstantExpression = { kind: "name", name: "" };

function binaryExpression(node: ts.BinaryExpression): ConstantExpression | undefined {
  const operator = node.operatorToken.kind;
  const left = constantExpression(node.left);
  const right = constantExpression(node.right);
  const equal = EQUALITY[operator];
  if (equal !== undefined) {
    if (left === undefined || right === undefined) return undefined;
    const comparison: ConstantExpression = { kind: "equal", left, right };
    return equal ? comparison : { kind: "not", operand: comparison };
  }
  const kind = logicalKind(node);
  if (kind === undefined || (left === undefined && right === undefined)) return undefined;
  return { kind, left: left ?? UNKNOWN, right: right ?? UNKNOWN };
}

/** Of a binary expression: which logical operator it is. */
export function logicalKind(node: ts.BinaryExpression): "and" | "or" | "nullish" | undefined {
  return LOGICAL[node.operatorToken.kind as keyof typeof LOGICAL];
}

function dottedName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isMetaProperty(node)) return "import.meta";
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    const object = dottedName(node.expression);
    return object === undefined ? undefined : `${object}.${node.argumentExpression.text}`;
  }
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const object = dottedName(node.expression);
  return object === undefined ? undefined : `${object}.${node.name.text}`;
}

/** The opposite of reaching the end of a statement that leaves its function: what then holds for the code after it. */
export function guardAfter(statement: ts.Statement): Guard | "never" | undefined {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return "never";
  if (ts.isBlock(statement)) return guardAfterAll(statement.statements);
  if (!ts.isIfStatement(statement)) return undefined;
  const consequent = guardAfter(statement.thenStatement) === "never";
  const alternate = statement.elseStatement !== undefined && guardAfter(statement.elseStatement) === "never";
  if (consequent && alternate) return "never";
  const test = consequent === alternate ? undefined : constantExpression(statement.expression);
  return test === undefined ? undefined : { test, outcome: consequent ? "falsy" : "truthy" };
}

function guardAfterAll(statements: readonly ts.Statement[]): Guard | "never" | undefined {
  let guard: Guard | undefined;
  for (const statement of statements) {
    const after = guardAfter(statement);
    if (after === "never") return "never";
    guard ??= after;
  }
  return guard;
}
