/** Evaluates expressions: one function for each kind of syntax node, chosen in `evaluateNode`. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { compoundAssignment, evaluateDelete, step } from "./assignment.ts";
import { callValue } from "./call.ts";
import { makeClass } from "./classes.ts";
import { concatenate, doubtAbout, truthiness } from "./coerce.ts";
import { appendItem, iterate, openArray } from "./contents.ts";
import { join } from "./join.ts";
import { evaluateArray, evaluateObject } from "./literals.ts";
import { chainValue, evaluateArguments, evaluateChain } from "./memberChain.ts";
import { importMeta } from "./module.ts";
import { binaryOperation, converted, typeOf, unaryOperation } from "./operators.ts";
import { assignPattern } from "./pattern.ts";
import type { Realm } from "./realm.ts";
import { relation } from "./relations.ts";
import type { Binding, Scope } from "./scope.ts";
import { assumptionsOf, isCallable, isNullish, primitive, unknown, type Value } from "./value.ts";

const { SyntaxKind } = ts;

/** The place of a node in the file that the scope belongs to. */
export function rangeOf(scope: Scope, node: ts.Node): SourceRange {
  const { tree, file, place } = scope.module;
  if (place !== undefined) return place;
  return { file, range: { start: node.getStart(tree), end: node.end } };
}

export function evaluate(realm: Realm, scope: Scope, node: ts.Expression): Value {
  if (!realm.enterExpression()) return unknown("expressions are nested too deeply", rangeOf(scope, node));
  try {
    const { trace } = realm;
    if (trace === undefined || scope.module.place !== undefined) return evaluateNode(realm, scope, node);
    return trace.follow(rangeOf(scope, node), () => evaluateNode(realm, scope, node));
  } finally {
    realm.leaveExpression();
  }
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
    return chainValue(realm, scope, node);
  }
  if (ts.isTemplateExpression(node)) return evaluateTemplate(realm, scope, node);
  if (ts.isBinaryExpression(node)) return evaluateBinary(realm, scope, node);
  if (ts.isConditionalExpression(node)) return evaluateConditional(realm, scope, node);
  if (ts.isNewExpression(node)) {
    const callee = evaluate(realm, scope, node.expression);
    const { args, open } = evaluateArguments(realm, scope, node.arguments ?? []);
    const source = rangeOf(scope, node);
    return realm.tolerably(source, () =>
      callValue(realm, callee, primitive(undefined, source), args, source, { construct: true, openArgs: open }),
    );
  }
  if (ts.isPrefixUnaryExpression(node)) return evaluatePrefix(realm, scope, node);
  if (ts.isPostfixUnaryExpression(node)) return step(realm, scope, node.operand, node.operator, true);
  if (ts.isTypeOfExpression(node)) return evaluateTypeOf(realm, scope, node);
  if (ts.isAwaitExpression(node)) {
    const given = realm.waiting(() => evaluate(realm, scope, node.expression));
    return awaited(realm, given, rangeOf(scope, node));
  }
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
  if (found === undefined) {
    if (realm.tryDepth > 0) return realm.throwError("ReferenceError", `${name} is not defined`, source);
    // Tools give names to the files that they load: `defineNuxtConfig`.
    return unknown(`${name} is not defined here`, source, { origin: { module: "the tool", path: [name] } });
  }
  return readBinding(realm, found.binding, name, source);
}

export function readBinding(realm: Realm, binding: Binding, name: string, source: SourceRange): Value {
  if (binding.value !== undefined) return binding.value;
  if (binding.load !== undefined) {
    const { load } = binding;
    binding.load = () => unknown(`${name} is imported in a circle`, source);
    const value = load();
    // Code that runs aside loads no modules; what counts does.
    if (realm.aside) binding.load = load;
    else binding.value = value;
    return value;
  }
  if (binding.uninitialized)
    return realm.throwError("ReferenceError", `Cannot access '${name}' before initialization`, source);
  return primitive(undefined, source);
}

/** What `this` is at a place. */
export function readThis(scope: Scope, node: ts.Node): Value {
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
    const inserted = converted(realm, evaluate(realm, scope, span.expression), "string", source);
    values.push(inserted, primitive(span.literal.text, source));
  }
  return concatenate(values, source);
}

function evaluateTagged(realm: Realm, scope: Scope, node: ts.TaggedTemplateExpression): Value {
  const source = rangeOf(scope, node);
  const { value: tag, self } = evaluateChain(realm, scope, node.tag);
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
  return callValue(realm, tag, self ?? primitive(undefined, source), [texts, ...inserted], source);
}

function evaluateConditional(realm: Realm, scope: Scope, node: ts.ConditionalExpression): Value {
  const condition = evaluate(realm, scope, node.condition);
  const truth = truthiness(condition);
  if (truth !== undefined) return assuming(evaluate(realm, scope, truth ? node.whenTrue : node.whenFalse), condition);
  const doubt = doubtAbout(condition);
  const whenTrue = realm.doubtfully(doubt, () => evaluate(realm, scope, node.whenTrue));
  // A branch that throws was not taken in a build that works.
  if (whenTrue === undefined && realm.tryDepth === 0) return evaluate(realm, scope, node.whenFalse);
  const whenFalse = realm.doubtfully(doubt, () => evaluate(realm, scope, node.whenFalse));
  if (whenTrue === undefined || whenFalse === undefined)
    return whenTrue ?? whenFalse ?? realm.throwError("Error", "both branches fail", rangeOf(scope, node));
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
      const right = (): Value => evaluate(realm, scope, node.right);
      const value = nameValue(isExport(node.left) ? realm.waiting(right) : right(), node.left);
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

/** `module.exports` or a member of it: what loads the module waits for the promise that it is given. */
function isExport(node: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(node) && (node.name.text === "exports" || isExport(node.expression));
}

/** `&&`, `||` and `??`. */
export function logical(realm: Realm, left: Value, operator: ts.SyntaxKind, right: () => Value): Value {
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
  const options = left.kind === "unknown" ? left.alternatives : undefined;
  const kept = options?.filter((alternative) => takesRight(alternative) !== true) ?? [rest];
  if (kept.length === 0) return right();
  if (options?.every((alternative) => takesRight(alternative) === false)) return left;
  const other = realm.doubtfully(doubt, right);
  const either = join(other === undefined ? kept : [...kept, other], doubt);
  // What is left of `||` is true and of `&&` false, so the whole may be certain to be so.
  const isOr = operator === SyntaxKind.BarBarToken;
  const decided = operator !== SyntaxKind.QuestionQuestionToken && other !== undefined && truthiness(other) === isOr;
  return decided && either.kind === "unknown" ? { ...either, truth: isOr } : either;
}

function evaluatePrefix(realm: Realm, scope: Scope, node: ts.PrefixUnaryExpression): Value {
  if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) {
    return step(realm, scope, node.operand, node.operator, false);
  }
  const source = rangeOf(scope, node);
  const operand = evaluate(realm, scope, node.operand);
  const isLogical = node.operator === SyntaxKind.ExclamationToken;
  return unaryOperation(node.operator, isLogical ? operand : converted(realm, operand, "number", source), source);
}

function evaluateTypeOf(realm: Realm, scope: Scope, node: ts.TypeOfExpression): Value {
  const source = rangeOf(scope, node);
  if (ts.isIdentifier(node.expression) && scope.find(node.expression.text) === undefined)
    return primitive("undefined", source);
  return typeOf(evaluate(realm, scope, node.expression), source);
}

function evaluateYield(realm: Realm, scope: Scope, node: ts.YieldExpression): Value {
  const source = rangeOf(scope, node);
  const value = node.expression === undefined ? primitive(undefined, source) : evaluate(realm, scope, node.expression);
  const list = scope.functionScope().yielded;
  if (list !== undefined && node.asteriskToken === undefined) appendItem(realm, list, value);
  else if (list !== undefined) {
    const { items, open } = iterate(realm, value, source);
    for (const item of items) appendItem(realm, list, item);
    if (open !== undefined) openArray(list, open);
  }
  return unknown("what a generator is given", source);
}

export function awaited(realm: Realm, value: Value, source: SourceRange): Value {
  if (value.kind === "object" && value.slots.type === "promise") {
    if (value.slots.rejected) return realm.throwError("Error", "a rejected promise", source);
    return awaited(realm, value.slots.value, source);
  }
  return value;
}
