/** A shared package that an alias or a path leads to, past its key. */
import type { Container } from "../../graph/container.ts";
import { containerGraph } from "../../graph/index.ts";
import type { ContainerGraph } from "../../graph/module.ts";
import { packageNameOf } from "../../graph/requiredVersion.ts";
import type { ConsumeShared } from "../../model/shared.ts";
import { manifestsAbove } from "../../project/manifest.ts";
import { type FilePath, isInside, isRelativePath, parentPath } from "../../vfs/path.ts";
import type { Db } from "../../vfs/vfs.ts";
import { fix, replaceLiteral, requestPlace } from "../places.ts";
import { defineRule, type RuleContext } from "../rule.ts";

export default defineRule({
  id: "shared/path-bypass",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "An alias or a path leads to a package that is shared, so that no key of `shared` sees the request.",
    why: "webpack and Rspack compare requests as they are written with the keys of `shared`: another name for the same module leads to the build's own copy of it. Where the page shares another app's copy, the two do not see each other's state. Vite replaces aliases first: there an alias of the shared name itself takes it away from the plugin, which says `Detected alias conflicts with shared modules`.",
    how: "Import the package by its key. With Vite, remove the alias, or let it lead into the same package in `node_modules`.",
    sources: [
      "https://github.com/module-federation/vite/pull/358",
      "https://github.com/module-federation/module-federation-examples/issues/2241",
    ],
  },
  check(context, container) {
    if (!container.complete.shared) return;
    if (container.config.pluginModule?.startsWith("@module-federation/vite")) aliasedKeys(context, container);
    else if (["webpack", "enhanced", "rspack"].includes(container.implementation)) otherNames(context, container);
  },
  examples: [
    {
      title: "Another name for a shared package",
      kind: "bad",
      files: `
//- /shell/webpack.config.js
const path = require("path");
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  resolve: { alias: { "@store": path.join(__dirname, "node_modules/@shop/store") } },
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { "@shop/store": { singleton: true } } })],
};
//- /shell/package.json
{ "name": "shell", "dependencies": { "@shop/store": "^1.0.0" } }
//- /shell/index.js
import("./app");
//- /shell/app.js
import { add } from "@shop/store";
import { items } from "@store";
                      ^^^^^^^^ shared/path-bypass: \`@store\` leads to what is shared as \`@shop/store\`, and is no key itself: here \`shell\` uses its own copy, whichever one the page shares
add(items);
//- /shell/node_modules/@shop/store/package.json
{ "name": "@shop/store", "version": "1.0.0", "main": "index.js" }
//- /shell/node_modules/@shop/store/index.js
export const items = [];
export const add = (item) => items.push(item);
`,
      fixed: `
//- /shell/app.js
import { add } from "@shop/store";
import { items } from "@shop/store";
add(items);
`,
    },
    {
      title: "An alias that Vite replaces before the plugin",
      kind: "bad",
      files: `
//- /vite.config.js
import path from "node:path";
import { defineConfig } from "vite";
import { federation } from "@module-federation/vite";
export default defineConfig({
  resolve: { alias: { vue: path.join(__dirname, "vendor/vue.js") } },
  build: { target: "esnext" },
  plugins: [federation({ name: "shell", shared: { vue: { singleton: true } } })],
                                                  ^^^ shared/path-bypass: \`vue\` is not shared: the alias \`vue\` leads it elsewhere before the federation plugin sees it
});
//- /package.json
{ "name": "shell", "type": "module" }
//- /index.html
<script type="module" src="/main.js"></script>
//- /main.js
export {};
//- /vendor/vue.js
export {};
`,
    },
    {
      title: "An alias of the key, which webpack compares first; a file within the package; what is no copy",
      kind: "good",
      files: `
//- /shell/webpack.config.js
const path = require("path");
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  resolve: { alias: { "@shop/store$": path.join(__dirname, "node_modules/@shop/store/index.js"), "@": __dirname } },
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { "@shop/store": { singleton: true } } })],
};
//- /shell/package.json
{ "name": "shell", "dependencies": { "@shop/store": "^1.0.0" } }
//- /shell/index.js
import("@/app");
//- /shell/app.js
import { add } from "@shop/store";
import { format } from "./node_modules/@shop/store/format";
add(format);
//- /shell/node_modules/@shop/store/package.json
{ "name": "@shop/store", "version": "1.0.0", "main": "index.js" }
//- /shell/node_modules/@shop/store/index.js
export { format } from "./format";
export const items = [];
export const add = (item) => items.push(item);
//- /shell/node_modules/@shop/store/format.js
import { items } from "./index";
export const format = () => String(items);
`,
    },
    {
      title: "Vite: a file of the same package, another name, another plugin",
      kind: "good",
      files: `
//- /vite.config.js
import path from "node:path";
import { defineConfig } from "vite";
import { federation } from "@module-federation/vite";
export default defineConfig({
  resolve: {
    alias: [
      { find: "vue", replacement: path.join(__dirname, "node_modules/vue/dist/vue.esm-bundler.js") },
      { find: "@", replacement: path.join(__dirname, "src") },
      { find: "pinia", replacement: "pinia/dist/pinia.mjs" },
    ],
  },
  build: { target: "esnext" },
  plugins: [federation({ name: "shell", shared: ["vue", "pinia", "vue-router"] })],
});
//- /package.json
{ "name": "shell", "type": "module" }
//- /index.html
<script type="module" src="/main.js"></script>
//- /main.js
export {};
//- /other/vite.config.js
import path from "node:path";
import federation from "@originjs/vite-plugin-federation";
export default {
  root: __dirname,
  resolve: { alias: { vue: path.join(__dirname, "vue.js") } },
  build: { target: "esnext" },
  plugins: [federation({ name: "other", shared: ["vue"] })],
};
//- /other/package.json
{ "name": "other", "type": "module" }
`,
    },
  ],
});

/** Requests by another name that end at the module which a key's own request ends at. */
function otherNames({ db, report }: RuleContext, container: Container): void {
  const graph = containerGraph(db, container.id);
  const shared = fallbacks(container, graph);
  if (shared.size === 0) return;
  const called = container.name ?? container.project;
  for (const { from, to, request, requestIndex, state } of graph.connections) {
    const consume = to === undefined || requestIndex === undefined ? undefined : shared.get(to);
    if (consume === undefined || state !== "active" || from.includes("/node_modules/") || request.includes("!"))
      continue;
    // A part of the package's name is a sub-path, told by shared/subpath-bypass.
    if (packageNameOf(request) === packageNameOf(consume.request) || isWithinPackage(db, from, to!)) continue;
    // Nx replaces relative requests for its libraries by their names.
    if (isRelativePath(request) && container.config.bundler === "nx") continue;
    const place = requestPlace(db, from, requestIndex);
    report(
      place,
      `\`${request}\` leads to what is shared as \`${consume.request}\`, and is no key itself: here \`${called}\` uses its own copy, whichever one the page shares`,
      {
        severity: consume.singleton ? "warning" : "info",
        related: [{ source: consume.source, message: `\`${consume.request}\` is shared here` }],
        fixes: [fix(`Import \`${consume.request}\``, [replaceLiteral(db, place, consume.request)])],
      },
    );
  }
}

/** The keys that have a name of their own and are asked for, by the file that each leads to without another's version. */
function fallbacks(container: Container, graph: ContainerGraph): ReadonlyMap<string, ConsumeShared> {
  const table = new Map<string, ConsumeShared>();
  for (const module of graph.modules.values()) {
    if (module.type !== "consume-shared" || module.fallback === null || module.container !== container.id) continue;
    const consume = container.consumes[module.consume];
    const isPlain =
      consume !== undefined && consume.unknownOptions.length === 0 && /^[@\w].*[^/]$/.test(consume.request);
    if (isPlain && module.import === consume.request) table.set(module.fallback, consume);
  }
  return table;
}

/** Whether a file is one of the named package that another file is of: there the own path is the usual way. */
function isWithinPackage(db: Db, from: FilePath, to: FilePath): boolean {
  for (const { file, name } of manifestsAbove(db, parentPath(to))) {
    if (name !== undefined) return isInside(from, parentPath(file));
  }
  return true;
}

/** Keys of `shared` that an alias takes away, as the plugin's own check finds them; a file of the same package is left. */
function aliasedKeys({ report }: RuleContext, { config, consumes }: Container): void {
  for (const { request, shareKey, source, unknownOptions } of consumes) {
    if (shareKey !== request || unknownOptions.length > 0) continue;
    for (const { name, target } of config.build.resolve.alias ?? []) {
      if (typeof target !== "string" || (name !== request && !request.startsWith(`${name}/`))) continue;
      // `find` is replaced by a text that the same package begins with, or by a file of an installed one.
      if (target.includes("/node_modules/") || packageNameOf(target) === packageNameOf(request)) break;
      const related = config.build.options.get("resolve.alias");
      report(
        source,
        `\`${request}\` is not shared: the alias \`${name}\` leads it elsewhere before the federation plugin sees it`,
        { related: related === undefined ? [] : [{ source: related.source, message: "the aliases" }] },
      );
      break;
    }
  }
}
