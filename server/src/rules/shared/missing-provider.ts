/** `import: false` where no app that can be on the page provides the module. */
import { pagesOf, withJoined } from "../../analysis/pages.ts";
import type { Container } from "../../graph/container.ts";
import {
  consumesOf,
  containerById,
  containerGraph,
  containersOfFile,
  providesOf,
  remoteContainer,
} from "../../graph/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/missing-provider",
  since: "0.1.0",
  severity: "error",
  subject: "shareKey",
  docs: {
    what: "An app bundles no fallback for a shared module (`import: false`), and no app that loads it provides one.",
    why: "The app fails as soon as it needs the module: `Shared module <key> doesn't exist in shared scope default`, or RUNTIME-012. A key that its host lists but never imports provides nothing.",
    how: "Remove `import: false`, or share the module in the host and import it there.",
    sources: ["https://github.com/module-federation/core/issues/4651"],
  },
  check({ db, report }, shareScope, shareKey) {
    const providers = new Set(providesOf(db, shareScope, shareKey).map((provide) => provide.container));
    const told = new Set<string>();
    for (const consume of consumesOf(db, shareScope, shareKey)) {
      const container = containerById(db, consume.container);
      const written = container?.consumes[consume.consume];
      if (container === undefined || written === undefined || told.has(container.id)) continue;
      if (written.import !== undefined || written.unknownOptions.length > 0) continue;
      // A host outside of the workspace may provide it: only hosts that are seen can be judged.
      const pages = pagesOf(db, container.id).filter(([host]) => host !== container.id);
      if (pages.length === 0 || !pages.every((page) => page.every((id) => isJudged(db, id, shareKey)))) continue;
      if (pages.some((page) => page.some((id) => providers.has(id)))) continue;
      told.add(container.id);
      const hosts = [...new Set(pages.map(([host = ""]) => containerById(db, host)))].filter(
        (host) => host !== undefined,
      );
      report(
        written.source,
        `\`${shareKey}\` has \`import: false\` in \`${nameOf(container)}\`, and ${hosts.map((host) => `\`${nameOf(host)}\``).join(", ")} ${hosts.length === 1 ? "does" : "do"} not provide it`,
        { related: hosts.map((host) => ({ source: host.config.source, message: `\`${nameOf(host)}\` loads it` })) },
      );
    }
  },
  examples: [
    {
      title: "The host does not share it",
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
import("cart/Cart");
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./cart.js" },
      shared: { kit: { import: false } },
                ^^^ shared/missing-provider: \`kit\` has \`import: false\` in \`cart\`, and \`shell\` does not provide it
    }),
  ],
};
//- /cart/package.json
{ "name": "cart", "dependencies": { "kit": "^1.0.0" } }
//- /cart/cart.js
import("kit");
`,
    },
    {
      title: "The host shares and imports it",
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
      remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" },
      shared: ["kit"],
    }),
  ],
};
//- /shell/package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
//- /shell/index.js
import("./app");
//- /shell/app.js
import "kit";
import("cart/Cart");
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./cart.js" },
      shared: { kit: { import: false } },
    }),
  ],
};
//- /cart/package.json
{ "name": "cart", "dependencies": { "kit": "^1.0.0" } }
//- /cart/cart.js
import("kit");
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
`,
    },
    {
      title: "A remote whose host is elsewhere",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./cart.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./cart.js" }, shared: { kit: { import: false } } })],
};
//- /package.json
{ "name": "cart", "dependencies": { "kit": "^1.0.0" } }
//- /cart.js
import("kit");
`,
    },
    {
      title: "A host that registers the remote while it runs",
      kind: "good",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { kit: { eager: true } } })],
};
//- /shell/package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
//- /shell/node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0" }
//- /shell/node_modules/kit/index.js
export {};
//- /shell/index.js
import "kit";
import { init } from "@module-federation/runtime";
init({ name: "shell", remotes: [{ name: "cart", entry: "http://localhost:3001/remoteEntry.js" }] });
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: {},
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./cart.js" }, shared: { kit: { import: false } } })],
};
//- /cart/package.json
{ "name": "cart", "dependencies": { "kit": "^1.0.0" } }
//- /cart/cart.js
import "kit";
`,
    },
  ],
});

function nameOf(container: Container): string {
  return container.name ?? container.project;
}

/** Everything that the app may provide is seen: its whole graph, its options, no remotes of elsewhere that may provide. */
function isJudged(db: Db, id: string, shareKey: string): boolean {
  const container = containerById(db, id);
  if (container === undefined || !["webpack", "enhanced", "rspack"].includes(container.implementation)) return false;
  // An instance made in the code of a build extends what the build registers.
  if (
    container.config.bundler === "runtime" &&
    containersOfFile(db, container.config.file).some((owner) => owner !== id)
  )
    return false;
  // Metro provides all that is listed, whether or not anybody imports it.
  if (container.config.bundler === "metro") return false;
  const missingFallback = container.consumes.some((item) => item.shareKey === shareKey && item.import !== undefined);
  if (missingFallback && !containerGraph(db, id).complete) return false;
  const instances = withJoined(db, container);
  return (
    container.complete.shared &&
    instances.every(
      ({ complete, remotes }) =>
        complete.remotes && remotes.every((remote) => remoteContainer(db, remote) !== undefined),
    )
  );
}
