/** The global name in a remote's address is not the name of the container that is served there. */
import { localAddress, serverPorts } from "../../analysis/devServer.ts";
import { areSiblings } from "../../analysis/meeting.ts";
import { DYNAMIC } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { containers } from "../../graph/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { fix, replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "remotes/name-mismatch",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A remote is written `NAME@url`, and the app served at that port gives its container another name.",
    why: "The entry registers itself under its own name. The host looks for the other one: `Loading script failed. (missing: http://localhost:3001/remoteEntry.js)`, or `Failed to get remoteEntry exports. #RUNTIME-001`.",
    how: "Write the container's `name` before the `@`. The key on the left may be anything.",
  },
  check({ db, report }, container) {
    for (const { alias, addresses, remoteName, entry, certain, valueSource, container: linked } of container.remotes) {
      if (!certain || linked !== undefined || remoteName === undefined || addresses.length !== 1) continue;
      const address = localAddress(entry);
      // A manifest says the name itself.
      if (address === undefined || address.file.endsWith(".json") || addresses[0]!.includes(DYNAMIC)) continue;
      if (!addresses[0]!.startsWith(`${remoteName}@`)) continue;
      const served = soleServer(db, container, address.port);
      if (served?.name === undefined || served.name === remoteName || served.config.options.has("library")) continue;
      const better = addresses[0]!.replace(`${remoteName}@`, `${served.name}@`);
      report(
        valueSource,
        `the remote \`${alias}\` looks for the container \`${remoteName}\`, and \`${served.project}\`, which is served at port ${address.port}, calls itself \`${served.name}\``,
        {
          related: [{ source: served.config.name?.source ?? served.config.source, message: "the container's name" }],
          fixes:
            better === addresses[0] ? [] : [fix(`Change to \`${better}\``, [replaceLiteral(db, valueSource, better)])],
        },
      );
    }
  },
  examples: [
    {
      title: "A misspelt name",
      kind: "bad",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: "crat@http://localhost:3001/remoteEntry.js" },
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ remotes/name-mismatch: the remote \`cart\` looks for the container \`crat\`, and \`@shop/cart\`, which is served at port 3001, calls itself \`cart\`
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
import("cart/Cart");
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  devServer: { port: 3001 },
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "@shop/cart" }
//- /cart/cart.js
export {};
`,
      fixed: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" },
    }),
  ],
};
`,
    },
    {
      title: "Another key, a manifest, a library of another name",
      kind: "good",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        basket: "cart@http://localhost:3001/remoteEntry.js",
        far: "far@http://localhost:3001/mf-manifest.json",
        old: "old_name@http://localhost:3002/remoteEntry.js",
      },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  devServer: { port: 3001 },
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
//- /old/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./old.js",
  devServer: { port: 3002 },
  plugins: [
    new ModuleFederationPlugin({
      name: "old",
      library: { type: "var", name: "old_name" },
      exposes: { "./Old": "./old.js" },
    }),
  ],
};
//- /old/package.json
{ "name": "old" }
//- /old/old.js
export {};
`,
    },
  ],
});

/** The one container beside the host that is served at a port; apps of other products may use the port too. */
function soleServer(db: Db, host: Container, port: number): Container | undefined {
  const serving = containers(db).filter(
    (other) => other.id !== host.id && areSiblings(other, host) && serverPorts(db, other)?.includes(port),
  );
  const [only, ...more] = serving.filter((other) => other.exposes.length > 0);
  return serving.length === 1 && more.length === 0 ? only : undefined;
}
