/** `String.prototype`, numbers and regular expressions. Known texts go through JavaScript's own functions. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { concatenate, textOf } from "../coerce.ts";
import { handOut } from "../handOut.ts";
import { converted } from "../operators.ts";
import type { Realm } from "../realm.ts";
import {
  assumptionsOf,
  type CallContext,
  isCallable,
  type ObjectValue,
  type PrimitiveData,
  primitive,
  unknown,
  type Value,
} from "../value.ts";
import {
  argument,
  doubtOf,
  invoke,
  type Method,
  type MethodTable,
  methodValue,
  notKnown,
  plainArguments,
} from "./method.ts";
import { isSoonSearched, safeRegExp } from "./pattern.ts";

/** Work over longer texts than this is not done for a regular expression. */
const LONGEST_MADE = 1_000_000;

const PLAIN_METHODS: ReadonlySet<string> = new Set(
  "at charAt charCodeAt codePointAt concat endsWith includes indexOf lastIndexOf match normalize padEnd padStart repeat replace replaceAll search slice split startsWith substr substring toLowerCase toLocaleLowerCase toUpperCase toLocaleUpperCase toString trim trimEnd trimStart trimLeft trimRight valueOf localeCompare".split(
    " ",
  ),
);
const TEXT_RESULT: ReadonlySet<string> = new Set(
  "charAt concat normalize padEnd padStart repeat replace replaceAll slice substr substring toLowerCase toUpperCase toString trim trimEnd trimStart".split(
    " ",
  ),
);

export function stringMember(realm: Realm, text: string, key: string, source: SourceRange): Value | undefined {
  if (key === "length") return primitive(text.length, source);
  if (/^\d+$/.test(key)) return primitive(text[Number(key)], source);
  if (key === "matchAll") return realm.native(key, source, (call) => matchAll(realm, call));
  if (!PLAIN_METHODS.has(key)) return undefined;
  return realm.native(key, source, (call) => plainStringCall(realm, key, call));
}

function plainStringCall(realm: Realm, name: string, call: CallContext): Value {
  const text = textOf(call.self);
  const callback = call.args[1];
  if (
    text !== undefined &&
    (name === "replace" || name === "replaceAll") &&
    callback !== undefined &&
    isCallable(callback)
  ) {
    return replaceWith(realm, text, name, call, callback);
  }
  const args = plainArguments(call);
  // Objects may have functions of their own for it.
  if (args === undefined) handOut(realm, call.args, notKnown(call), call.source, { changes: false });
  if (text === undefined || args === undefined || !isAffordable(text, name, args))
    return notKnown(call, { text: TEXT_RESULT.has(name) });
  realm.burn(1 + text.length / 100);
  try {
    const method = String.prototype[name as "at"] as (...values: readonly unknown[]) => unknown;
    return fromHost(realm, method.apply(text, [...args]), call);
  } catch {
    return realm.throwError("TypeError", `${name} is called with wrong arguments`, call.source);
  }
}

function isAffordable(text: string, name: string, args: readonly unknown[]): boolean {
  if (args.some((arg) => arg instanceof RegExp && !isSoonSearched(arg, text))) return false;
  if (name === "repeat") return typeof args[0] === "number" && text.length * args[0] <= LONGEST_MADE;
  if (name === "padStart" || name === "padEnd") return typeof args[0] === "number" && args[0] <= LONGEST_MADE;
  return true;
}

/** A result of JavaScript's own functions as a value. */
export function fromHost(realm: Realm, data: unknown, call: CallContext): Value {
  if (!Array.isArray(data))
    return primitive(data as PrimitiveData, call.source, assumptionsOf(call.self, ...call.args));
  realm.burn(data.length);
  const array = realm.array(
    data.map((item: unknown) => fromHost(realm, item, call)),
    call.source,
  );
  const match = data as Partial<RegExpMatchArray>;
  if (match.index !== undefined)
    array.properties.set("index", { value: primitive(match.index, call.source), keySource: call.source, hidden: true });
  if (match.groups !== undefined) {
    const groups = realm.plain(call.source);
    for (const [name, text] of Object.entries(match.groups))
      groups.properties.set(name, { value: primitive(text, call.source), keySource: call.source });
    array.properties.set("groups", { value: groups, keySource: call.source, hidden: true });
  }
  return array;
}

function replaceWith(realm: Realm, text: string, name: string, call: CallContext, callback: Value): Value {
  const [pattern] = plainArguments({ ...call, args: call.args.slice(0, 1) }) ?? [];
  if (pattern === undefined || (pattern instanceof RegExp && !isSoonSearched(pattern, text))) {
    handOut(realm, [callback], notKnown(call), call.source, { changes: false });
    return notKnown(call, { text: true });
  }
  let doubt = false;
  const replacer = (...groups: unknown[]): string => {
    const args = groups
      .filter((group) => typeof group !== "object")
      .map((group) => primitive(group as PrimitiveData, call.source));
    const result = textOf(invoke(realm, call, callback, args));
    if (result === undefined) doubt = true;
    return result ?? "";
  };
  const result =
    name === "replace" ? text.replace(pattern as string, replacer) : text.replaceAll(pattern as string, replacer);
  return doubt
    ? unknown("a replacement that is not known", call.source, { text: true })
    : primitive(result, call.source);
}

function matchAll(realm: Realm, call: CallContext): Value {
  const text = textOf(call.self);
  const [pattern] = plainArguments(call) ?? [];
  if (text === undefined || !(pattern instanceof RegExp) || !pattern.global || !isSoonSearched(pattern, text))
    return notKnown(call);
  return realm.array(
    [...text.matchAll(pattern)].map((match) => fromHost(realm, match, call)),
    call.source,
  );
}

const NUMBER_METHODS: ReadonlySet<string> = new Set([
  "toString",
  "toFixed",
  "toPrecision",
  "valueOf",
  "toLocaleString",
]);

/** Members of numbers, booleans and other primitives. */
export function scalarMember(realm: Realm, data: PrimitiveData, key: string, source: SourceRange): Value | undefined {
  if (!NUMBER_METHODS.has(key)) return undefined;
  return realm.native(key, source, (call) => {
    const args = plainArguments(call);
    if (args === undefined || key === "toLocaleString") return notKnown(call, { text: true });
    try {
      const host = Object(data) as Record<string, (...values: readonly unknown[]) => unknown>;
      return fromHost(realm, host[key]?.(...args), call);
    } catch {
      return realm.throwError("RangeError", `${key} is called with wrong arguments`, source);
    }
  });
}

const REGEXP_METHODS: MethodTable = {
  test: (realm, call) => searchWith(realm, call, (regexp, text) => regexp.test(text)),
  exec: (realm, call) => searchWith(realm, call, (regexp, text) => regexp.exec(text)),
  toString: (_realm: Realm, call: CallContext) => primitive(textOf(call.self), call.source),
};

function searchWith(realm: Realm, call: CallContext, search: (regexp: RegExp, text: string) => unknown): Value {
  const text = textOf(argument(call, 0));
  const { self } = call;
  if (self.kind !== "object" || self.slots.type !== "regexp" || text === undefined)
    return unknown(doubtOf(call).reason, doubtOf(call).source);
  const { pattern, flags } = self.slots;
  // With `g` or `y` the object remembers where it stopped; such searches are not followed.
  const regexp = /[gy]/.test(flags) ? undefined : safeRegExp(pattern, flags);
  if (regexp === undefined || !isSoonSearched(regexp, text))
    return unknown("a regular expression that is not evaluated", call.source);
  return fromHost(realm, search(regexp, text), call);
}

export function regexpMember(realm: Realm, self: ObjectValue, key: string, source: SourceRange): Value | undefined {
  if (self.slots.type !== "regexp") return undefined;
  if (key === "source") return primitive(self.slots.pattern, source);
  if (key === "flags") return primitive(self.slots.flags, source);
  return methodValue(realm, REGEXP_METHODS, key, source);
}

/** `String(…)` and its functions. */
export const stringFunctions: MethodTable = {
  raw: (realm, call) => {
    const [texts, ...values] = call.args;
    const raw = texts?.kind === "object" ? texts.properties.get("raw")?.value : undefined;
    if (raw?.kind !== "object" || raw.slots.type !== "array") return notKnown(call, { text: true });
    const pieces = raw.slots.items.map(textOf);
    const inserted = values.map(textOf);
    if (pieces.includes(undefined) || inserted.includes(undefined)) return notKnown(call, { text: true });
    realm.burn(pieces.length);
    return primitive(
      pieces.map((piece, index) => `${piece}${index < pieces.length - 1 ? (inserted[index] ?? "") : ""}`).join(""),
      call.source,
    );
  },
  fromCodePoint: (realm, call) => {
    const codes = plainArguments(call);
    if (codes === undefined) return notKnown(call, { text: true });
    try {
      return primitive(String.fromCodePoint(...codes.map(Number)), call.source);
    } catch {
      return realm.throwError("RangeError", "Invalid code point", call.source);
    }
  },
  fromCharCode: (_realm, call) => {
    const codes = plainArguments(call);
    return codes === undefined
      ? notKnown(call, { text: true })
      : primitive(String.fromCharCode(...codes.map(Number)), call.source);
  },
};

export const toStringFunction: Method = (realm, call) => {
  if (call.args.length === 0 && call.openArgs === undefined) return primitive("", call.source);
  const value = converted(realm, argument(call, 0), "string", call.source);
  const text = textOf(value);
  if (text !== undefined) return primitive(text, call.source, assumptionsOf(value));
  if (value.kind !== "unknown") return notKnown(call, { text: true });
  const alternatives = value.alternatives?.map((alternative) => concatenate([alternative], call.source));
  const { parts } = value;
  return unknown(value.reason, value.source, {
    text: true,
    ...(parts === undefined ? {} : { parts }),
    ...(alternatives?.every((alternative) => alternative.kind === "primitive") ? { alternatives } : {}),
  });
};
