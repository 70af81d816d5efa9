/** Modern.js: options stand in `module-federation.config.*`, in a helper call that only types them, or in the plugin's argument. */
import type { Adapter } from "./adapter.ts";
import { firstArgument } from "./results.ts";

const rspack = { implementation: "rspack", runtime: "mf2" } as const;
const MODERN = /^@module-federation\/(?:modern-js|modern-js-v3|modern-js-rsc)(?:\/|$)/;

export const modernAdapter: Adapter = {
  name: "modern.js",
  receivers: [
    {
      name: "createModuleFederationConfig",
      modules: MODERN,
      bundler: "modern.js",
      ...rspack,
      passive: true,
      result: firstArgument,
    },
    {
      name: "createModuleFederationConfig",
      modules: /^@module-federation\/(?:enhanced|rsbuild-plugin|rspack|sdk|vite|rspress-plugin)(?:\/|$)/,
      ...rspack,
      passive: true,
      result: firstArgument,
    },
    {
      name: "moduleFederationPlugin",
      modules: MODERN,
      bundler: "modern.js",
      ...rspack,
      options: (_realm, call) => {
        const [given] = call.args;
        return given?.kind === "object" ? given.properties.get("config")?.value : undefined;
      },
    },
  ],
};
