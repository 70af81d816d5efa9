/** A request for a remote's module that the remote does not expose. */
import { containerById, containerGraph, federatedRequestsIn, remoteTarget } from "../../graph/index.ts";
import { didYouMean, fix, replaceLiteral, requestPlace } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "remotes/missing-expose",
  since: "0.1.0",
  severity: "error",
  subject: "module",
  docs: {
    what: "A module of a remote is imported that the remote's configuration does not expose.",
    why: 'The import fails at run time: `Module "./Widget" does not exist in container.`, or `The remote does not expose the requested module. #RUNTIME-014` where the container answers with nothing.',
    how: "Correct the name (letter case counts), or expose the module in the remote.",
  },
  concerns(db, file, id) {
    const { modules } = containerGraph(db, id);
    return federatedRequestsIn(db, id, file).some(({ to }) => modules.get(to)?.type === "remote");
  },
  check({ db, report }, file, id) {
    const container = containerById(db, id);
    for (const { request, requestIndex } of federatedRequestsIn(db, id, file)) {
      const target = container === undefined ? undefined : remoteTarget(db, container, request);
      const provider = target?.provider;
      if (target === undefined || provider === undefined || !provider.complete.exposes || requestIndex === undefined)
        continue;
      const keys = provider.exposes.map((expose) => expose.key);
      // Some wrappers take keys without the prefix: they are told by exposes/invalid-key.
      if (keys.includes(target.expose) || keys.includes(target.expose.slice(2))) continue;
      const meant = didYouMean(target.expose, keys);
      const better = meant === undefined ? undefined : `${target.remote.alias}${meant.slice(1)}`;
      const place = requestPlace(db, file, requestIndex);
      const offer =
        keys.length === 0
          ? "it exposes nothing"
          : `it exposes ${keys
              .slice(0, 8)
              .map((key) => `\`${key}\``)
              .join(", ")}`;
      report(
        place,
        `\`${provider.name}\` does not expose \`${target.expose}\`: ${offer}${better === undefined ? "" : `; did you mean \`${better}\`?`}`,
        {
          related: [
            {
              source: provider.exposes[0]?.keySource ?? provider.config.source,
              message: `the exposes of \`${provider.name}\``,
            },
          ],
          fixes: better === undefined ? [] : [fix(`Change to \`${better}\``, [replaceLiteral(db, place, better)])],
        },
      );
    }
  },
  examples: [
    {
      title: "A misspelt module",
      kind: "bad",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" } })],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
import("cart/Buton");
       ^^^^^^^^^^^^ remotes/missing-expose: \`cart\` does not expose \`./Buton\`: it exposes \`./Button\`; did you mean \`cart/Button\`?
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./button.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Button": "./button.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/button.js
export {};
`,
      fixed: `
//- /shell/index.js
import("cart/Button");
`,
    },
    {
      title: "Exposed, or a remote of another repository",
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
      remotes: { basket: "cart@http://localhost:3001/remoteEntry.js", far: "far@https://example.com/remoteEntry.js" },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
import("basket/Button");
import("far/Anything");
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./button.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Button": "./button.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/button.js
export {};
`,
    },
  ],
});
