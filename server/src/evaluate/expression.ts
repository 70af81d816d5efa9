/** Evaluates expressions: one function for each kind of syntax node, chosen in `evaluateNode`. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { callValue } from "./call.ts";
import { makeClass, superCall, superMember } from "./classes.ts";
import { concatenate, doubtAbout, isUnset, keyOf, numberOf, truthiness } from "./coerce.ts";
import { join } from "./join.ts";
import { evaluateArray, evaluateObject } from "./literals.ts";
import { deleteMember, getMember, iterate, obscure, setMember } from "./members.ts";
import { dynamicImport, importMeta } from "./module.ts";
import { binaryOperation, typeOf, unaryOperation } from "./operators.ts";
import { assignPattern } from "./pattern.ts";
import type { Realm } from "./realm.ts";
import type { Binding, Scope } from "./scope.ts";
import {
  assumptionsOf,
  isCallable,
  isNullish,
  objectsBehind,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

const { SyntaxKind } = ts;

/** The place of a node in the file that the scope belongs to. */
export function rangeOf(scope: Scope, node: ts.Node): SourceRange {
  const { tree, file, place } = scope.module;
  if (place !== undefined) return place;
  return { file, range: { start: node.getStart(tree), end: node.end } };
}

export function evaluate(realm: Realm, scope: Scope, node: ts.Expression): Value {
  return realm.enterExpression(
    () => rangeOf(scope, node),
    () => evaluateNode(realm, scope, node),
  );
}

function evaluateNode(realm: Realm, scope: Scope, node: ts.Expression): Value {
  switch (node.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return primitive((node as ts.StringLiteralLike).text, rangeOf(scope, node));
    case SyntaxKind.NumericLiteral:
      return primitive(Number((node as ts.NumericLiteral).text), rangeOf(scope, node));
    case SyntaxKind.BigIntLiteral:
      return primitive(BigInt((node as ts.BigIntLiteral).text.replace(/n$/, "")), rangeOf(scope, node));
    case SyntaxKind.TrueKeyword:
      return primitive(true, rangeOf(scope, node));
    case SyntaxKind.FalseKeyword:
      return primitive(false, rangeOf(scope, node));
    case SyntaxKind.NullKeyword:
      return primitive(null, rangeOf(scope, node));
    case SyntaxKind.RegularExpressionLiteral:
      return evaluateRegExp(realm, scope, node as ts.RegularExpressionLiteral);
    case SyntaxKind.Identifier:
      return readName(realm, scope, (node as ts.Identifier).text, rangeOf(scope, node));
    case SyntaxKind.ThisKeyword:
      return readThis(scope, node);
    case SyntaxKind.ObjectLiteralExpression:
      return evaluateObject(realm, scope, node as ts.ObjectLiteralExpression);
    case SyntaxKind.ArrayLiteralExpression:
      return evaluateArray(realm, scope, node as ts.ArrayLiteralExpression);
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression:
      return makeFunction(realm, scope, node as ts.FunctionExpression | ts.ArrowFunction);
    case SyntaxKind.ClassExpression:
      return makeClass(realm, scope, node as ts.ClassExpression);
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.ExpressionWithTypeArguments:
    case SyntaxKind.PartiallyEmittedExpression:
      return evaluate(realm, scope, (node as ts.ParenthesizedExpression).expression);
    default:
      return evaluateCompound(realm, scope, node);
  }
}

function evaluateCompound(realm: Realm, scope: Scope, node: ts.Expression): Value {
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node)) {
    return evaluateChain(realm, scope, node).value;
  }
  if (ts.isTemplateExpression(node)) return evaluateTemplate(realm, scope, node);
  if (ts.isBinaryExpression(node)) return evaluateBinary(realm, scope, node);
  if (ts.isConditionalExpression(node)) return evaluateConditional(realm, scope, node);
  if (ts.isNewExpression(node)) {
    const callee = evaluate(realm, scope, node.expression);
    const { args, open } = evaluateArguments(realm, scope, node.arguments ?? []);
    return callValue(realm, callee, primitive(undefined, rangeOf(scope, node)), args, rangeOf(scope, node), {
      construct: true,
      openArgs: open,
    });
  }
  if (ts.isPrefixUnaryExpression(node)) return evaluatePrefix(realm, scope, node);
  if (ts.isPostfixUnaryExpression(node)) return step(realm, scope, node.operand, node.operator, true);
  if (ts.isTypeOfExpression(node)) return evaluateTypeOf(realm, scope, node);
  if (ts.isAwaitExpression(node)) return awaited(realm, evaluate(realm, scope, node.expression), rangeOf(scope, node));
  if (ts.isVoidExpression(node)) {
    evaluate(realm, scope, node.expression);
    return primitive(undefined, rangeOf(scope, node));
  }
  if (ts.isDeleteExpression(node)) return evaluateDelete(realm, scope, node);
  if (ts.isTaggedTemplateExpression(node)) return evaluateTagged(realm, scope, node);
  if (ts.isYieldExpression(node)) return evaluateYield(realm, scope, node);
  if (ts.isMetaProperty(node)) {
    if (node.keywordToken === SyntaxKind.ImportKeyword) return importMeta(realm, scope.module, rangeOf(scope, node));
    return unknown("new.target is not evaluated", rangeOf(scope, node));
  }
  return unknown("syntax that is not evaluated", rangeOf(scope, node));
}

export function readName(realm: Realm, scope: Scope, name: string, source: SourceRange): Value {
  if (name === "undefined") return primitive(undefined, source);
  const found = scope.find(name);
  if (found === undefined) return realm.throwError("ReferenceError", `${name} is not defined`, source);
  return readBinding(realm, found.binding, name, source);
}

export function readBinding(realm: Realm, binding: Binding, name: string, source: SourceRange): Value {
  if (binding.value !== undefined) return binding.value;
  if (binding.load !== undefined) {
    const { load } = binding;
    binding.load = () => unknown(`${name} is imported in a circle`, source);
    binding.value = load();
    return binding.value;
  }
  if (binding.uninitialized)
    return realm.throwError("ReferenceError", `Cannot access '${name}' before initialization`, source);
  return primitive(undefined, source);
}

function readThis(scope: Scope, node: ts.Node): Value {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.thisValue !== undefined) return current.thisValue;
  }
  return primitive(undefined, rangeOf(scope, node));
}

export function makeFunction(realm: Realm, scope: Scope, node: ts.FunctionLikeDeclaration): Value {
  const value = realm.object(
    { type: "function", closure: { node, scope, homeObject: undefined } },
    rangeOf(scope, node),
  );
  realm.closures.push(value);
  return value;
}

/** Functions and classes without a name take that of the variable or key they are given to. */
export function nameValue(value: Value, name: ts.Node | undefined): Value {
  if (value.kind !== "object" || !isCallable(value) || value.properties.has("name") || name === undefined) return value;
  if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) return value;
  const { slots } = value;
  const anonymous =
    (slots.type === "function" && slots.closure.node.name === undefined) ||
    (slots.type === "class" && slots.parts.node.name === undefined);
  if (anonymous)
    value.properties.set("name", { value: primitive(name.text, value.source), keySource: value.source, hidden: true });
  return value;
}

function evaluateRegExp(realm: Realm, scope: Scope, node: ts.RegularExpressionLiteral): Value {
  const end = node.text.lastIndexOf("/");
  return realm.object(
    { type: "regexp", pattern: node.text.slice(1, end), flags: node.text.slice(end + 1) },
    rangeOf(scope, node),
  );
}

function evaluateTemplate(realm: Realm, scope: Scope, node: ts.TemplateExpression): Value {
  const source = rangeOf(scope, node);
  const values: Value[] = [primitive(node.head.text, source)];
  for (const span of node.templateSpans) {
    values.push(evaluate(realm, scope, span.expression), primitive(span.literal.text, source));
  }
  return concatenate(values, source);
}

function evaluateTagged(realm: Realm, scope: Scope, node: ts.TaggedTemplateExpression): Value {
  const source = rangeOf(scope, node);
  const tag = evaluate(realm, scope, node.tag);
  const { template } = node;
  const heads = ts.isTemplateExpression(template)
    ? [template.head, ...template.templateSpans.map((span) => span.literal)]
    : [template];
  const texts = realm.array(
    heads.map((head) => primitive(head.text, source)),
    source,
  );
  texts.properties.set("raw", {
    value: realm.array(
      heads.map((head) => primitive(head.rawText ?? head.text, source)),
      source,
    ),
    keySource: source,
    hidden: true,
  });
  const inserted = ts.isTemplateExpression(template)
    ? template.templateSpans.map((span) => evaluate(realm, scope, span.expression))
    : [];
  return callValue(realm, tag, primitive(undefined, source), [texts, ...inserted], source);
}

interface ChainResult {
  readonly value: Value;
  /** The receiver of a method call. */
  readonly self: Value | undefined;
  /** An optional link has ended the chain. */
  readonly ended: boolean;
}

function evaluateChain(realm: Realm, scope: Scope, node: ts.Expression): ChainResult {
  const source = rangeOf(scope, node);
  if (ts.isCallExpression(node)) return evaluateCall(realm, scope, node, source);
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) {
    return { value: evaluate(realm, scope, node), self: undefined, ended: false };
  }
  if (node.expression.kind === SyntaxKind.SuperKeyword) {
    const key = memberKey(realm, scope, node);
    const value = typeof key === "string" ? superMember(realm, scope, key, source) : key;
    return { value, self: readThis(scope, node), ended: false };
  }
  const target = evaluateChain(realm, scope, node.expression);
  if (target.ended) return target;
  if (node.questionDotToken !== undefined && isNullish(target.value)) {
    return { value: optionalEnd(target.value, source), self: undefined, ended: true };
  }
  const key = memberKey(realm, scope, node);
  const value =
    typeof key === "string" ? getMember(realm, target.value, key, source) : anyMember(realm, target.value, key, source);
  return { value, self: target.value, ended: false };
}

function optionalEnd(value: Value, source: SourceRange): Value {
  return isUnset(value) ? { ...value, source } : primitive(undefined, source);
}

/** The key of a member access, or why it is not known. */
function memberKey(
  realm: Realm,
  scope: Scope,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): string | UnknownValue {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const index = evaluate(realm, scope, node.argumentExpression);
  return keyOf(index) ?? doubtAbout(index);
}

/** A member whose key is not known: one of all, when the key is one of a few. */
function anyMember(realm: Realm, target: Value, key: UnknownValue, source: SourceRange): Value {
  if (key.alternatives === undefined) return unknown(key.reason, key.source);
  const members = key.alternatives.map((alternative) => {
    const name = keyOf(alternative);
    return name === undefined ? doubtAbout(alternative) : getMember(realm, target, name, source);
  });
  return join(members, key);
}

function evaluateCall(realm: Realm, scope: Scope, node: ts.CallExpression, source: SourceRange): ChainResult {
  const done = (value: Value): ChainResult => ({ value, self: undefined, ended: false });
  if (node.expression.kind === SyntaxKind.SuperKeyword) {
    const { args, open } = evaluateArguments(realm, scope, node.arguments);
    return done(superCall(realm, scope, args, open, source));
  }
  if (node.expression.kind === SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    return done(
      specifier === undefined
        ? unknown("import() without a module", source)
        : dynamicImport(realm, scope.module, evaluate(realm, scope, specifier), source),
    );
  }
  const callee = evaluateChain(realm, scope, skipWrappers(node.expression));
  if (callee.ended) return callee;
  if (callee.self?.kind === "unknown") return done(callOnEach(realm, scope, node, callee.self, callee.value, source));
  if (node.questionDotToken !== undefined && isNullish(callee.value)) {
    return { value: optionalEnd(callee.value, source), self: undefined, ended: true };
  }
  const { args, open } = evaluateArguments(realm, scope, node.arguments);
  return done(
    callValue(realm, callee.value, callee.self ?? primitive(undefined, source), args, source, { openArgs: open }),
  );
}

/** A method call on one of several objects: what it does to each of them may happen. */
function callOnEach(
  realm: Realm,
  scope: Scope,
  node: ts.CallExpression,
  self: UnknownValue,
  callee: Value,
  source: SourceRange,
): Value {
  const { args, open } = evaluateArguments(realm, scope, node.arguments);
  const key = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : undefined;
  const objects = objectsBehind(self);
  if (key === undefined || objects.length === 0)
    return callValue(realm, callee, self, args, source, { openArgs: open });
  const results = (self.alternatives ?? objects).flatMap((receiver) => {
    if (isNullish(receiver)) return [];
    return realm.inUncertainRegion(self, () => {
      const method = getMember(realm, receiver, key, source);
      // Where there is no such method, the program would fail: that receiver is not the one.
      if (!isCallable(method) && method.kind !== "unknown") return [];
      return [callValue(realm, method, receiver, args, source, { openArgs: open })];
    });
  });
  if (self.alternatives !== undefined && results.length > 0) return join(results, self);
  return unknown(self.reason, self.source, { inputs: [...results, ...args].slice(0, 16) });
}

/** Parentheses, `!` and casts keep the receiver of a call. */
function skipWrappers(node: ts.Expression): ts.Expression {
  let current = node;
  while (ts.isParenthesizedExpression(current) || ts.isNonNullExpression(current) || ts.isAsExpression(current))
    current = current.expression;
  return current;
}

export function evaluateArguments(
  realm: Realm,
  scope: Scope,
  nodes: readonly ts.Expression[],
): { args: Value[]; open: UnknownValue | undefined } {
  const args: Value[] = [];
  let open: UnknownValue | undefined;
  for (const node of nodes) {
    if (!ts.isSpreadElement(node)) {
      args.push(evaluate(realm, scope, node));
      continue;
    }
    const spread = iterate(realm, evaluate(realm, scope, node.expression), rangeOf(scope, node));
    args.push(...spread.items);
    open ??= spread.open;
  }
  return { args, open };
}

function evaluateConditional(realm: Realm, scope: Scope, node: ts.ConditionalExpression): Value {
  const condition = evaluate(realm, scope, node.condition);
  const truth = truthiness(condition);
  if (truth !== undefined) return assuming(evaluate(realm, scope, truth ? node.whenTrue : node.whenFalse), condition);
  const doubt = doubtAbout(condition);
  const whenTrue = realm.inUncertainRegion(doubt, () => evaluate(realm, scope, node.whenTrue));
  const whenFalse = realm.inUncertainRegion(doubt, () => evaluate(realm, scope, node.whenFalse));
  return join([whenTrue, whenFalse], doubt);
}

/** The value, holding only as long as the assumptions of the condition do. */
function assuming(value: Value, condition: Value): Value {
  const assumes = assumptionsOf(condition, value);
  return value.kind === "primitive" && assumes !== undefined ? { ...value, assumes } : value;
}

function evaluateBinary(realm: Realm, scope: Scope, node: ts.BinaryExpression): Value {
  const operator = node.operatorToken.kind;
  const source = rangeOf(scope, node);
  switch (operator) {
    case SyntaxKind.EqualsToken: {
      const value = nameValue(evaluate(realm, scope, node.right), node.left);
      assignPattern(realm, scope, node.left, value);
      return value;
    }
    case SyntaxKind.AmpersandAmpersandToken:
    case SyntaxKind.BarBarToken:
    case SyntaxKind.QuestionQuestionToken:
      return logical(realm, evaluate(realm, scope, node.left), operator, () => evaluate(realm, scope, node.right));
    case SyntaxKind.CommaToken:
      evaluate(realm, scope, node.left);
      return evaluate(realm, scope, node.right);
    case SyntaxKind.InKeyword:
    case SyntaxKind.InstanceOfKeyword:
      return relation(realm, scope, node, source);
    default:
  }
  if (operator >= SyntaxKind.FirstCompoundAssignment && operator <= SyntaxKind.LastCompoundAssignment) {
    return compoundAssignment(realm, scope, node, source);
  }
  return binaryOperation(
    realm,
    operator,
    evaluate(realm, scope, node.left),
    evaluate(realm, scope, node.right),
    source,
  );
}

/** `&&`, `||` and `??`. */
function logical(realm: Realm, left: Value, operator: ts.SyntaxKind, right: () => Value): Value {
  const takesRight = (value: Value): boolean | undefined => {
    if (operator === SyntaxKind.QuestionQuestionToken)
      return value.kind === "unknown" && !value.text && value.parts === undefined ? undefined : isNullish(value);
    const truth = truthiness(value);
    return truth === undefined ? undefined : truth === (operator === SyntaxKind.AmpersandAmpersandToken);
  };
  const taken = left.kind === "unknown" && left.alternatives !== undefined ? undefined : takesRight(left);
  if (taken === false) return left;
  if (taken === true) return assuming(right(), left);
  const doubt = doubtAbout(left);
  // What `&&` leaves of a doubtful condition is falsy: it adds nothing where it is spread or filtered.
  const rest = operator === SyntaxKind.AmpersandAmpersandToken ? primitive(false, left.source) : left;
  const kept = doubt.alternatives?.filter((alternative) => takesRight(alternative) !== true) ?? [rest];
  if (kept.length === 0) return right();
  if (doubt.alternatives?.every((alternative) => takesRight(alternative) === false)) return left;
  return join([...kept, realm.inUncertainRegion(doubt, right)], doubt);
}

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

function compoundAssignment(realm: Realm, scope: Scope, node: ts.BinaryExpression, source: SourceRange): Value {
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

function relation(realm: Realm, scope: Scope, node: ts.BinaryExpression, source: SourceRange): Value {
  const right = evaluate(realm, scope, node.right);
  if (node.operatorToken.kind === SyntaxKind.InstanceOfKeyword)
    return instanceOf(evaluate(realm, scope, node.left), right, source);
  const key = ts.isPrivateIdentifier(node.left) ? node.left.text : keyOf(evaluate(realm, scope, node.left));
  if (key === undefined || right.kind !== "object") return unknown("a membership test that is not known", source);
  for (
    let holder: typeof right | null = right, hops = 0;
    holder !== null && hops < 100;
    holder = holder.prototype, hops++
  ) {
    const own = holder.properties.get(key);
    if (own !== undefined && own.maybe === undefined) return primitive(true, source);
    if (own !== undefined || holder.open !== undefined || holder.slots.type === "lazy")
      return unknown((own?.maybe ?? holder.open)?.reason ?? "members that are not listed", source);
    if (holder.slots.type === "array" && (key === "length" || holder.slots.items[Number(key)] !== undefined))
      return primitive(true, source);
  }
  return isNullish(getMember(realm, right, key, source)) ? primitive(false, source) : primitive(true, source);
}

function instanceOf(left: Value, right: Value, source: SourceRange): Value {
  if (left.kind === "primitive") return primitive(false, source);
  if (left.kind === "unknown" || right.kind !== "object")
    return unknown("the class of a value that is not known", source);
  if (right.slots.type === "native") {
    const { type } = left.slots;
    const kinds: Readonly<Record<string, boolean>> = {
      Array: type === "array",
      Map: type === "map",
      Set: type === "set",
      RegExp: type === "regexp",
      Promise: type === "promise",
      Error: type === "error",
      Object: true,
      Function: isCallable(left),
    };
    const known = kinds[right.slots.name];
    return known === undefined ? unknown("the class of a value that is not known", source) : primitive(known, source);
  }
  const prototype = right.properties.get("prototype")?.value;
  for (let holder = left.prototype, hops = 0; holder !== null && hops < 100; holder = holder.prototype, hops++) {
    if (holder === prototype) return primitive(true, source);
    if (holder.open !== undefined) return unknown("the class of a value that is not known", source);
  }
  return primitive(false, source);
}

function evaluatePrefix(realm: Realm, scope: Scope, node: ts.PrefixUnaryExpression): Value {
  if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) {
    return step(realm, scope, node.operand, node.operator, false);
  }
  return unaryOperation(node.operator, evaluate(realm, scope, node.operand), rangeOf(scope, node));
}

/** `++` and `--`. */
function step(realm: Realm, scope: Scope, operand: ts.Expression, operator: ts.SyntaxKind, postfix: boolean): Value {
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

function evaluateTypeOf(realm: Realm, scope: Scope, node: ts.TypeOfExpression): Value {
  const source = rangeOf(scope, node);
  if (ts.isIdentifier(node.expression) && scope.find(node.expression.text) === undefined)
    return primitive("undefined", source);
  return typeOf(evaluate(realm, scope, node.expression), source);
}

function evaluateDelete(realm: Realm, scope: Scope, node: ts.DeleteExpression): Value {
  const target = node.expression;
  if (ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target)) {
    const object = evaluate(realm, scope, target.expression);
    const key = memberKey(realm, scope, target);
    if (typeof key === "string") deleteMember(realm, object, key);
    else if (object.kind === "object")
      for (const name of object.properties.keys())
        realm.inUncertainRegion(key, () => deleteMember(realm, object, name));
  }
  return primitive(true, rangeOf(scope, node));
}

function evaluateYield(realm: Realm, scope: Scope, node: ts.YieldExpression): Value {
  const source = rangeOf(scope, node);
  const value = node.expression === undefined ? primitive(undefined, source) : evaluate(realm, scope, node.expression);
  const list = scope.functionScope().yielded;
  if (node.asteriskToken === undefined) list?.push(value);
  else list?.push(...iterate(realm, value, source).items);
  return unknown("what a generator is given", source);
}

export function awaited(realm: Realm, value: Value, source: SourceRange): Value {
  if (value.kind === "object" && value.slots.type === "promise") {
    if (value.slots.rejected) return realm.throwError("Error", "a rejected promise", source);
    return awaited(realm, value.slots.value, source);
  }
  return value;
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
