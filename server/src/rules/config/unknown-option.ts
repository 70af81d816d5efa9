/** An option that webpack's own plugin refuses. */
import { unknownOption } from "../../graph/validOptions.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "config/unknown-option",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "webpack's own federation plugin gets an option that it does not know.",
    why: "webpack checks the plugin's options and builds nothing when they do not fit: `Invalid options object. Container Plugin has been initialized using an options object that does not match the API schema.`",
    how: "Remove the option, or use the plugin of `@module-federation/enhanced`, which knows it.",
  },
  check({ report }, { config }) {
    if (!/^webpack\b/.test(config.pluginModule ?? "")) return;
    const path = unknownOption(config);
    if (path === undefined) return;
    const nested = /^shared\.(.*)\.([^.]*)$/.exec(path);
    const option =
      nested === null
        ? path === "shareStrategy"
          ? config.shareStrategy
          : config.options.get(path)
        : config.shared.entries.find((entry) => entry.key === nested[1])?.value.options.get(nested[2]!);
    report(
      option?.source ?? config.source,
      `\`${path}\` is no option of webpack's ${config.plugin}: the build is refused`,
    );
  },
  examples: [
    {
      title: "An option of the 2.x plugin",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      manifest: true,
                ^^^^ config/unknown-option: \`manifest\` is no option of webpack's ModuleFederationPlugin: the build is refused
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
      title: "The plugin that knows it",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", manifest: true, shareStrategy: "loaded-first" })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
  ],
});
