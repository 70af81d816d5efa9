/** The global names: constructors, functions, `process`. Everything else of the environment is unknown, with its name. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { callValue } from "../call.ts";
import { doubtAbout, isUnset, textOf, truthiness } from "../coerce.ts";
import { iterate } from "../contents.ts";
import { handOut } from "../handOut.ts";
import type { Realm } from "../realm.ts";
import { Scope } from "../scope.ts";
import {
  assumptionsOf,
  hole,
  isCallable,
  type ObjectValue,
  type PrimitiveData,
  primitive,
  unknown,
  type Value,
} from "../value.ts";
import { arrayFunctions } from "./array.ts";
import { clone } from "./clone.ts";
import { makeMap, makePromise, makeSet, promiseFunctions } from "./collections.ts";
import { builtinMember } from "./index.ts";
import { jsonFunctions } from "./json.ts";
import {
  argument,
  type Method,
  type MethodTable,
  methodValue,
  namespaceOfMethods,
  notKnown,
  plainArguments,
} from "./method.ts";
import { objectFunctions } from "./object.ts";
import { environment, importMetaEnvironment, processObject } from "./process.ts";
import { stringFunctions, toStringFunction } from "./string.ts";
import { makeUrl, makeUrlSearchParams } from "./url.ts";

function hostFunction(compute: (...args: readonly never[]) => unknown): Method {
  return (realm, call) => {
    const args = plainArguments(call);
    if (args === undefined) return notKnown(call);
    try {
      return primitive(
        compute(...(args as readonly never[])) as PrimitiveData,
        call.source,
        assumptionsOf(...call.args),
      );
    } catch {
      return realm.throwError("Error", "a function is called with wrong arguments", call.source);
    }
  };
}

const FUNCTIONS: MethodTable = {
  parseInt: hostFunction((text: string, radix?: number) => Number.parseInt(text, radix)),
  parseFloat: hostFunction((text: string) => Number.parseFloat(text)),
  isNaN: hostFunction((value: number) => Number.isNaN(Number(value))),
  isFinite: hostFunction((value: number) => Number.isFinite(Number(value))),
  encodeURIComponent: hostFunction((text: string) => encodeURIComponent(text)),
  decodeURIComponent: hostFunction((text: string) => decodeURIComponent(text)),
  encodeURI: hostFunction((text: string) => encodeURI(text)),
  decodeURI: hostFunction((text: string) => decodeURI(text)),
  structuredClone: (realm, call) => clone(realm, argument(call, 0), call, new Map()),
  setTimeout: (realm, call) => later(realm, call),
  setInterval: (realm, call) => later(realm, call),
  setImmediate: (realm, call) => later(realm, call),
  queueMicrotask: (realm, call) => later(realm, call),
  clearTimeout: (_realm, call) => primitive(undefined, call.source),
  clearInterval: (_realm, call) => primitive(undefined, call.source),
  clearImmediate: (_realm, call) => primitive(undefined, call.source),
  eval: (_realm, call) => unknown("eval is not evaluated", call.source),
  fetch: (_realm, call) => unknown("depends on the network", call.source),
};

/** Functions that are called after the file has been read. */
function later(realm: Realm, call: Parameters<Method>[1]): Value {
  const doubt = unknown("happens after the file has been read", call.source);
  handOut(realm, call.args, doubt, call.source, { changes: false });
  return unknown("a timer", call.source);
}

const NUMBER_FUNCTIONS: MethodTable = {
  parseInt: FUNCTIONS.parseInt!,
  parseFloat: FUNCTIONS.parseFloat!,
  isInteger: hostFunction((value: number) => Number.isInteger(value)),
  isNaN: hostFunction((value: number) => Number.isNaN(value)),
  isFinite: hostFunction((value: number) => Number.isFinite(value)),
  isSafeInteger: hostFunction((value: number) => Number.isSafeInteger(value)),
};

const MATH_NAMES = [
  "abs",
  "ceil",
  "floor",
  "max",
  "min",
  "pow",
  "round",
  "sign",
  "sqrt",
  "trunc",
  "cbrt",
  "log",
  "log2",
  "log10",
  "hypot",
  "exp",
] as const;
const MATH_FUNCTIONS: MethodTable = Object.fromEntries(
  MATH_NAMES.map((name) => [name, hostFunction(Math[name] as (...args: readonly never[]) => unknown)]),
);

const CONSOLE_FUNCTIONS: MethodTable = Object.fromEntries(
  ["log", "info", "warn", "error", "debug", "table", "group", "groupEnd", "time", "timeEnd", "trace", "dir"].map(
    (name) => [name, ((_realm, call) => primitive(undefined, call.source)) satisfies Method],
  ),
);

function toNumber(call: Parameters<Method>[1]): Value {
  const args = plainArguments(call);
  if (args === undefined) return notKnown(call);
  try {
    return primitive(call.args.length === 0 ? 0 : Number(args[0]), call.source);
  } catch {
    return notKnown(call);
  }
}

function toBoolean(call: Parameters<Method>[1]): Value {
  const value = argument(call, 0);
  const truth = truthiness(value);
  if (truth === undefined) return unknown(doubtAbout(value).reason, doubtAbout(value).source);
  return primitive(truth, call.source, assumptionsOf(value));
}

function constructorOf(
  realm: Realm,
  name: string,
  source: SourceRange,
  call: Method,
  functions: MethodTable = {},
): ObjectValue {
  const value = realm.native(name, source, (context) => call(realm, context));
  for (const key of Object.keys(functions)) {
    value.properties.set(key, { value: methodValue(realm, functions, key, source)!, keySource: source, hidden: true });
  }
  value.properties.set("prototype", {
    value: unknown(`the prototype of ${name}`, source),
    keySource: source,
    hidden: true,
  });
  // Functions of constructors that are not modelled; those of all functions are.
  value.open = unknown(`a function of ${name} that is not evaluated`, source);
  for (const key of ["name", "call", "apply", "bind"])
    value.properties.set(key, { value: builtinMember(realm, value, key, source)!, keySource: source, hidden: true });
  value.properties.set("name", { value: primitive(name, source), keySource: source, hidden: true });
  return value;
}

const CONSTRUCTORS: Readonly<Record<string, readonly [Method, MethodTable]>> = {
  Object: [(realm, call) => (call.args.length === 0 ? realm.plain(call.source) : argument(call, 0)), objectFunctions],
  Array: [(realm, call) => makeArray(realm, call), arrayFunctions],
  String: [toStringFunction, stringFunctions],
  Number: [(_realm, call) => toNumber(call), NUMBER_FUNCTIONS],
  Boolean: [(_realm, call) => toBoolean(call), {}],
  Map: [makeMap, {}],
  Set: [makeSet, {}],
  WeakMap: [makeMap, {}],
  WeakSet: [makeSet, {}],
  Promise: [makePromise, promiseFunctions],
  URL: [makeUrl, {}],
  URLSearchParams: [makeUrlSearchParams, {}],
  Proxy: [(realm, call) => makeProxy(realm, call), {}],
  Function: [(_realm, call) => unknown("code made from text is not evaluated", call.source), {}],
  Date: [
    (_realm, call) => unknown("depends on the time", call.source),
    { now: (_realm, call) => unknown("depends on the time", call.source) },
  ],
  RegExp: [(realm, call) => makeRegExp(realm, call), {}],
};

/** What is done with a proxy runs functions of its handler. */
function makeProxy(realm: Realm, call: Parameters<Method>[1]): Value {
  const doubt = unknown("a proxy is not evaluated", call.source, { inputs: call.args });
  handOut(realm, call.args, doubt, call.source, { changes: true });
  return doubt;
}

function makeArray(realm: Realm, call: Parameters<Method>[1]): Value {
  const [only] = call.args;
  if (call.args.length === 1 && only !== undefined && (only.kind === "unknown" || isUnset(only))) {
    const array = realm.array([], call.source);
    array.open = unknown(doubtAbout(only).reason, call.source, { inputs: [only] });
    return array;
  }
  if (call.args.length !== 1 || only?.kind !== "primitive" || typeof only.data !== "number") {
    const array = realm.array([...call.args], call.source);
    array.open = call.openArgs;
    return array;
  }
  const array = realm.array([], call.source);
  if (only.data > 50_000 || only.data < 0 || !Number.isInteger(only.data))
    array.open = unknown("a very long array", call.source);
  else
    for (let count = 0; count < only.data; count++) (array.slots as { items: Value[] }).items.push(hole(call.source));
  realm.burn(Math.min(only.data, 50_000));
  return array;
}

function makeRegExp(realm: Realm, call: Parameters<Method>[1]): Value {
  const args = plainArguments(call);
  const [pattern, flags] = args ?? [];
  if (typeof pattern !== "string")
    return pattern instanceof RegExp && call.args[0] !== undefined ? call.args[0] : notKnown(call);
  return realm.object({ type: "regexp", pattern, flags: typeof flags === "string" ? flags : "" }, call.source);
}

const ERRORS = ["Error", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError"];

function errorConstructor(realm: Realm, name: string, source: SourceRange): ObjectValue {
  return constructorOf(realm, name, source, (_realm, call) => {
    const error = realm.object({ type: "error" }, call.source);
    const set = (key: string, value: Value): void => {
      error.properties.set(key, { value, keySource: call.source, hidden: true });
    };
    const message = argument(call, 0);
    const text = textOf(message);
    const isGiven = message.kind !== "primitive" || message.data !== undefined || message.unset !== undefined;
    if (!isGiven) set("message", primitive("", call.source));
    else set("message", text === undefined ? notKnown(call, { text: true }) : primitive(text, message.source));
    set("name", primitive(name, call.source));
    set("stack", unknown("the stack of an error", call.source, { text: true }));
    error.open = unknown("a member of an error", call.source);
    return error;
  });
}

/** Global names that some Node has. */
const NOT_MODELLED =
  "AbortController AbortSignal AggregateError ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array Blob BroadcastChannel Buffer ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy Crypto CryptoKey CustomEvent DOMException DataView DecompressionStream DisposableStack Event EventSource EventTarget File FinalizationRegistry Float16Array Float32Array Float64Array FormData Headers Int16Array Int32Array Int8Array Intl Iterator MessageChannel MessageEvent MessagePort Navigator ReadableStream Request Response SharedArrayBuffer SuppressedError TextDecoder TextEncoder TransformStream URLPattern Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakRef WebAssembly WebSocket WritableStream atob btoa crypto escape performance unescape".split(
    " ",
  );

const PAGE_OBJECTS = ["window", "self", "document", "location", "navigator", "localStorage", "sessionStorage"];

/** Gives a module's outermost scope the global names. They are made once in a realm, each when it is first used. */
export function globalScope(realm: Realm, scope: Scope): void {
  realm.globals ??= makeGlobals(realm, scope);
  (scope as { parent: Scope | undefined }).parent = realm.globals;
}

function makeGlobals(realm: Realm, scope: Scope): Scope {
  const source = { file: scope.module.file, range: { start: 0, end: 0 } };
  const globals = new Scope(undefined, scope.module, 0, true);
  const bind = (name: string, load: () => Value): void => {
    globals.bindings.set(name, {
      value: undefined,
      constant: false,
      load: () => cached(realm, `global:${name}`, load),
    });
  };
  for (const [name, [call, functions]] of Object.entries(CONSTRUCTORS))
    bind(name, () => constructorOf(realm, name, source, call, functions));
  for (const name of ERRORS) bind(name, () => errorConstructor(realm, name, source));
  for (const name of Object.keys(FUNCTIONS)) bind(name, () => methodValue(realm, FUNCTIONS, name, source)!);
  bind("Math", () => mathObject(realm, source));
  bind("JSON", () => namespaceOfMethods(realm, jsonFunctions, source));
  bind("Reflect", () => namespaceOfMethods(realm, REFLECT_FUNCTIONS, source));
  bind("console", () => namespaceOfMethods(realm, CONSOLE_FUNCTIONS, source));
  bind("process", () => processObject(realm, source));
  bind("*env*", () => importMetaEnvironment(realm, source));
  bind("Symbol", () => symbolObject(realm, source));
  bind("globalThis", () => globalObject(realm, globals, source));
  bind("global", () => globalObject(realm, globals, source));
  bind("Infinity", () => primitive(Number.POSITIVE_INFINITY, source));
  bind("NaN", () => primitive(Number.NaN, source));
  for (const name of NOT_MODELLED) {
    bind(name, () => unknown(`${name} is not evaluated`, source));
  }
  // A build runs where there are none.
  if (realm.world.isApplication)
    for (const name of PAGE_OBJECTS) bind(name, () => unknown("depends on the page", source));
  return globals;
}

function cached(realm: Realm, key: string, make: () => Value): Value {
  const known = realm.cache.get(key) ?? make();
  realm.cache.set(key, known);
  return known;
}

function mathObject(realm: Realm, source: SourceRange): Value {
  const math = namespaceOfMethods(
    realm,
    { ...MATH_FUNCTIONS, random: (_realm, call) => unknown("a random number", call.source) },
    source,
  );
  for (const name of ["PI", "E", "SQRT2", "LN2", "LN10"] as const) {
    math.properties.set(name, { value: primitive(Math[name], source), keySource: source, hidden: true });
  }
  return math;
}

/** Symbols are kept as texts that no program writes. */
function symbolObject(realm: Realm, source: SourceRange): Value {
  const symbol = realm.native("Symbol", source, (call) => unknown("a symbol is not evaluated", call.source));
  for (const name of ["iterator", "asyncIterator", "toStringTag", "toPrimitive", "hasInstance", "species"]) {
    symbol.properties.set(name, { value: primitive(`@@${name}`, source), keySource: source, hidden: true });
  }
  symbol.open = unknown("a symbol is not evaluated", source);
  return symbol;
}

/** What other code puts on the global object is unknown. */
function globalObject(realm: Realm, globals: Scope, source: SourceRange): Value {
  const object = realm.plain(source);
  const variables = environment(realm, source);
  for (const [name, binding] of globals.bindings) {
    if (name.startsWith("*") || name === "globalThis" || name === "global") continue;
    const getter = realm.native(name, source, () => binding.value ?? binding.load?.() ?? variables);
    object.properties.set(name, { value: primitive(undefined, source), keySource: source, hidden: true, getter });
  }
  object.open = unknown("a global variable", source);
  return object;
}

const REFLECT_FUNCTIONS: MethodTable = {
  ownKeys: objectFunctions.keys!,
  has: objectFunctions.hasOwn!,
  apply: (realm, call) => {
    const callee = argument(call, 0);
    const { items, open } = iterate(realm, argument(call, 2), call.source);
    return isCallable(callee) && callee.slots.type === "native"
      ? callee.slots.call({ ...call, self: argument(call, 1), args: items, openArgs: open })
      : callValue(realm, callee, argument(call, 1), items, call.source, { openArgs: open });
  },
};
