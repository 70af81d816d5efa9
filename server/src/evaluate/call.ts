/** Calls: of functions written in the workspace, of built-in and modelled ones, and of those that are not known. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { builtinMember } from "./builtins/index.ts";
import { ITERATING, isBuiltinMethod } from "./builtins/unmodelled.ts";
import { instantiate } from "./classes.ts";
import { evaluate } from "./expression.ts";
import { handOut } from "./handOut.ts";
import { hoist, hoistVars } from "./hoist.ts";
import { join } from "./join.ts";
import { connectMembers } from "./members.ts";
import { bindPattern, withDefault } from "./pattern.ts";
import { type Realm, ThrowSignal } from "./realm.ts";
import { Scope } from "./scope.ts";
import { type Completion, runStatements } from "./statement.ts";
import {
  type Closure,
  isCallable,
  isNullish,
  type ObjectValue,
  objectsBehind,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

export interface CallOptions {
  readonly construct?: boolean;
  readonly openArgs?: UnknownValue | undefined;
  /** The name of the method that is called, where the receiver is not known. */
  readonly method?: string | undefined;
  /** Nobody waits for the promise that the call may give. */
  readonly detached?: boolean;
}

export function callValue(
  realm: Realm,
  callee: Value,
  self: Value,
  args: readonly Value[],
  source: SourceRange,
  options: CallOptions = {},
): Value {
  realm.burn();
  if (callee.kind === "primitive") {
    if (callee.unset !== undefined) return unknown(`depends on ${callee.unset}`, callee.source);
    return realm.throwError("TypeError", `${String(callee.data)} is not a function`, source);
  }
  if (callee.kind === "unknown") return callUnknown(realm, callee, self, args, source, options);
  const { slots } = callee;
  switch (slots.type) {
    case "function":
      return realm.enterCall(source, () =>
        realm.runBody(slots.closure.node, args, source, (given) =>
          callClosure(realm, callee, slots.closure, self, given, source, options),
        ),
      );
    case "native":
      return realm.enterCall(source, () =>
        slots.call({ self, args, source, openArgs: options.openArgs, construct: options.construct ?? false }),
      );
    case "bound":
      return callValue(realm, slots.target, slots.self, [...slots.args, ...args], source, options);
    case "class":
      if (options.construct !== true)
        return realm.throwError("TypeError", "Class constructor cannot be invoked without 'new'", source);
      return realm.enterCall(source, () => instantiate(realm, callee, args, options.openArgs, source));
    default:
      if (slots.type === "lazy" || callee.open !== undefined)
        return unknown("a call of something that is not evaluated", source, { inputs: args });
      return realm.throwError("TypeError", "it is not a function", source);
  }
}

/** Wrappers like `withBundleAnalyzer(config)` and `defineConfig(config)` hand their argument on. */
const HANDS_ON = /^(?:with|define|compose|create)(?:[A-Z]|$)/;

function callUnknown(
  realm: Realm,
  callee: UnknownValue,
  self: Value,
  args: readonly Value[],
  source: SourceRange,
  options: CallOptions,
): Value {
  if (callee.alternatives !== undefined) {
    const callable = callee.alternatives.filter((alternative) => !isNullish(alternative));
    if (callable.length < callee.alternatives.length && realm.tryDepth > 0) realm.mayThrow ??= callee;
    const results = callable.flatMap(
      (alternative) => realm.doubtfully(callee, () => callValue(realm, alternative, self, args, source, options)) ?? [],
    );
    return results.length === 0 ? unknown(callee.reason, source) : join(results, callee);
  }
  if (realm.tryDepth > 0) realm.mayThrow ??= unknown(callee.reason, source);
  const { origin } = callee;
  const [first] = args;
  if (origin !== undefined && first !== undefined && args.length === 1 && HANDS_ON.test(origin.path.at(-1) ?? "")) {
    return first;
  }
  callBehind(realm, callee, self, args, source, options);
  const handed = origin === undefined ? [self, ...args] : args;
  if (options.method === undefined || !ITERATING.has(options.method))
    handOut(realm, handed, callee, source, { changes: mayChange(origin, options) });
  const selfInputs = self.kind === "unknown" ? (self.inputs ?? []) : [];
  const name =
    origin === undefined ? undefined : `${[...origin.path].join(".") || "the function"} of package ${origin.module}`;
  return unknown(name === undefined ? callee.reason : `is what ${name} gives`, source, {
    inputs: [...new Set([...args, ...(callee.inputs ?? []), ...selfInputs])].slice(0, 64),
  });
}

/** Calls the functions that a callee may turn out to be. */
function callBehind(
  realm: Realm,
  callee: UnknownValue,
  self: Value,
  args: readonly Value[],
  source: SourceRange,
  options: CallOptions,
): void {
  if (callee.inputs === undefined) return;
  for (const behind of objectsBehind(callee)) {
    if (!isCallable(behind) || behind.slots.type === "native") continue;
    const reason = unknown(callee.reason, callee.source, { repeated: true });
    realm.runAside(reason, () => void callValue(realm, behind, self, args, source, options));
  }
}

/** Functions of packages that say by their names that they change what they are given. */
const CHANGES = /assign|extend|merge|mixin|defaults|^(?:un)?set(?:[A-Z]|$)|^(?:update|override|mutate|patch)/i;

/** Published packages leave alone what they are given, but for functions that are called for what they change. */
function mayChange(origin: UnknownValue["origin"], { construct, detached, method }: CallOptions): boolean {
  if (method !== undefined && isBuiltinMethod(method)) return false;
  if (origin === undefined) return true;
  return construct !== true && (detached === true || CHANGES.test(origin.path.at(-1) ?? origin.module));
}

function callClosure(
  realm: Realm,
  callee: ObjectValue,
  closure: Closure,
  self: Value,
  args: readonly Value[],
  source: SourceRange,
  options: CallOptions,
): Value {
  const { node } = closure;
  if (!realm.aside) realm.called.add(node);
  const scope = new Scope(closure.scope, closure.scope.module, realm.stamp, true);
  scope.homeObject = closure.homeObject;
  scope.isDetached = (options.detached === true || !realm.isWaiting) && isAsync(node);
  let instance: ObjectValue | undefined;
  if (!ts.isArrowFunction(node)) {
    if (options.construct) {
      const prototype = callee.properties.get("prototype")?.value;
      instance = realm.object({ type: "plain" }, source, prototype?.kind === "object" ? prototype : null);
    }
    scope.thisValue = instance ?? self;
    const all = realm.array([...args], source);
    all.open = options.openArgs;
    scope.bindings.set("arguments", { value: all, constant: false });
    if (ts.isFunctionExpression(node) && node.name !== undefined)
      scope.bindings.set(node.name.text, { value: callee, constant: false });
  }
  const result = runAsync(realm, node, source, () => runFunction(realm, scope, node, args, source, options.openArgs));
  return instance === undefined || result.kind === "object" ? result : instance;
}

function isAsync(node: ts.FunctionLikeDeclaration): boolean {
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword) === true
  );
}

/** Async functions give promises; what they throw becomes a rejected one. */
function runAsync(realm: Realm, node: ts.FunctionLikeDeclaration, source: SourceRange, run: () => Value): Value {
  if (!isAsync(node)) return run();
  try {
    const value = run();
    return value.kind === "object" && value.slots.type === "promise"
      ? value
      : realm.object({ type: "promise", value, rejected: false }, source);
  } catch (error) {
    if (!(error instanceof ThrowSignal)) throw error;
    return realm.object({ type: "promise", value: error.value, rejected: true }, source);
  }
}

/** Binds the parameters and runs the body. */
export function runFunction(
  realm: Realm,
  scope: Scope,
  node: ts.FunctionLikeDeclaration,
  args: readonly Value[],
  source: SourceRange,
  openArgs: UnknownValue | undefined,
): Value {
  bindParameters(realm, scope, node, args, source, openArgs);
  const { body } = node;
  if (body === undefined) return primitive(undefined, source);
  if (!ts.isBlock(body)) return evaluate(realm, scope, body as ts.Expression);
  hoistVars(scope, body);
  hoist(realm, scope, body.statements);
  if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)) {
    if (node.asteriskToken !== undefined) scope.yielded = realm.array([], source);
  }
  if (scope.yielded === undefined) return resultOf(runStatements(realm, scope, body.statements), source);
  // It runs when its items are asked for, as far as they are.
  const run = (): void => {
    scope.yielded = realm.array([], source);
    runStatements(realm, scope, body.statements);
  };
  const lazily = unknown("happens when the items of a generator are asked for", source, { deferred: true });
  realm.doubtfully(lazily, run);
  return scope.yielded;
}

function resultOf(completion: Completion, source: SourceRange): Value {
  if (completion?.type === "return") return completion.value;
  if (completion?.type !== "maybe") return primitive(undefined, source);
  const values = completion.of.flatMap((abrupt) => (abrupt.type === "return" ? [abrupt.value] : []));
  return join([...values, primitive(undefined, source)], completion.doubt);
}

function bindParameters(
  realm: Realm,
  scope: Scope,
  node: ts.FunctionLikeDeclaration,
  args: readonly Value[],
  source: SourceRange,
  openArgs: UnknownValue | undefined,
): void {
  const declare = (name: string, value: Value): void => {
    scope.bindings.set(name, { value, constant: false });
  };
  let index = 0;
  for (const parameter of node.parameters) {
    if (ts.isIdentifier(parameter.name) && parameter.name.text === "this") continue;
    if (parameter.dotDotDotToken !== undefined) {
      const rest = realm.array(args.slice(index), source);
      rest.open = openArgs;
      bindPattern(realm, scope, parameter.name, rest, declare);
      return;
    }
    const given =
      args[index++] ??
      (openArgs === undefined ? primitive(undefined, source) : unknown(openArgs.reason, openArgs.source));
    bindPattern(
      realm,
      scope,
      parameter.name,
      withDefault(realm, scope, given, parameter.initializer, parameter.name),
      declare,
    );
    if (ts.isConstructorDeclaration(node) && parameter.modifiers !== undefined) declareParameterField(scope, parameter);
  }
}

/** `constructor(private name: string)` of TypeScript declares a field too. */
function declareParameterField(scope: Scope, parameter: ts.ParameterDeclaration): void {
  const { thisValue } = scope;
  if (!ts.isIdentifier(parameter.name) || thisValue?.kind !== "object") return;
  const value = scope.bindings.get(parameter.name.text)?.value;
  if (value !== undefined) thisValue.properties.set(parameter.name.text, { value, keySource: value.source });
}

connectMembers(builtinMember, (realm, callee, self, args, source) => callValue(realm, callee, self, args, source));
