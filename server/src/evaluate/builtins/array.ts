/** `Array.prototype` and `Array`. An array that may have further items gives results that may have further items. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { doubtAbout, isUnset, textOf } from "../coerce.ts";
import { appendItem, type Iterated, iterate, openArray, scatter } from "../contents.ts";
import { getMember } from "../members.ts";
import type { Realm } from "../realm.ts";
import {
  anyOf,
  arrayItems,
  type CallContext,
  isHole,
  isUndefined,
  itemRead,
  type ObjectValue,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "../value.ts";
import {
  each,
  filterItems,
  includesItem,
  index,
  indexOfItem,
  joinTexts,
  made,
  reduceItems,
  search,
  selfOf,
  testItems,
} from "./arraySearch.ts";
import { argument, invoke, type MethodTable, methodValue, notKnown } from "./method.ts";

/** Sorting, when the order of every pair is known. */
function sortItems(realm: Realm, call: CallContext, inPlace: boolean): Value {
  const self = selfOf(call);
  if (self === undefined) return notKnown(call);
  const compare = call.args[0];
  // `undefined` goes to the end, whatever the order.
  const before = [...self.items];
  const isMissing = (item: Value): boolean => isUndefined(item) && !isUnset(item);
  const items = self.items.filter((item) => !isMissing(item));
  let doubt: UnknownValue | undefined = self.array.open;
  realm.burn(items.length * 4);
  if (compare === undefined || (compare.kind === "primitive" && compare.data === undefined)) {
    const texts = new Map(items.map((item) => [item, textOf(item)]));
    if ([...texts.values()].includes(undefined)) doubt ??= unknown("items that are not known are sorted", call.source);
    else
      items.sort((left, right) =>
        texts.get(left)! < texts.get(right)! ? -1 : texts.get(left)! > texts.get(right)! ? 1 : 0,
      );
  } else {
    // Which pairs are compared depends on the orders before.
    const compareAny = (reason: UnknownValue): void => {
      const item = unknown(reason.reason, reason.source, { inputs: items });
      realm.repeatedly(item, () => void invoke(realm, call, compare, [item, item]));
    };
    if (doubt !== undefined) compareAny(doubt);
    else
      items.sort((left, right) => {
        if (doubt !== undefined) return 0;
        const order = invoke(realm, call, compare, [left, right]);
        if (order.kind === "primitive" && order.unset === undefined) return Number(order.data);
        doubt = doubtAbout(order);
        compareAny(doubt);
        return 0;
      });
  }
  const isChanged = self.items.length !== before.length || self.items.some((item, at) => item !== before[at]);
  if (inPlace && (isChanged || self.array.open !== undefined)) {
    scatter(self.array, doubt ?? unknown("a list that is changed while it is sorted", call.source));
    return self.array;
  }
  const missing = before.filter(isMissing);
  items.push(
    ...missing.filter((item) => !isHole(item)),
    ...missing.filter(isHole).map(inPlace ? (item) => item : itemRead),
  );
  const target = inPlace ? self.array : made(realm, [], call);
  if (doubt !== undefined) openArray(target, doubt, items);
  else if (!inPlace) arrayItems(target)!.push(...items);
  else replaceItems(realm, self.array, items);
  return target;
}

/** Changes an array as a whole; where the change may not happen, its content becomes unknown. */
function replaceItems(realm: Realm, array: ObjectValue, items: readonly Value[]): void {
  if (array.frozen) return;
  const doubt = realm.doubt(array.born);
  if (doubt !== undefined) openArray(array, doubt, items);
  else if (array.slots.type === "array") array.slots.items.splice(0, array.slots.items.length, ...items);
}

function positionOf(value: Value | undefined, fallback: number): number | undefined {
  if (value === undefined || (value.kind === "primitive" && value.data === undefined && value.unset === undefined))
    return fallback;
  return value.kind === "primitive" && typeof value.data === "number" ? value.data : undefined;
}

function spliceItems(realm: Realm, call: CallContext): Value {
  const self = selfOf(call);
  const start = positionOf(call.args[0], 0);
  const count = call.args.length < 2 ? Number.POSITIVE_INFINITY : positionOf(call.args[1], 0);
  if (self === undefined) return notKnown(call);
  if (
    self.array.open !== undefined ||
    start === undefined ||
    count === undefined ||
    realm.doubt(self.array.born) !== undefined
  ) {
    const doubt = self.array.open ?? realm.doubt(self.array.born);
    scatter(self.array, doubt ?? unknown("an array is changed at a place that is not known", call.source));
    openArray(self.array, self.array.open!, call.args.slice(2));
    return made(realm, [], call, self.array.open);
  }
  if (self.array.frozen) return made(realm, [], call);
  return made(realm, self.items.splice(start, count, ...call.args.slice(2)), call);
}

/** Methods that take from or put at an end. */
function shiftEnd(realm: Realm, call: CallContext, take: (items: Value[]) => Value | undefined): Value {
  const self = selfOf(call);
  if (self === undefined) return notKnown(call);
  const doubt = self.array.open ?? realm.doubt(self.array.born);
  if (doubt !== undefined || self.array.frozen) {
    const reason = doubt ?? unknown("a frozen array", call.source);
    const given = anyOf(reason, self.array);
    scatter(self.array, reason);
    return given;
  }
  return itemRead(take(self.items) ?? primitive(undefined, call.source));
}

function flatten(
  realm: Realm,
  items: readonly Value[],
  depth: number,
  into: Value[],
  onOpen: (open: UnknownValue) => void,
): void {
  for (const item of items) {
    realm.burn();
    if (isHole(item)) continue;
    const inner = depth > 0 ? arrayItems(item) : undefined;
    if (inner === undefined) {
      if (item.kind === "unknown" && depth > 0) onOpen(item);
      else into.push(item);
    } else {
      flatten(realm, inner, depth - 1, into, onOpen);
      if (item.kind === "object" && item.open !== undefined) onOpen(item.open);
    }
  }
}

const METHODS: MethodTable = {
  map: (realm, call) => {
    const results: Value[] = [];
    const keep = (result: Value): undefined => {
      results.push(result);
      return undefined;
    };
    const open = each(realm, call, (_item, result) => keep(result), keep);
    return made(realm, results, call, open);
  },
  forEach: (realm, call) => {
    each(realm, call, () => undefined);
    return primitive(undefined, call.source);
  },
  filter: filterItems,
  reduce: (realm, call) => reduceItems(realm, call, false),
  reduceRight: (realm, call) => reduceItems(realm, call, true),
  find: (realm, call) =>
    search(
      realm,
      call,
      (item) => item,
      () => primitive(undefined, call.source),
    ),
  findLast: (realm, call) =>
    search(
      realm,
      call,
      (item) => item,
      () => primitive(undefined, call.source),
      true,
    ),
  findLastIndex: (realm, call) =>
    search(
      realm,
      call,
      (_item, position) => primitive(position, call.source),
      () => primitive(-1, call.source),
      true,
    ),
  findIndex: (realm, call) =>
    search(
      realm,
      call,
      (_item, position) => primitive(position, call.source),
      () => primitive(-1, call.source),
    ),
  some: (realm, call) => testItems(realm, call, true),
  every: (realm, call) => testItems(realm, call, false),
  includes: (_realm, call) => includesItem(call),
  indexOf: (_realm, call) => indexOfItem(call, false),
  lastIndexOf: (_realm, call) => indexOfItem(call, true),
  join: joinTexts,
  toString: (realm: Realm, call: CallContext) => joinTexts(realm, { ...call, args: [] }),
  push: (realm, call) => {
    if (call.self.kind === "object") for (const arg of call.args) appendItem(realm, call.self, arg);
    if (call.openArgs !== undefined && call.self.kind === "object") openArray(call.self, call.openArgs);
    const items = arrayItems(call.self);
    return items === undefined || (call.self as ObjectValue).open !== undefined
      ? notKnown(call)
      : primitive(items.length, call.source);
  },
  unshift: (realm, call) => {
    const self = selfOf(call);
    if (self === undefined) return notKnown(call);
    const doubt = self.array.open ?? realm.doubt(self.array.born) ?? call.openArgs;
    if (doubt !== undefined || self.array.frozen) {
      if (!self.array.frozen) openArray(self.array, doubt!, call.args);
      return notKnown(call);
    }
    self.items.unshift(...call.args);
    return primitive(self.items.length, call.source);
  },
  pop: (realm, call) => shiftEnd(realm, call, (items) => items.pop()),
  shift: (realm, call) => shiftEnd(realm, call, (items) => items.shift()),
  splice: spliceItems,
  slice: (realm, call) => {
    const self = selfOf(call);
    const start = positionOf(call.args[0], 0);
    const end = positionOf(call.args[1], Number.POSITIVE_INFINITY);
    if (self === undefined) return notKnown(call);
    if (start === undefined || end === undefined) return made(realm, [], call, notKnown(call));
    realm.burn(self.items.length);
    // Further items may stand before the known ones and push them out of what is taken.
    if (self.array.open !== undefined && (start < 0 || end !== Number.POSITIVE_INFINITY)) {
      const part = made(realm, [], call, self.array.open);
      openArray(part, self.array.open, self.items);
      return part;
    }
    return made(
      realm,
      self.items.slice(start, end === Number.POSITIVE_INFINITY ? undefined : end),
      call,
      self.array.open,
    );
  },
  concat: (realm, call) => {
    const self = selfOf(call);
    if (self === undefined) return notKnown(call);
    const result = made(realm, [...self.items], call, self.array.open);
    const items = arrayItems(result)!;
    for (const arg of call.args) {
      const added = arrayItems(arg);
      if (added !== undefined) for (const item of added) items.push(item);
      else if (arg.kind === "unknown")
        openArray(
          result,
          arg,
          (arg.alternatives ?? [arg]).flatMap((one) => arrayItems(one) ?? [one]),
        );
      else items.push(arg);
      if (arg.kind === "object" && arg.open !== undefined) openArray(result, arg.open);
      realm.burn(added?.length ?? 1);
    }
    return result;
  },
  flat: (realm, call) => {
    const self = selfOf(call);
    const depth = positionOf(call.args[0], 1);
    if (self === undefined || depth === undefined) return notKnown(call);
    const result = made(realm, [], call, self.array.open);
    flatten(realm, self.items, Math.min(depth, 50), arrayItems(result)!, (open) => openArray(result, open));
    return result;
  },
  flatMap: (realm, call) => {
    const result = made(realm, [], call);
    const open = each(realm, call, (_item, mapped) => {
      flatten(realm, [mapped], 1, arrayItems(result)!, (doubt) => openArray(result, doubt));
      return undefined;
    });
    if (open !== undefined) openArray(result, open);
    return result;
  },
  reverse: (realm, call) => {
    const self = selfOf(call);
    if (self === undefined) return notKnown(call);
    replaceItems(realm, self.array, [...self.items].reverse());
    return self.array;
  },
  toReversed: (realm, call) => {
    const self = selfOf(call);
    return self === undefined ? notKnown(call) : made(realm, self.items.map(itemRead).reverse(), call, self.array.open);
  },
  sort: (realm, call) => sortItems(realm, call, true),
  toSorted: (realm, call) => sortItems(realm, call, false),
  at: (_realm, call) => {
    const self = selfOf(call);
    const position = positionOf(call.args[0], 0);
    if (self === undefined) return notKnown(call);
    if (position === undefined || self.array.open !== undefined)
      return anyOf(self.array.open ?? notKnown(call), self.array);
    return itemRead(self.items.at(position) ?? primitive(undefined, call.source));
  },
  fill: (realm, call) => {
    const self = selfOf(call);
    if (self === undefined || call.args.length > 1) return notKnown(call);
    replaceItems(
      realm,
      self.array,
      self.items.map(() => argument(call, 0)),
    );
    return self.array;
  },
  keys: (realm, call) =>
    made(
      realm,
      (selfOf(call)?.items ?? []).map((_, position) => primitive(position, call.source)),
      call,
      selfOf(call)?.array.open,
    ),
  values: (realm, call) => made(realm, (selfOf(call)?.items ?? []).map(itemRead), call, selfOf(call)?.array.open),
  entries: (realm, call) =>
    made(
      realm,
      (selfOf(call)?.items ?? []).map((item, position) =>
        realm.array([index(realm, selfOf(call)!.array, position, call), itemRead(item)], call.source),
      ),
      call,
      selfOf(call)?.array.open,
    ),
};

export function arrayMethod(realm: Realm, key: string, source: SourceRange): Value | undefined {
  return methodValue(realm, METHODS, key, source);
}

/** The items of an object that has a length and cannot be iterated. */
function arrayLike(realm: Realm, given: Value, call: CallContext): Iterated | undefined {
  if (given.kind !== "object" || given.slots.type !== "plain") return undefined;
  const iterator = getMember(realm, given, "@@iterator", call.source);
  if (iterator.kind !== "unknown" && !isUndefined(iterator)) return undefined;
  const length = getMember(realm, given, "length", call.source);
  if (length.kind !== "primitive" || isUnset(length) || iterator.kind === "unknown")
    return { items: [], open: doubtAbout(length.kind === "primitive" ? iterator : length) };
  const count = Math.trunc(Number(length.data)) || 0;
  if (count > 50_000) return { items: [], open: unknown("a very long array", call.source) };
  realm.burn(Math.max(0, count));
  const items = Array.from({ length: Math.max(0, count) }, (_, at) => getMember(realm, given, String(at), call.source));
  return { items };
}

/** The results for the items of a list that may change meanwhile. */
function mapLive(realm: Realm, given: ObjectValue, items: readonly Value[], call: CallContext): Value {
  const args = call.args.slice(1);
  const results: Value[] = [];
  const isOpen = given.open !== undefined;
  for (let at = 0; !isOpen && at < items.length; at++) {
    const place = given.open === undefined ? primitive(at, call.source) : anyOf(given.open, given);
    results.push(invoke(realm, call, args[0]!, [itemRead(items[at]!), place], args[1]));
    realm.burn();
  }
  if (given.open === undefined) return made(realm, results, call);
  const array = made(realm, [...items], call, given.open);
  const mapped = METHODS.map!(realm, { ...call, self: array, args });
  if (mapped.kind === "object") openArray(mapped, given.open, results);
  return mapped;
}

/** `Array.from`, `Array.isArray`, `Array.of`. */
export const arrayFunctions: MethodTable = {
  isArray: (_realm, call) => {
    const value = argument(call, 0);
    return value.kind === "unknown"
      ? unknown(value.reason, value.source)
      : primitive(arrayItems(value) !== undefined, call.source);
  },
  of: (realm, call) => made(realm, [...call.args], call, call.openArgs),
  from: (realm, call) => {
    const given = argument(call, 0);
    const mapper = call.args[1];
    const isMapped = mapper !== undefined && (!isUndefined(mapper) || isUnset(mapper));
    const live = isMapped ? arrayItems(given) : undefined;
    if (live !== undefined) return mapLive(realm, given as ObjectValue, live, call);
    const { items, open } = arrayLike(realm, given, call) ?? iterate(realm, given, call.source);
    const array = made(realm, [...items], call, open);
    if (!isMapped) return array;
    return METHODS.map!(realm, { ...call, self: array, args: call.args.slice(1) });
  },
};
