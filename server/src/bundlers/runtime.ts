/** Programmatic federation: the run-time packages, called in application code. */
import type { Adapter } from "./adapter.ts";

const RUNTIME =
  /^@module-federation\/(?:runtime|runtime-core|enhanced\/runtime|modern-js(?:-v3)?\/runtime|runtime-tools|vite\/runtime)(?:\/|$)/;
const runtime = { implementation: "enhanced", runtime: "mf2", bundler: "runtime" } as const;

export const runtimeAdapter: Adapter = {
  name: "runtime",
  receivers: ["init", "createInstance", "registerRemotes", "registerShared"].map((name) => ({
    name,
    modules: RUNTIME,
    ...runtime,
    options: (realm, call) => {
      const [given] = call.args;
      if (given === undefined || (name !== "registerRemotes" && name !== "registerShared")) return given;
      const options = realm.plain(call.source);
      options.properties.set(name === "registerRemotes" ? "remotes" : "shared", {
        value: given,
        keySource: given.source,
      });
      return options;
    },
  })),
};
