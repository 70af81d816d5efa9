/**
 * Built-in functions that are not modelled: they are there, and what they are handed they may call and change. That one
 * is missing is claimed of none that some JavaScript engine has.
 */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { handOut } from "../handOut.ts";
import type { Realm } from "../realm.ts";
import { arrayItems, isCallable, type ObjectValue, unknown, type Value } from "../value.ts";

/** Members of newer engines than the one that this runs on, and of iterators, which stand as lists. */
const NEWER: ReadonlySet<string> = new Set(
  "at difference findLast findLastIndex intersection isDisjointFrom isSubsetOf isSupersetOf isWellFormed symmetricDifference toReversed toSorted toSpliced toWellFormed union with getOrInsert getOrInsertComputed next return throw take drop toArray".split(
    " ",
  ),
);

/** Methods that call back for each item at once, and for nothing else. */
export const ITERATING: ReadonlySet<string> = new Set(
  "forEach map flatMap filter find findIndex findLast findLastIndex some every reduce reduceRight".split(" "),
);

const BUILT_IN = [Array, String, Map, Set, Promise, RegExp, Number].map((made) => made.prototype as object);

/** Whether texts, lists, collections or promises have a method of the name: it leaves objects alone that it is given. */
export function isBuiltinMethod(name: string): boolean {
  return NEWER.has(name) || BUILT_IN.some((prototype) => name in prototype);
}

function prototypeOf(value: Value): object | undefined {
  if (value.kind === "unknown") return undefined;
  if (value.kind === "primitive") {
    const { data } = value;
    return data === undefined || data === null ? undefined : (Object.getPrototypeOf(Object(data)) as object);
  }
  if (arrayItems(value) !== undefined) return Array.prototype;
  if (isCallable(value)) return Function.prototype;
  const prototypes: Partial<Record<ObjectValue["slots"]["type"], object>> = {
    map: Map.prototype,
    set: Set.prototype,
    promise: Promise.prototype,
    regexp: RegExp.prototype,
    error: Error.prototype,
  };
  return prototypes[value.slots.type] ?? Object.prototype;
}

/** A member that values of this kind have in JavaScript. */
export function unmodelledMember(realm: Realm, value: Value, key: string, source: SourceRange): Value | undefined {
  const prototype = prototypeOf(value);
  const isThere = prototype !== undefined && (key in prototype || (prototype !== Object.prototype && NEWER.has(key)));
  return isThere ? unmodelledFunction(realm, key, source) : undefined;
}

/** A function that is not modelled. */
export function unmodelledFunction(realm: Realm, name: string, source: SourceRange): ObjectValue {
  return realm.native(name, source, (call) => {
    const doubt = unknown(`${name} is not evaluated`, call.source);
    handOut(realm, [call.self, ...call.args], doubt, call.source, { changes: true });
    return unknown(doubt.reason, call.source, { inputs: [call.self, ...call.args].slice(0, 16) });
  });
}
