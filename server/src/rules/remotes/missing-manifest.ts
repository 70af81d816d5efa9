/** A remote is asked for by a manifest that its build does not make. */
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { containerById } from "../../graph/index.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "remotes/missing-manifest",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A remote's address is an `mf-manifest.json`, and the remote's build makes none.",
    why: "The host finds no manifest: `Failed to get manifest. #RUNTIME-003`, or reads JSON that is none: `The manifest is not a valid Module Federation manifest. #RUNTIME-013`.",
    how: "Set `manifest: true` in the remote, or use the address of its entry file.",
  },
  check({ db, report }, container) {
    for (const { alias, entry, certain, valueSource, container: linked } of container.remotes) {
      const served = linked === undefined ? undefined : containerById(db, linked);
      if (!certain || served === undefined || !/\/mf-manifest\.json(?:[?#]|$)/.test(entry ?? "")) continue;
      const reason = whyNoManifest(served);
      if (reason === undefined) continue;
      report(
        valueSource,
        `the remote \`${alias}\` is asked for by its manifest, and \`${served.project}\` makes none: ${reason}`,
        {
          related: [{ source: served.config.options.get("manifest")?.source ?? served.config.source, message: reason }],
        },
      );
    }
  },
  examples: [
    {
      title: "A manifest that is switched off",
      kind: "bad",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: "cart@http://localhost:3001/mf-manifest.json" },
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ remotes/missing-manifest: the remote \`cart\` is asked for by its manifest, and \`cart\` makes none: \`manifest\` is false
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", manifest: false, exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
`,
    },
    {
      title: "Made by default",
      kind: "good",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@http://localhost:3001/mf-manifest.json" } })],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
`,
    },
  ],
});

function whyNoManifest({ config, implementation }: Container): string | undefined {
  const manifest = config.options.get("manifest");
  if (manifest !== undefined) return knownValue(manifest) === false ? "`manifest` is false" : undefined;
  if (implementation === "webpack" && /^webpack\b/.test(config.pluginModule ?? ""))
    return "webpack's own plugin knows no manifest";
  return config.pluginModule === "@module-federation/vite" ? "`manifest` is not set" : undefined;
}
