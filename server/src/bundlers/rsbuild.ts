/** Rsbuild, Rslib and Rspress: a plugin function, or the `moduleFederation` member of the configuration. */
import type { Adapter } from "./adapter.ts";

const rspack = { implementation: "rspack", runtime: "mf2" } as const;

export const rsbuildAdapter: Adapter = {
  name: "rsbuild",
  receivers: [
    {
      name: "pluginModuleFederation",
      modules: /^@module-federation\/(?:rsbuild-plugin|rspress-plugin|storybook-addon)(?:\/|$)/,
      bundler: "rsbuild",
      ...rspack,
    },
    { name: "pluginModuleFederationRspeedy", modules: /^@lynx-js\//, bundler: "rsbuild", ...rspack },
  ],
};
