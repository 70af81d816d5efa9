/** A `library` that leaves the container without the name by which hosts find it. */
import { type Evaluated, type Json, knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { containers } from "../../graph/index.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { fix } from "../places.ts";
import { defineRule, type Fix, type RelatedPlace } from "../rule.ts";

export default defineRule({
  id: "containers/library-name",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "The `library` of a container has no name, or one that its type cannot take.",
    why: '`library` replaces the default `{ type: "var", name }` as a whole. Without a name the types `var`, `assign` and `jsonp` stop the build: `Library name must be a string or string array.` The types `window`, `self`, `this` and `global` write `get` and `init` beside everything else, and a host that looks for the container\'s name finds nothing.',
    how: 'Repeat the container\'s name: `library: { type: "var", name: "cart" }`.',
    sources: ["https://webpack.js.org/configuration/output/#outputlibraryname"],
  },
  check({ db, report }, container) {
    const library = container.config.options.get("library");
    if (library === undefined || container.exposes.length === 0 || !PLUGINS.has(container.config.plugin)) return;
    if (!["webpack", "enhanced", "rspack"].includes(container.implementation)) return;
    const value = knownValue(library);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const { type, name } = value as Readonly<Record<string, Json | undefined>>;
    if (typeof type !== "string") return;
    const fixes = name === undefined ? naming(db, library, container.name) : [];
    const called = container.name ?? container.project;
    if (stopsBuild(type, name)) {
      const what = name === undefined ? "has no name" : "has a name that is no text";
      report(library.source, `the library of \`${called}\` ${what}: the build stops where its type is \`${type}\``, {
        fixes,
      });
    } else if (GLOBALS.has(type) && (name === undefined || name === "")) {
      const host = hostByName(db, container);
      if (host === undefined) return;
      const message = `the library of \`${called}\` has no name: as \`${type}\` it writes \`get\` and \`init\` beside everything else, and no \`${called}\``;
      report(library.source, message, { fixes, related: [host] });
    }
  },
  examples: [
    {
      title: "A type alone",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      library: { type: "var" },
               ^^^^^^^^^^^^^^^ containers/library-name: the library of \`cart\` has no name: the build stops where its type is \`var\`
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
      fixed: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      library: { name: "cart", type: "var" },
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
`,
    },
    {
      title: "A global object without a name, and a host that looks for it",
      kind: "bad",
      files: `
//- /cart/rspack.config.js
const { rspack } = require("@rspack/core");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new rspack.container.ModuleFederationPlugin({
      name: "cart",
      library: { type: "window" },
               ^^^^^^^^^^^^^^^^^^ containers/library-name: the library of \`cart\` has no name: as \`window\` it writes \`get\` and \`init\` beside everything else, and no \`cart\`
      filename: "remoteEntry.js",
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/index.js
export {};
//- /shell/rspack.config.js
const { rspack } = require("@rspack/core");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new rspack.container.ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: "cart@https://cart.example.com/remoteEntry.js" },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
`,
    },
    {
      title: "A name, a type that needs none, an app that exposes nothing",
      kind: "good",
      files: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      library: { type: "var", name: ["shop", "cart"] },
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/index.js
export {};
//- /node/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  target: "async-node",
  plugins: [
    new ModuleFederationPlugin({
      name: "pages",
      library: { type: "commonjs-module" },
      exposes: { "./Page": "./index.js" },
    }),
  ],
};
//- /node/package.json
{ "name": "pages" }
//- /node/index.js
export {};
//- /umd/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "list",
      library: { type: "umd", name: { root: "list", amd: "list" } },
      exposes: { "./List": "./index.js" },
    }),
  ],
};
//- /umd/package.json
{ "name": "list" }
//- /umd/index.js
export {};
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", library: { type: "var" } })],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
`,
    },
  ],
});

/** Those that hand `library` on as it is; others make one of their own. */
const PLUGINS: ReadonlySet<string> = new Set([
  "ModuleFederationPlugin",
  "ModuleFederationPluginV1",
  "ContainerPlugin",
  "pluginModuleFederation",
]);

const GLOBALS: ReadonlySet<string> = new Set(["window", "self", "this", "global"]);

/** As the bundlers' library plugins read it. */
function stopsBuild(type: string, name: Json | undefined): boolean {
  if (type === "jsonp") return typeof name !== "string";
  if (["var", "assign", "assign-properties"].includes(type)) return typeof name !== "string" && !Array.isArray(name);
  return GLOBALS.has(type) && typeof name === "object" && name !== null && !Array.isArray(name);
}

/** A host of the workspace that asks for the container by its global name. */
function hostByName(db: Db, { id, name }: Container): RelatedPlace | undefined {
  for (const host of containers(db)) {
    const remote = host.remotes.find(({ container, certain }) => container === id && certain);
    if (remote?.addresses.length !== 1 || remote.remoteName !== name || name === undefined) continue;
    if (!remote.addresses[0]!.startsWith(`${name}@`)) continue;
    return { source: remote.valueSource, message: `\`${host.name ?? host.project}\` looks for \`${name}\`` };
  }
  return undefined;
}

/** Writes the container's name into an object that stands there as text. */
function naming(db: Db, { source }: Evaluated<Json>, name: string | undefined): readonly Fix[] {
  const text = fileText(db, source.file)?.slice(source.range.start, source.range.end) ?? "";
  const opening = /^\{\s*(?=\w)/.exec(text)?.[0];
  if (opening === undefined || name === undefined) return [];
  const at = source.range.start + opening.length;
  const edit = { file: source.file, range: { start: at, end: at }, newText: `name: ${JSON.stringify(name)}, ` };
  return [fix(`Name it \`${name}\``, [edit])];
}
