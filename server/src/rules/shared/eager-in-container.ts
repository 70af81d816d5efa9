/** `eager` in a container that others load. */
import { containerGraph } from "../../graph/index.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/eager-in-container",
  since: "0.1.0",
  severity: "info",
  subject: "container",
  docs: {
    what: "A shared module is `eager` in a container that exposes modules.",
    why: "An eager module is part of the entry file. Every host downloads it with the remote's entry, also where the host's own copy is used.",
    how: "Remove `eager`, and put an `import()` into the entry where the app also runs on its own.",
  },
  check({ db, report }, container) {
    if (container.exposes.length === 0 || !["webpack", "rspack"].includes(container.config.bundler)) return;
    const provided = new Set<string>();
    for (const module of containerGraph(db, container.id).modules.values())
      if (module.type === "provide-shared" && module.eager) provided.add(module.shareKey);
    for (const { eager, request, shareKey, source } of container.consumes) {
      if (!eager || !provided.has(shareKey)) continue;
      report(
        source,
        `\`${request}\` is eager in \`${container.name ?? container.project}\`, which exposes modules: every host downloads it with the entry`,
      );
    }
  },
  examples: [
    {
      title: "An eager library in a remote",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./index.js" },
      shared: { kit: { eager: true } },
                ^^^ shared/eager-in-container: \`kit\` is eager in \`cart\`, which exposes modules: every host downloads it with the entry
    }),
  ],
};
//- /package.json
{ "name": "cart", "dependencies": { "kit": "^1.0.0" } }
//- /index.js
import "kit";
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
`,
    },
    {
      title: "Eager in a host",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { kit: { eager: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
//- /index.js
import "kit";
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
`,
    },
  ],
});
