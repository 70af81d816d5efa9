/** Writing to variables and members: `=`, `+=`, `++`, `delete`. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { doubtAbout, isUnset, numberOf } from "./coerce.ts";
import { obscure } from "./contents.ts";
import { evaluate, logical, nameValue, rangeOf, readBinding, readThis } from "./expression.ts";
import { join } from "./join.ts";
import { memberKey } from "./memberChain.ts";
import { deleteMember, setMember } from "./members.ts";
import { binaryOperation } from "./operators.ts";
import type { Realm } from "./realm.ts";
import type { Scope } from "./scope.ts";
import { arrayItems, objectsBehind, primitive, unknown, type Value } from "./value.ts";

const { SyntaxKind } = ts;

const COMPOUND: ReadonlyMap<ts.SyntaxKind, ts.SyntaxKind> = new Map<ts.SyntaxKind, ts.SyntaxKind>([
  [SyntaxKind.PlusEqualsToken, SyntaxKind.PlusToken],
  [SyntaxKind.MinusEqualsToken, SyntaxKind.MinusToken],
  [SyntaxKind.AsteriskEqualsToken, SyntaxKind.AsteriskToken],
  [SyntaxKind.AsteriskAsteriskEqualsToken, SyntaxKind.AsteriskAsteriskToken],
  [SyntaxKind.SlashEqualsToken, SyntaxKind.SlashToken],
  [SyntaxKind.PercentEqualsToken, SyntaxKind.PercentToken],
  [SyntaxKind.AmpersandEqualsToken, SyntaxKind.AmpersandToken],
  [SyntaxKind.BarEqualsToken, SyntaxKind.BarToken],
  [SyntaxKind.CaretEqualsToken, SyntaxKind.CaretToken],
  [SyntaxKind.LessThanLessThanEqualsToken, SyntaxKind.LessThanLessThanToken],
  [SyntaxKind.GreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanToken],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanGreaterThanToken],
  [SyntaxKind.BarBarEqualsToken, SyntaxKind.BarBarToken],
  [SyntaxKind.AmpersandAmpersandEqualsToken, SyntaxKind.AmpersandAmpersandToken],
  [SyntaxKind.QuestionQuestionEqualsToken, SyntaxKind.QuestionQuestionToken],
]);

/** `a += b`, `a ||= b` and the like. */
export function compoundAssignment(realm: Realm, scope: Scope, node: ts.BinaryExpression, source: SourceRange): Value {
  const operator = COMPOUND.get(node.operatorToken.kind) ?? SyntaxKind.PlusToken;
  const current = evaluate(realm, scope, node.left);
  const shortCircuit =
    operator === SyntaxKind.BarBarToken ||
    operator === SyntaxKind.AmpersandAmpersandToken ||
    operator === SyntaxKind.QuestionQuestionToken;
  const value = shortCircuit
    ? logical(realm, current, operator, () => nameValue(evaluate(realm, scope, node.right), node.left))
    : binaryOperation(realm, operator, current, evaluate(realm, scope, node.right), source);
  if (value !== current) assignTo(realm, scope, node.left, value);
  return value;
}

/** `++` and `--`. */
export function step(
  realm: Realm,
  scope: Scope,
  operand: ts.Expression,
  operator: ts.SyntaxKind,
  postfix: boolean,
): Value {
  const source = rangeOf(scope, operand);
  const before = evaluate(realm, scope, operand);
  if (before.kind !== "primitive" || isUnset(before)) {
    assignTo(realm, scope, operand, unknown(doubtAbout(before).reason, source));
    return unknown(doubtAbout(before).reason, source);
  }
  const number = numberOf(before.data);
  const one = operator === SyntaxKind.PlusPlusToken ? 1 : -1;
  const after = primitive(typeof number === "bigint" ? number + BigInt(one) : number + one, source);
  assignTo(realm, scope, operand, after);
  return postfix ? primitive(number, source) : after;
}

/** `delete object.key`. */
export function evaluateDelete(realm: Realm, scope: Scope, node: ts.DeleteExpression): Value {
  const target = node.expression;
  if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
    const object = evaluate(realm, scope, target.expression);
    const key = memberKey(realm, scope, target);
    if (typeof key === "string") deleteMember(realm, object, key);
    else if (object.kind === "object") {
      const indices = arrayItems(object) === undefined ? [] : ["0"];
      for (const name of [...indices, ...object.properties.keys()])
        realm.inUncertainRegion(key, () => deleteMember(realm, object, name));
    }
  }
  return primitive(true, rangeOf(scope, node));
}

/** Assigns to a variable or member. */
export function assignTo(realm: Realm, scope: Scope, target: ts.Expression, value: Value): void {
  const source = rangeOf(scope, target);
  if (ts.isIdentifier(target)) {
    assignName(realm, scope, target.text, value, source);
    return;
  }
  if (ts.isParenthesizedExpression(target) || ts.isAsExpression(target) || ts.isNonNullExpression(target)) {
    assignTo(realm, scope, target.expression, value);
    return;
  }
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return;
  const object =
    target.expression.kind === SyntaxKind.SuperKeyword
      ? readThis(scope, target)
      : evaluate(realm, scope, target.expression);
  const key = memberKey(realm, scope, target);
  const keySource = ts.isPropertyAccessExpression(target)
    ? rangeOf(scope, target.name)
    : rangeOf(scope, target.argumentExpression);
  if (typeof key === "string") {
    setMember(realm, object, key, value, source, keySource);
    return;
  }
  if (object.kind === "unknown") {
    for (const behind of objectsBehind(object)) {
      if (!key.additional) obscure(realm, behind, unknown(key.reason, key.source, { inputs: [value] }));
    }
  }
  if (object.kind !== "object") return;
  if (key.additional) {
    object.open ??= key;
    return;
  }
  for (const name of [...object.properties.keys()])
    realm.inUncertainRegion(key, () => setMember(realm, object, name, value, source));
  object.open ??= unknown(key.reason, key.source, { inputs: [value] });
}

export function assignName(realm: Realm, scope: Scope, name: string, value: Value, source: SourceRange): void {
  const found = scope.find(name);
  if (found === undefined) return;
  const { binding } = found;
  if (binding.uninitialized)
    realm.throwError("ReferenceError", `Cannot access '${name}' before initialization`, source);
  if (binding.constant) realm.throwError("TypeError", "Assignment to constant variable.", source);
  const doubt = realm.doubt(found.scope.born);
  binding.value = doubt === undefined ? value : join([readBinding(realm, binding, name, source), value], doubt);
}
