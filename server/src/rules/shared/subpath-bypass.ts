/** An import of a sub-path of a shared package that no key covers. */
import { MultiMap } from "../../base/multiMap.ts";
import { containerGraph } from "../../graph/index.ts";
import type { Connection, ContainerGraph } from "../../graph/module.ts";
import { packageNameOf } from "../../graph/requiredVersion.ts";
import { isFile } from "../../vfs/vfs.ts";
import { requestPlace } from "../places.ts";
import { defineRule } from "../rule.ts";

/** Files of these kinds hold no state that two copies could disagree about. */
const ASSET = /\.(?:css|s[ac]ss|less|json|svg|png|jpe?g|gif|webp|woff2?|ttf|md)$|\/package\.json$/;

export default defineRule({
  id: "shared/subpath-bypass",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "A module imports `package/sub` while only `package` is shared.",
    why: "A key without a trailing slash covers exactly its own name. The sub-path is bundled again in every app: context, hooks and registries of the two copies do not see each other.",
    how: "Add the key `package/` with the same options, or import from the package's root.",
    sources: ["https://github.com/module-federation/core/issues/4727"],
  },
  check({ db, report }, container) {
    if (!container.complete.shared || !["webpack", "enhanced", "rspack"].includes(container.implementation)) return;
    const exact = new Map(container.consumes.map((consume) => [consume.request, consume]));
    const graph = containerGraph(db, container.id);
    const { modules, connections } = graph;
    for (const { from, to, request, requestIndex } of connections) {
      if (to === undefined || requestIndex === undefined || modules.get(to)?.type !== "normal") continue;
      if (!to.includes("/node_modules/") || from.includes("/node_modules/") || ASSET.test(request)) continue;
      const name = packageNameOf(request);
      const key = name === undefined || name === request ? undefined : exact.get(name);
      if (key === undefined || !isFile(db, to) || asksForRoot(graph, to, name!)) continue;
      const message = `\`${request}\` is not shared: \`${key.request}\` covers only itself, so \`${container.name ?? container.project}\` bundles its own copy`;
      report(requestPlace(db, from, requestIndex), message, {
        severity: key.singleton ? "warning" : "info",
        related: [{ source: key.source, message: `add \`${key.request}/\` here to cover its sub-paths` }],
      });
    }
  },
  examples: [
    {
      title: "`react-dom/client` beside a shared `react-dom`",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { "react-dom": { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "react-dom": "^18.0.0" } }
//- /index.js
import("./app");
//- /app.js
import { createPortal } from "react-dom";
import { createRoot } from "react-dom/client";
                           ^^^^^^^^^^^^^^^^^^ shared/subpath-bypass: \`react-dom/client\` is not shared: \`react-dom\` covers only itself, so \`shell\` bundles its own copy
createRoot(createPortal);
//- /node_modules/react-dom/package.json
{ "name": "react-dom", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react-dom/index.js
exports.createPortal = () => {};
//- /node_modules/react-dom/client.js
exports.createRoot = () => {};
`,
    },
    {
      title: "A sub-path that takes what it needs from the shared module",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { "react-dom": { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "react-dom": "^18.0.0" } }
//- /index.js
import("./app");
//- /app.js
import { createRoot } from "react-dom/client";
createRoot(document.body);
//- /node_modules/react-dom/package.json
{ "name": "react-dom", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react-dom/index.js
exports.createRoot = () => {};
//- /node_modules/react-dom/client.js
const main = require("react-dom");
exports.createRoot = main.createRoot;
`,
    },
    {
      title: "Covered by a prefix key",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { kit: { singleton: true }, "kit/": { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
//- /index.js
import("./app");
//- /app.js
import "kit";
import "kit/more";
import "kit/style.css";
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
//- /node_modules/kit/more.js
module.exports = {};
//- /node_modules/kit/style.css
a {}
`,
    },
  ],
});

/** The file, or another of its package that it leads to, takes the shared module itself: it carries no second copy. */
function asksForRoot({ connections, modules }: ContainerGraph, file: string, name: string): boolean {
  const end = file.lastIndexOf(`/node_modules/${name}/`) + `/node_modules/${name}/`.length;
  const folder = file.slice(0, end);
  const inPackage = new MultiMap<string, Connection>();
  for (const connection of connections)
    if (connection.from.startsWith(folder)) inPackage.add(connection.from, connection);
  const seen = new Set([file]);
  for (const current of seen) {
    for (const { to, request } of inPackage.values(current)) {
      if (to === undefined) continue;
      if (request === name && modules.get(to)?.type === "consume-shared") return true;
      if (to.startsWith(folder)) seen.add(to);
    }
  }
  return false;
}
