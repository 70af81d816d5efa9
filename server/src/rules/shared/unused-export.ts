/** An export of a package of the workspace that is shared, and that no app uses. */
import { consumesOf, containerGraph, containers } from "../../graph/index.ts";
import { resolveOptionsOf } from "../../graph/resolveOptions.ts";
import { exportRanges } from "../../syntax/exportRanges.ts";
import { importedNames } from "../../syntax/importedNames.ts";
import { providedExports } from "../../usage/providedExports.ts";
import { type FilePath, isInside, parentPath } from "../../vfs/path.ts";
import type { Db } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

interface Use {
  /** Files outside of the package that ask for it, by their path, with the requests that do. */
  readonly requests: ReadonlyMap<FilePath, ReadonlySet<number>>;
  readonly apps: readonly string[];
}

/** Who asks for a file or for a module that falls back to it, in any build; `undefined` where that cannot be known. */
function usersOf(db: Db, fallback: FilePath, consumes: ReadonlySet<string>): Use | undefined {
  const requests = new Map<FilePath, Set<number>>();
  const apps: string[] = [];
  for (const { id, name, project } of containers(db)) {
    const { modules, connections, complete } = containerGraph(db, id);
    let asks = false;
    for (const { from, to, requestIndex, dependencyType } of connections) {
      if (to === undefined || (to !== fallback && !consumes.has(to)) || dependencyType === "consume shared fallback")
        continue;
      const asker = modules.get(from);
      // An expose or an entry hands the module out as it is.
      if (asker?.type !== "normal") {
        if (asker?.type === "container-entry" || from.startsWith("entry ")) return undefined;
        continue;
      }
      if (isInside(asker.file, parentPath(fallback))) continue;
      if (requestIndex === undefined) return undefined;
      asks = true;
      const indexes = requests.get(asker.file);
      if (indexes === undefined) requests.set(asker.file, new Set([requestIndex]));
      else indexes.add(requestIndex);
    }
    if (asks && !complete) return undefined;
    if (asks) apps.push(name ?? project);
  }
  return { requests, apps };
}

export default defineRule({
  id: "shared/unused-export",
  since: "0.1.0",
  severity: "hint",
  subject: "shareKey",
  docs: {
    what: "An export of a shared package of the workspace is used by no app of the workspace.",
    why: "A shared package is shipped whole, since a bundler cannot know what other apps take of it. What no app takes is carried by all of them.",
    how: "Remove the export, or keep it where code outside of the workspace uses it. Silent where some app takes the whole package, or a part of a build is not known.",
  },
  check({ db, report }, shareScope, shareKey) {
    const consumes = consumesOf(db, shareScope, shareKey);
    const [fallback, ...others] = new Set(consumes.flatMap((consume) => consume.fallback ?? []));
    if (fallback === undefined || others.length > 0 || fallback.includes("/node_modules/")) return;
    const sharing = containers(db).filter((item) => item.consumes.some((consume) => consume.shareKey === shareKey));
    if (sharing.some(({ id }) => !containerGraph(db, id).complete)) return;
    const [container] = sharing;
    const provided = container === undefined ? null : providedExports(db, fallback, resolveOptionsOf(container.config));
    const users = usersOf(db, fallback, new Set(consumes.map(({ id }) => id)));
    if (provided === null || users === undefined || users.requests.size === 0) return;
    const used = new Set<string>();
    for (const [file, indexes] of users.requests) {
      for (const index of indexes) {
        const names = importedNames(db, file, index);
        if (names === "all") return;
        for (const name of names) used.add(name);
      }
    }
    const by = users.apps.map((name) => `\`${name}\``).join(", ");
    for (const name of provided) {
      if (used.has(name)) continue;
      const range = exportRanges(db, fallback).find((item) => item.name === name)?.nameRange;
      if (range === undefined) continue;
      report(
        { file: fallback, range },
        `\`${name}\` of the shared package \`${shareKey}\` is imported by none of the apps that share it: ${by}`,
        { unnecessary: true },
      );
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
