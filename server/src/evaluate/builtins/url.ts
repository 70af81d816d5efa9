/** `URL`: known addresses go through the host's own parser. */
import { textOf } from "../coerce.ts";
import type { Realm } from "../realm.ts";
import { assumptionsOf, type CallContext, primitive, unknown, type Value } from "../value.ts";
import { argument, notKnown } from "./method.ts";

const PARTS = [
  "href",
  "origin",
  "protocol",
  "host",
  "hostname",
  "port",
  "pathname",
  "search",
  "hash",
  "username",
  "password",
] as const;

interface Address extends Readonly<Record<(typeof PARTS)[number], string>> {}

declare const URL: new (url: string, base?: string) => Address;

export function makeUrl(realm: Realm, call: CallContext): Value {
  const text = textOf(argument(call, 0));
  const baseValue = call.args[1];
  const base =
    baseValue === undefined
      ? undefined
      : textOf(baseValue.kind === "object" ? (baseValue.properties.get("href")?.value ?? baseValue) : baseValue);
  if (text === undefined || (baseValue !== undefined && base === undefined)) return notKnown(call);
  let address: Address;
  try {
    address = base === undefined ? new URL(text) : new URL(text, base);
  } catch {
    return realm.throwError("TypeError", "Invalid URL", call.source);
  }
  const object = realm.plain(call.source);
  const assumes = assumptionsOf(...call.args);
  object.text = primitive(address.href, call.source, assumes);
  for (const part of PARTS)
    object.properties.set(part, { value: primitive(address[part], call.source, assumes), keySource: call.source });
  for (const name of ["toString", "toJSON"]) {
    object.properties.set(name, {
      value: realm.native(name, call.source, (inner) => object.text ?? notKnown(inner)),
      keySource: call.source,
      hidden: true,
    });
  }
  object.open = unknown("a member of URL that is not evaluated", call.source);
  return object;
}

export function makeUrlSearchParams(_realm: Realm, call: CallContext): Value {
  return unknown("URLSearchParams is not evaluated", call.source, { inputs: call.args });
}
