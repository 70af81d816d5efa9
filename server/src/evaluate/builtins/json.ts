/** `JSON`. Parsed text loses its places but for the call that parses it. */

import { parseFile, ts } from "../../syntax/parse.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { doubtAbout, textOf } from "../coerce.ts";
import { ownEntries } from "../contents.ts";
import { handOut } from "../handOut.ts";
import { callMember, getMember } from "../members.ts";
import type { Realm } from "../realm.ts";
import {
  arrayItems,
  isCallable,
  type ObjectValue,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "../value.ts";
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

/** What a conversion to JSON has met. */
interface Conversion {
  /** The first thing that is not known. */
  doubt: UnknownValue | undefined;
  readonly above: Set<ObjectValue>;
}

/** The plain data of a value, all of whose getters run. Where a part is not known, the conversion says so. */
function toData(realm: Realm, given: Value, key: string, conversion: Conversion): unknown {
  realm.burn();
  const value = ownConversion(realm, given, key);
  const stop = (doubt: UnknownValue): undefined => {
    conversion.doubt ??= doubt;
  };
  if (value.kind === "unknown") return stop(value);
  if (value.kind === "primitive")
    return value.unset !== undefined || typeof value.data === "bigint" ? stop(doubtAbout(value)) : value.data;
  if (conversion.above.has(value)) return stop(unknown("an object that contains itself", value.source));
  if (isCallable(value)) return undefined;
  if (value.open !== undefined) stop(value.open);
  const { slots } = value;
  if (slots.type === "lazy" || slots.type === "plugin")
    return stop(unknown("its members are not listed", value.source));
  conversion.above.add(value);
  try {
    const items = arrayItems(value);
    if (items !== undefined) return items.map((item, index) => toData(realm, item, String(index), conversion));
    const data: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const { key: name, property } of ownEntries(realm, value)) {
      if (property.maybe !== undefined) stop(property.maybe);
      data[name] = toData(realm, getMember(realm, value, name, value.source), name, conversion);
    }
    return data;
  } finally {
    conversion.above.delete(value);
  }
}

/** What an object's own `toJSON` makes of it. */
function ownConversion(realm: Realm, value: Value, key: string): Value {
  if (value.kind !== "object") return value;
  if (!value.properties.has("toJSON") && !value.prototype?.properties.has("toJSON")) return value;
  const convert = getMember(realm, value, "toJSON", value.source);
  return isCallable(convert) || convert.kind === "unknown"
    ? callMember(realm, convert, value, [primitive(key, value.source)], value.source)
    : value;
}

function isMissing(value: Value | undefined): boolean {
  return value === undefined || (value.kind === "primitive" && value.unset === undefined && value.data == null);
}

export const jsonFunctions: MethodTable = {
  parse: (realm, call) => {
    const reviver = argument(call, 1);
    if (reviver.kind !== "primitive") {
      const doubt = unknown("JSON.parse with a reviver is not evaluated", call.source);
      if (realm.tryDepth > 0) realm.mayThrow ??= doubt;
      handOut(realm, [reviver], doubt, call.source, { changes: false });
      return doubt;
    }
    const text = textOf(argument(call, 0));
    if (text !== undefined) return parseJsonText(realm, text, call.source);
    if (realm.tryDepth > 0) realm.mayThrow ??= notKnown(call);
    return notKnown(call);
  },
  stringify: (realm, call) => {
    const [given, space] = [argument(call, 0), argument(call, 2)];
    const conversion: Conversion = { doubt: call.openArgs, above: new Set() };
    const data = toData(realm, given, "", conversion);
    // Of what is no object, and of what has a conversion of its own, there may be no text.
    const more =
      given.kind === "object" && given.slots.type !== "lazy" && isMissing(call.args[1]) ? { text: true } : {};
    const isText = !isCallable(given) && getOwn(given, "toJSON") === undefined;
    const replacer = argument(call, 1);
    if (!isMissing(replacer)) {
      conversion.doubt ??= unknown("JSON.stringify with a replacer is not evaluated", call.source);
      handOut(realm, [replacer], conversion.doubt, call.source, { changes: false });
    }
    if (!isMissing(space) && (space.kind !== "primitive" || space.unset !== undefined))
      conversion.doubt ??= doubtAbout(space);
    const { doubt } = conversion;
    if (doubt !== undefined) {
      if (realm.tryDepth > 0) realm.mayThrow ??= doubt;
      return unknown(doubt.reason, doubt.source, { ...(isText ? more : {}), inputs: call.args.slice(0, 8) });
    }
    const indent = space.kind === "primitive" ? (space.data as string | number) : undefined;
    return primitive(JSON.stringify(data, null, indent), call.source);
  },
};

function getOwn(value: Value, key: string): unknown {
  return value.kind === "object" ? (value.properties.get(key) ?? value.prototype?.properties.get(key)) : undefined;
}
