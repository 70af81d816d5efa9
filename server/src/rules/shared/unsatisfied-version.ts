/** A consumer whose required version is not satisfied by the version that it gets. */
import { shareResolution } from "../../analysis/resolveShare.ts";
import type { ShareConsumer, SharePossibility } from "../../analysis/shareResolution.ts";
import { disjointRequirements } from "../../analysis/versionConflict.ts";
import { containerById } from "../../graph/index.ts";
import type { Db } from "../../vfs/vfs.ts";
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
      const failures = certainFailures(consumer);
      const [first] = failures;
      if (typeof consumer.requiredVersion !== "string" || first === undefined) continue;
      const container = containerById(db, consumer.container);
      const source =
        consumer.requiredVersionSource ?? container?.consumes.find((item) => item.shareKey === shareKey)?.source;
      if (source === undefined) continue;
      const winners = [...new Set(failures.map((failure) => winnerText(db, failure)))];
      const related = providers.flatMap((provider): RelatedPlace[] =>
        provider.source !== undefined && failures.some((failure) => failure.provider === provider.container)
          ? [{ source: provider.source, message: `provides ${provider.version}` }]
          : [],
      );
      const throws = failures.every(({ outcome }) => outcome === "error");
      const ends = throws ? "the runtime throws" : "the runtime warns and uses it";
      const satisfies = winners.length === 1 ? " and does not satisfy" : ", none of which satisfies";
      const message = `\`${shareKey}\`: ${winners.join(" or ")} wins${satisfies} ${consumer.requiredVersion}; ${ends}`;
      report(source, message, { severity: throws ? "error" : "warning", related });
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

type Failure = Pick<SharePossibility, "outcome" | "version" | "provider">;

/** What goes wrong whatever else happens: which version wins may depend on the page, and none of them may do. */
function certainFailures(consumer: ShareConsumer): readonly Failure[] {
  const { outcome, possibilities } = consumer;
  const all = outcome === "unknown" ? possibilities : [{ ...consumer, outcome }];
  const fails = (item: Failure): boolean =>
    (item.outcome === "shared-with-warning" || item.outcome === "error") && item.version !== undefined;
  return all.length > 0 && all.every(fails) ? all : [];
}

function winnerText(db: Db, { version, provider }: Failure): string {
  const from = provider === undefined ? undefined : containerById(db, provider);
  return from === undefined ? String(version) : `${version} from \`${from.name ?? from.project}\``;
}
