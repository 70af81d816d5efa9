/** React Native: Metro's `withModuleFederation(config, options)`, and the plugins of Re.Pack. */
import type { ModelSource } from "../evaluate/packages/modelSource.ts";
import type { Adapter } from "./adapter.ts";

/** What Re.Pack shares unless it is told otherwise, for configurations to spread. */
const repackDefaults: ModelSource = {
  name: "repackDefaults",
  text: `
exports.SHARED_REACT = { singleton: true, eager: true };
exports.SHARED_REACT_NATIVE = { singleton: true, eager: true };
`,
};

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
  functions: ["SHARED_REACT", "SHARED_REACT_NATIVE"].map((name) => ({
    name,
    modules: /^@callstack\/repack/,
    model: repackDefaults,
  })),
};
