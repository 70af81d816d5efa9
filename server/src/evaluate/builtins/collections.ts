/** `Map`, `Set` and promises. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { doubtAbout, isUnset } from "../coerce.ts";
import { iterate } from "../contents.ts";
import { handOut } from "../handOut.ts";
import { join } from "../join.ts";
import { type Realm, ThrowSignal } from "../realm.ts";
import {
  anyOf,
  arrayItems,
  type CallContext,
  isCallable,
  itemsBehind,
  type ObjectValue,
  primitive,
  unknown,
  type Value,
} from "../value.ts";
import { argument, invoke, type MethodTable, methodValue, notKnown } from "./method.ts";

/** What tells keys apart; `undefined` for one that is not known. */
function identity(value: Value): { readonly id: unknown } | undefined {
  if (value.kind === "unknown" || isUnset(value)) return undefined;
  return { id: value.kind === "primitive" ? value.data : value };
}

/** The collection, when it may be changed with certainty; else it is marked as not fully known. */
function changeable(realm: Realm, call: CallContext, key: Value | undefined): ObjectValue | undefined {
  const { self } = call;
  if (self.kind !== "object") return undefined;
  const doubt =
    realm.doubt(self.born) ?? (key === undefined || identity(key) !== undefined ? undefined : doubtAbout(key));
  if (doubt === undefined) return self;
  self.open ??= unknown(doubt.reason, doubt.source, { inputs: call.args });
  return undefined;
}

const MAP_METHODS: MethodTable = {
  get: (_realm, call) => {
    const key = identity(argument(call, 0));
    const { self } = call;
    if (self.kind !== "object" || self.slots.type !== "map") return notKnown(call);
    if (self.open !== undefined || key === undefined) return anyOf(self.open ?? notKnown(call), self);
    return self.slots.entries.get(key.id)?.value ?? primitive(undefined, call.source);
  },
  set: (realm, call) => {
    const key = argument(call, 0);
    const self = changeable(realm, call, key);
    if (self?.slots.type === "map") {
      const id = identity(key)?.id;
      const known = self.slots.entries.get(id);
      self.slots.entries.set(id, { key: known?.key ?? key, value: argument(call, 1) });
    }
    return call.self;
  },
};

const SHARED_METHODS: MethodTable = {
  has: (_realm, call) => {
    const key = identity(argument(call, 0));
    const { self } = call;
    if (self.kind !== "object" || key === undefined || self.open !== undefined) return notKnown(call);
    const known = (self.slots.type === "map" || self.slots.type === "set") && self.slots.entries.has(key.id);
    return primitive(known, call.source);
  },
  delete: (realm, call) => {
    const self = changeable(realm, call, argument(call, 0));
    if (self?.slots.type !== "map" && self?.slots.type !== "set") return notKnown(call);
    return primitive(self.slots.entries.delete(identity(argument(call, 0))?.id), call.source);
  },
  clear: (realm, call) => {
    const self = changeable(realm, call, undefined);
    if (self?.slots.type === "map" || self?.slots.type === "set") self.slots.entries.clear();
    return primitive(undefined, call.source);
  },
  forEach: (realm, call) => {
    const { self } = call;
    const visitFurther = (): void => {
      if (self.kind !== "object" || self.open === undefined) return;
      const item = anyOf(self.open, self);
      realm.repeatedly(item, () => void invoke(realm, call, argument(call, 0), [item, item, self]));
    };
    visitFurther();
    // Entries that are added meanwhile are visited, and those that are gone are not.
    const entries = self.kind === "object" && "entries" in self.slots ? self.slots.entries.values() : [];
    for (const entry of entries) {
      const [value, key] = "kind" in entry ? [entry, entry] : [entry.value, entry.key];
      invoke(realm, call, argument(call, 0), [value, key, self]);
      realm.burn();
    }
    visitFurther();
    return primitive(undefined, call.source);
  },
  keys: (realm, call) => listed(realm, call, (key) => key),
  values: (realm, call) => listed(realm, call, (_key, value) => value),
  entries: (realm, call) => listed(realm, call, (key, value) => realm.array([key, value], call.source)),
};

const SET_METHODS: MethodTable = {
  add: (realm, call) => {
    const given = argument(call, 0);
    // Collections do not tell the zeros apart.
    const value = given.kind === "primitive" && given.data === 0 ? { ...given, data: 0 } : given;
    const self = changeable(realm, call, value);
    const id = identity(value)?.id;
    if (self?.slots.type === "set" && !self.slots.entries.has(id)) self.slots.entries.set(id, value);
    return call.self;
  },
};

function pairs(value: Value): readonly (readonly [Value, Value])[] {
  if (value.kind !== "object") return [];
  if (value.slots.type === "map")
    return [...value.slots.entries.values()].map((entry) => [entry.key, entry.value] as const);
  if (value.slots.type === "set") return [...value.slots.entries.values()].map((item) => [item, item] as const);
  return [];
}

function listed(realm: Realm, call: CallContext, item: (key: Value, value: Value) => Value): Value {
  const array = realm.array(
    pairs(call.self).map(([key, value]) => item(key, value)),
    call.source,
  );
  const { self } = call;
  if (self.kind === "object" && "entries" in self.slots) {
    array.open = self.open;
    array.listing = { collection: self, size: self.slots.entries.size };
  }
  return array;
}

export function collectionMember(
  realm: Realm,
  object: ObjectValue,
  key: string,
  source: SourceRange,
): Value | undefined {
  const { slots } = object;
  if (slots.type !== "map" && slots.type !== "set") return undefined;
  if (key === "size")
    return object.open === undefined
      ? primitive(slots.entries.size, source)
      : unknown(object.open.reason, object.open.source);
  return (
    methodValue(realm, slots.type === "map" ? MAP_METHODS : SET_METHODS, key, source) ??
    methodValue(realm, SHARED_METHODS, key, source)
  );
}

export function makeMap(realm: Realm, call: CallContext): Value {
  const map = realm.object({ type: "map", entries: new Map() }, call.source);
  const given = argument(call, 0);
  if (given.kind === "primitive" && (given.data === undefined || given.data === null)) return map;
  const { items, open } = iterate(realm, given, call.source);
  for (const entry of items) {
    const [key, value] = arrayItems(entry) ?? [];
    MAP_METHODS.set!(realm, {
      ...call,
      self: map,
      args: [key ?? unknown("an entry that is not known", call.source), value ?? primitive(undefined, call.source)],
    });
  }
  map.open ??= open === undefined ? undefined : itemsBehind(open);
  return map;
}

export function makeSet(realm: Realm, call: CallContext): Value {
  const set = realm.object({ type: "set", entries: new Map() }, call.source);
  const given = argument(call, 0);
  if (given.kind === "primitive" && (given.data === undefined || given.data === null)) return set;
  const { items, open } = iterate(realm, given, call.source);
  for (const item of items) SET_METHODS.add!(realm, { ...call, self: set, args: [item] });
  set.open ??= open;
  return set;
}

/** A promise of a value; one of a promise is that promise. */
export function promiseOf(realm: Realm, value: Value, source: SourceRange): Value {
  return value.kind === "object" && value.slots.type === "promise"
    ? value
    : realm.object({ type: "promise", value, rejected: false }, source);
}

function settled(value: Value): Value {
  return value.kind === "object" && value.slots.type === "promise" && !value.slots.rejected
    ? settled(value.slots.value)
    : value;
}

/** Runs a handler; what it throws becomes a rejected promise. */
function handle(realm: Realm, call: CallContext, handler: Value, args: readonly Value[]): Value {
  try {
    const run = (): Value => promiseOf(realm, invoke(realm, call, handler, args), call.source);
    if (realm.isWaiting) return run();
    // It happens later than the code that follows.
    const later = unknown("happens after the file has been read", call.source, { deferred: true });
    return realm.inUncertainRegion(later, run);
  } catch (error) {
    if (!(error instanceof ThrowSignal)) throw error;
    return realm.object({ type: "promise", value: error.value, rejected: true }, call.source);
  }
}

const PROMISE_METHODS: MethodTable = {
  // biome-ignore lint/suspicious/noThenProperty: this is the table of the evaluated program's promises.
  then: (realm, call) => {
    const { self } = call;
    if (self.kind !== "object" || self.slots.type !== "promise") return notKnown(call);
    const handler = argument(call, self.slots.rejected ? 1 : 0);
    const value = settled(self.slots.value);
    if (value.kind === "unknown") handOut(realm, call.args, value, call.source, { changes: false });
    return isCallable(handler) ? handle(realm, call, handler, [value]) : self;
  },
  catch: (realm, call) => {
    const { self } = call;
    if (self.kind === "object" && self.slots.type === "promise" && settled(self.slots.value).kind === "unknown")
      handOut(realm, call.args, notKnown(call), call.source, { changes: false });
    if (self.kind !== "object" || self.slots.type !== "promise" || !self.slots.rejected) return call.self;
    return handle(realm, call, argument(call, 0), [self.slots.value]);
  },
  finally: (realm, call) => {
    handle(realm, call, argument(call, 0), []);
    return call.self;
  },
};

export function promiseMember(realm: Realm, object: ObjectValue, key: string, source: SourceRange): Value | undefined {
  return object.slots.type === "promise" ? methodValue(realm, PROMISE_METHODS, key, source) : undefined;
}

export const promiseFunctions: MethodTable = {
  resolve: (realm, call) => promiseOf(realm, argument(call, 0), call.source),
  reject: (realm, call) => realm.object({ type: "promise", value: argument(call, 0), rejected: true }, call.source),
  all: (realm, call) => {
    const { items, open } = iterate(realm, argument(call, 0), call.source);
    const rejected = items.find(
      (item) => item.kind === "object" && item.slots.type === "promise" && item.slots.rejected,
    );
    if (rejected !== undefined) return rejected;
    const array = realm.array(items.map(settled), call.source);
    array.open = open;
    return promiseOf(realm, array, call.source);
  },
  allSettled: (realm, call) => {
    const { items, open } = iterate(realm, argument(call, 0), call.source);
    const results = items.map((item) => {
      const result = realm.plain(call.source);
      const rejected = item.kind === "object" && item.slots.type === "promise" && item.slots.rejected;
      result.properties.set("status", {
        value: primitive(rejected ? "rejected" : "fulfilled", call.source),
        keySource: call.source,
      });
      const value = item.kind === "object" && item.slots.type === "promise" ? item.slots.value : item;
      result.properties.set(rejected ? "reason" : "value", { value, keySource: call.source });
      return result;
    });
    const array = realm.array(results, call.source);
    array.open = open;
    return promiseOf(realm, array, call.source);
  },
};

/** `new Promise(executor)`: settled by what the executor does at once; later is not followed. */
export function makePromise(realm: Realm, call: CallContext): Value {
  const results: Value[] = [];
  let rejection: Value | undefined;
  const resolve = realm.native("resolve", call.source, (inner) => {
    results.push(argument(inner, 0));
    return primitive(undefined, inner.source);
  });
  const reject = realm.native("reject", call.source, (inner) => {
    rejection ??= argument(inner, 0);
    return primitive(undefined, inner.source);
  });
  try {
    invoke(realm, call, argument(call, 0), [resolve, reject]);
  } catch (error) {
    if (!(error instanceof ThrowSignal)) throw error;
    if (results.length === 0) rejection ??= error.value;
  }
  if (rejection !== undefined && results.length === 0 && realm.uncertain === undefined)
    return realm.object({ type: "promise", value: rejection, rejected: true }, call.source);
  const [first] = results;
  if (first !== undefined && rejection === undefined && realm.uncertain === undefined)
    return promiseOf(realm, first, call.source);
  const value = unknown("a promise that is settled later", call.source, { inputs: results });
  return realm.object(
    { type: "promise", value: results.length > 1 ? join(results, value) : value, rejected: false },
    call.source,
  );
}
