/** A plugin without the name that it asks for. */
import type { Container } from "../../graph/container.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "containers/missing-name",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "The federation plugin gets no `name`.",
    why: "The plugins of Module Federation 2 stop the build: `ModuleFederationPlugin name is required`. Native federation goes on with `Project name in 'federation.config.js' is empty, defaulting to 'shell' cache folder`: the apps of a workspace then overwrite each other's cached packages.",
    how: "Give it a name that no other app of the page has.",
  },
  check({ report }, container) {
    const { config } = container;
    if (config.name !== undefined) return;
    if (config.plugin === "withNativeFederation") {
      report(config.source, "native federation takes this app for `shell`: it has no name", { severity: "warning" });
    } else if (stopsBuild(container)) {
      report(config.source, "the plugin stops the build: `name` is required");
    }
  },
  examples: [
    {
      title: "A host without a name",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ shared: ["react"] })],
                                       ^^^^^^^^^^^^^^^^^^^^^ containers/missing-name: the plugin stops the build: \`name\` is required
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
    {
      title: "Native federation",
      kind: "bad",
      files: `
//- /federation.config.js
const { withNativeFederation } = require("@softarc/native-federation/build");
module.exports = withNativeFederation({ exposes: { "./Cart": "./cart.ts" }, shared: {} });
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/missing-name: native federation takes this app for \`shell\`: it has no name
//- /package.json
{ "name": "cart" }
//- /cart.ts
export {};
`,
    },
    {
      title: "A name from elsewhere, and plugins that need none",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
const base = require("federation-defaults");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ ...base, shared: ["react"] })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
//- /host/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ shared: ["react"] })],
};
//- /host/package.json
{ "name": "host" }
//- /host/index.js
export {};
`,
    },
  ],
});

/** As the plugins begin: those of Module Federation 2 always, Rspack's own where it makes a container. */
function stopsBuild({ config, exposes }: Container): boolean {
  const { plugin, pluginModule = "" } = config;
  if (/^@rspack\/core\b/.test(pluginModule)) return plugin === "ModuleFederationPlugin" && exposes.length > 0;
  if (/^@module-federation\/(?:enhanced|rspack)\b/.test(pluginModule)) return plugin === "ModuleFederationPlugin";
  return plugin === "pluginModuleFederation" && pluginModule.startsWith("@module-federation/rsbuild-plugin");
}
