/** Turns values of the interpreter into plain data: the face that everything above the evaluator sees. */

import { ownEntries } from "./contents.ts";
import { DYNAMIC, type Evaluated, FUNCTION, type Json, type Known, type Unknown } from "./evaluated.ts";
import { readMember } from "./members.ts";
import type { Realm } from "./realm.ts";
import { arrayItems, isCallable, type ObjectValue, type UnknownValue, type Value } from "./value.ts";

const MOST_NESTED = 12;

/** A text with its unknown parts marked; `undefined` for a value of which nothing is known. */
export function partialText(value: UnknownValue): string | undefined {
  return value.parts?.some((part) => part !== undefined && part !== "")
    ? value.parts.map((part) => part ?? DYNAMIC).join("")
    : undefined;
}

/** Plain data in which what is not known is marked. Calls `note` for each such place. */
export function toJson(
  realm: Realm,
  value: Value,
  note: (path: readonly string[], doubt: UnknownValue) => void,
  path: readonly string[] = [],
  above: readonly ObjectValue[] = [],
): Json {
  realm.burn();
  if (value.kind === "unknown") {
    note(path, value);
    return partialText(value) ?? DYNAMIC;
  }
  if (value.kind === "primitive") {
    if (value.unset !== undefined)
      note(path, { kind: "unknown", reason: `depends on ${value.unset}`, source: value.source });
    if (value.unset !== undefined) return DYNAMIC;
    return typeof value.data === "bigint" || value.data === undefined ? String(value.data) : value.data;
  }
  if (isCallable(value)) return FUNCTION;
  if (above.includes(value) || above.length > MOST_NESTED) return DYNAMIC;
  if (value.slots.type === "regexp") return `/${value.slots.pattern}/${value.slots.flags}`;
  const inner = [...above, value];
  if (value.open !== undefined) note(path, value.open);
  const items = arrayItems(value);
  if (items !== undefined)
    return items.map((item, index) => toJson(realm, item, note, [...path, String(index)], inner));
  if (value.slots.type !== "plain") return DYNAMIC;
  const data: Record<string, Json> = {};
  for (const { key, property } of ownEntries(realm, value)) {
    const member = readMember(realm, value, key, value.source);
    if (member.kind === "primitive" && member.data === undefined && member.unset === undefined) continue;
    if (property.maybe !== undefined) note([...path, key], property.maybe);
    data[key] = toJson(realm, member, note, [...path, key], inner);
  }
  return data;
}

/** A value as known data or as unknown with its reason. */
export function evaluatedJson(realm: Realm, value: Value): Evaluated<Json> {
  let doubt: UnknownValue | undefined;
  const json = toJson(realm, value, (_path, found) => {
    doubt ??= found;
  });
  if (doubt === undefined) return known(json, value);
  return unknownOf(realm, doubt, json, value);
}

function known<T>(json: T, value: Value): Known<T> {
  const assumes = value.kind === "primitive" ? value.assumes : undefined;
  return { known: true, value: json, source: value.source, ...(assumes === undefined ? {} : { assumes }) };
}

function unknownOf(realm: Realm, doubt: UnknownValue, json: Json, value: Value): Unknown {
  const alternatives = value.kind === "unknown" ? value.alternatives : undefined;
  const listed = alternatives?.map((alternative) => evaluatedJson(realm, alternative));
  const all = listed?.every((alternative) => alternative.known)
    ? listed.map((alternative) => (alternative as Known<Json>).value)
    : undefined;
  return {
    known: false,
    reason: doubt.reason,
    source: doubt.source,
    ...(json === DYNAMIC ? {} : typeof json === "string" ? { partial: json } : { partial: JSON.stringify(json) }),
    ...(all === undefined ? {} : { alternatives: all }),
  };
}

/** A value that should be a text; other known values are converted as templates would. */
export function evaluatedText(realm: Realm, value: Value): Evaluated<string> {
  const evaluated = evaluatedJson(realm, value);
  if (!evaluated.known) return evaluated;
  return typeof evaluated.value === "string"
    ? { ...evaluated, value: evaluated.value }
    : { ...evaluated, value: JSON.stringify(evaluated.value) };
}

/** Whether an option is not given at all. */
export function isAbsent(value: Value): boolean {
  return value.kind === "primitive" && value.data === undefined && value.unset === undefined;
}
