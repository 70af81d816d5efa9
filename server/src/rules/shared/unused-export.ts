/** An export of a package of the workspace that is shared, and that no app uses. */
import { containerGraph, containers } from "../../graph/index.ts";
import { exportRanges } from "../../syntax/exportRanges.ts";
import { namesUsedDirectly } from "../../usage/packageUsers.ts";
import { decisionsOf, workspaceUsage } from "../../usage/sharedUsage.ts";
import type { Db } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

/** Usage is looked for only where a package of the workspace itself is shared. */
function sharesOwnPackage(db: Db): boolean {
  return containers(db).some(({ id }) =>
    [...containerGraph(db, id).modules.values()].some(
      (module) =>
        module.type === "consume-shared" && module.fallback !== null && !module.fallback.includes("/node_modules/"),
    ),
  );
}

export default defineRule({
  id: "shared/unused-export",
  since: "0.1.0",
  severity: "hint",
  subject: "workspace",
  docs: {
    what: "An export of a shared package of the workspace is used by no app of the workspace.",
    why: "A shared package is shipped whole, since a bundler cannot know what other apps take of it. What no app takes is carried by all of them.",
    how: "Remove the export, or keep it where code outside of the workspace uses it. Silent where some app takes the whole package, or a part of a build is not known.",
  },
  check({ db, report }) {
    if (!sharesOwnPackage(db)) return;
    for (const row of workspaceUsage(db)) {
      const [fallback] = row.fallbacks;
      if (fallback === undefined || row.fallbacks.length !== 1 || fallback.includes("/node_modules/")) continue;
      if (row.whole || row.exposed || row.provided === null || row.confidence !== "high") continue;
      const mayImportUnseen = containers(db).some(
        ({ id, consumes }) =>
          !containerGraph(db, id).complete && consumes.some(({ shareKey }) => shareKey === row.shareKey),
      );
      if (mayImportUnseen) continue;
      const direct = namesUsedDirectly(db, fallback);
      if (direct === undefined) continue;
      const apps = containers(db).filter(({ id }) =>
        row.importers.some((file) => containerGraph(db, id).modules.has(file)),
      );
      const by = apps.map(({ name, project }) => `\`${name ?? project}\``).join(", ");
      for (const { name, action, state } of decisionsOf({ ...row, sideEffects: false })) {
        if (action !== "eliminate" || state === "used" || direct.has(name)) continue;
        const range = exportRanges(db, fallback).find((item) => item.name === name)?.nameRange;
        if (range === undefined) continue;
        report(
          { file: fallback, range },
          `\`${name}\` of the shared package \`${row.shareKey}\` is imported by none of the apps that share it: ${by}`,
          { unnecessary: true },
        );
      }
    }
  },
  examples: [
    {
      title: "One of two exports is used",
      kind: "bad",
      files: `
//- /apps/shop/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  resolve: { modules: ["packages", "node_modules"] },
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: ["kit"] })],
};
//- /apps/shop/package.json
{ "name": "shop", "dependencies": { "kit": "^1.0.0" } }
//- /apps/shop/src/index.js
import("./app");
//- /apps/shop/src/app.js
import { used } from "kit";
used();
//- /packages/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /packages/kit/index.js
export const used = () => {};
export const idle = () => {};
             ^^^^ shared/unused-export: \`idle\` of the shared package \`kit\` is imported by none of the apps that share it: \`shop\`
`,
    },
    {
      title: "The namespace is passed on",
      kind: "good",
      files: `
//- /apps/shop/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  resolve: { modules: ["packages", "node_modules"] },
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: ["kit"] })],
};
//- /apps/shop/package.json
{ "name": "shop", "dependencies": { "kit": "^1.0.0" } }
//- /apps/shop/src/index.js
import("./app");
//- /apps/shop/src/app.js
import * as kit from "kit";
console.log(kit);
//- /packages/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /packages/kit/index.js
export const one = () => {};
export const two = () => {};
`,
    },
  ],
});
