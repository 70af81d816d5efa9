/** EMP: a configuration holds the plugin's options under `moduleFederation`, or changes those in the tool's chain. */
import { callValue } from "../evaluate/call.ts";
import type { Realm } from "../evaluate/realm.ts";
import { arrayItems, isCallable, type ObjectValue, primitive, type Value } from "../evaluate/value.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Receiver } from "./adapter.ts";
import { chain, environmentArgument, set } from "./hookArguments.ts";

export const empOption: Receiver = {
  name: "emp:moduleFederation",
  modules: /^@efox\/emp-cli$/,
  implementation: "webpack",
  runtime: "webpack",
  bundler: "webpack",
};

/** Whether a value stands in a configuration of EMP. */
export function isInEmpConfig({ source }: Value): boolean {
  return /\/emp[-.]config\.[cm]?[jt]s$/.test(source.file);
}

/** What EMP calls a configuration's functions with; `found` is told of options that reach the plugin through the chain. */
export function empArgument(realm: Realm, source: SourceRange, found: (options: ObjectValue) => void): ObjectValue {
  const argument = environmentArgument(realm, source);
  const tap = (callback: Value): void => {
    const given = realm.array([realm.plain(source)], source);
    const changed = callValue(realm, callback, primitive(undefined, source), [given], source);
    const [options] = arrayItems(changed) ?? [];
    // The chain holds other plugins too.
    if (options?.kind === "object" && !isCallable(options) && isLike(options)) found(options);
  };
  set(argument, "config", chain(realm, source, tap));
  set(argument, "webpackEnv", primitive(realm.world.mode, source));
  return argument;
}

function isLike({ properties }: ObjectValue): boolean {
  return ["exposes", "remotes", "shared"].some((name) => properties.has(name));
}
