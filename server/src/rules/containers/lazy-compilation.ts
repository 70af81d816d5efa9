/** Rspack's lazy compilation in an app whose modules run on pages of other servers. */
import { hostsOfOtherPorts } from "../../analysis/devServer.ts";
import { firstLazyPart } from "../../analysis/lazyParts.ts";
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import type { Db } from "../../vfs/vfs.ts";
import { requestPlace } from "../places.ts";
import { defineRule, type RelatedPlace } from "../rule.ts";

export default defineRule({
  id: "containers/lazy-compilation",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "`lazyCompilation` is on for `import()` in an app that exposes modules to hosts at other ports.",
    why: "Rspack compiles what an `import()` asks for when the page asks for it, with a request to `/_rspack/lazy/trigger` of the page's own server. On a host's page that is the host's server, which compiles nothing of the remote: the part never comes, or the page says `Problem communicating active modules to the server`.",
    how: "Set `lazyCompilation: false` (or `imports: false`) in apps with `exposes`, or `serverUrl` to the app's own server.",
    sources: [
      "https://github.com/module-federation/core/pull/4845",
      "https://github.com/web-infra-dev/rspack/issues/12443",
    ],
  },
  check({ db, report }, container) {
    const { config, exposes, implementation } = container;
    if (exposes.length === 0 || config.bundler !== "rspack" || implementation !== "rspack") return;
    const option = config.build.options.get("lazyCompilation");
    if (option === undefined || !isOnForImports(knownValue(option))) return;
    if (knownValue(config.build.options.get("mode")) === "production") return;
    const host = hostElsewhere(db, container);
    const lazy = host === undefined ? undefined : firstLazyPart(db, container);
    if (host === undefined || lazy === undefined) return;
    const part = { source: requestPlace(db, lazy.from, lazy.requestIndex), message: "such a part" };
    report(
      option.source,
      `parts that exposed modules of \`${container.name ?? container.project}\` load with \`import()\` are asked of the host's server, which does not compile them`,
      { related: [part, host] },
    );
  },
  examples: [
    {
      title: "An exposed module that loads a part of itself later",
      kind: "bad",
      files: `
//- /cart/rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  devServer: { port: 3001 },
  lazyCompilation: { entries: false, imports: true },
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/lazy-compilation: parts that exposed modules of \`cart\` load with \`import()\` are asked of the host's server, which does not compile them
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export const pay = () => import("./pay");
//- /cart/pay.js
export {};
//- /shell/rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3000 },
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" } })],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
`,
    },
    {
      title: "A part that only the app's own page loads, a server that is named, and hosts",
      kind: "good",
      files: `
//- /cart/rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3001 },
  lazyCompilation: true,
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/index.js
import("./bootstrap");
//- /cart/bootstrap.js
export {};
//- /cart/cart.js
export {};
//- /list/rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = {
  context: __dirname,
  entry: "./list.js",
  devServer: { port: 3002 },
  lazyCompilation: { imports: true, serverUrl: "http://localhost:3002" },
  plugins: [new ModuleFederationPlugin({ name: "list", filename: "remoteEntry.js", exposes: { "./List": "./list.js" } })],
};
//- /list/package.json
{ "name": "list" }
//- /list/list.js
export const more = () => import("./more");
//- /list/more.js
export {};
//- /shell/rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3000 },
  lazyCompilation: true,
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        cart: "cart@http://localhost:3001/remoteEntry.js",
        list: "list@http://localhost:3002/remoteEntry.js",
      },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
import("cart/Cart");
`,
    },
  ],
});

/** As Rspack fills the options in; what a `test` or a `client` of the app's own does is not known. */
function isOnForImports(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === true;
  if (["serverUrl", "test", "client"].some((name) => name in value)) return false;
  return !("imports" in value) || value.imports === true;
}

/** A host at another port whose server hands nothing on. */
function hostElsewhere(db: Db, container: Container): RelatedPlace | undefined {
  for (const { host, ports, remote } of hostsOfOtherPorts(db, container)) {
    if (ports === undefined || host.config.build.options.has("devServer.proxy")) continue;
    return { source: remote.valueSource, message: `loads them into a page at port ${ports[0]}` };
  }
  return undefined;
}
