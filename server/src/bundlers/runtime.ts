/** Programmatic federation: the run-time packages, called in application code. */
import type { Realm } from "../evaluate/realm.ts";
import { type CallContext, unknown, type Value } from "../evaluate/value.ts";
import type { Adapter } from "./adapter.ts";

const RUNTIME =
  /^@module-federation\/(?:runtime|runtime-core|enhanced\/runtime|modern-js(?:-v3)?\/runtime|runtime-tools|vite\/runtime)(?:\/|$)/;
const runtime = { implementation: "enhanced", runtime: "mf2", bundler: "runtime" } as const;

/** A run-time instance has the functions of its package as methods. */
function instance(_realm: Realm, call: CallContext): Value {
  const origin = { module: "@module-federation/runtime", path: [] };
  return unknown("an instance of the federation runtime", call.source, { origin });
}

export const runtimeAdapter: Adapter = {
  name: "runtime",
  receivers: [
    ...["init", "createInstance", "ModuleFederation"].map((name) => ({
      name,
      modules: RUNTIME,
      ...runtime,
      result: instance,
    })),
    { name: "getInstance", modules: RUNTIME, ...runtime, options: () => undefined, result: instance },
    ...["registerRemotes", "registerShared"].map((name) => ({
      name,
      modules: RUNTIME,
      ...runtime,
      options: (realm: Realm, call: CallContext): Value | undefined => {
        const [given] = call.args;
        if (given === undefined) return undefined;
        const options = realm.plain(call.source);
        options.properties.set(name === "registerRemotes" ? "remotes" : "shared", {
          value: given,
          keySource: given.source,
        });
        return options;
      },
    })),
  ],
};
