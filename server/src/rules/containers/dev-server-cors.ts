/** A development server whose answers a host of another origin may not read. */
import { hostsOfOtherPorts, serverPorts } from "../../analysis/devServer.ts";
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { nearestManifest } from "../../project/manifest.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { fix } from "../places.ts";
import { defineRule, type Fix, type RelatedPlace } from "../rule.ts";

export default defineRule({
  id: "containers/dev-server-cors",
  since: "0.1.0",
  severity: "info",
  subject: "container",
  docs: {
    what: "A host asks webpack's or Rspack's development server for a manifest or an ES module from another port, and the server sends no `Access-Control-Allow-Origin`.",
    why: "A plain script may come from anywhere; what is fetched, as a manifest is, and what is imported may not: `Failed to get manifest. #RUNTIME-003`, and `blocked by CORS policy` in the browser's console. These servers send the header only if they are told to; those of Vite, Rsbuild and Modern.js do it by themselves.",
    how: 'Set `devServer.headers: { "Access-Control-Allow-Origin": "*" }` in the remote.',
    sources: ["https://module-federation.io/guide/troubleshooting/runtime"],
  },
  check({ db, report }, container) {
    const { config, exposes, platform } = container;
    if (exposes.length === 0 || platform !== "web" || !["webpack", "rspack"].includes(config.bundler)) return;
    const port = config.build.options.get("devServer.port");
    const ports = serverPorts(db, container);
    if (port === undefined || ports === undefined || !isServed(db, container) || mayAllow(container)) return;
    const host = readingHost(db, container, ports);
    if (host === undefined) return;
    report(
      port.source,
      `the server at port ${ports[0]} sends no \`Access-Control-Allow-Origin\`: a host at another port may not read what it asks for`,
      { related: [host], fixes: allowing(db, container) },
    );
  },
  examples: [
    {
      title: "A manifest from another port",
      kind: "bad",
      files: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3001 },
                     ^^^^ containers/dev-server-cors: the server at port 3001 sends no \`Access-Control-Allow-Origin\`: a host at another port may not read what it asks for
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./index.js" } })],
};
//- /cart/package.json
{ "name": "cart", "scripts": { "start": "webpack serve" } }
//- /cart/index.js
export {};
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3000 },
  plugins: [new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@http://localhost:3001/mf-manifest.json" } })],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
`,
      fixed: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3001, headers: { "Access-Control-Allow-Origin": "*" } },
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./index.js" } })],
};
`,
    },
    {
      title: "The header, a plain script, a server that is not used",
      kind: "good",
      files: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3001, headers: { "access-control-allow-origin": "http://localhost:3000" } },
  plugins: [new ModuleFederationPlugin({ name: "cart", filename: "remoteEntry.js", exposes: { "./Cart": "./index.js" } })],
};
//- /cart/package.json
{ "name": "cart", "scripts": { "start": "webpack serve" } }
//- /cart/index.js
export {};
//- /list/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3002 },
  plugins: [new ModuleFederationPlugin({ name: "list", filename: "remoteEntry.js", exposes: { "./List": "./index.js" } })],
};
//- /list/package.json
{ "name": "list", "scripts": { "start": "webpack serve" } }
//- /list/index.js
export {};
//- /maps/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3003 },
  plugins: [new ModuleFederationPlugin({ name: "maps", filename: "remoteEntry.js", exposes: { "./Map": "./index.js" } })],
};
//- /maps/package.json
{ "name": "maps", "scripts": { "start": "node server.js" } }
//- /maps/index.js
export {};
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  devServer: { port: 3000 },
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        cart: "cart@http://localhost:3001/mf-manifest.json",
        list: "list@http://localhost:3002/remoteEntry.js",
        maps: "maps@http://localhost:3003/mf-manifest.json",
      },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
`,
    },
  ],
});

/** Options by which code may send the header. */
const MIDDLEWARES = ["setupMiddlewares", "onBeforeSetupMiddleware", "onAfterSetupMiddleware", "before", "after"];

const SERVES = /\b(?:webpack|rspack)(?:-cli)?\s+(?:serve|server|s|dev)\b|\bwebpack-dev-server\b/;

/** Whether a script of the app starts the server that the configuration describes. */
function isServed(db: Db, { context }: Container): boolean {
  const scripts = nearestManifest(db, context)?.data.scripts;
  return typeof scripts === "object" && scripts !== null && Object.values(scripts).some((text) => SERVES.test(text));
}

/** Whether the configuration allows other origins, or code that could. */
function mayAllow({ config }: Container): boolean {
  const { options } = config.build;
  if (MIDDLEWARES.some((name) => options.has(`devServer.${name}`))) return true;
  const headers = options.get("devServer.headers");
  if (headers === undefined) return false;
  return !headers.known || typeof headers.value !== "object" || /allow-origin/i.test(JSON.stringify(headers.value));
}

/** A host in a browser that fetches the container's manifest or imports its entry. */
function readingHost(db: Db, container: Container, served: readonly number[]): RelatedPlace | undefined {
  for (const { host, remote, address } of hostsOfOtherPorts(db, container)) {
    if (!served.includes(address.port) || (!address.file.endsWith(".json") && !importsEntry(container))) continue;
    return { source: remote.valueSource, message: `\`${host.name ?? host.project}\` asks for it here` };
  }
  return undefined;
}

/** An entry that is an ES module is no plain script. */
function importsEntry({ config }: Container): boolean {
  const library = knownValue(config.options.get("library"));
  return typeof library === "object" && library !== null && "type" in library && library.type === "module";
}

/** Beside a port that stands in the server's options as a number. */
function allowing(db: Db, { config }: Container): readonly Fix[] {
  const port = config.build.options.get("devServer.port");
  if (port === undefined || config.build.options.has("devServer.headers")) return [];
  const { file, range } = port.source;
  if (!/\bport\s*:\s*$/.test(fileText(db, file)?.slice(0, range.start) ?? "")) return [];
  const newText = ', headers: { "Access-Control-Allow-Origin": "*" }';
  return [fix("Allow other origins", [{ file, range: { start: range.end, end: range.end }, newText }])];
}
