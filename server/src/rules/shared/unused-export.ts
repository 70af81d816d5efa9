/** An export of a package of the workspace that is shared, and that no app uses. */
import { append } from "../../base/append.ts";
import { atOnce } from "../../base/steps.ts";
import { consumesOf, containerGraph, containers, usedElsewhere } from "../../graph/index.ts";
import { resolveOptionsOf } from "../../graph/resolveOptions.ts";
import { query } from "../../query/database.ts";
import { exportRanges } from "../../syntax/exportRanges.ts";
import { importedNames } from "../../syntax/importedNames.ts";
import { providedExports } from "../../usage/providedExports.ts";
import { type FilePath, isInside, parentPath } from "../../vfs/path.ts";
import type { Db, World } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

interface Askers {
  /** Files outside of the package, with the requests that ask for it. */
  readonly requests: ReadonlyMap<FilePath, readonly number[]>;
  /** Some of those that ask cannot be known. */
  readonly more: boolean;
}

const NOBODY: Askers = { requests: new Map(), more: false };

/**
 * Who asks for a shared package of the workspace in one build: for its file, or for a module that falls back to it. Keys
 * are `<container>\0<share scope>\0<share key>\0<file>`.
 */
const askersIn = query<World, Askers>("askersOfSharedPackage", (db, key) => {
  const [container = "", shareScope = "", shareKey = "", fallback = ""] = key.split("\0");
  const consumes = new Set(consumesOf(db, shareScope, shareKey).map(({ id }) => id));
  const requests = new Map<FilePath, number[]>();
  const { modules, connections, complete } = containerGraph(db, container);
  let more = false;
  for (const { from, to, requestIndex, dependencyType } of connections) {
    if (to === undefined || (to !== fallback && !consumes.has(to)) || dependencyType === "consume shared fallback")
      continue;
    const asker = modules.get(from);
    // An expose or an entry hands the module out as it is.
    if (asker?.type !== "normal") more ||= asker?.type === "container-entry" || from.startsWith("entry ");
    else if (isInside(asker.file, parentPath(fallback))) continue;
    else if (requestIndex === undefined) more = true;
    else append(requests, asker.file, requestIndex);
  }
  return requests.size === 0 && !more ? NOBODY : { requests, more: more || !complete };
});

interface Taken {
  readonly fallback: FilePath;
  readonly provided: readonly string[];
  readonly used: ReadonlySet<string>;
  /** Who shares the package and asks for it. */
  readonly apps: readonly string[];
}

/** What all apps together take of a shared package of the workspace, where that is known; one asker a step. */
function* taken(db: Db, shareScope: string, shareKey: string): Generator<void, Taken | undefined> {
  const consumes = consumesOf(db, shareScope, shareKey);
  const [fallback, ...others] = new Set(consumes.flatMap((consume) => consume.fallback ?? []));
  if (usedElsewhere(db, shareScope, shareKey) !== undefined) return undefined;
  if (fallback === undefined || others.length > 0 || fallback.includes("/node_modules/")) return undefined;
  const sharing = containers(db).filter((item) => item.consumes.some((consume) => consume.shareKey === shareKey));
  if (sharing.some(({ id }) => !containerGraph(db, id).complete)) return undefined;
  const [container] = sharing;
  const provided = container === undefined ? null : providedExports(db, fallback, resolveOptionsOf(container.config));
  if (provided === null) return undefined;
  const used = new Set<string>();
  const apps: string[] = [];
  for (const { id, name, project } of containers(db)) {
    const { requests, more } = db.get(askersIn, [id, shareScope, shareKey, fallback].join("\0"));
    if (more) return undefined;
    if (requests.size > 0) apps.push(`\`${name ?? project}\``);
    yield;
    for (const [file, indexes] of requests) {
      for (const index of indexes) {
        const names = importedNames(db, file, index);
        if (names === "all") return undefined;
        for (const exported of names) used.add(exported);
      }
      yield;
    }
  }
  return apps.length === 0 ? undefined : { fallback, provided, used, apps };
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
  *warm(db, shareScope, shareKey) {
    yield* taken(db, shareScope, shareKey);
  },
  check({ db, report }, shareScope, shareKey) {
    const found = atOnce(taken(db, shareScope, shareKey));
    if (found === undefined) return;
    const { fallback, provided, used, apps } = found;
    const by = apps.join(", ");
    const places = new Map(exportRanges(db, fallback).map(({ name, nameRange }) => [name, nameRange]));
    for (const name of provided) {
      if (used.has(name)) continue;
      const range = places.get(name);
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
