/** Reading, writing and listing the members of values. */
import type { SourceRange } from "../vfs/sourceRange.ts";
import { isUnset } from "./coerce.ts";
import { join } from "./join.ts";
import { type Realm, ThrowSignal } from "./realm.ts";
import {
  anyOf,
  arrayItems,
  hole,
  isNullish,
  itemRead,
  type ObjectValue,
  objectsBehind,
  type Property,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

/** Finds a built-in member: of a text, an array, a `Map`… */
export type BuiltinMembers = (realm: Realm, value: Value, key: string, source: SourceRange) => Value | undefined;
export type Caller = (realm: Realm, callee: Value, self: Value, args: readonly Value[], source: SourceRange) => Value;

/** Longer arrays are not kept: nothing that a person configures needs them. */
export const LONGEST_ARRAY = 50_000;

let builtins: BuiltinMembers = () => undefined;
let call: Caller = (_realm, callee) => callee;

/** Ties the knot between members, calls and built-ins, which need each other. */
export function connectMembers(builtinMembers: BuiltinMembers, caller: Caller): void {
  builtins = builtinMembers;
  call = caller;
}

/** A member of a package that is looked up by module and path. */
export function packageMember(realm: Realm, module: string, path: readonly string[], source: SourceRange): Value {
  for (const model of realm.packages) {
    const value = model.member(realm, module, path, source);
    if (value !== undefined) return value;
  }
  const name = path.length === 0 ? `package ${module}` : `${path.join(".")} of package ${module}`;
  return unknown(`${name} is not evaluated`, source, { origin: { module, path } });
}

export function getMember(realm: Realm, value: Value, key: string, source: SourceRange): Value {
  realm.burn();
  if (value.kind === "unknown") return memberOfUnknown(realm, value, key, source);
  if (isUnset(value)) return unknown(`depends on ${value.unset}`, value.source);
  if (isNullish(value)) {
    return realm.throwError(
      "TypeError",
      `Cannot read properties of ${value.kind === "primitive" ? String(value.data) : "it"} (reading '${key}')`,
      source,
    );
  }
  if (value.kind === "primitive") {
    return builtins(realm, value, key, source) ?? primitive(undefined, source);
  }
  return memberOfObject(realm, value, key, source);
}

/** Reads a member of a result; a getter that fails gives a value that is not known. */
export function readMember(realm: Realm, value: Value, key: string, source: SourceRange): Value {
  try {
    return getMember(realm, value, key, source);
  } catch (error) {
    if (!(error instanceof ThrowSignal)) throw error;
    return unknown(`reading it fails: ${error.message}`, source);
  }
}

function memberOfUnknown(realm: Realm, value: UnknownValue, key: string, source: SourceRange): Value {
  if (value.alternatives !== undefined) {
    const members = value.alternatives
      .filter((alternative) => !isNullish(alternative))
      .map((alternative) => getMember(realm, alternative, key, source));
    if (members.length > 0) return join(members, value);
  }
  if (value.origin !== undefined) {
    const { module, path } = value.origin;
    const next = key === "default" ? path : [...path, key];
    return next.length > 12 ? unknown(value.reason, source) : packageMember(realm, module, next, source);
  }
  const inputs = value.inputs?.flatMap((input) => [...membersOf(input, key), input]);
  return unknown(value.reason, value.source, {
    ...(inputs === undefined ? {} : { inputs: [...new Set(inputs)].slice(0, MOST_INPUTS) }),
    ...(value.additional ? { additional: true } : {}),
  });
}

const MOST_INPUTS = 200;

/** What a member of the object may be, as far as it is an object. */
function membersOf(value: Value, key: string): readonly Value[] {
  if (value.kind !== "object") return [];
  if (value.slots.type === "array" && arrayIndex(key) !== undefined)
    return [...value.slots.items.filter((item) => item.kind !== "primitive"), ...(value.open?.inputs ?? [])];
  const member = (value.properties.get(key) ?? value.prototype?.properties.get(key))?.value;
  if (member === undefined) return value.open?.inputs ?? [];
  return member.kind === "primitive" ? [] : [member];
}

function memberOfObject(realm: Realm, object: ObjectValue, key: string, source: SourceRange): Value {
  if (object.slots.type === "array") {
    const item = arrayMember(object, object.slots.items, key, source);
    if (item !== undefined) return item;
  }
  if (object.slots.type === "lazy") {
    const own = object.properties.get(key);
    if (own !== undefined) return readProperty(realm, object, own, source);
    // Further variables that may have been added do not hide those that are read by name.
    const hidden = object.slots.isEnvironment && object.open?.additional ? undefined : object.open;
    return hidden === undefined ? object.slots.member(key, source) : memberOfUnknown(realm, hidden, key, source);
  }
  if (key === "__proto__") return object.prototype ?? unknown("a built-in prototype", source);
  let doubt: UnknownValue | undefined;
  for (
    let holder: ObjectValue | null = object, hops = 0;
    holder !== null && hops < 100;
    holder = holder.prototype, hops++
  ) {
    const property = holder.properties.get(key);
    if (property !== undefined) return readProperty(realm, object, property, source);
    doubt ??= holder.open;
  }
  // What is not known of a list or collection are its items, not its methods.
  const isCollection = arrayItems(object) !== undefined || object.slots.type === "map" || object.slots.type === "set";
  const method = doubt === undefined || isCollection ? builtins(realm, object, key, source) : undefined;
  if (method !== undefined) return method;
  if (doubt?.origin !== undefined) return memberOfUnknown(realm, doubt, key, source);
  if (doubt !== undefined) return unknown(doubt.reason, doubt.source, { inputs: objectsBehind(doubt) });
  return primitive(undefined, source);
}

function readProperty(realm: Realm, self: ObjectValue, property: Property, source: SourceRange): Value {
  if (property.getter !== undefined) return call(realm, property.getter, self, [], source);
  if (property.setter !== undefined) return primitive(undefined, source);
  return property.maybe === undefined
    ? property.value
    : join([property.value, primitive(undefined, property.maybe.source)], property.maybe);
}

function arrayMember(object: ObjectValue, items: Value[], key: string, source: SourceRange): Value | undefined {
  const index = arrayIndex(key);
  if (key !== "length" && index === undefined) return undefined;
  if (object.open !== undefined) return anyOf(object.open, object);
  if (key === "length") return primitive(items.length, source);
  return itemRead(items[index!] ?? primitive(undefined, source));
}

/** The index that a key names; `undefined` for other keys. */
export function arrayIndex(key: string): number | undefined {
  return /^(?:0|[1-9]\d{0,8})$/.test(key) ? Number(key) : undefined;
}

/** Writes a member; where the write may not happen, the member becomes "old or new". */
export function setMember(
  realm: Realm,
  target: Value,
  key: string,
  value: Value,
  source: SourceRange,
  keySource: SourceRange = source,
): void {
  realm.burn();
  if (target.kind === "unknown") {
    for (const object of objectsBehind(target)) weaken(realm, object, key, value, target, keySource);
    return;
  }
  if (target.kind === "primitive") {
    if (isNullish(target) && !isUnset(target))
      realm.throwError("TypeError", `Cannot set properties of ${String(target.data)} (setting '${key}')`, source);
    return;
  }
  if (isFixed(target, key)) {
    if (realm.tryDepth > 0) realm.mayThrow ??= unknown("a member that cannot be written is written", source);
    return;
  }
  if (target.text !== undefined) forgetParts(target, source);
  const doubt = realm.doubt(target.born) ?? target.maybeFrozen;
  if (doubt !== undefined) {
    if (target.maybeFrozen !== undefined && realm.tryDepth > 0) realm.mayThrow ??= target.maybeFrozen;
    weaken(realm, target, key, value, doubt, keySource);
    return;
  }
  writeMember(realm, target, key, value, source, keySource);
}

/** Of an address whose parts are written, the others change with them. */
function forgetParts(target: ObjectValue, source: SourceRange): void {
  target.text = unknown("an address that is changed", source, { text: true });
  for (const [name, property] of target.properties)
    if (!property.hidden) target.properties.set(name, { ...property, value: target.text });
}

function isFixed(target: ObjectValue, key: string): boolean {
  return target.frozen || target.properties.get(key)?.fixed === true;
}

/** Whether a write to the member takes effect. */
export function isWritableMember(target: ObjectValue, key: string): boolean {
  if (isFixed(target, key)) return false;
  const accessor = findAccessor(target, key);
  return accessor === undefined || accessor.setter !== undefined;
}

/** Makes an own member, as spreading does: accessors of that name, own or inherited, are not asked. */
export function defineMember(
  realm: Realm,
  target: Value,
  key: string,
  value: Value,
  source: SourceRange,
  keySource: SourceRange = source,
): void {
  if (target.kind !== "object" || findAccessor(target, key) === undefined) {
    setMember(realm, target, key, value, source, keySource);
    return;
  }
  const doubt = realm.doubt(target.born);
  const own = target.properties.get(key);
  if (doubt === undefined) settleOrder(target, key, source);
  target.properties.set(key, {
    value: doubt === undefined ? value : unknown(doubt.reason, doubt.source, { inputs: [value] }),
    keySource: own?.keySource ?? keySource,
    ...(doubt !== undefined && own === undefined ? { maybe: doubt } : {}),
  });
}

function writeMember(
  realm: Realm,
  target: ObjectValue,
  key: string,
  value: Value,
  source: SourceRange,
  keySource: SourceRange,
): void {
  if (target.slots.type === "array" && writeArrayMember(realm, target, target.slots.items, key, value, source)) return;
  const accessor = findAccessor(target, key);
  if (accessor !== undefined) {
    if (accessor.setter !== undefined) call(realm, accessor.setter, target, [value], source);
    else if (realm.tryDepth > 0) realm.mayThrow ??= unknown("a member that has only a getter is written", source);
    return;
  }
  const own = target.properties.get(key);
  if (key === "__proto__" && own === undefined) {
    if (value.kind === "object") target.prototype = value;
    return;
  }
  settleOrder(target, key, source);
  // The key stays where it was first written; its value has a new place.
  target.properties.set(key, {
    value,
    keySource: own?.keySource ?? keySource,
    ...(own?.hidden ? { hidden: true } : {}),
  });
}

/** A member that may be there is written: where it stands among the others is known only if it is the last. */
export function settleOrder(target: ObjectValue, key: string, source: SourceRange): void {
  if (target.properties.get(key)?.maybe === undefined || [...target.properties.keys()].at(-1) === key) return;
  target.open ??= unknown("the order of its members is not known", source, { additional: true });
}

function findAccessor(target: ObjectValue, key: string): Property | undefined {
  for (
    let holder: ObjectValue | null = target, hops = 0;
    holder !== null && hops < 100;
    holder = holder.prototype, hops++
  ) {
    const property = holder.properties.get(key);
    if (property !== undefined) return (property.setter ?? property.getter) ? property : undefined;
  }
  return undefined;
}

function writeArrayMember(
  realm: Realm,
  target: ObjectValue,
  items: Value[],
  key: string,
  value: Value,
  source: SourceRange,
): boolean {
  const index = arrayIndex(key);
  if (key === "length") {
    if (target.open !== undefined) {
      items.length = 0;
      if (value.kind === "primitive" && value.data === 0) target.open = undefined;
    } else if (value.kind === "primitive" && typeof value.data === "number" && value.data <= items.length)
      items.length = value.data;
    else target.open ??= unknown("the length of an array is set", source);
    return true;
  }
  if (index === undefined) return false;
  if (index > items.length + 1000 || index > LONGEST_ARRAY) {
    target.open ??= unknown("an array with large gaps", source);
    return true;
  }
  if (target.open !== undefined) {
    // Which item stands at the place is not known.
    target.open = unknown(target.open.reason, target.open.source, {
      inputs: [...(target.open.inputs ?? []), ...items, value].slice(0, 500),
    });
    items.length = 0;
    return true;
  }
  realm.burn(Math.max(1, index - items.length));
  while (items.length < index) items.push(hole(source));
  items[index] = value;
  return true;
}

function weaken(
  realm: Realm,
  target: ObjectValue,
  key: string,
  value: Value,
  doubt: UnknownValue,
  keySource: SourceRange,
): void {
  const accessor = findAccessor(target, key);
  if (accessor !== undefined) {
    const { setter } = accessor;
    if (setter !== undefined) realm.doubtfully(doubt, () => call(realm, setter, target, [value], keySource));
    return;
  }
  if (target.slots.type === "array" && arrayIndex(key) !== undefined) {
    const items = target.slots.items;
    const index = Number(key);
    if (items[index] !== undefined && target.open === undefined) items[index] = join([items[index], value], doubt);
    else if (target.open !== undefined) writeArrayMember(realm, target, items, key, value, keySource);
    else target.open ??= unknown(doubt.reason, doubt.source, { inputs: [value] });
    return;
  }
  if (target.slots.type === "array" && key === "length") {
    const inputs = [...(target.open?.inputs ?? []), ...target.slots.items].slice(0, 500);
    target.open = unknown(doubt.reason, doubt.source, { inputs });
    target.slots.items.length = 0;
    return;
  }
  const own = target.properties.get(key);
  if (own === undefined) {
    const inherited = target.open === undefined ? undefined : getMember(realm, target, key, keySource);
    target.properties.set(key, {
      value: inherited === undefined ? value : join([value, inherited], doubt),
      keySource,
      maybe: doubt,
    });
  } else {
    target.properties.set(key, { ...own, value: join([own.value, value], doubt) });
  }
}

export function deleteMember(realm: Realm, target: Value, key: string): void {
  if (target.kind === "unknown") {
    for (const object of objectsBehind(target)) {
      realm.inUncertainRegion(target, () => deleteMember(realm, object, key));
    }
  }
  if (target.kind !== "object") return;
  const own = target.properties.get(key);
  if (target.frozen || own?.fixed) {
    if (realm.tryDepth > 0) realm.mayThrow ??= unknown("a member that cannot be deleted is deleted", target.source);
    return;
  }
  const doubt = realm.doubt(target.born) ?? target.maybeFrozen;
  if (doubt === undefined) {
    target.properties.delete(key);
    if (target.slots.type === "array") {
      const index = arrayIndex(key);
      if (index !== undefined && index < target.slots.items.length) target.slots.items[index] = hole(target.source);
    }
  } else if (target.slots.type === "array" && arrayIndex(key) !== undefined) {
    // There may be a gap then, which the methods of arrays leave out.
    const { items } = target.slots;
    const inputs = [...(target.open?.inputs ?? []), ...items].slice(0, 500);
    target.open = unknown(doubt.reason, doubt.source, { inputs });
    items.length = 0;
  } else if (own !== undefined) target.properties.set(key, { ...own, maybe: doubt });
}

/** Calls a function that is a member. */
export function callMember(
  realm: Realm,
  callee: Value,
  self: Value,
  args: readonly Value[],
  source: SourceRange,
): Value {
  return call(realm, callee, self, args, source);
}
