/** A remote's local address is not where its app's development server puts the entry. */
import { localAddress, serverPorts } from "../../analysis/devServer.ts";
import { containerById } from "../../graph/index.ts";
import { fix, replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "remotes/wrong-address",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "The port or file of a remote's local address is not that of the remote's own configuration.",
    why: 'The host gets no answer, a 404, or the HTML page instead of the entry: `ERR_CONNECTION_REFUSED`, `Expected a JavaScript module script but the server responded with a MIME type of "text/html"`.',
    how: "Use the port of the remote's dev server and the `filename` of its federation plugin.",
  },
  check({ db, report }, container) {
    for (const { alias, addresses, entry, certain, valueSource, container: linked } of container.remotes) {
      const served = linked === undefined ? undefined : containerById(db, linked);
      const address = localAddress(entry);
      if (!certain || served === undefined || address === undefined || addresses.length !== 1) continue;
      const ports = serverPorts(db, served);
      if (ports !== undefined && !ports.includes(address.port)) {
        const [port] = ports;
        const better = addresses[0]!.replace(`:${address.port}/`, `:${port}/`);
        report(
          valueSource,
          `the remote \`${alias}\` is asked for at port ${address.port}; \`${served.project}\` is served at ${port}`,
          {
            related: [{ source: served.config.source, message: `the configuration of \`${served.project}\`` }],
            fixes: [fix(`Change to \`${better}\``, [replaceLiteral(db, valueSource, better)])],
          },
        );
        continue;
      }
      const file = served.filename?.replace(/^.*\//, "");
      if (file === undefined || address.file === "" || address.file.endsWith(".json") || /[[\]]/.test(file)) continue;
      if (file === address.file || served.config.options.has("varFilename")) continue;
      const better = addresses[0]!.replace(`/${address.file}`, `/${file}`);
      report(
        valueSource,
        `the remote \`${alias}\` is asked for as \`${address.file}\`; \`${served.project}\` calls its entry \`${file}\``,
        {
          related: [
            { source: served.config.filename?.source ?? served.config.source, message: "the entry's file name" },
          ],
          fixes: [fix(`Change to \`${better}\``, [replaceLiteral(db, valueSource, better)])],
        },
      );
    }
  },
  examples: [
    {
      title: "Another port",
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
      remotes: { cart: "cart@http://localhost:3002/remoteEntry.js" },
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ remotes/wrong-address: the remote \`cart\` is asked for at port 3002; \`cart\` is served at 3001
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
{ "name": "cart" }
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
      title: "The port of a build's preview",
      kind: "good",
      files: `
//- /shell/vite.config.js
import federation from "@originjs/vite-plugin-federation";
export default {
  plugins: [federation({ name: "shell", remotes: { cart: "http://localhost:6002/assets/remoteEntry.js" } })],
};
//- /shell/package.json
{ "name": "shell" }
//- /cart/vite.config.js
import federation from "@originjs/vite-plugin-federation";
export default {
  server: { port: 5002 },
  preview: { port: 6002 },
  plugins: [federation({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
`,
    },
    {
      title: "The same port, a port that a script chooses, a deployed address",
      kind: "good",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        cart: "cart@http://localhost:3001/static/remoteEntry.js",
        list: "list@http://localhost:3009/remoteEntry.js",
        far: "cart@https://cdn.example.com/cart/entry.js",
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
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "static/remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
//- /list/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./list.js",
  devServer: { port: 3003 },
  plugins: [new ModuleFederationPlugin({ name: "list", filename: "remoteEntry.js", exposes: { "./List": "./list.js" } })],
};
//- /list/package.json
{ "name": "list", "scripts": { "start": "webpack serve --port 3009" } }
//- /list/list.js
export {};
`,
    },
  ],
});
