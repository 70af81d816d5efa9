/** A remote that asks the host's server for its chunks. */
import { hostsOfOtherPorts } from "../../analysis/devServer.ts";
import { setsPublicPath } from "../../analysis/publicPath.ts";
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import type { Db } from "../../vfs/vfs.ts";
import { fix, replaceLiteral } from "../places.ts";
import { defineRule, type RelatedPlace } from "../rule.ts";

export default defineRule({
  id: "containers/public-path",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A build with exposes has an `output.publicPath` without an origin, and a host of the workspace loads it from another one.",
    why: "The browser completes such a path with the origin of the page, which is the host's: the entry loads, and its chunks do not. `ChunkLoadError: Loading chunk src_App_jsx failed. (missing: http://localhost:3000/src_App_jsx.js)`.",
    how: 'Set `output.publicPath: "auto"`, or a whole URL.',
    sources: ["https://github.com/webpack/webpack/issues/11663", "https://github.com/webpack/webpack/issues/18407"],
  },
  check({ db, report }, container) {
    const { config, exposes, platform } = container;
    if (exposes.length === 0 || platform !== "web" || !BUNDLERS.has(config.bundler)) return;
    const option = config.build.options.get("output.publicPath");
    const path = knownValue(option);
    if (option === undefined || typeof path !== "string" || !/^(?:$|\/(?!\/)|\.\/)/.test(path)) return;
    if (config.options.has("getPublicPath")) return;
    const host = otherOrigin(db, container);
    if (host === undefined || setsPublicPath(db, container)) return;
    report(
      option.source,
      `chunks of \`${container.project}\` are asked of the host's server: \`${path}\` is completed with the origin of the page`,
      { related: [host], fixes: [fix("Change to `auto`", [replaceLiteral(db, option.source, "auto")])] },
    );
  },
  examples: [
    {
      title: "A path on the page's server",
      kind: "bad",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
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
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  devServer: { port: 3001 },
  output: { publicPath: "/" },
                        ^^^ containers/public-path: chunks of \`cart\` are asked of the host's server: \`/\` is completed with the origin of the page
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
`,
      fixed: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./cart.js",
  devServer: { port: 3001 },
  output: { publicPath: "auto" },
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
`,
    },
    {
      title: "Found by the entry itself, set while running, and a server that hands on",
      kind: "good",
      files: `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3000 },
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        cart: "cart@http://localhost:3001/remoteEntry.js",
        search: "search@http://localhost:3002/remoteEntry.js",
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
  output: { publicPath: "auto" },
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./cart.js" } })],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/cart.js
export {};
//- /search/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./search.js",
  devServer: { port: 3002 },
  output: { publicPath: "/" },
  plugins: [new ModuleFederationPlugin({ name: "search", filename: "remoteEntry.js", exposes: { "./Search": "./search.js" } })],
};
//- /search/package.json
{ "name": "search" }
//- /search/search.js
__webpack_public_path__ = "http://localhost:3002/";
//- /proxied/host/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3000, proxy: [{ context: ["/chunks"], target: "http://localhost:3003" }] },
  plugins: [new ModuleFederationPlugin({ name: "host", remotes: { maps: "maps@http://localhost:3003/remoteEntry.js" } })],
};
//- /proxied/host/package.json
{ "name": "host" }
//- /proxied/host/index.js
export {};
//- /proxied/maps/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3003 },
  output: { publicPath: "/chunks/" },
  plugins: [new ModuleFederationPlugin({ name: "maps", filename: "remoteEntry.js", exposes: { "./Map": "./index.js" } })],
};
//- /proxied/maps/package.json
{ "name": "maps" }
//- /proxied/maps/index.js
export {};
`,
    },
  ],
});

/** Tools whose own plugins leave the option as it is. */
const BUNDLERS: ReadonlySet<string> = new Set(["webpack", "rspack"]);

/** A host that is served at one port of this machine, and asks for the container at another. */
function otherOrigin(db: Db, container: Container): RelatedPlace | undefined {
  for (const { host, ports, remote } of hostsOfOtherPorts(db, container)) {
    if (ports === undefined || host.config.build.options.has("devServer.proxy")) continue;
    return { source: remote.valueSource, message: `loads \`${container.project}\` into a page at port ${ports[0]}` };
  }
  return undefined;
}
