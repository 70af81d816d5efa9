/** Two builds of one unique name on a page. */
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { containerById } from "../../graph/index.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "containers/duplicate-unique-name",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "A host and a remote of it are built with the same `output.uniqueName`, which is the package's name by default.",
    why: "The unique name keeps the chunks of several builds on one page apart. With the same one, chunks are mixed up: `Loading chunk failed`, a wrong component, a hot update that ends in the other app.",
    how: "Set `output.uniqueName` in each build.",
    sources: ["https://github.com/webpack/webpack/issues/14011"],
  },
  check({ db, report }, container) {
    const name = uniqueName(container);
    if (name === undefined) return;
    for (const remote of container.remotes) {
      const other = remote.container === undefined ? undefined : containerById(db, remote.container);
      if (other === undefined || other.id === container.id || uniqueName(other) !== name) continue;
      const stated = container.config.build.options.get("output.uniqueName");
      report(
        stated?.source ?? container.config.name?.source ?? container.config.source,
        `\`${container.name ?? container.project}\` and its remote \`${other.name ?? other.project}\` are both built with the unique name \`${name}\`${stated === undefined ? ", the name of the package" : ""}`,
        { related: [{ source: other.config.source, message: `the build of \`${other.name ?? other.project}\`` }] },
      );
      return;
    }
  },
  examples: [
    {
      title: "Host and remote in one package",
      kind: "bad",
      files: `
//- /webpack.host.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./host.js",
  plugins: [new ModuleFederationPlugin({ name: "host", remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" } })],
                                               ^^^^^^ containers/duplicate-unique-name: \`host\` and its remote \`cart\` are both built with the unique name \`shop\`, the name of the package
};
//- /webpack.cart.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./cart.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./cart.js" } })],
};
//- /package.json
{ "name": "shop" }
//- /host.js
import("cart/Cart");
//- /cart.js
export {};
`,
    },
    {
      title: "One of them states its own",
      kind: "good",
      files: `
//- /webpack.host.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./host.js",
  plugins: [new ModuleFederationPlugin({ name: "host", remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" } })],
};
//- /webpack.cart.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./cart.js",
  output: { uniqueName: "shop-cart" },
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./cart.js" } })],
};
//- /package.json
{ "name": "shop" }
//- /host.js
import("cart/Cart");
//- /cart.js
export {};
`,
    },
  ],
});

/** As webpack computes it; wrappers that set another one are left out. */
function uniqueName({ config, implementation, uniqueName: name }: Container): string | undefined {
  if (implementation !== "webpack" || config.bundler !== "webpack" || !/^webpack\b/.test(config.pluginModule ?? ""))
    return undefined;
  const stated = config.build.options.get("output.uniqueName");
  return stated !== undefined && typeof knownValue(stated) !== "string" ? undefined : name;
}
