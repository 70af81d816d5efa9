/** A remote's alias that another remote's name or alias begins with. */
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "remotes/alias-prefix",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A remote has an alias that the name or alias of a remote before it begins with.",
    why: "The 2.x runtime finds remotes by the beginning of a request and refuses what it cannot tell apart: `The alias shop of remote shop_app is not allowed to be the prefix of shop_cart name or alias`.",
    how: "Rename one of the two aliases.",
  },
  check({ report }, container) {
    if (container.runtime !== "mf2" || container.implementation === "vite") return;
    for (const [index, { alias, remoteName, certain, keySource }] of container.remotes.entries()) {
      // The runtime knows an alias only where it is not the name itself.
      if (!certain || remoteName === undefined || remoteName === alias) continue;
      const other = container.remotes
        .slice(0, index)
        .find(
          (earlier) => earlier.certain && [earlier.remoteName, earlier.alias].some((name) => name?.startsWith(alias)),
        );
      if (other === undefined) continue;
      report(
        keySource,
        `the alias \`${alias}\` is the beginning of the remote \`${other.alias}\`${other.remoteName === other.alias ? "" : ` (\`${other.remoteName}\`)`}: the runtime refuses it`,
        { related: [{ source: other.keySource, message: `the remote \`${other.alias}\`` }] },
      );
    }
  },
  examples: [
    {
      title: "One alias begins the other",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        "shop-cart": "cart@http://localhost:3001/mf-manifest.json",
        shop: "shop_app@http://localhost:3002/mf-manifest.json",
        ^^^^ remotes/alias-prefix: the alias \`shop\` is the beginning of the remote \`shop-cart\` (\`cart\`): the runtime refuses it
      },
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
      title: "Names that are no aliases, and aliases that differ",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        shop_cart: "shop_cart@http://localhost:3001/mf-manifest.json",
        shop: "shop@http://localhost:3002/mf-manifest.json",
        list: "catalog@http://localhost:3003/mf-manifest.json",
      },
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
