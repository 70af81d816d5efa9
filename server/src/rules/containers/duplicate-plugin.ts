/** Two federation plugins in one build that cannot be there together. */
import type { Container } from "../../graph/container.ts";
import { containerGraph, containers } from "../../graph/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "containers/duplicate-plugin",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "One build has two federation plugins that make the same entry, or that cannot stand beside each other.",
    why: "`@module-federation/enhanced/rspack` stops where it finds itself a second time: `Detect duplicate register RspackModuleFederationPlugin,please ensure RspackModuleFederationPlugin is singleton!` Two entries of one name stop webpack (`Conflicting entry option`), and of Rspack's own plugins the second one's exposes are lost. Two entries of one file stop both. Where webpack's own plugin and the one of `@module-federation/enhanced` share the same package, each takes the other's modules for its own: `Maximum call stack size exceeded`, or `Cannot destructure property 'shareKey'`.",
    how: "Put all options into one plugin, and use `@module-federation/enhanced` or the bundler's own plugin, not both. Give a second container a name and a file of its own.",
  },
  check({ db, report }, container) {
    const { config } = container;
    if (config.compilation === undefined) return;
    for (const other of containers(db)) {
      if (other.id === container.id) return;
      if (other.config.file !== config.file || other.config.compilation !== config.compilation) continue;
      const reason = conflict(db, other, container);
      if (reason === undefined) continue;
      report(config.source, `two federation plugins are in one build: ${reason}`, {
        related: [{ source: other.config.source, message: "the other plugin" }],
      });
      return;
    }
  },
  examples: [
    {
      title: "Twice the plugin for Rspack",
      kind: "bad",
      files: `
//- /rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./index.js" } }),
    new ModuleFederationPlugin({ name: "cart_shared", shared: ["react"] }),
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/duplicate-plugin: two federation plugins are in one build: the one of Module Federation 2 for Rspack stops where it finds itself a second time
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
    },
    {
      title: "Two entries of one name",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({ name: "cart", filename: "cart.js", exposes: { "./Cart": "./index.js" } }),
    new ModuleFederationPlugin({ name: "cart", filename: "list.js", exposes: { "./List": "./index.js" } }),
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/duplicate-plugin: two federation plugins are in one build: both make the entry \`cart\`, and webpack stops
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
    },
    {
      title: "webpack's own plugin beside the enhanced one",
      kind: "bad",
      files: `
//- /webpack.config.js
const { container } = require("webpack");
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new container.ModuleFederationPlugin({ name: "shell", shared: ["react"] }),
    new ModuleFederationPlugin({ name: "shell2", shared: ["react"] }),
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/duplicate-plugin: two federation plugins are in one build: webpack's own and the enhanced one both share \`react\`, and each takes the other's modules for its own
  ],
};
//- /package.json
{ "name": "shell", "dependencies": { "react": "^18.0.0" } }
//- /index.js
import("./app");
//- /app.js
import "react";
//- /node_modules/react/package.json
{ "name": "react", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react/index.js
exports.version = "18.3.1";
`,
    },
    {
      title: "Two containers of one build, two builds of one file, one plugin or the other",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({ name: "cart", filename: "cart.js", exposes: { "./Cart": "./index.js" } }),
    new ModuleFederationPlugin({ name: "list", filename: "list.js", exposes: { "./List": "./index.js" } }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
//- /pages/rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
const build = (target) => ({
  context: __dirname,
  entry: "./index.js",
  target,
  plugins: [new ModuleFederationPlugin({ name: "pages", filename: "entry.js", exposes: { "./Page": "./index.js" } })],
});
module.exports = [build("web"), build("async-node")];
//- /pages/package.json
{ "name": "pages" }
//- /pages/index.js
export {};
//- /either/webpack.config.js
const { container } = require("webpack");
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = (env, { mode }) => ({
  context: __dirname,
  entry: "./index.js",
  plugins: [
    mode === "production"
      ? new ModuleFederationPlugin({ name: "either", exposes: { "./A": "./index.js" } })
      : new container.ModuleFederationPlugin({ name: "either", exposes: { "./A": "./index.js" } }),
  ],
});
//- /either/package.json
{ "name": "either" }
//- /either/index.js
export {};
`,
    },
  ],
});

const ENHANCED = /^@module-federation\/(?:enhanced|rspack)\b/;

/** As the bundlers and the plugins end, each pair tried with them. */
function conflict(db: Db, first: Container, second: Container): string | undefined {
  const [one, two] = [first.config.pluginModule ?? "", second.config.pluginModule ?? ""];
  const forRspack = first.implementation === "rspack" && second.implementation === "rspack";
  const isWhole = [first, second].every(({ config }) => config.plugin === "ModuleFederationPlugin");
  if (forRspack && isWhole && ENHANCED.test(one) && ENHANCED.test(two))
    return "the one of Module Federation 2 for Rspack stops where it finds itself a second time";
  const entries =
    first.exposes.length > 0 && second.exposes.length > 0 ? sameEntry(first, second, forRspack) : undefined;
  if (entries !== undefined || forRspack) return entries;
  const isMixed = [one, two].some((name) => ENHANCED.test(name)) && [one, two].some((name) => /^webpack\b/.test(name));
  const key = isMixed ? keyOfBoth(db, first, second) : undefined;
  if (key === undefined) return undefined;
  return `webpack's own and the enhanced one both share \`${key}\`, and each takes the other's modules for its own`;
}

function sameEntry(first: Container, second: Container, forRspack: boolean): string | undefined {
  const { name, filename } = second;
  const isFile = filename !== undefined && filename === first.filename && !filename.includes("[");
  if (name !== undefined && name === first.name) {
    if (!forRspack) return `both make the entry \`${name}\`, and webpack stops`;
    return isFile ? `both make the entry \`${name}\`, and what this one exposes is lost` : undefined;
  }
  return isFile && name !== undefined && first.name !== undefined
    ? `both write \`${filename}\`, and the bundler stops`
    : undefined;
}

/** A key under which each of both has a module of its own. */
function keyOfBoth(db: Db, first: Container, second: Container): string | undefined {
  const requested = new Set(requests(db, first));
  return requests(db, second).find((request) => requested.has(request));
}

function requests(db: Db, { id, consumes }: Container): readonly string[] {
  const found: string[] = [];
  for (const module of containerGraph(db, id).modules.values()) {
    if (module.type !== "consume-shared" || module.container !== id) continue;
    const request = consumes[module.consume]?.request;
    if (request !== undefined) found.push(request);
  }
  return found;
}
