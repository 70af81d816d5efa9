/** A runtime in a chunk of its own, beside a container. */
import { knownValue } from "../../evaluate/evaluated.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "containers/runtime-chunk",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "A build that exposes modules puts its runtime into a separate chunk (`optimization.runtimeChunk`).",
    why: "A host loads the entry file alone. Without the runtime in it, the container is never defined: `Cannot read properties of undefined (reading 'init')`, `fn is not a function while loading \"./X\"`, `Failed to get remoteEntry exports. #RUNTIME-001`.",
    how: "Set `optimization.runtimeChunk: false` in builds with `exposes`.",
    sources: ["https://github.com/webpack/webpack/issues/18810"],
  },
  check({ report }, { config, exposes, name, project, implementation }) {
    if (exposes.length === 0 || !["webpack", "enhanced", "rspack"].includes(implementation)) return;
    const option = config.build.options.get("optimization.runtimeChunk");
    const value = knownValue(option);
    if (option === undefined || value === undefined || value === false || value === null) return;
    report(
      option.source,
      `\`${name ?? project}\` exposes modules, but its runtime goes into a chunk of its own: a host that loads the entry alone finds no container`,
    );
  },
  examples: [
    {
      title: "A single runtime chunk",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  optimization: { runtimeChunk: "single" },
                                ^^^^^^^^ containers/runtime-chunk: \`cart\` exposes modules, but its runtime goes into a chunk of its own: a host that loads the entry alone finds no container
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./index.js" } })],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
    },
    {
      title: "A host, and a container with its runtime inside",
      kind: "good",
      files: `
//- /host/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  optimization: { runtimeChunk: "single" },
  plugins: [new ModuleFederationPlugin({ name: "host" })],
};
//- /host/package.json
{ "name": "host" }
//- /host/index.js
export {};
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  optimization: { runtimeChunk: false },
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./index.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/index.js
export {};
`,
    },
  ],
});
