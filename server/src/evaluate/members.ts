/** Reading, writing and listing the members of values. */
import type { SourceRange } from "../vfs/sourceRange.ts";
import { doubtAbout, isUnset } from "./coerce.ts";
import { join } from "./join.ts";
import type { Realm } from "./realm.ts";
import {
  arrayItems,
  isNullish,
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
  return unknown(value.reason, value.source, {
    ...(value.inputs === undefined ? {} : { inputs: value.inputs }),
    ...(value.additional ? { additional: true } : {}),
  });
}

function memberOfObject(realm: Realm, object: ObjectValue, key: string, source: SourceRange): Value {
  if (object.slots.type === "array") {
    const item = arrayMember(object, object.slots.items, key, source);
    if (item !== undefined) return item;
  }
  if (object.slots.type === "lazy") {
    const own = object.properties.get(key);
    return own === undefined ? object.slots.member(key, source) : own.value;
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
  if (doubt !== undefined) return memberOfUnknown(realm, doubt, key, source);
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
  if (object.open !== undefined) return unknown(object.open.reason, object.open.source, { inputs: items });
  if (key === "length") return primitive(items.length, source);
  return items[index!] ?? primitive(undefined, source);
}

function arrayIndex(key: string): number | undefined {
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
  if (target.frozen) return;
  const doubt = realm.doubt(target.born);
  if (doubt !== undefined) {
    weaken(realm, target, key, value, doubt, keySource);
    return;
  }
  writeMember(realm, target, key, value, source, keySource);
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
  const setter = findSetter(target, key);
  if (setter !== undefined) {
    call(realm, setter, target, [value], source);
    return;
  }
  const own = target.properties.get(key);
  if (own?.getter !== undefined) return;
  if (key === "__proto__" && own === undefined) {
    if (value.kind === "object") target.prototype = value;
    return;
  }
  // The key stays where it was first written; its value has a new place.
  target.properties.set(key, {
    value,
    keySource: own?.keySource ?? keySource,
    ...(own?.hidden ? { hidden: true } : {}),
  });
}

function findSetter(target: ObjectValue, key: string): ObjectValue | undefined {
  for (
    let holder: ObjectValue | null = target, hops = 0;
    holder !== null && hops < 100;
    holder = holder.prototype, hops++
  ) {
    const property = holder.properties.get(key);
    if (property?.setter !== undefined) return property.setter;
    if (property !== undefined) return undefined;
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
    if (value.kind === "primitive" && typeof value.data === "number" && value.data <= items.length)
      items.length = value.data;
    else target.open ??= unknown("the length of an array is set", source);
    return true;
  }
  if (index === undefined) return false;
  if (index > items.length + 1000 || index > LONGEST_ARRAY) {
    target.open ??= unknown("an array with large gaps", source);
    return true;
  }
  realm.burn(Math.max(1, index - items.length));
  while (items.length < index) items.push(primitive(undefined, source));
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
  if (target.slots.type === "array" && arrayIndex(key) !== undefined) {
    const items = target.slots.items;
    const index = Number(key);
    if (items[index] !== undefined) items[index] = join([items[index], value], doubt);
    else target.open ??= unknown(doubt.reason, doubt.source, { inputs: [value] });
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
  if (target.kind !== "object" || target.frozen) return;
  const doubt = realm.doubt(target.born);
  const own = target.properties.get(key);
  if (doubt === undefined) {
    target.properties.delete(key);
    if (target.slots.type === "array") {
      const index = arrayIndex(key);
      if (index !== undefined && index < target.slots.items.length)
        target.slots.items[index] = primitive(undefined, target.source);
    }
  } else if (own !== undefined) target.properties.set(key, { ...own, maybe: doubt });
}

export interface OwnEntry {
  readonly key: string;
  readonly property: Property;
}

/** Own enumerable members in JavaScript's order: integer keys ascending, then the others as they were added. */
export function ownEntries(realm: Realm, object: ObjectValue): readonly OwnEntry[] {
  realm.burn(1 + object.properties.size);
  const entries: OwnEntry[] = [];
  const items = arrayItems(object);
  items?.forEach((value, index) => {
    entries.push({ key: String(index), property: { value, keySource: value.source } });
  });
  const named: OwnEntry[] = [];
  const numbered: OwnEntry[] = [];
  for (const [key, property] of object.properties) {
    if (property.hidden) continue;
    (arrayIndex(key) === undefined ? named : numbered).push({ key, property });
  }
  numbered.sort((left, right) => Number(left.key) - Number(right.key));
  return [...entries, ...numbered, ...named];
}

/** Copies own members onto another object, as spread and `Object.assign` do. */
export function copyMembers(
  realm: Realm,
  from: Value,
  to: ObjectValue,
  source: SourceRange,
  without?: ReadonlySet<string>,
): void {
  if (from.kind === "primitive") {
    if (typeof from.data === "string") {
      [...from.data].forEach((character, index) => {
        setMember(realm, to, String(index), primitive(character, from.source), source, from.source);
      });
    }
    return;
  }
  if (from.kind === "unknown") {
    spreadUnknown(realm, from, to, source, without);
    return;
  }
  if (from.open !== undefined || from.slots.type === "lazy") {
    obscure(realm, to, from.open ?? unknown("its members are not listed", from.source));
  }
  for (const { key, property } of ownEntries(realm, from)) {
    if (without?.has(key)) continue;
    const value = property.getter === undefined ? property.value : getMember(realm, from, key, source);
    if (key === "__proto__") to.properties.set(key, { value, keySource: property.keySource });
    else if (property.maybe === undefined) setMember(realm, to, key, value, source, property.keySource);
    else realm.inUncertainRegion(property.maybe, () => setMember(realm, to, key, value, source, property.keySource));
  }
}

function spreadUnknown(
  realm: Realm,
  from: UnknownValue,
  to: ObjectValue,
  source: SourceRange,
  without?: ReadonlySet<string>,
): void {
  if (from.alternatives === undefined) {
    obscure(realm, to, from);
    return;
  }
  for (const alternative of from.alternatives) {
    realm.inUncertainRegion(from, () => copyMembers(realm, alternative, to, source, without));
  }
}

/** Any member may have been written: known values become doubtful, and others may exist. */
export function obscure(
  realm: Realm,
  object: ObjectValue,
  doubt: UnknownValue,
  concerns: (key: string) => boolean = () => true,
): void {
  realm.burn(1 + object.properties.size);
  object.open ??= doubt;
  if (doubt.additional) return;
  for (const [key, property] of object.properties) {
    if (!concerns(key)) continue;
    object.properties.set(key, {
      ...property,
      value: unknown(`may be overridden: ${doubt.reason}`, doubt.source, { inputs: [property.value] }),
    });
  }
}

/** Appends to an array; where this may not happen, the array becomes open. */
export function appendItem(realm: Realm, array: ObjectValue, value: Value): void {
  realm.burn();
  const items = arrayItems(array);
  if (items === undefined || array.frozen) return;
  const doubt = realm.doubt(array.born);
  if (doubt !== undefined || items.length >= LONGEST_ARRAY) {
    const reason = doubt ?? unknown(`more than ${LONGEST_ARRAY} items`, array.source);
    openArray(array, reason, [value]);
  } else items.push(value);
}

/** Says that an array may have further items, and of which kind. */
export function openArray(array: ObjectValue, doubt: UnknownValue, inputs: readonly Value[] = []): void {
  const known = array.open?.inputs ?? [];
  const additional = doubt.additional === true && array.open?.additional !== false;
  array.open = unknown(doubt.reason, doubt.source, {
    inputs: [...known, ...inputs, ...(doubt.inputs ?? [])],
    additional,
  });
}

export interface Iterated {
  readonly items: readonly Value[];
  /** Further items may follow. */
  readonly open?: UnknownValue;
}

/** What `for … of`, spread and destructuring see. */
export function iterate(realm: Realm, value: Value, source: SourceRange): Iterated {
  if (value.kind === "unknown") return { items: [], open: value };
  if (value.kind === "primitive") {
    if (typeof value.data === "string") return { items: [...value.data].map((text) => primitive(text, source)) };
    if (isUnset(value)) return { items: [], open: doubtAbout(value) };
    return realm.throwError("TypeError", `${String(value.data)} is not iterable`, source);
  }
  const { slots } = value;
  const rest = value.open === undefined ? {} : { open: value.open };
  realm.burn(1);
  if (slots.type === "array") return { items: [...slots.items], ...rest };
  if (slots.type === "set") return { items: [...slots.entries.values()], ...rest };
  if (slots.type === "map") {
    const items = [...slots.entries.values()].map((entry) => realm.array([entry.key, entry.value], source));
    return { items, ...rest };
  }
  const iterator = value.properties.get("@@iterator") ?? value.prototype?.properties.get("@@iterator");
  if (iterator !== undefined) {
    const made = call(realm, iterator.value, value, [], source);
    if (made !== value && arrayItems(made) !== undefined) return iterate(realm, made, source);
    return { items: [], open: unknown("an iterator of its own making", source) };
  }
  if (slots.type === "plain" && value.open === undefined)
    return realm.throwError("TypeError", "object is not iterable", source);
  return { items: [], open: value.open ?? unknown("cannot be iterated", source) };
}
