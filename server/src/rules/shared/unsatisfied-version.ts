/** A consumer whose required version is not satisfied by the version that it gets. */
import { shareResolution } from "../../analysis/resolveShare.ts";
import { disjointRequirements } from "../../analysis/versionConflict.ts";
import { containerById } from "../../graph/index.ts";
import { defineRule, type RelatedPlace } from "../rule.ts";

export default defineRule({
  id: "shared/unsatisfied-version",
  since: "0.1.0",
  severity: "warning",
  subject: "shareKey",
  docs: {
    what: "The version that wins in the share scope does not satisfy what a consumer requires.",
    why: "The runtime warns and hands the consumer a version that it was not written for, or throws where `strictVersion` is on.",
    how: "Align the ranges in the package.json files, or state the `requiredVersion` that the code really needs.",
  },
  check({ db, report }, shareScope, shareKey) {
    const { consumers, providers } = shareResolution(db, shareScope, shareKey);
    // Ranges that exclude each other are one cause, told by shared/singleton-version-conflict.
    if (disjointRequirements(db, consumers).length > 0) return;
    for (const consumer of consumers) {
      if (consumer.outcome !== "shared-with-warning" && consumer.outcome !== "error") continue;
      if (typeof consumer.requiredVersion !== "string" || consumer.version === undefined) continue;
      const container = containerById(db, consumer.container);
      const source =
        consumer.requiredVersionSource ?? container?.consumes.find((item) => item.shareKey === shareKey)?.source;
      if (source === undefined) continue;
      const from = consumer.provider === undefined ? undefined : containerById(db, consumer.provider);
      const by = from === undefined ? "" : ` from \`${from.name ?? from.project}\``;
      const related = providers.flatMap((provider): RelatedPlace[] =>
        provider.source !== undefined && provider.container === consumer.provider
          ? [{ source: provider.source, message: `provides ${provider.version}` }]
          : [],
      );
      const ends = consumer.outcome === "error" ? "the runtime throws" : "the runtime warns and uses it";
      const message = `\`${shareKey}\`: ${consumer.version}${by} wins and does not satisfy ${consumer.requiredVersion}; ${ends}`;
      report(source, message, { severity: consumer.outcome === "error" ? "error" : "warning", related });
    }
  },
  examples: [
    {
      title: "The installed version is older than the range",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { react: { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "react": "^18.3.0" } }
                                              ^^^^^^^^^ shared/unsatisfied-version: \`react\`: 18.2.0 from \`shell\` wins and does not satisfy ^18.3.0; the runtime warns and uses it
//- /index.js
import("./app");
//- /app.js
import React from "react";
console.log(React);
//- /node_modules/react/package.json
{ "name": "react", "version": "18.2.0", "main": "index.js" }
//- /node_modules/react/index.js
module.exports = {};
`,
    },
    {
      title: "Satisfied by the version of another container",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { react: { singleton: true } } })],
};
//- /package.json
{ "name": "shell", "dependencies": { "react": "^18.2.0" } }
//- /index.js
import("./app");
//- /app.js
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
