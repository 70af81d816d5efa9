/** Next.js: `NextFederationPlugin` and the older side-car helpers. */
import type { Adapter } from "./adapter.ts";
import { configFunction } from "./results.ts";

const next = { implementation: "enhanced", runtime: "mf2", bundler: "next" } as const;

export const nextAdapter: Adapter = {
  name: "next",
  receivers: [
    {
      name: "NextFederationPlugin",
      modules: /^@module-federation\/nextjs-(?:mf|ssr)(?:\/|$)/,
      isDefault: true,
      ...next,
    },
    {
      name: "withFederatedSidecar",
      modules: /^@module-federation\/nextjs-(?:mf|ssr)(?:\/|$)/,
      ...next,
      result: configFunction,
    },
    {
      name: "withModuleFederation",
      modules: /^@module-federation\/nextjs-(?:mf|ssr)(?:\/|$)/,
      ...next,
      options: (_realm, call) => call.args[2],
      result: (_realm, call) => call.args[0] ?? call.self,
    },
  ],
};
