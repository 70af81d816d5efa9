/** Turns the options of a plugin call into tables, by webpack's own rules for array and string forms. */

import { ownEntries } from "../evaluate/contents.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import { readMember } from "../evaluate/members.ts";
import type { Realm } from "../evaluate/realm.ts";
import { evaluatedJson, evaluatedText, isAbsent } from "../evaluate/toJson.ts";
import {
  arrayItems,
  isCallable,
  type ObjectValue,
  stringOf,
  type UnknownValue,
  type Value,
} from "../evaluate/value.ts";
import type {
  ConfigEntry,
  ConfigTable,
  ExposeItem,
  RemoteItem,
  SharedItem,
  UnresolvedValue,
} from "../model/federationConfig.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";

/** Collects what is not known while options are read. */
export class Doubts {
  readonly rows: UnresolvedValue[] = [];
  /** Files that values came from. */
  add(path: string, reason: string, source: SourceRange): void {
    if (!this.rows.some((row) => row.path === path && row.reason === reason)) this.rows.push({ path, reason, source });
  }

  note<T>(path: string, value: Evaluated<T>): Evaluated<T> {
    if (!value.known) this.add(path, value.reason, value.source);
    return value;
  }
}

/** One entry of a table before its value is read. */
interface RawEntry {
  readonly key: string;
  readonly keySource: SourceRange;
  readonly value: Value;
  /** An item of an array stands for key and value. */
  readonly fromItem: boolean;
  readonly maybe: UnknownValue | undefined;
}

interface RawTable {
  readonly entries: readonly RawEntry[];
  readonly complete: boolean;
}

/** Lists the entries of an object, or of an array of texts, pairs and objects. */
function rawTable(realm: Realm, path: string, value: Value, doubts: Doubts): RawTable {
  if (value.kind === "unknown") return unknownTable(realm, path, value, doubts);
  if (value.kind === "primitive") {
    if (value.unset !== undefined) doubts.add(path, `depends on ${value.unset}`, value.source);
    return { entries: [], complete: value.unset === undefined };
  }
  if (isCallable(value)) return { entries: [], complete: false };
  const items = arrayItems(value);
  if (items === undefined) return objectTable(realm, path, value, doubts);
  const entries: RawEntry[] = [];
  let complete = value.open === undefined;
  if (value.open !== undefined) doubts.add(path, value.open.reason, value.open.source);
  for (const item of items) {
    const text = stringOf(item);
    const pair = arrayItems(item);
    const pairKey = stringOf(pair?.[0]);
    if (text !== undefined)
      entries.push({ key: text, keySource: item.source, value: item, fromItem: true, maybe: undefined });
    else if (pair !== undefined && pairKey !== undefined) {
      entries.push({
        key: pairKey,
        keySource: pair[0]!.source,
        value: pair[1] ?? pair[0]!,
        fromItem: pair[1] === undefined,
        maybe: undefined,
      });
    } else {
      const inner = rawTable(realm, path, item, doubts);
      entries.push(...inner.entries);
      complete &&= inner.complete;
    }
  }
  return { entries, complete };
}

function objectTable(realm: Realm, path: string, object: ObjectValue, doubts: Doubts): RawTable {
  const entries: RawEntry[] = [];
  for (const { key, property } of ownEntries(realm, object)) {
    const value = readMember(realm, object, key, property.keySource);
    if (isAbsent(value)) continue;
    entries.push({ key, keySource: property.keySource, value, fromItem: false, maybe: property.maybe });
  }
  const open =
    object.open ??
    (object.slots.type === "plain" ? undefined : { reason: "cannot be evaluated", source: object.source });
  if (open !== undefined) doubts.add(path, open.reason, open.source);
  return { entries, complete: open === undefined };
}

/** Of several possible tables the entries of all are listed, and none is certain. */
function unknownTable(realm: Realm, path: string, value: UnknownValue, doubts: Doubts): RawTable {
  doubts.add(path, value.reason, value.source);
  const entries = new Map<string, RawEntry>();
  for (const alternative of value.alternatives ?? []) {
    if (alternative.kind !== "object" || isCallable(alternative)) continue;
    for (const entry of rawTable(realm, path, alternative, doubts).entries) {
      if (!entries.has(entry.key)) entries.set(entry.key, { ...entry, maybe: value });
    }
  }
  return { entries: [...entries.values()], complete: false };
}

function table<T>(
  realm: Realm,
  name: string,
  value: Value,
  doubts: Doubts,
  read: (entry: RawEntry, path: string) => T,
): ConfigTable<T> {
  if (isAbsent(value)) return { entries: [], complete: true };
  const raw = rawTable(realm, name, value, doubts);
  const all = raw.entries.map((entry): ConfigEntry<T> => {
    const path = `${name}.${entry.key}`;
    if (entry.maybe !== undefined) doubts.add(path, entry.maybe.reason, entry.maybe.source);
    return { key: entry.key, keySource: entry.keySource, value: read(entry, path), valueSource: entry.value.source };
  });
  // A list may name a key of `shared` again: plugins consume the last of them and provide each.
  const entries = name === "shared" ? all : [...new Map(all.map((entry) => [entry.key, entry])).values()];
  const isFunction = value.kind === "object" && isCallable(value);
  return {
    entries,
    complete: raw.complete && raw.entries.every((entry) => entry.maybe === undefined),
    source: value.source,
    ...(isFunction ? { isFunction } : {}),
  };
}

/** Options of an entry's object form, each as evaluated. */
function optionsOf(
  realm: Realm,
  object: ObjectValue,
  path: string,
  doubts: Doubts,
): { options: Map<string, Evaluated<Json>>; complete: boolean } {
  const options = new Map<string, Evaluated<Json>>();
  for (const { key, property } of ownEntries(realm, object)) {
    const value = readMember(realm, object, key, property.keySource);
    if (!isAbsent(value)) options.set(key, doubts.note(`${path}.${key}`, evaluatedJson(realm, value)));
  }
  if (object.open !== undefined) doubts.add(path, object.open.reason, object.open.source);
  return { options, complete: object.open === undefined };
}

/** webpack's test: what looks like a version requirement and what like a module. */
export function looksLikeVersion(text: string): boolean {
  return /^[\d^=v<>~]/.test(text) || /^[*xX]$/.test(text);
}

export function sharedTable(realm: Realm, value: Value, doubts: Doubts): ConfigTable<SharedItem> {
  return table(realm, "shared", value, doubts, (entry, path): SharedItem => {
    if (entry.fromItem) return { form: "array-item", options: new Map(), complete: true };
    const { value: given } = entry;
    const text = stringOf(given);
    if (text !== undefined) {
      // A key that imports itself says nothing beside itself.
      if (text === entry.key) return { form: "string", options: new Map(), complete: true };
      const option = !looksLikeVersion(text) ? "import" : "requiredVersion";
      return { form: "string", options: new Map([[option, evaluatedJson(realm, given)]]), complete: true };
    }
    if (given.kind === "object" && !isCallable(given) && arrayItems(given) === undefined) {
      return { form: "object", ...optionsOf(realm, given, path, doubts) };
    }
    if (given.kind !== "unknown") return { form: "object", options: new Map(), complete: given.kind === "primitive" };
    doubts.add(path, given.reason, given.source);
    return { form: "object", options: new Map(), complete: false };
  });
}

function texts(realm: Realm, value: Value, path: string, doubts: Doubts): readonly Evaluated<string>[] {
  const items = arrayItems(value);
  if (items === undefined || (value.kind === "object" && value.open !== undefined))
    return [doubts.note(path, evaluatedText(realm, value))];
  return items.map((item) => doubts.note(path, evaluatedText(realm, item)));
}

export function remotesTable(realm: Realm, value: Value, doubts: Doubts): ConfigTable<RemoteItem> {
  return table(realm, "remotes", namedItems(realm, value), doubts, (entry, path): RemoteItem => {
    const { value: given } = entry;
    if (given.kind !== "object" || arrayItems(given) !== undefined || isCallable(given)) {
      return { addresses: texts(realm, given, path, doubts), options: new Map() };
    }
    const { options } = optionsOf(realm, given, path, doubts);
    const address = ["entry", "external", "url"]
      .map((name) => given.properties.get(name))
      .find((property) => property !== undefined);
    return { addresses: address === undefined ? [] : texts(realm, address.value, path, doubts), options };
  });
}

/** The run-time form of remotes is an array of objects with a name; they become entries by alias or name. */
function namedItems(realm: Realm, value: Value): Value {
  const items = arrayItems(value);
  if (
    items === undefined ||
    value.kind !== "object" ||
    !items.some((item) => item.kind === "object" && item.properties.has("entry") && item.properties.has("name"))
  )
    return value;
  const object = realm.plain(value.source);
  object.open = value.open;
  for (const item of items) {
    if (item.kind !== "object") continue;
    const name = item.properties.get("alias") ?? item.properties.get("name");
    const key = stringOf(name?.value);
    if (key === undefined)
      object.open ??= { kind: "unknown", reason: "the name of a remote is not known", source: item.source };
    else object.properties.set(key, { value: item, keySource: name!.value.source });
  }
  return object;
}

export function exposesTable(realm: Realm, value: Value, doubts: Doubts): ConfigTable<ExposeItem> {
  return table(realm, "exposes", value, doubts, (entry, path): ExposeItem => {
    const { value: given } = entry;
    if (given.kind !== "object" || arrayItems(given) !== undefined || isCallable(given)) {
      return { requests: texts(realm, given, path, doubts), options: new Map() };
    }
    const { options } = optionsOf(realm, given, path, doubts);
    const request = given.properties.get("import");
    return { requests: request === undefined ? [] : texts(realm, request.value, path, doubts), options };
  });
}
