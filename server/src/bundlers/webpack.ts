/** webpack's own plugins, `@module-federation/enhanced`, `@rspack/core`, and the Node variants. */
import type { ModelSource } from "../evaluate/packages/modelSource.ts";
import type { Adapter, Receiver } from "./adapter.ts";

const WEBPACK = /^webpack(?:\/|$)/;
const ENHANCED = /^@module-federation\/(?:enhanced|webpack|sdk)(?:\/|$)/;
const RSPACK = /^@rspack\/(?:core|cli)(?:\/|$)/;
const ENHANCED_RSPACK = /^@module-federation\/(?:enhanced\/rspack|rspack)(?:\/|$)/;
const NODE = /^@module-federation\/(?:node|universal|utilities)(?:\/|$)/;

const core = { implementation: "webpack", runtime: "webpack" } as const;
const enhanced = { implementation: "enhanced", runtime: "mf2" } as const;
const rspack = { implementation: "rspack", runtime: "mf2" } as const;

const LOW_LEVEL = [
  "ContainerPlugin",
  "ContainerReferencePlugin",
  "SharePlugin",
  "ConsumeSharedPlugin",
  "ProvideSharedPlugin",
];

const receivers: readonly Receiver[] = [
  { name: "ModuleFederationPlugin", modules: WEBPACK, ...core },
  {
    name: "ModuleFederationPlugin",
    modules: /^webpack\/lib\/container\/ModuleFederationPlugin(?:\.js)?$/,
    isDefault: true,
    ...core,
  },
  { name: "ModuleFederationPlugin", modules: ENHANCED_RSPACK, ...rspack },
  { name: "ModuleFederationPlugin", modules: ENHANCED, ...enhanced },
  { name: "ModuleFederationPlugin", modules: RSPACK, ...rspack },
  { name: "ModuleFederationPluginV1", modules: RSPACK, implementation: "rspack", runtime: "webpack" },
  { name: "ModuleFederationPluginV2", modules: RSPACK, ...rspack },
  ...["NodeFederationPlugin", "UniversalFederationPlugin", "NodeModuleFederation"].map((name) => ({
    name,
    modules: NODE,
    ...enhanced,
  })),
  { name: "NodeModuleFederation", modules: /^@telenko\/node-mf/, ...core },
  ...LOW_LEVEL.flatMap((name) => [
    { name, modules: WEBPACK, ...core },
    { name, modules: ENHANCED, ...enhanced },
    { name, modules: RSPACK, ...rspack },
  ]),
];

/** Plugins that say what names stand for: they keep what they are given. */
const namingPlugins: ModelSource = {
  name: "namingPlugins",
  text: `
exports.DefinePlugin = class DefinePlugin {
  constructor(definitions) {
    this.definitions = definitions;
  }
};
exports.ProvidePlugin = class ProvidePlugin {
  constructor(provided) {
    this.provided = provided;
  }
};
`,
};

/** The resolver's plugin for `compilerOptions.paths`: it keeps what it is given. */
const pathsPlugin: ModelSource = {
  name: "pathsPlugin",
  text: `
class TsconfigPathsPlugin {
  constructor(options) {
    this.pathsOptions = options || {};
  }
}
TsconfigPathsPlugin.TsconfigPathsPlugin = TsconfigPathsPlugin;
TsconfigPathsPlugin.default = TsconfigPathsPlugin;
exports.TsconfigPathsPlugin = TsconfigPathsPlugin;
exports.default = TsconfigPathsPlugin;
`,
};

const PATHS_PLUGIN = /^tsconfig-paths-webpack-plugin(?:\/|$)/;

const functions = [
  ...[WEBPACK, RSPACK].flatMap((modules) =>
    ["DefinePlugin", "ProvidePlugin"].map((name) => ({ name, modules, model: namingPlugins })),
  ),
  { name: "TsconfigPathsPlugin", modules: PATHS_PLUGIN, isDefault: true, model: pathsPlugin },
  { name: "default", modules: PATHS_PLUGIN, model: pathsPlugin },
];

export const webpackAdapter: Adapter = { name: "webpack", receivers, functions };
