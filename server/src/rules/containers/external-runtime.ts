/** `provideExternalRuntime` in a container with exposes. */
import { knownValue } from "../../evaluate/evaluated.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "containers/external-runtime",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "`experiments.provideExternalRuntime` is on in a container that exposes modules.",
    why: "The plugin refuses it: `You can only set provideExternalRuntime: true in pure consumer which not expose modules.`",
    how: "Remove the flag, or the exposes.",
  },
  check({ report }, { config, exposes, runtime }) {
    const experiments = config.options.get("experiments");
    const value = knownValue(experiments);
    if (runtime !== "mf2" || exposes.length === 0 || experiments === undefined) return;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    if ((value as Readonly<Record<string, unknown>>).provideExternalRuntime !== true) return;
    report(
      experiments.source,
      "`provideExternalRuntime` is for apps that expose nothing: the plugin refuses it beside `exposes`",
    );
  },
  examples: [
    {
      title: "With exposes",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./index.js" },
      experiments: { provideExternalRuntime: true },
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/external-runtime: \`provideExternalRuntime\` is for apps that expose nothing: the plugin refuses it beside \`exposes\`
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
    },
    {
      title: "A pure consumer",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", experiments: { provideExternalRuntime: true } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
  ],
});
