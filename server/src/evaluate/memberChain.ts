/** Chains of member accesses and calls, with their receivers and optional links: `a?.b.c(d)`. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { ITERATING } from "./builtins/unmodelled.ts";
import { callValue } from "./call.ts";
import { superCall, superMember } from "./classes.ts";
import { doubtAbout, isUnset, keyOf, noteFailure } from "./coerce.ts";
import { iterate } from "./contents.ts";
import { evaluate, rangeOf, readThis } from "./expression.ts";
import { join } from "./join.ts";
import { getMember } from "./members.ts";
import { dynamicImport } from "./module.ts";
import type { Realm } from "./realm.ts";
import type { Scope } from "./scope.ts";
import {
  anyOf,
  assumptionsOf,
  isCallable,
  isNullish,
  isUndefined,
  objectsBehind,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
  variableOf,
} from "./value.ts";

const { SyntaxKind } = ts;

interface ChainResult {
  readonly value: Value;
  /** The receiver of a method call. */
  readonly self: Value | undefined;
  /** An optional link has ended the chain. */
  readonly ended: boolean;
  /** Why an optional link may have ended it: then the whole chain is `undefined`. */
  readonly mayEnd?: UnknownValue | undefined;
}

/** The value of a whole chain. */
export function chainValue(realm: Realm, scope: Scope, node: ts.Expression): Value {
  const { value, mayEnd } = evaluateChain(realm, scope, node);
  return mayEnd === undefined ? value : join([value, primitive(undefined, mayEnd.source)], mayEnd);
}

/** Why an optional link on a value may end the chain. */
function mayBeMissing(optional: ts.QuestionDotToken | undefined, value: Value): UnknownValue | undefined {
  if (optional === undefined || value.kind !== "unknown") return undefined;
  return value.alternatives?.some(isNullish) ? doubtAbout(value) : undefined;
}

/** Evaluates a member access or call, and tells its receiver. */
export function evaluateChain(realm: Realm, scope: Scope, node: ts.Expression): ChainResult {
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
  const target = chainLink(realm, scope, node.expression);
  if (target.ended) return target;
  if (node.questionDotToken !== undefined && isNullish(target.value)) {
    return { value: optionalEnd(target.value, source), self: undefined, ended: true };
  }
  const value = ts.isPropertyAccessExpression(node)
    ? getMember(realm, target.value, node.name.text, source)
    : indexedMember(realm, target.value, evaluate(realm, scope, node.argumentExpression), source);
  const mayEnd = target.mayEnd ?? mayBeMissing(node.questionDotToken, target.value);
  if (node.questionDotToken === undefined) noteFailure(realm, target.value);
  return { value, self: target.value, ended: false, mayEnd };
}

/** What a link of a chain hangs on; parentheses end an optional chain. */
function chainLink(realm: Realm, scope: Scope, node: ts.Expression): ChainResult {
  const isLink = ts.isCallExpression(node) || ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  return isLink
    ? evaluateChain(realm, scope, node)
    : { value: evaluate(realm, scope, node), self: undefined, ended: false };
}

function optionalEnd(value: Value, source: SourceRange): Value {
  return isUnset(value) ? { ...value, source } : primitive(undefined, source);
}

/** The key of a member access, or why it is not known. */
export function memberKey(
  realm: Realm,
  scope: Scope,
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression,
): string | UnknownValue {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const index = evaluate(realm, scope, node.argumentExpression);
  return keyOf(index) ?? doubtAbout(index);
}

/** `target[index]`. What a table lacks for a key that is taken for want of a variable may be there for the variable's value. */
function indexedMember(realm: Realm, target: Value, index: Value, source: SourceRange): Value {
  const key = keyOf(index);
  if (key === undefined) return anyMember(realm, target, index.kind === "unknown" ? index : doubtAbout(index), source);
  const value = getMember(realm, target, key, source);
  const assumes = assumptionsOf(index, value);
  if (value.kind !== "primitive" || assumes === undefined) return value;
  const unset = variableOf(assumes[0]!);
  return isUndefined(value) && unset !== undefined && !isUnset(value)
    ? { ...value, assumes, unset }
    : { ...value, assumes };
}

/** A member whose key is not known: one of all, when the key is one of a few. */
function anyMember(realm: Realm, target: Value, key: UnknownValue, source: SourceRange): Value {
  if (key.alternatives === undefined)
    return target.kind === "object" ? anyOf(key, target) : unknown(key.reason, key.source);
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
  const detached = realm.detachedCall === node;
  // Of `main().catch(…)` the inner promise is dropped as well.
  if (detached)
    realm.detachedCall = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : undefined;
  const callee = evaluateChain(realm, scope, skipWrappers(node.expression));
  if (callee.ended) return callee;
  if (node.questionDotToken !== undefined && isNullish(callee.value)) {
    return { value: optionalEnd(callee.value, source), self: undefined, ended: true };
  }
  const mayEnd = callee.mayEnd ?? mayBeMissing(node.questionDotToken, callee.value);
  const run = (): Value => runCall(realm, scope, node, callee, source, detached);
  if (mayEnd === undefined) return done(run());
  return { ...done(realm.doubtfully(mayEnd, run) ?? primitive(undefined, source)), mayEnd };
}

function runCall(
  realm: Realm,
  scope: Scope,
  node: ts.CallExpression,
  callee: ChainResult,
  source: SourceRange,
  detached: boolean,
): Value {
  if (callee.self?.kind === "unknown")
    return callOnEach(realm, scope, node, callee.self, callee.value, source, detached);
  const { args, open } = evaluateArguments(realm, scope, node.arguments);
  const self = callee.self ?? primitive(undefined, source);
  const run = (): Value =>
    realm.tolerably(source, () => callValue(realm, callee.value, self, args, source, { openArgs: open, detached }));
  // What a handler of a dropped promise does happens later.
  const isHandler = detached && self.kind === "object" && self.slots.type === "promise";
  if (!isHandler) return run();
  return (
    realm.doubtfully(unknown("happens after the file has been read", source, { deferred: true }), run) ??
    primitive(undefined, source)
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
  detached: boolean,
): Value {
  const { args, open } = evaluateArguments(realm, scope, node.arguments);
  const key = calledName(node.expression);
  const objects = objectsBehind(self);
  const made = self.alternatives === undefined && key !== undefined ? runCallbacks(realm, self, key, args, source) : [];
  const isOne = key === undefined || objects.length === 0;
  // Whatever else it may be.
  if (isOne || (self.alternatives === undefined && callee.kind === "unknown")) {
    const given = callValue(realm, callee, self, args, source, { openArgs: open, method: key, detached });
    if (isOne) return given.kind === "unknown" && made.length > 0 ? madeOf(given, made) : given;
  }
  if (realm.tryDepth > 0) realm.mayThrow ??= unknown(self.reason, source);
  const results = (self.alternatives ?? objects).flatMap((receiver) => {
    if (isNullish(receiver)) return [];
    const called = realm.doubtfully(self, () => {
      const method = getMember(realm, receiver, key, source);
      // Where there is no such method, the program would fail: that receiver is not the one.
      if (!isCallable(method) && method.kind !== "unknown") return undefined;
      return callValue(realm, method, receiver, args, source, { openArgs: open });
    });
    return called === undefined ? [] : [called];
  });
  if (self.alternatives !== undefined && results.length > 0) return join(results, self);
  return madeOf(unknown(self.reason, self.source), [...made, ...results, ...args, ...(self.inputs ?? [])]);
}

/** Further values that may be what a value is, or in it. */
function madeOf(value: UnknownValue, inputs: readonly Value[]): UnknownValue {
  return { ...value, inputs: [...new Set([...inputs, ...(value.inputs ?? [])])].slice(0, 64) };
}

function calledName(callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  const literal = ts.isElementAccessExpression(callee) ? callee.argumentExpression : undefined;
  return literal !== undefined && ts.isStringLiteralLike(literal) ? literal.text : undefined;
}

/** What callbacks do, and what they give, as far as a method of a receiver that is not known calls them. */
function runCallbacks(
  realm: Realm,
  self: UnknownValue,
  key: string,
  args: readonly Value[],
  source: SourceRange,
): readonly Value[] {
  if (!ITERATING.has(key) || args[0]?.kind !== "object" || !isCallable(args[0])) return [];
  const items = realm.array([], source);
  items.open = self;
  const result = realm.doubtfully(self, () =>
    callValue(realm, getMember(realm, items, key, source), items, args, source),
  );
  if (result === undefined || result.kind === "primitive") return [];
  return result.kind === "object" ? [result, ...(result.open?.inputs ?? [])] : (result.inputs ?? []);
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
