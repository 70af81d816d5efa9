/** What helper calls give: their argument, or a function over a build configuration. */
import type { Realm } from "../evaluate/realm.ts";
import { type CallContext, primitive, type Value } from "../evaluate/value.ts";

/** The call hands its first argument on. */
export function firstArgument(_realm: Realm, call: CallContext): Value {
  return call.args[0] ?? primitive(undefined, call.source);
}

/** The call gives a function that hands a build configuration on. */
export function configFunction(realm: Realm, call: CallContext): Value {
  return realm.native("withModuleFederation", call.source, (inner) => inner.args[0] ?? realm.plain(inner.source));
}

/** The same, in a promise. */
export function promisedConfigFunction(realm: Realm, call: CallContext): Value {
  return realm.object({ type: "promise", value: configFunction(realm, call), rejected: false }, call.source);
}
