/** Finds the built-in members of a value by what it is. */
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { callValue } from "../call.ts";
import { iterate } from "../contents.ts";
import type { Realm } from "../realm.ts";
import { arrayItems, type CallContext, isCallable, type ObjectValue, primitive, type Value } from "../value.ts";
import { arrayMethod } from "./array.ts";
import { collectionMember, promiseMember } from "./collections.ts";
import { argument, type MethodTable, methodValue, notKnown } from "./method.ts";
import { objectMethod } from "./object.ts";
import { regexpMember, scalarMember, stringMember } from "./string.ts";
import { unmodelledMember } from "./unmodelled.ts";

/** `Function.prototype`. */
const FUNCTION_METHODS: MethodTable = {
  call: (realm, call) =>
    callValue(realm, call.self, argument(call, 0), call.args.slice(1), call.source, { openArgs: call.openArgs }),
  apply: (realm, call) => {
    const list = call.args[1];
    const { items, open } =
      list === undefined || (list.kind === "primitive" && list.data == null)
        ? { items: [], open: undefined }
        : iterate(realm, list, call.source);
    return callValue(realm, call.self, argument(call, 0), items, call.source, { openArgs: open });
  },
  bind: (realm, call) =>
    realm.object({ type: "bound", target: call.self, self: argument(call, 0), args: call.args.slice(1) }, call.source),
  toString: (_realm: Realm, call: CallContext) => notKnown(call, { text: true }),
};

export function builtinMember(realm: Realm, value: Value, key: string, source: SourceRange): Value | undefined {
  return modelledMember(realm, value, key, source) ?? unmodelledMember(realm, value, key, source);
}

function modelledMember(realm: Realm, value: Value, key: string, source: SourceRange): Value | undefined {
  if (value.kind === "object") return objectMember(realm, value, key, source);
  if (value.kind === "unknown") return undefined;
  if (typeof value.data === "string") return stringMember(realm, value.data, key, source);
  return scalarMember(realm, value.data, key, source);
}

function objectMember(realm: Realm, object: ObjectValue, key: string, source: SourceRange): Value | undefined {
  if (isCallable(object)) {
    const method = functionMember(realm, object, key, source);
    if (method !== undefined) return method;
  }
  const specific =
    arrayItems(object) === undefined
      ? (collectionMember(realm, object, key, source) ??
        promiseMember(realm, object, key, source) ??
        regexpMember(realm, object, key, source))
      : arrayMethod(realm, key, source);
  // An object made with `Object.create(null)` or by a class has no further built-in members that matter.
  return specific ?? objectMethod(realm, object, key, source);
}

function functionMember(realm: Realm, object: ObjectValue, key: string, source: SourceRange): Value | undefined {
  const { slots } = object;
  if (key === "name") {
    const name =
      slots.type === "function" && slots.closure.node.name !== undefined && "text" in slots.closure.node.name
        ? slots.closure.node.name.text
        : "";
    return primitive(name, source);
  }
  if (key === "length" && slots.type === "function") {
    const parameters = slots.closure.node.parameters;
    const end = parameters.findIndex(
      (parameter) => parameter.initializer !== undefined || parameter.dotDotDotToken !== undefined,
    );
    return primitive(end < 0 ? parameters.length : end, source);
  }
  if (key === "prototype" && slots.type === "function") {
    // Made when it is first asked for: few functions are used as constructors.
    const prototype = realm.plain(source);
    prototype.properties.set("constructor", { value: object, keySource: source, hidden: true });
    object.properties.set("prototype", { value: prototype, keySource: source, hidden: true });
    return prototype;
  }
  return methodValue(realm, FUNCTION_METHODS, key, source);
}
