/** Metro (React Native): `withModuleFederation(config, options)`. */
import type { Adapter } from "./adapter.ts";

export const metroAdapter: Adapter = {
  name: "metro",
  receivers: [
    {
      name: "withModuleFederation",
      modules: /^@module-federation\/metro(?:\/|$)/,
      implementation: "enhanced",
      runtime: "mf2",
      bundler: "metro",
      options: (_realm, call) => call.args[1],
      result: (_realm, call, plugin) => call.args[0] ?? plugin,
    },
    {
      name: "ModuleFederationPlugin",
      modules: /^@callstack\/repack/,
      implementation: "enhanced",
      runtime: "mf2",
      bundler: "rspack",
    },
    {
      name: "ModuleFederationPluginV1",
      modules: /^@callstack\/repack/,
      implementation: "enhanced",
      runtime: "webpack",
      bundler: "rspack",
    },
    {
      name: "ModuleFederationPluginV2",
      modules: /^@callstack\/repack/,
      implementation: "enhanced",
      runtime: "mf2",
      bundler: "rspack",
    },
  ],
};
