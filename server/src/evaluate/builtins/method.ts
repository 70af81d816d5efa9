/** Tables of built-in functions, and what they share. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { callValue } from "../call.ts";
import { doubtAbout, isUnset, textOf } from "../coerce.ts";
import type { Realm } from "../realm.ts";
import {
  type CallContext,
  type ObjectValue,
  type PrimitiveData,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "../value.ts";
import { safeRegExp } from "./pattern.ts";

export type Method = (realm: Realm, call: CallContext) => Value;
export type MethodTable = Readonly<Record<string, Method>>;

/** The function of a table as a value. */
export function methodValue(
  realm: Realm,
  table: MethodTable,
  name: string,
  source: SourceRange,
): ObjectValue | undefined {
  const method = Object.hasOwn(table, name) ? table[name] : undefined;
  return method === undefined ? undefined : realm.native(name, source, (call) => method(realm, call));
}

/** An object with functions of a table as its members. */
export function namespaceOfMethods(realm: Realm, table: MethodTable, source: SourceRange): ObjectValue {
  const object = realm.plain(source);
  for (const name of Object.keys(table)) {
    object.properties.set(name, { value: methodValue(realm, table, name, source)!, keySource: source, hidden: true });
  }
  object.open = unknown("a function that is not evaluated", source);
  object.isBuiltIn = true;
  return object;
}

export function argument(call: CallContext, index: number): Value {
  return (
    call.args[index] ??
    (call.openArgs === undefined
      ? primitive(undefined, call.source)
      : unknown(call.openArgs.reason, call.openArgs.source))
  );
}

/** Primitive arguments, with `undefined` in place of the list when one is not known. Regular expressions are allowed. */
export function plainArguments(call: CallContext): readonly (PrimitiveData | RegExp)[] | undefined {
  if (call.openArgs !== undefined) return undefined;
  const data: (PrimitiveData | RegExp)[] = [];
  for (const arg of call.args) {
    if (arg.kind === "primitive" && !isUnset(arg)) data.push(arg.data);
    else if (arg.kind === "object" && arg.slots.type === "regexp") {
      const regexp = safeRegExp(arg.slots.pattern, arg.slots.flags);
      if (regexp === undefined) return undefined;
      data.push(regexp);
    } else {
      const text = textOf(arg);
      if (text === undefined) return undefined;
      data.push(text);
    }
  }
  return data;
}

/** The first thing about a call that is not known. */
export function doubtOf(call: CallContext): UnknownValue {
  const values = [call.self, ...call.args];
  const doubtful =
    values.find((value) => value.kind === "unknown") ??
    values.find(isUnset) ??
    values.find((value) => value.kind === "object" && value.open !== undefined);
  if (doubtful?.kind === "object") return doubtful.open!;
  return doubtful === undefined ? (call.openArgs ?? unknown("cannot be evaluated", call.source)) : doubtAbout(doubtful);
}

export function notKnown(call: CallContext, more: { text?: boolean } = {}): UnknownValue {
  const doubt = doubtOf(call);
  return unknown(doubt.reason, doubt.source, { ...more, inputs: call.args.slice(0, 8) });
}

/** Calls a callback. */
export function invoke(realm: Realm, call: CallContext, callback: Value, args: readonly Value[], self?: Value): Value {
  return callValue(realm, callback, self ?? primitive(undefined, call.source), args, call.source);
}
