/** Rsbuild, Rslib and Rspress: a plugin function, or the `moduleFederation` member of the configuration. */
import type { Adapter, Receiver } from "./adapter.ts";

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

/** `moduleFederation: { options }` of an Rsbuild configuration: no call receives it. */
export const rsbuildOption: Receiver = {
  name: "rsbuild:moduleFederation",
  modules: /^@rsbuild\/core$/,
  bundler: "rsbuild",
  ...rspack,
};

/** `mf` of an Umi configuration. */
export const umiOption: Receiver = {
  name: "umi:mf",
  modules: /^umi$/,
  implementation: "webpack",
  runtime: "webpack",
  bundler: "webpack",
};
