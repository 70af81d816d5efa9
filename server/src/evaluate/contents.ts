/** Listing, copying and iterating what objects and lists hold, and saying that they may hold more. */
import type { SourceRange } from "../vfs/sourceRange.ts";
import { doubtAbout, isUnset } from "./coerce.ts";
import { handOut } from "./handOut.ts";
import { arrayIndex, callMember, getMember, LONGEST_ARRAY, type setMember } from "./members.ts";
import type { Realm } from "./realm.ts";
import {
  arrayItems,
  assumptionsOf,
  isHole,
  itemRead,
  itemsBehind,
  type LazySlots,
  type ObjectValue,
  type Property,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

export interface OwnEntry {
  readonly key: string;
  readonly property: Property;
}

/** Own enumerable members in JavaScript's order: integer keys ascending, then the others as they were added. */
export function ownEntries(realm: Realm, object: ObjectValue, withSymbols = false): readonly OwnEntry[] {
  realm.burn(1 + object.properties.size);
  const entries: OwnEntry[] = [];
  const items = arrayItems(object);
  items?.forEach((value, index) => {
    if (!isHole(value)) entries.push({ key: String(index), property: { value, keySource: value.source } });
  });
  const named: OwnEntry[] = [];
  const numbered: OwnEntry[] = [];
  for (const [key, property] of object.properties) {
    if (property.hidden || (!withSymbols && key.startsWith("@@"))) continue;
    (arrayIndex(key) === undefined ? named : numbered).push({ key, property });
  }
  if (object.slots.type === "lazy") {
    const { names, member } = object.slots;
    for (const key of names?.() ?? [])
      if (!object.properties.has(key))
        named.push({ key, property: { value: member(key, object.source), keySource: object.source } });
  }
  numbered.sort((left, right) => Number(left.key) - Number(right.key));
  return [...entries, ...numbered, ...named];
}

/**
 * Why an object may have members that are not listed. Variables of the environment are taken to be unset when they are
 * read by name: others that may be there take nothing away from what is known.
 */
export function furtherMembers(object: ObjectValue): UnknownValue | undefined {
  const { open, slots, source } = object;
  if (open !== undefined || slots.type !== "lazy") return open;
  return slots.isEnvironment
    ? unknown(`depends on which variables ${slots.name} has`, source, { additional: true })
    : unknown("its members are not listed", source);
}

/** Spreading defines members; `Object.assign` writes them, so that setters run, and fails where that cannot be done. */
type WriteMember = typeof setMember;

/** Copies own members onto another object, as spread and `Object.assign` do. */
export function copyMembers(
  realm: Realm,
  from: Value,
  to: ObjectValue,
  source: SourceRange,
  write: WriteMember,
  without?: ReadonlySet<string>,
): void {
  if (from.kind === "primitive") {
    if (typeof from.data === "string") {
      [...from.data].forEach((character, index) => {
        write(realm, to, String(index), primitive(character, from.source), source, from.source);
      });
    }
    return;
  }
  if (from.kind === "unknown") {
    spreadUnknown(realm, from, to, source, write, without);
    return;
  }
  if (from.slots.type === "lazy" && from.slots.isEnvironment && mayLayer(realm, to)) {
    layEnvironment(from.slots, to);
    if (from.open !== undefined) obscure(realm, to, from.open);
  } else {
    const further = furtherMembers(from);
    if (further !== undefined) obscure(realm, to, further);
  }
  for (const { key, property } of ownEntries(realm, from, true)) {
    if (without?.has(key)) continue;
    const value = property.getter === undefined ? property.value : getMember(realm, from, key, source);
    if (key === "__proto__") to.properties.set(key, { value, keySource: property.keySource });
    else if (property.maybe === undefined) write(realm, to, key, value, source, property.keySource);
    else realm.doubtfully(property.maybe, () => write(realm, to, key, value, source, property.keySource));
  }
}

function mayLayer(realm: Realm, to: ObjectValue): boolean {
  return realm.doubt(to.born) === undefined && (to.slots.type === "plain" || to.slots.type === "lazy");
}

/** A copy of the environment has its variables; what was there stays, as long as no variable of its name is set. */
function layEnvironment({ name, member }: LazySlots, to: ObjectValue): void {
  const before = to.slots.type === "lazy" ? to.slots.member : undefined;
  for (const [key, property] of to.properties) {
    const variable = member(key, property.keySource);
    const { value } = property;
    if (!isUnset(variable)) to.properties.set(key, { ...property, value: variable });
    else if (value.kind === "primitive") {
      const assumes = assumptionsOf(value, variable) ?? [];
      to.properties.set(key, { ...property, value: { ...value, assumes } });
    }
  }
  to.slots = {
    type: "lazy",
    name,
    isEnvironment: true,
    member: (key, at) => {
      const variable = member(key, at);
      return isUnset(variable) && before !== undefined ? before(key, at) : variable;
    },
  };
}

function spreadUnknown(
  realm: Realm,
  from: UnknownValue,
  to: ObjectValue,
  source: SourceRange,
  write: WriteMember,
  without?: ReadonlySet<string>,
): void {
  if (from.alternatives === undefined) {
    obscure(realm, to, from);
    return;
  }
  for (const alternative of from.alternatives) {
    realm.doubtfully(from, () => copyMembers(realm, alternative, to, source, write, without));
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
  const { reason, source, additional } = doubt;
  const inputs = [...(doubt.inputs ?? []), ...(doubt.alternatives ?? [])];
  const { open } = object;
  if (open === undefined) object.open = unknown(reason, source, { inputs, ...(additional ? { additional } : {}) });
  else if (inputs.length > 0) {
    const all = [...new Set([...(open.inputs ?? []), ...inputs])];
    if (all.length > (open.inputs?.length ?? 0)) object.open = { ...open, inputs: all.slice(0, MOST_INPUTS) };
  }
  if (additional) return;
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

/** Possible items of a list beyond these are not remembered. */
const MOST_INPUTS = 500;

/** Says that an array may have further items, and of which kind. */
export function openArray(array: ObjectValue, doubt: UnknownValue, inputs: readonly Value[] = []): void {
  const known = array.open?.inputs ?? [];
  const additional = doubt.additional === true && array.open?.additional !== false;
  const all = new Set([...known, ...inputs, ...(doubt === array.open ? [] : (doubt.inputs ?? []))]);
  array.open = unknown(doubt.reason, doubt.source, { inputs: [...all].slice(0, MOST_INPUTS), additional });
}

/** Says that any of an array's items may be gone or stand elsewhere. */
export function scatter(array: ObjectValue, doubt: UnknownValue): void {
  const items = arrayItems(array) ?? [];
  openArray(array, doubt, items);
  items.length = 0;
}

export interface Iterated {
  readonly items: readonly Value[];
  /** Further items may follow. */
  readonly open?: UnknownValue | undefined;
}

/** What `for … of`, spread and destructuring see. */
export function iterate(realm: Realm, value: Value, source: SourceRange): Iterated {
  if (value.kind === "unknown") return { items: [], open: itemsBehind(value) };
  if (value.kind === "primitive") {
    if (typeof value.data === "string") return { items: [...value.data].map((text) => primitive(text, source)) };
    if (isUnset(value)) return { items: [], open: doubtAbout(value) };
    return realm.throwError("TypeError", `${String(value.data)} is not iterable`, source);
  }
  const { slots } = value;
  const rest = value.open === undefined ? {} : { open: value.open };
  realm.burn(1);
  if (slots.type === "array") return { items: slots.items.map(itemRead), ...rest };
  if (slots.type === "set") return { items: [...slots.entries.values()], ...rest };
  if (slots.type === "map") {
    const items = [...slots.entries.values()].map((entry) => realm.array([entry.key, entry.value], source));
    return { items, ...rest };
  }
  const iterator = value.properties.get("@@iterator") ?? value.prototype?.properties.get("@@iterator");
  if (iterator !== undefined) {
    const made = callMember(realm, iterator.value, value, [], source);
    if (made !== value && arrayItems(made) !== undefined) return iterate(realm, made, source);
    const doubt = unknown("an iterator of its own making", source);
    handOut(realm, [made], doubt, source, { changes: true });
    return { items: [], open: unknown("an iterator of its own making", source) };
  }
  if (slots.type === "plain" && value.open === undefined)
    return realm.throwError("TypeError", "object is not iterable", source);
  return { items: [], open: value.open ?? unknown("cannot be iterated", source) };
}
