/** Nx: `withModuleFederation` of its framework packages. The options are the written ones; what Nx adds is not claimed. */
import type { Adapter } from "./adapter.ts";
import { promisedConfigFunction } from "./results.ts";

const NX = /^@(?:nx|nrwl)\/(?:angular|react|module-federation|next|rspack|vue|webpack)(?:\/|$)/;
const enhanced = { implementation: "enhanced", runtime: "mf2" } as const;

export const nxAdapter: Adapter = {
  name: "nx",
  receivers: [
    ...["withModuleFederation", "withModuleFederationForSSR"].map((name) => ({
      name,
      modules: NX,
      ...enhanced,
      result: promisedConfigFunction,
    })),
    ...["NxModuleFederationPlugin"].map((name) => ({
      name,
      modules: NX,
      ...enhanced,
      options: (_realm: unknown, call: import("../evaluate/value.ts").CallContext) => {
        const [given] = call.args;
        return given?.kind === "object" ? given.properties.get("config")?.value : given;
      },
    })),
  ],
};
