/** Unary and binary operators over values that may not be known. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { concatenate, doubtAbout, isUnset, numberOf, textOf, truthiness } from "./coerce.ts";
import { join } from "./join.ts";
import { callMember } from "./members.ts";
import type { Realm } from "./realm.ts";
import {
  assumptionsOf,
  isCallable,
  isNullish,
  type ObjectValue,
  type PrimitiveData,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

const { SyntaxKind } = ts;

export function typeOf(value: Value, source: SourceRange): Value {
  if (value.kind === "unknown") {
    return value.text ? primitive("string", source) : unknown(value.reason, value.source, { text: true });
  }
  if (value.kind === "primitive")
    return primitive(value.data === null ? "object" : typeof value.data, source, value.assumes);
  return primitive(isCallable(value) ? "function" : "object", source);
}

export function unaryOperation(operator: ts.PrefixUnaryOperator, operand: Value, source: SourceRange): Value {
  if (operator === SyntaxKind.ExclamationToken) {
    const truth = truthiness(operand);
    return truth === undefined ? doubtAbout(operand) : primitive(!truth, source, assumptionsOf(operand));
  }
  const data = primitiveData(operand);
  if (data === undefined) return numeric(doubtAbout(operand));
  try {
    if (operator === SyntaxKind.PlusToken) return primitive(Number(data.value), source);
    if (operator === SyntaxKind.MinusToken) return primitive(-(numberOf(data.value) as number), source);
    if (operator === SyntaxKind.TildeToken) return primitive(~(numberOf(data.value) as number), source);
  } catch {
    return unknown("an operator on values that it does not fit", source);
  }
  return unknown("an operator that is not evaluated", source);
}

/** A doubt about a number says nothing of the text that it was computed from. */
function numeric(doubt: UnknownValue): UnknownValue {
  return unknown(doubt.reason, doubt.source);
}

/** The data that an operator converts a value to; `undefined` when it is not known. */
function primitiveData(value: Value): { readonly value: PrimitiveData } | undefined {
  if (isUnset(value)) return undefined;
  if (value.kind === "primitive") return { value: value.data };
  const text = textOf(value);
  return text === undefined ? undefined : { value: text };
}

/** What an object's own methods convert it to; other values, and objects without such methods, stay. */
export function converted(realm: Realm, value: Value, hint: "string" | "number", source: SourceRange): Value {
  if (value.kind !== "object" || value.text !== undefined || value.slots.type !== "plain") return value;
  const exact = ownMethod(value, "@@toPrimitive");
  if (exact !== undefined) return callMember(realm, exact, value, [unknown("a hint", source, { text: true })], source);
  for (const name of hint === "string" ? ["toString", "valueOf"] : ["valueOf", "toString"]) {
    const method = ownMethod(value, name);
    // Every object has a `toString`.
    if (method === undefined && name === "toString") return value;
    if (method === undefined) continue;
    const result = callMember(realm, method, value, [], source);
    if (result.kind !== "object") return result;
  }
  return value;
}

function ownMethod(object: ObjectValue, key: string): Value | undefined {
  for (
    let holder: ObjectValue | null = object, hops = 0;
    holder !== null && hops < 100;
    holder = holder.prototype, hops++
  ) {
    const property = holder.properties.get(key);
    if (property === undefined) continue;
    return property.maybe !== undefined || property.getter !== undefined
      ? unknown("a conversion that may be there", property.keySource)
      : property.value;
  }
  return undefined;
}

export function binaryOperation(
  realm: Realm,
  operator: ts.SyntaxKind,
  givenLeft: Value,
  givenRight: Value,
  source: SourceRange,
): Value {
  const isComparison = EQUALITIES.has(operator);
  const left = isComparison
    ? comparable(realm, givenLeft, givenRight, operator, source)
    : converted(realm, givenLeft, "number", source);
  const right = isComparison
    ? comparable(realm, givenRight, givenLeft, operator, source)
    : converted(realm, givenRight, "number", source);
  switch (operator) {
    case SyntaxKind.EqualsEqualsEqualsToken:
    case SyntaxKind.EqualsEqualsToken:
      return equality(realm, left, right, operator === SyntaxKind.EqualsEqualsEqualsToken, false, source);
    case SyntaxKind.ExclamationEqualsEqualsToken:
    case SyntaxKind.ExclamationEqualsToken:
      return equality(realm, left, right, operator === SyntaxKind.ExclamationEqualsEqualsToken, true, source);
    case SyntaxKind.PlusToken:
      if (isText(left) || isText(right)) return concatenate([left, right], source);
      return arithmetic(operator, left, right, source);
    default:
      return arithmetic(operator, left, right, source);
  }
}

const EQUALITIES: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);

/** Loose comparison with a primitive converts an object. */
function comparable(realm: Realm, value: Value, other: Value, operator: ts.SyntaxKind, source: SourceRange): Value {
  const isLoose = operator === SyntaxKind.EqualsEqualsToken || operator === SyntaxKind.ExclamationEqualsToken;
  return isLoose && other.kind !== "object" && !isNullish(other) ? converted(realm, value, "number", source) : value;
}

/** Whether `+` with this operand surely joins texts. */
function isText(value: Value): boolean {
  if (value.kind === "primitive") return typeof value.data === "string";
  return value.kind === "object" || value.text === true || value.parts !== undefined;
}

function equality(
  realm: Realm,
  left: Value,
  right: Value,
  strict: boolean,
  negate: boolean,
  source: SourceRange,
): Value {
  noteComparison(realm, left, right);
  const equal = equalValues(left, right, strict);
  if (equal === undefined) {
    const doubt = left.kind === "unknown" ? left : doubtAbout(right);
    return unknown(doubt.reason, doubt.source);
  }
  return primitive(equal !== negate, source, assumptionsOf(left, right));
}

/** Remembers which texts a variable of the environment is compared with: they are the worlds worth a look. */
function noteComparison(realm: Realm, left: Value, right: Value): void {
  for (const [variable, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (
      variable.kind === "primitive" &&
      variable.unset !== undefined &&
      other.kind === "primitive" &&
      typeof other.data === "string"
    ) {
      realm.readVariable(variable.unset);
      realm.variablesRead.get(variable.unset)?.add(other.data);
    }
  }
}

/** Whether two values are equal; `undefined` when that is not known. */
export function equalValues(left: Value, right: Value, strict: boolean): boolean | undefined {
  if (left.kind === "unknown" || right.kind === "unknown") return unknownEquality(left, right, strict);
  if (left.kind === "object" || right.kind === "object") {
    if (left.kind === right.kind) return left === right;
    if (strict || isNullish(left) || isNullish(right)) return false;
    const texts = [textOf(left), textOf(right)];
    return texts.includes(undefined) ? undefined : texts[0] === texts[1];
  }
  // biome-ignore lint/suspicious/noDoubleEquals: this is the evaluated program's own loose comparison.
  return strict ? left.data === right.data : left.data == right.data;
}

function unknownEquality(left: Value, right: Value, strict: boolean): boolean | undefined {
  const [doubtful, other] = left.kind === "unknown" ? [left, right] : [right as UnknownValue, left];
  if (doubtful.alternatives !== undefined) {
    const results = new Set(doubtful.alternatives.map((alternative) => equalValues(alternative, other, strict)));
    return results.size === 1 ? [...results][0] : undefined;
  }
  if (other.kind === "primitive" && (doubtful.text || doubtful.parts !== undefined)) {
    if (other.data === undefined || other.data === null) return false;
    const first = doubtful.parts?.[0];
    if (typeof other.data === "string" && first !== undefined && !other.data.startsWith(first)) return false;
  }
  return undefined;
}

type BinaryFunction = (left: never, right: never) => PrimitiveData;

const ARITHMETIC: Readonly<Record<number, BinaryFunction>> = {
  [SyntaxKind.PlusToken]: (left: number, right: number) => left + right,
  [SyntaxKind.MinusToken]: (left: number, right: number) => left - right,
  [SyntaxKind.AsteriskToken]: (left: number, right: number) => left * right,
  [SyntaxKind.SlashToken]: (left: number, right: number) => left / right,
  [SyntaxKind.PercentToken]: (left: number, right: number) => left % right,
  [SyntaxKind.AsteriskAsteriskToken]: (left: number, right: number) => left ** right,
  [SyntaxKind.LessThanToken]: (left: number, right: number) => left < right,
  [SyntaxKind.LessThanEqualsToken]: (left: number, right: number) => left <= right,
  [SyntaxKind.GreaterThanToken]: (left: number, right: number) => left > right,
  [SyntaxKind.GreaterThanEqualsToken]: (left: number, right: number) => left >= right,
  [SyntaxKind.AmpersandToken]: (left: number, right: number) => left & right,
  [SyntaxKind.BarToken]: (left: number, right: number) => left | right,
  [SyntaxKind.CaretToken]: (left: number, right: number) => left ^ right,
  [SyntaxKind.LessThanLessThanToken]: (left: number, right: number) => left << right,
  [SyntaxKind.GreaterThanGreaterThanToken]: (left: number, right: number) => left >> right,
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken]: (left: number, right: number) => left >>> right,
};

function arithmetic(operator: ts.SyntaxKind, left: Value, right: Value, source: SourceRange): Value {
  const operation = ARITHMETIC[operator];
  const leftData = primitiveData(left);
  const rightData = primitiveData(right);
  if (leftData === undefined || rightData === undefined) {
    const doubt = doubtAbout(leftData === undefined ? left : right);
    return combineAlternatives(operator, left, right, source) ?? numeric(doubt);
  }
  if (operation === undefined) return unknown("an operator that is not evaluated", source);
  if (isLarge(operator, leftData.value, rightData.value)) return unknown("a very large whole number", source);
  try {
    return primitive(operation(leftData.value as never, rightData.value as never), source, assumptionsOf(left, right));
  } catch {
    return unknown("an operator on values that it does not fit", source);
  }
}

const GROWING: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.LessThanLessThanToken,
]);
/** Beyond this, whole numbers of any size take long to compute with. */
const LARGEST = 1n << 1024n;

/** Whether an operator could make a whole number of unbounded size. */
function isLarge(operator: ts.SyntaxKind, left: PrimitiveData, right: PrimitiveData): boolean {
  if (typeof left !== "bigint" || typeof right !== "bigint" || !GROWING.has(operator)) return false;
  const bound = operator === SyntaxKind.AsteriskToken ? LARGEST : 64n;
  return left > LARGEST || left < -LARGEST || right > bound || right < -bound;
}

function combineAlternatives(
  operator: ts.SyntaxKind,
  left: Value,
  right: Value,
  source: SourceRange,
): Value | undefined {
  const varying = left.kind === "unknown" ? left : right.kind === "unknown" ? right : undefined;
  if (varying?.alternatives === undefined || (left.kind === "unknown" && right.kind === "unknown")) return undefined;
  const results = varying.alternatives.map((alternative) =>
    arithmetic(operator, varying === left ? alternative : left, varying === right ? alternative : right, source),
  );
  return join(results, varying);
}
