/** A shared module that is reached from an entry without an `import()` between. */

import { asyncBoundaryViolations } from "../../analysis/asyncBoundary.ts";
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { dependencyField, nearestManifest } from "../../project/manifest.ts";
import type { Db } from "../../vfs/vfs.ts";
import { requestPlace } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/missing-async-boundary",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "An entry reaches a shared module through static imports alone.",
    why: "Shared modules are loaded asynchronously. Code that needs one at once fails at start: `Shared module is not available for eager consumption`, or `Invalid loadShareSync function call from runtime #RUNTIME-006`.",
    how: 'Move the entry\'s content to `bootstrap.js` and leave `import("./bootstrap")` in the entry. `eager: true` works too, but puts the library into the entry.',
  },
  check({ db, report }, container) {
    if (startsAsynchronously(db, container)) return;
    for (const { file, requestIndex, shareKey, entry, entryRequestIndex } of asyncBoundaryViolations(db, container)) {
      const message =
        container.runtime === "webpack"
          ? "Shared module is not available for eager consumption"
          : "Invalid loadShareSync function call from runtime #RUNTIME-006";
      const place = requestPlace(db, file, requestIndex);
      const related =
        entry === file
          ? []
          : [
              {
                source: requestPlace(db, entry, entryRequestIndex),
                message: "the entry's static import that leads there",
              },
            ];
      report(
        place,
        `\`${shareKey}\` is shared but reached from the entry without an \`import()\`: at start, ${message}`,
        { related },
      );
    }
  },
  examples: [
    {
      title: "The entry imports React itself",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { react: { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "react": "^18.0.0" } }
//- /index.js
import React from "react";
                  ^^^^^^^ shared/missing-async-boundary: \`react\` is shared but reached from the entry without an \`import()\`: at start, Shared module is not available for eager consumption
console.log(React);
//- /node_modules/react/package.json
{ "name": "react", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react/index.js
module.exports = {};
`,
    },
    {
      title: "Behind a bootstrap",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { react: { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "react": "^18.0.0" } }
//- /index.js
import("./bootstrap");
//- /bootstrap.js
import React from "react";
console.log(React);
//- /node_modules/react/package.json
{ "name": "react", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react/index.js
module.exports = {};
`,
    },
  ],
});

/** Tools that put the boundary in by themselves. */
function startsAsynchronously(db: Db, container: Container): boolean {
  const { config } = container;
  if (!["webpack", "enhanced", "rspack"].includes(container.implementation)) return true;
  if (["modern.js", "next", "nuxt", "vite", "rslib"].includes(config.bundler)) return true;
  if (/node/.test(String(knownValue(config.build.options.get("target")) ?? ""))) return true;
  // `bundle-loader?lazy`, set by a rule for the bootstrap file, makes its imports asynchronous.
  const manifest = nearestManifest(db, container.context);
  if (manifest !== undefined && dependencyField(manifest, "bundle-loader") !== undefined) return true;
  const experiments = config.options.get("experiments");
  if (experiments === undefined) return false;
  const value = knownValue(experiments);
  return (
    value === undefined ||
    (typeof value === "object" && value !== null && "asyncStartup" in value && value.asyncStartup !== false)
  );
}
