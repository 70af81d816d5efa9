/** `structuredClone`: a copy of data through all levels, in which what occurs twice or in a circle does so again. */
import { ownEntries } from "../contents.ts";
import { getMember } from "../members.ts";
import type { Realm } from "../realm.ts";
import { type CallContext, isCallable, type ObjectValue, unknown, type Value } from "../value.ts";

export function clone(realm: Realm, value: Value, call: CallContext, seen: Map<ObjectValue, Value>): Value {
  realm.burn();
  if (value.kind === "primitive") return value;
  if (value.kind === "unknown") return unknown(value.reason, value.source, value.text ? { text: true } : {});
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (isCallable(value)) return realm.throwError("DataCloneError", "a function could not be cloned", call.source);
  const { slots } = value;
  const copy = emptyCopy(realm, value);
  if (copy === undefined) return unknown("a copy of an object that is not plain data", call.source);
  seen.set(value, copy);
  copy.open = value.open === undefined ? undefined : unknown(value.open.reason, value.open.source);
  const inner = (item: Value): Value => clone(realm, item, call, seen);
  if (slots.type === "array" && copy.slots.type === "array") copy.slots.items.push(...slots.items.map(inner));
  else if (slots.type === "map" && copy.slots.type === "map") {
    for (const { key, value: item } of slots.entries.values()) {
      const made = inner(key);
      copy.slots.entries.set(made.kind === "primitive" ? made.data : made, { key: made, value: inner(item) });
    }
  } else if (slots.type === "set" && copy.slots.type === "set") {
    for (const item of slots.entries.values()) {
      const made = inner(item);
      copy.slots.entries.set(made.kind === "primitive" ? made.data : made, made);
    }
  } else if (slots.type === "plain") {
    for (const { key, property } of ownEntries(realm, value)) {
      const member = property.getter === undefined ? property.value : getMember(realm, value, key, call.source);
      copy.properties.set(key, {
        value: inner(member),
        keySource: property.keySource,
        ...(property.maybe === undefined ? {} : { maybe: property.maybe }),
      });
    }
  }
  return copy;
}

function emptyCopy(realm: Realm, value: ObjectValue): ObjectValue | undefined {
  switch (value.slots.type) {
    case "plain":
      return realm.plain(value.source);
    case "array":
      return realm.array([], value.source);
    case "map":
      return realm.object({ type: "map", entries: new Map() }, value.source);
    case "set":
      return realm.object({ type: "set", entries: new Map() }, value.source);
    case "regexp":
      return realm.object(value.slots, value.source);
    default:
      return undefined;
  }
}
