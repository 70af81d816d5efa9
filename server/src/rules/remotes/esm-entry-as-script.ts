/** The entry of a remote is an ES module, and the host loads it as a plain script. */
import { containerById } from "../../graph/index.ts";
import { remoteAddress } from "../../graph/remoteAddress.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "remotes/esm-entry-as-script",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A remote that Vite builds is written `name@url`, which loads its entry as a plain script.",
    why: "Vite's entry is an ES module: `Uncaught SyntaxError: Cannot use import statement outside a module`, then `container.init is not a function`.",
    how: 'Ask for the manifest (`manifest: true` in the remote), give `{ type: "module", … }`, or let the remote make a script with `varFilename`.',
  },
  check({ db, report }, container) {
    if (!["webpack", "enhanced", "rspack"].includes(container.implementation)) return;
    if (container.config.options.has("remoteType")) return;
    const written = new Map(container.config.remotes.entries.map((entry) => [entry.key, entry.value]));
    for (const { alias, addresses, entry, certain, valueSource, container: linked } of container.remotes) {
      const served = linked === undefined ? undefined : containerById(db, linked);
      if (!certain || served?.config.pluginModule !== "@module-federation/vite" || addresses.length !== 1) continue;
      if (remoteAddress(addresses[0]!).externalType !== "script" || !/\.js(?:[?#]|$)/.test(entry ?? "")) continue;
      if ((written.get(alias)?.options.size ?? 0) > 0 || served.config.options.has("varFilename")) continue;
      report(
        valueSource,
        `the remote \`${alias}\` is loaded as a plain script, and the entry of \`${served.project}\`, which Vite builds, is an ES module`,
        { related: [{ source: served.config.source, message: `the configuration of \`${served.project}\`` }] },
      );
    }
  },
  examples: [
    {
      title: "A Vite remote of a webpack host",
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
      remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" },
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ remotes/esm-entry-as-script: the remote \`cart\` is loaded as a plain script, and the entry of \`cart\`, which Vite builds, is an ES module
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
//- /cart/vite.config.js
import { federation } from "@module-federation/vite";
export default { plugins: [federation({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })] };
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
`,
    },
    {
      title: "A manifest, or a script made for it",
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
        cart: "cart@http://localhost:3001/mf-manifest.json",
        list: "list@http://localhost:3002/listEntry.js",
      },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
//- /cart/vite.config.js
import { federation } from "@module-federation/vite";
export default { plugins: [federation({ name: "cart", manifest: true, exposes: { "./Cart": "./cart.js" } })] };
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
//- /list/vite.config.js
import { federation } from "@module-federation/vite";
export default { plugins: [federation({ name: "list", varFilename: "listEntry.js", exposes: { "./List": "./list.js" } })] };
//- /list/package.json
{ "name": "list" }
//- /list/list.js
export {};
`,
    },
  ],
});
