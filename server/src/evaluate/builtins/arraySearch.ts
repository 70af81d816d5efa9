import { doubtAbout, isUnset, textOf, truthiness } from "../coerce.ts";
import { openArray } from "../contents.ts";
import { join } from "../join.ts";
import { equalValues } from "../operators.ts";
import type { Realm } from "../realm.ts";
import {
  anyOf,
  arrayItems,
  assumptionsOf,
  type CallContext,
  furtherItem,
  hole,
  isHole,
  itemRead,
  type ObjectValue,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "../value.ts";
import { argument, invoke, notKnown } from "./method.ts";

/** The receiver's items. */
export function selfOf(call: CallContext): { readonly array: ObjectValue; readonly items: Value[] } | undefined {
  const items = arrayItems(call.self);
  return items === undefined ? undefined : { array: call.self as ObjectValue, items };
}

/** A new array, open when further items may follow. */
export function made(realm: Realm, items: Value[], call: CallContext, open?: UnknownValue): ObjectValue {
  const array = realm.array(items, call.source);
  if (open !== undefined) openArray(array, open);
  return array;
}

/** The index of a known item; not known where others may stand before it. */
export function index(realm: Realm, array: ObjectValue, position: number, call: CallContext): Value {
  realm.burn();
  const { open } = array;
  return open === undefined ? primitive(position, call.source) : unknown(open.reason, open.source);
}

/** Calls back for each known item, and once without certainty for those that may follow. */
export function each(
  realm: Realm,
  call: CallContext,
  visit: (item: Value, result: Value) => "stop" | "maybe stop" | undefined,
  onHole: (item: Value) => void = () => undefined,
  mayStop = false,
): UnknownValue | undefined {
  const self = selfOf(call);
  if (self === undefined) return unknown("not an array", call.source);
  const callback = argument(call, 0);
  const { open } = self.array;
  const further = open === undefined ? undefined : () => callForFurther(realm, call, open, self.array);
  // Further items may stand before the known ones, and after them.
  further?.();
  // Items that are added meanwhile are not visited, and those that are gone are not either.
  const { length } = self.items;
  let doubt = mayStop ? open : undefined;
  for (let position = 0; position < length; position++) {
    const item = self.items[position];
    if (item === undefined || isHole(item)) {
      onHole(item ?? hole(call.source));
      continue;
    }
    const at = index(realm, self.array, position, call);
    const run = (): Value => invoke(realm, call, callback, [item, at, self.array], argument(call, 1));
    const result = doubt === undefined ? run() : (realm.doubtfully(doubt, run) ?? doubt);
    const then = visit(item, result);
    if (then === "stop") return undefined;
    if (then === "maybe stop") doubt ??= doubtAbout(result);
  }
  const late = self.array.open;
  if (late === undefined) return undefined;
  const result = callForFurther(realm, call, late, self.array);
  return { ...furtherItem(late), inputs: [result] };
}

function callForFurther(realm: Realm, call: CallContext, open: UnknownValue, array: ObjectValue): Value {
  const item = { ...furtherItem(open), ...(open.inputs === undefined ? {} : { inputs: open.inputs }) };
  let result: Value = open;
  realm.repeatedly(open, () => {
    result = invoke(realm, call, argument(call, 0), [item, unknown(open.reason, open.source), array]);
  });
  return result;
}

/** `filter`: items whose verdict is not known may be there. */
export function filterItems(realm: Realm, call: CallContext): Value {
  const kept: Value[] = [];
  const result = made(realm, kept, call);
  const open = each(realm, call, (item, verdict) => {
    const truth = truthiness(verdict);
    if (truth === true) kept.push(item);
    if (truth === undefined)
      openArray(result, doubtAbout(verdict), item.kind === "unknown" ? (item.alternatives ?? [item]) : [item]);
  });
  if (open !== undefined) openArray(result, open);
  return result;
}

/** `reduce` and `reduceRight`. */
export function reduceItems(realm: Realm, call: CallContext, fromRight: boolean): Value {
  const self = selfOf(call);
  if (self === undefined) return notKnown(call);
  const places = self.items.map((_, position) => position);
  if (fromRight) places.reverse();
  const [callback, initial] = call.args;
  if (callback === undefined) return notKnown(call);
  const itemAt = (place: number): Value | undefined => {
    const item = self.items[place];
    return item === undefined || isHole(item) ? undefined : item;
  };
  let result = initial;
  while (result === undefined && places.length > 0) result = itemAt(places.shift()!);
  if (result === undefined)
    return self.array.open ?? realm.throwError("TypeError", "Reduce of empty array with no initial value", call.source);
  const withFurther = (known: Value): Value => {
    const { open } = self.array;
    if (open === undefined) return known;
    const further = unknown(open.reason, open.source);
    let more: Value | undefined;
    realm.repeatedly(open, () => {
      more = invoke(realm, call, callback, [more === undefined ? known : further, further, further, self.array]);
    });
    return more === known || more === undefined ? known : join([known, more, further], open);
  };
  // Without an initial value a further item may be the first one.
  if (initial === undefined && self.array.open !== undefined) result = unknown(self.array.open.reason, call.source);
  result = withFurther(result);
  for (const place of places) {
    // The callback may change the list.
    const item = itemAt(place);
    if (item === undefined) continue;
    const at = index(realm, self.array, place, call);
    result = invoke(realm, call, callback, [result, item, at, self.array]);
  }
  return withFurther(result);
}

/** `find`, `findLast` and `findIndex`: the first item whose verdict is true, or one of several. */
export function search(
  realm: Realm,
  call: CallContext,
  found: (item: Value, position: number) => Value,
  none: () => Value,
  fromEnd = false,
): Value {
  const self = selfOf(call);
  if (self === undefined) return notKnown(call);
  const positions = self.items.map((_, position) => position);
  if (fromEnd) positions.reverse();
  const maybe: Value[] = [];
  const { open } = self.array;
  let doubt: UnknownValue | undefined = open;
  if (open !== undefined) callForFurther(realm, call, open, self.array);
  for (const position of positions) {
    // The callback may change the list.
    doubt ??= self.array.open;
    const missing = self.array.open === undefined ? primitive(undefined, call.source) : anyOf(doubt!, self.array);
    const item = itemRead(self.items[position] ?? missing);
    const at = index(realm, self.array, position, call);
    // After one that may have been found, the others may not be asked about.
    const ask = (): Value => invoke(realm, call, argument(call, 0), [item, at, self.array], argument(call, 1));
    const verdict: Value =
      doubt === undefined ? ask() : (realm.doubtfully(doubt, ask) ?? primitive(false, call.source));
    const truth = truthiness(verdict);
    if (truth === false) continue;
    if (truth === true && doubt === undefined) return found(item, position);
    maybe.push(found(item, position));
    doubt ??= doubtAbout(verdict);
    if (truth === true) return join(maybe, doubt);
  }
  if (doubt === undefined) return none();
  if (open !== undefined) callForFurther(realm, call, open, self.array);
  return self.array.open === undefined ? join([...maybe, none()], doubt) : anyOf(doubt, self.array);
}

/** `some` and `every`. */
export function testItems(realm: Realm, call: CallContext, stopAt: boolean): Value {
  let doubt: UnknownValue | undefined;
  let stopped = false;
  const visit = (_item: Value, verdict: Value): "stop" | "maybe stop" | undefined => {
    const truth = truthiness(verdict);
    if (truth === undefined) {
      doubt ??= doubtAbout(verdict);
      return "maybe stop";
    }
    if (truth !== stopAt) return undefined;
    stopped = true;
    return "stop";
  };
  const open = each(realm, call, visit, undefined, true);
  if (stopped) return primitive(stopAt, call.source);
  const uncertain = doubt ?? open;
  return uncertain === undefined ? primitive(!stopAt, call.source) : unknown(uncertain.reason, uncertain.source);
}

/** `indexOf` and `lastIndexOf`. */
export function indexOfItem(call: CallContext, fromEnd: boolean): Value {
  const self = selfOf(call);
  if (self === undefined || call.args.length > 1) return notKnown(call);
  const wanted = argument(call, 0);
  const verdicts = self.items.map((item) => (isHole(item) ? false : equalValues(item, wanted, true)));
  const position = fromEnd ? verdicts.lastIndexOf(true) : verdicts.indexOf(true);
  if (self.array.open !== undefined || verdicts.includes(undefined) || isUnset(wanted)) {
    return unknown((self.array.open ?? doubtAbout(wanted)).reason, call.source);
  }
  return primitive(position, call.source);
}

/** `includes`. */
export function includesItem(call: CallContext): Value {
  const self = selfOf(call);
  if (self === undefined) return notKnown(call);
  const wanted = argument(call, 0);
  if (isUnset(wanted)) return primitive(false, call.source, assumptionsOf(wanted));
  const verdicts = self.items.map((item) =>
    isNaNValue(item) && isNaNValue(wanted) ? true : equalValues(item, wanted, true),
  );
  if (verdicts.includes(true)) return primitive(true, call.source);
  if (self.array.open !== undefined) return unknown(self.array.open.reason, self.array.open.source);
  const doubtful = self.items[verdicts.indexOf(undefined)];
  if (doubtful === undefined) return primitive(false, call.source);
  const doubt = doubtAbout(wanted.kind === "unknown" ? wanted : doubtful);
  return unknown(doubt.reason, doubt.source);
}

function isNaNValue(value: Value): boolean {
  return value.kind === "primitive" && Number.isNaN(value.data);
}

/** `join`: a partly known text when an item is not known. */
export function joinTexts(realm: Realm, call: CallContext): Value {
  const self = selfOf(call);
  const separator = call.args.length === 0 ? "," : textOf(argument(call, 0));
  if (self === undefined || self.array.open !== undefined || separator === undefined)
    return notKnown(call, { text: true });
  const texts = self.items.map((item) =>
    item.kind === "primitive" && item.unset === undefined && (item.data === null || item.data === undefined)
      ? ""
      : textOf(item),
  );
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0) + separator.length, 0);
  if (length > 1_000_000) return unknown("a text of more than a million characters", call.source, { text: true });
  realm.burn(texts.length);
  if (!texts.includes(undefined)) return primitive(texts.join(separator), call.source, assumptionsOf(...self.items));
  const doubt = doubtAbout(self.items[texts.indexOf(undefined)]!);
  const parts: (string | undefined)[] = [];
  texts.forEach((text, position) => {
    if (position > 0) parts.push(separator);
    parts.push(text);
  });
  return unknown(doubt.reason, doubt.source, { parts, text: true });
}
