/** A key of `shared` that no module of the build asks for. */
import { externalTest } from "../../graph/externals.ts";
import { containerGraph } from "../../graph/index.ts";
import { isFile } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/unused-entry",
  since: "0.1.0",
  severity: "info",
  subject: "container",
  docs: {
    what: "A key of `shared` is matched by no import of the build.",
    why: "Sharing is driven by imports: a key that nobody imports provides nothing and consumes nothing, `eager` or not. It misleads whoever reads the configuration, and hides that a library is not shared at all.",
    how: "Remove the key, or import the library through this name.",
  },
  check({ db, report }, container) {
    if (container.implementation === "native-federation" || container.implementation === "vite") return;
    const graph = containerGraph(db, container.id);
    if (!graph.complete || graph.modules.size === 0) return;
    const isExternal = externalTest(container.config);
    const consumed = new Set<number>();
    const provided = new Set<number>();
    for (const module of graph.modules.values()) {
      if (module.type !== "normal" && module.container !== container.id) continue;
      if (module.type === "consume-shared") {
        consumed.add(module.consume);
        // A package that is not installed may import the others, also where the lockfile knows its version.
        if (module.fallback === null && container.consumes[module.consume]?.import !== undefined) return;
      } else if (module.type === "provide-shared") provided.add(module.provide);
      else if (module.type === "normal" && mayStandFor(module.file) && !isFile(db, module.file)) return;
    }
    // A request that did not resolve may hide the module that imports the key.
    if (
      graph.connections.some(
        ({ to, request, state }) =>
          to === undefined && state !== "inactive" && !/\.(?:css|s[ac]ss|less|svg|png|jpe?g|gif|woff2?)$/.test(request),
      )
    )
      return;
    const elsewhere = (container.plugins ?? []).filter(({ owner }) => owner !== container.id);
    for (const [index, consume] of container.consumes.entries()) {
      if (consumed.has(index) || consume.unknownOptions.length > 0) continue;
      // Another instance of the plugin takes its imports.
      if (elsewhere.some(({ consumes }) => consumes.some(({ request }) => request === consume.request))) continue;
      // What is external too is told by shared/external.
      if (isExternal(consume.request)) continue;
      const provides = container.provides.some((provide, at) => provided.has(at) && provide.source === consume.source);
      if (provides || hasTemplateFiles(graph.modules.keys())) continue;
      report(
        consume.source,
        `\`${consume.request}\` is shared but no module of \`${container.name ?? container.project}\` imports it`,
        {
          unnecessary: true,
        },
      );
    }
  },
  examples: [
    {
      title: "A library that was given up",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shop",
      shared: { react: { singleton: true }, moment: { singleton: true } },
                                            ^^^^^^ shared/unused-entry: \`moment\` is shared but no module of \`shop\` imports it
    }),
  ],
};
//- /package.json
{ "name": "shop", "dependencies": { "react": "^18.0.0", "moment": "^2.0.0" } }
//- /node_modules/react/package.json
{ "name": "react", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react/index.js
module.exports = {};
//- /src/index.js
import("./app");
//- /src/app.js
import React from "react";
console.log(React);
`,
    },
    {
      title: "Imported by a package that the app uses",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: { react: { singleton: true } } })],
};
//- /package.json
{ "name": "shop", "dependencies": { "react": "^18.0.0", "ui-kit": "^1.0.0" } }
//- /node_modules/react/package.json
{ "name": "react", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react/index.js
module.exports = {};
//- /node_modules/ui-kit/package.json
{ "name": "ui-kit", "version": "1.0.0", "main": "index.js", "peerDependencies": { "react": "^18.0.0" } }
//- /node_modules/ui-kit/index.js
import React from "react";
export const Button = () => React;
//- /src/index.js
import("./app");
//- /src/app.js
import { Button } from "ui-kit";
console.log(Button);
`,
    },
    {
      title: "A package of the workspace that is not linked yet",
      kind: "good",
      files: `
//- /apps/shop/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: { "@acme/ui": {}, react: { singleton: true } } })],
};
//- /apps/shop/package.json
{ "name": "shop", "dependencies": { "react": "^18.0.0", "@acme/ui": "workspace:*" } }
//- /apps/shop/src/index.js
import("./app");
//- /apps/shop/src/app.js
import { Button } from "@acme/ui";
console.log(Button);
//- /package.json
{ "name": "acme", "workspaces": ["apps/*", "packages/*"] }
//- /packages/ui/package.json
{ "name": "@acme/ui", "version": "1.0.0", "exports": { ".": "./src/index.js" }, "dependencies": { "react": "^18.0.0" } }
//- /packages/ui/src/index.js
import React from "react";
export const Button = () => React;
`,
    },
  ],
});

/** A package that is not installed, or a member of the workspace that is not linked, stands in the graph by its folder. */
function mayStandFor(file: string): boolean {
  return file.includes("/node_modules/") || !/\.\w+$/.test(file);
}

/** Templates of single-file components may be compiled to imports that are not seen here. */
function hasTemplateFiles(files: Iterable<string>): boolean {
  for (const file of files) if (/\.(?:vue|svelte|html)$/.test(file)) return true;
  return false;
}
