/** `package/` is shared, `package` itself is imported and is not. */
import { containerGraph } from "../../graph/index.ts";
import { requestPlace } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/prefix-without-root",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "Only `package/` is shared, and a module imports `package`.",
    why: "A key with a trailing slash covers sub-paths alone. The root is bundled again in every app, beside the shared sub-paths that belong to it.",
    how: "Add the key `package` with the same options.",
  },
  check({ db, report }, container) {
    if (!container.complete.shared || !["webpack", "enhanced", "rspack"].includes(container.implementation)) return;
    const prefixes = container.consumes.filter((consume) => /^(?:@[^/]+\/)?[^./@][^/]*\/$/.test(consume.request));
    if (prefixes.length === 0) return;
    const { modules, connections } = containerGraph(db, container.id);
    for (const { from, to, request, requestIndex } of connections) {
      if (to === undefined || requestIndex === undefined || modules.get(to)?.type !== "normal") continue;
      if (!to.includes("/node_modules/") || from.includes("/node_modules/")) continue;
      const key = prefixes.find((consume) => consume.request === `${request}/`);
      if (key === undefined) continue;
      report(
        requestPlace(db, from, requestIndex),
        `\`${request}\` is not shared: \`${key.request}\` covers its sub-paths only, so \`${container.name ?? container.project}\` bundles its own copy`,
        {
          severity: key.singleton ? "warning" : "info",
          related: [{ source: key.source, message: `add \`${request}\` beside it` }],
        },
      );
    }
  },
  examples: [
    {
      title: "The root beside its sub-paths",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { "kit/": { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
//- /index.js
import("./app");
//- /app.js
import "kit/more";
import "kit";
       ^^^^^ shared/prefix-without-root: \`kit\` is not shared: \`kit/\` covers its sub-paths only, so \`shell\` bundles its own copy
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
//- /node_modules/kit/more.js
module.exports = {};
`,
    },
    {
      title: "Both keys",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: ["kit", "kit/"] })],
};
//- /package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
//- /index.js
import("./app");
//- /app.js
import "kit";
import "kit/more";
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
//- /node_modules/kit/more.js
module.exports = {};
`,
    },
  ],
});
