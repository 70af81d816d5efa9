/** `JSON`. Parsed text loses its places but for the call that parses it. */

import { parseFile, ts } from "../../syntax/parse.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { textOf } from "../coerce.ts";
import { ownEntries } from "../contents.ts";
import { getMember } from "../members.ts";
import type { Realm } from "../realm.ts";
import { arrayItems, isCallable, type ObjectValue, primitive, unknown, type Value } from "../value.ts";
import { argument, type MethodTable, notKnown } from "./method.ts";

/** Plain data as a value. `origin` is the text of a whole file, whose places are kept. */
export function parseJsonText(realm: Realm, text: string, source: SourceRange, origin?: string): Value {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return realm.throwError("SyntaxError", "Unexpected token in JSON", source);
  }
  if (origin === undefined) return fromData(realm, data, source);
  const [statement] = parseFile(`${source.file}.json`, text).statements;
  return statement !== undefined && ts.isExpressionStatement(statement)
    ? fromTree(realm, statement.expression, text, source.file)
    : fromData(realm, data, source);
}

/** A host value as a value of the program. */
export function fromData(realm: Realm, data: unknown, source: SourceRange): Value {
  realm.burn();
  if (Array.isArray(data))
    return realm.array(
      data.map((item: unknown) => fromData(realm, item, source)),
      source,
    );
  if (typeof data !== "object" || data === null) return primitive(data as string | number | boolean | null, source);
  const object = realm.plain(source);
  for (const [key, value] of Object.entries(data))
    object.properties.set(key, { value: fromData(realm, value, source), keySource: source });
  return object;
}

function fromTree(realm: Realm, node: ts.Expression, text: string, file: string): Value {
  realm.burn();
  const start = node.pos + (/^\s*/.exec(text.slice(node.pos))?.[0].length ?? 0);
  const source = { file, range: { start, end: node.end } };
  if (ts.isArrayLiteralExpression(node))
    return realm.array(
      node.elements.map((element) => fromTree(realm, element, text, file)),
      source,
    );
  if (!ts.isObjectLiteralExpression(node)) return fromData(realm, JSON.parse(text.slice(start, node.end)), source);
  const object = realm.plain(source);
  for (const property of node.properties) {
    if (!ts.isPropertyAssignment(property) || !ts.isStringLiteral(property.name)) continue;
    const keyStart = property.name.end - text.slice(property.name.pos, property.name.end).trimStart().length;
    object.properties.set(property.name.text, {
      value: fromTree(realm, property.initializer, text, file),
      keySource: { file, range: { start: keyStart, end: property.name.end } },
    });
  }
  return object;
}

/** The plain data of a value; throws `NotData` where a part is not known. */
class NotData extends Error {}

function toData(realm: Realm, value: Value, path: ReadonlySet<ObjectValue>): unknown {
  realm.burn();
  if (value.kind === "unknown") throw new NotData();
  if (value.kind === "primitive") {
    if (value.unset !== undefined || typeof value.data === "bigint") throw new NotData();
    return value.data;
  }
  if (value.open !== undefined || path.has(value)) throw new NotData();
  if (isCallable(value)) return undefined;
  if (value.properties.has("toJSON") || value.prototype?.properties.has("toJSON")) throw new NotData();
  const inner = new Set([...path, value]);
  const items = arrayItems(value);
  if (items !== undefined) return items.map((item) => toData(realm, item, inner));
  if (value.slots.type === "lazy" || value.slots.type === "plugin") throw new NotData();
  const data: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const { key, property } of ownEntries(realm, value)) {
    if (property.maybe !== undefined) throw new NotData();
    data[key] = toData(realm, getMember(realm, value, key, value.source), inner);
  }
  return data;
}

export const jsonFunctions: MethodTable = {
  parse: (realm, call) => {
    const given = argument(call, 0);
    const text = textOf(given);
    if (text === undefined) return notKnown(call);
    if (call.args.length > 1) return unknown("JSON.parse with a reviver is not evaluated", call.source);
    return parseJsonText(realm, text, call.source);
  },
  stringify: (realm, call) => {
    const space = call.args[2];
    const replacer = call.args[1];
    if (replacer !== undefined && !(replacer.kind === "primitive" && replacer.data == null))
      return unknown("JSON.stringify with a replacer is not evaluated", call.source, { text: true });
    try {
      const data = toData(realm, argument(call, 0), new Set());
      const indent = space?.kind === "primitive" ? (space.data as string | number) : undefined;
      return primitive(JSON.stringify(data, null, indent), call.source);
    } catch (error) {
      if (!(error instanceof NotData)) throw error;
      return notKnown(call, { text: true });
    }
  },
};
