/** `Object` and the methods that every object has. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { doubtAbout, keyOf, textOf, truthiness } from "../coerce.ts";
import { copyMembers, furtherMembers, iterate, obscure, openArray, ownEntries } from "../contents.ts";
import { getMember, isWritableMember, setMember, settleOrder } from "../members.ts";
import { equalValues } from "../operators.ts";
import type { Realm } from "../realm.ts";
import {
  arrayItems,
  type CallContext,
  isHole,
  isNullish,
  itemsBehind,
  ObjectValue,
  objectsBehind,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "../value.ts";
import { argument, invoke, type MethodTable, methodValue, notKnown } from "./method.ts";

/** What the listing functions give: one item for each own member. */
function list(realm: Realm, call: CallContext, item: (key: Value, value: Value) => Value): Value {
  const object = argument(call, 0);
  if (object.kind === "primitive") return listPrimitive(realm, object, call, item);
  if (object.kind === "unknown") return listUnknown(realm, object, call, item);
  const result = realm.array([], call.source);
  const items = arrayItems(result)!;
  for (const { key, property } of ownEntries(realm, object)) {
    // The key keeps the place where it is written, so that what is made from it leads there.
    const name = primitive(key, property.keySource);
    const made = item(name, getMember(realm, object, key, call.source));
    if (property.maybe === undefined) items.push(made);
    else openArray(result, property.maybe, [made]);
  }
  const open = furtherMembers(object);
  if (open !== undefined) openArray(result, open);
  return result;
}

function listPrimitive(
  realm: Realm,
  value: Value,
  call: CallContext,
  item: (key: Value, value: Value) => Value,
): Value {
  if (value.kind === "primitive" && value.unset !== undefined) return notKnown(call);
  if (isNullish(value)) return realm.throwError("TypeError", "Cannot convert undefined or null to object", call.source);
  const text = textOf(value) ?? "";
  const characters = value.kind === "primitive" && typeof value.data === "string" ? [...text] : [];
  return realm.array(
    characters.map((character, position) =>
      item(primitive(String(position), call.source), primitive(character, call.source)),
    ),
    call.source,
  );
}

function listUnknown(
  realm: Realm,
  object: UnknownValue,
  call: CallContext,
  item: (key: Value, value: Value) => Value,
): Value {
  const result = realm.array([], call.source);
  const possible: Value[] = [];
  for (const alternative of object.alternatives ?? []) {
    if (alternative.kind !== "object") continue;
    for (const { key, property } of ownEntries(realm, alternative))
      possible.push(item(primitive(key, property.keySource), property.value));
  }
  openArray(result, itemsBehind(object), possible);
  return result;
}

function fromEntries(realm: Realm, call: CallContext): Value {
  const object = realm.plain(call.source);
  const { items, open } = iterate(realm, argument(call, 0), call.source);
  for (const entry of items) {
    const [key, value] = arrayItems(entry) ?? [];
    const name = key === undefined ? undefined : keyOf(key);
    if (name === undefined)
      obscure(
        realm,
        object,
        unknown("a key that is not known", call.source, { inputs: value === undefined ? [] : [value] }),
      );
    else
      object.properties.set(name, {
        value: value ?? primitive(undefined, call.source),
        keySource: key?.source ?? call.source,
      });
  }
  if (open !== undefined) obscure(realm, object, open);
  return object;
}

/** In loose code too, `Object.assign` fails at the first member that cannot be written. */
const writeOrFail: typeof setMember = (realm, target, key, value, source, keySource) => {
  if (target.kind === "object" && !isWritableMember(target, key))
    realm.throwError("TypeError", `Cannot assign to read only property '${key}'`, source);
  setMember(realm, target, key, value, source, keySource);
};

function assign(realm: Realm, call: CallContext): Value {
  const [target, ...sources] = call.args;
  if (target === undefined) return notKnown(call);
  if (target.kind === "unknown") {
    for (const object of objectsBehind(target)) {
      realm.doubtfully(target, () => assign(realm, { ...call, args: [object, ...sources] }));
    }
  }
  if (target.kind !== "object") return target;
  for (const source of sources) copyMembers(realm, source, target, call.source, writeOrFail);
  if (call.openArgs !== undefined) obscure(realm, target, call.openArgs);
  return target;
}

function defineProperty(realm: Realm, target: Value, key: Value, descriptor: Value, source: SourceRange): void {
  const name = keyOf(key);
  if (target.kind === "unknown") {
    for (const object of objectsBehind(target)) obscure(realm, object, target);
  }
  if (target.kind !== "object") return;
  if (name === undefined || descriptor.kind !== "object") {
    obscure(realm, target, unknown("a property that is not known is defined", source));
    return;
  }
  const getter = descriptor.properties.get("get")?.value;
  const value = descriptor.properties.get("value")?.value ?? primitive(undefined, source);
  const enumerable = descriptor.properties.get("enumerable")?.value;
  const listed = enumerable === undefined ? false : truthiness(enumerable);
  const hidden = listed === false;
  const known = target.properties.get(name);
  const doubt = realm.doubt(target.born);
  if (doubt !== undefined) {
    setMember(realm, target, name, unknown(doubt.reason, doubt.source, { inputs: [value, descriptor] }), source);
    return;
  }
  settleOrder(target, name, source);
  target.properties.set(name, {
    value,
    keySource: key.source,
    ...(hidden && (known === undefined || known.hidden) ? { hidden: true } : {}),
    ...(getter?.kind === "object" ? { getter } : {}),
    ...(isWritable(descriptor) || known !== undefined ? {} : { fixed: true }),
    ...(listed === undefined ? { maybe: doubtAbout(enumerable!) } : {}),
  });
}

function isWritable(descriptor: ObjectValue): boolean {
  const writable = descriptor.properties.get("writable")?.value;
  return writable !== undefined && truthiness(writable) !== false;
}

/** Freezing keeps the members. */
function freeze(realm: Realm, call: CallContext): Value {
  const value = argument(call, 0);
  const freezeOne = (object: ObjectValue, doubt: UnknownValue | undefined): void => {
    if (doubt === undefined) object.frozen = true;
    else object.maybeFrozen ??= doubt;
  };
  if (value.kind === "object") freezeOne(value, realm.doubt(value.born));
  if (value.kind === "unknown") for (const object of objectsBehind(value)) freezeOne(object, value);
  return value;
}

export const objectFunctions: MethodTable = {
  keys: (realm, call) => list(realm, call, (key) => key),
  values: (realm, call) => list(realm, call, (_key, value) => value),
  entries: (realm, call) => list(realm, call, (key, value) => realm.array([key, value], call.source)),
  getOwnPropertyNames: (realm, call) => list(realm, call, (key) => key),
  fromEntries,
  assign,
  freeze,
  seal: (_realm, call) => argument(call, 0),
  preventExtensions: (_realm, call) => argument(call, 0),
  isFrozen: (_realm, call) => {
    const value = argument(call, 0);
    if (value.kind === "object" && value.maybeFrozen !== undefined)
      return unknown(value.maybeFrozen.reason, value.maybeFrozen.source);
    return value.kind === "object" ? primitive(value.frozen, call.source) : notKnown(call);
  },
  create: (realm, call) => {
    const prototype = argument(call, 0);
    const object = realm.object({ type: "plain" }, call.source, prototype.kind === "object" ? prototype : null);
    if (prototype.kind === "unknown") object.open = prototype;
    const descriptors = call.args[1];
    if (descriptors?.kind === "object") {
      for (const { key, property } of ownEntries(realm, descriptors))
        defineProperty(realm, object, primitive(key, property.keySource), property.value, call.source);
    }
    return object;
  },
  defineProperty: (realm, call) => {
    defineProperty(realm, argument(call, 0), argument(call, 1), argument(call, 2), call.source);
    return argument(call, 0);
  },
  defineProperties: (realm, call) => {
    const descriptors = argument(call, 1);
    if (descriptors.kind === "object") {
      for (const { key, property } of ownEntries(realm, descriptors))
        defineProperty(realm, argument(call, 0), primitive(key, property.keySource), property.value, call.source);
    }
    return argument(call, 0);
  },
  setPrototypeOf: (realm, call) => {
    const [target, prototype] = call.args;
    const setOne = (object: ObjectValue, doubt: UnknownValue | undefined): void => {
      if (doubt === undefined && prototype?.kind !== "unknown")
        object.prototype = prototype?.kind === "object" ? prototype : null;
      else {
        const reason = doubt ?? doubtAbout(prototype!);
        const inputs = prototype === undefined ? [] : [prototype];
        object.open ??= unknown(reason.reason, reason.source, { additional: true, inputs });
      }
    };
    if (target?.kind === "object") setOne(target, realm.doubt(target.born));
    if (target?.kind === "unknown") for (const object of objectsBehind(target)) setOne(object, target);
    return target ?? notKnown(call);
  },
  getPrototypeOf: (_realm, call) => {
    const value = argument(call, 0);
    return value.kind === "object" && value.prototype !== null
      ? value.prototype
      : unknown("a built-in prototype", call.source);
  },
  is: (_realm, call) => {
    const [left, right] = [argument(call, 0), argument(call, 1)];
    if (left.kind === "primitive" && right.kind === "primitive")
      return primitive(Object.is(left.data, right.data), call.source);
    const equal = equalValues(left, right, true);
    return equal === undefined ? notKnown(call) : primitive(equal, call.source);
  },
  hasOwn: (realm, call) => hasOwn(realm, argument(call, 0), argument(call, 1), call),
  groupBy: (realm, call) => {
    const groups = realm.plain(call.source);
    const { items, open } = iterate(realm, argument(call, 0), call.source);
    const further = open === undefined ? undefined : unknown(open.reason, open.source, { inputs: open.inputs ?? [] });
    const visitFurther = (): void => {
      if (further === undefined) return;
      realm.repeatedly(further, () => void invoke(realm, call, argument(call, 1), [further, further]));
    };
    visitFurther();
    let doubt: UnknownValue | undefined = further;
    for (const [position, item] of items.entries()) {
      const at = further ?? primitive(position, call.source);
      const key = keyOf(invoke(realm, call, argument(call, 1), [item, at]));
      if (key === undefined) doubt ??= unknown("a key that is not known", call.source);
      if (key === undefined || doubt !== undefined) continue;
      const group = groups.properties.get(key)?.value;
      const members = group === undefined ? undefined : arrayItems(group);
      if (members === undefined)
        groups.properties.set(key, { value: realm.array([item], call.source), keySource: item.source });
      else members.push(item);
    }
    visitFurther();
    if (doubt !== undefined) obscure(realm, groups, unknown(doubt.reason, doubt.source, { inputs: items }));
    return groups;
  },
};

function hasOwn(_realm: Realm, object: Value, key: Value, call: CallContext): Value {
  const name = keyOf(key);
  if (object.kind !== "object" || name === undefined) return notKnown(call);
  const property = object.properties.get(name);
  const item = arrayItems(object)?.[Number(name)];
  const isItem = item !== undefined && !isHole(item);
  if (property?.maybe !== undefined) return unknown(property.maybe.reason, property.maybe.source);
  if (property !== undefined || isItem) return primitive(true, call.source);
  const further = furtherMembers(object);
  if (further !== undefined) return unknown(further.reason, call.source);
  return primitive(false, call.source);
}

const METHODS: MethodTable = {
  hasOwnProperty: (realm: Realm, call: CallContext) => hasOwn(realm, call.self, argument(call, 0), call),
  propertyIsEnumerable: (realm: Realm, call: CallContext) => hasOwn(realm, call.self, argument(call, 0), call),
  toString: (_realm: Realm, call: CallContext) => {
    const text = textOf(call.self);
    return text === undefined ? notKnown(call, { text: true }) : primitive(text, call.source);
  },
  valueOf: (_realm: Realm, call: CallContext) => call.self,
};

export function objectMethod(realm: Realm, object: Value, key: string, source: SourceRange): Value | undefined {
  if (key === "constructor" && object instanceof ObjectValue && object.prototype === null)
    return unknown("a built-in constructor", source);
  return methodValue(realm, METHODS, key, source);
}
