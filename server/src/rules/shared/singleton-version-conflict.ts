/** Two containers that require ranges of one singleton which no version satisfies together. */
import { shareResolution } from "../../analysis/resolveShare.ts";
import type { ShareConsumer } from "../../analysis/shareResolution.ts";
import { disjointRequirements } from "../../analysis/versionConflict.ts";
import { containerById } from "../../graph/index.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import type { Db } from "../../vfs/vfs.ts";
import { replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/singleton-version-conflict",
  since: "0.1.0",
  severity: "error",
  subject: "shareKey",
  docs: {
    what: "Containers require ranges of one singleton that no single version satisfies.",
    why: "A share scope holds one instance of a singleton. Whoever asked for another range gets a version that it excludes: the runtime warns, or throws with `strictVersion`.",
    how: "Align the ranges, or drop `singleton` where several copies are safe.",
  },
  check({ db, report }, shareScope, shareKey) {
    for (const { left, right } of disjointRequirements(db, shareResolution(db, shareScope, shareKey).consumers)) {
      const place = placeOf(db, right, shareKey);
      const other = placeOf(db, left, shareKey);
      if (place === undefined) continue;
      const [a, b] = [left, right].map((consumer) => {
        const container = containerById(db, consumer.container);
        return container?.name ?? container?.project ?? "";
      });
      report(
        place,
        `\`${shareKey}\` is a singleton: \`${b}\` requires ${right.requiredVersion}, \`${a}\` requires ${left.requiredVersion}, and no version satisfies both`,
        {
          related: other === undefined ? [] : [{ source: other, message: `\`${a}\` requires ${left.requiredVersion}` }],
          fixes:
            right.requiredVersionSource === undefined
              ? []
              : [
                  {
                    title: `Require ${left.requiredVersion} here too`,
                    safe: false,
                    edits: [replaceLiteral(db, right.requiredVersionSource, String(left.requiredVersion))],
                  },
                ],
        },
      );
    }
  },
  examples: [
    {
      title: "React 17 and React 18",
      kind: "bad",
      files: `
//- /host/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "host", shared: { react: { singleton: true, requiredVersion: "^17.0.0" } } })],
};
//- /host/package.json
{ "name": "host" }
//- /host/index.js
import("./app");
//- /host/app.js
import "react";
//- /shop/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shop",
      shared: { react: { singleton: true, requiredVersion: "^18.0.0" } },
                                                           ^^^^^^^^^ shared/singleton-version-conflict: \`react\` is a singleton: \`shop\` requires ^18.0.0, \`host\` requires ^17.0.0, and no version satisfies both
    }),
  ],
};
//- /shop/package.json
{ "name": "shop" }
//- /shop/index.js
import("./app");
//- /shop/app.js
import "react";
//- /node_modules/react/package.json
{ "name": "react", "version": "18.3.1", "main": "index.js" }
//- /node_modules/react/index.js
module.exports = {};
`,
      fixed: `
//- /shop/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shop",
      shared: { react: { singleton: true, requiredVersion: "^17.0.0" } },
    }),
  ],
};
`,
    },
    {
      title: "Ranges that overlap",
      kind: "good",
      files: `
//- /host/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./app.js",
  plugins: [new ModuleFederationPlugin({ name: "host", shared: { kit: { singleton: true, eager: true, requiredVersion: "^1.1.0" } } })],
};
//- /host/package.json
{ "name": "host" }
//- /host/app.js
import "kit";
//- /shop/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./app.js",
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: { kit: { singleton: true, eager: true, requiredVersion: "^1.0.0" } } })],
};
//- /shop/package.json
{ "name": "shop" }
//- /shop/app.js
import "kit";
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.2.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
`,
    },
  ],
});

function placeOf(db: Db, consumer: ShareConsumer, shareKey: string): SourceRange | undefined {
  const container = containerById(db, consumer.container);
  return consumer.requiredVersionSource ?? container?.consumes.find((item) => item.shareKey === shareKey)?.source;
}
