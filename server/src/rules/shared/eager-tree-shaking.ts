/** `eager` and tree shaking on one shared module. */
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/eager-tree-shaking",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A shared module has both `eager: true` and `treeShaking.mode`.",
    why: 'The plugin refuses the pair: `cannot use both "eager: true" and "treeShaking.mode" simultaneously. Choose one strategy.`',
    how: "Remove one of the two; with an `import()` in the entry `eager` is not needed.",
  },
  check({ report }, container) {
    if (container.runtime !== "mf2") return;
    for (const { request, eager, treeShaking, source } of container.consumes) {
      if (!eager || treeShaking?.mode === undefined) continue;
      report(source, `\`${request}\` is \`eager\` and has \`treeShaking.mode\`: the plugin refuses the pair`);
    }
  },
  examples: [
    {
      title: "Both at once",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: { antd: { eager: true, treeShaking: { mode: "runtime-infer" } } },
                ^^^^ shared/eager-tree-shaking: \`antd\` is \`eager\` and has \`treeShaking.mode\`: the plugin refuses the pair
    }),
  ],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
    {
      title: "One each",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: { antd: { treeShaking: { mode: "runtime-infer" } }, react: { eager: true } },
    }),
  ],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
  ],
});
