/** A `getPublicPath` that the plugin of Module Federation 2 cannot take, or has no use for. */
import { type Evaluated, FUNCTION, type Json, knownValue } from "../../evaluate/evaluated.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { fix } from "../places.ts";
import { defineRule, type Fix } from "../rule.ts";

export default defineRule({
  id: "containers/get-public-path",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "`getPublicPath` is no text of a function or of its body, gives nothing back, or stands in an app that exposes nothing.",
    why: "The plugin writes the text into the entry. If it begins with `function` it is called, else it is the body of one and sets the public path by what it returns. Without a `return` that is `undefined`, and chunks are asked for at `undefinedsrc_Cart_js.js`. Only containers have such an entry: `Detect you don't set exposes, 'getPublicPath' will not have effect.`",
    how: "Write the body with its `return`: `getPublicPath: 'return \"https://cdn.example.com/cart/\"'`.",
    sources: [
      "https://module-federation.io/configure/getpublicpath.html",
      "https://github.com/module-federation/core/issues/3787",
    ],
  },
  check({ db, report }, { config, exposes, complete }) {
    const option = config.options.get("getPublicPath");
    const value = knownValue(option);
    const isTaken = ["ModuleFederationPlugin", "pluginModuleFederation"].includes(config.plugin);
    if (option === undefined || !isTaken || !config.pluginModule?.startsWith("@module-federation/")) return;
    if (typeof value !== "string" || value === "") return;
    if (exposes.length === 0) {
      if (!complete.exposes) return;
      report(option.source, "`getPublicPath` has no effect: it is for containers, and this app exposes nothing", {
        severity: "info",
        unnecessary: true,
      });
    } else if (value === FUNCTION) {
      report(option.source, "`getPublicPath` takes the text of a function, not a function");
    } else if (/^\s+function\b/.test(value)) {
      report(option.source, "`getPublicPath` has to begin with `function`: after a space it is read as a body", {
        fixes: trimmed(db, option),
      });
    } else if (!value.startsWith("function") && returnsNothing(value)) {
      report(option.source, "`getPublicPath` returns nothing: the public path of the chunks becomes `undefined`", {
        fixes: /^(?:https?:)?\/(?:[^\\"'`]*\/)?$/.test(value) ? returned(db, option, value) : [],
      });
    }
  },
  examples: [
    {
      title: "An address instead of a body",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./index.js" },
      getPublicPath: "https://cdn.example.com/cart/",
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/get-public-path: \`getPublicPath\` returns nothing: the public path of the chunks becomes \`undefined\`
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
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./index.js" },
      getPublicPath: 'return "https://cdn.example.com/cart/"',
    }),
  ],
};
`,
    },
    {
      title: "The text of an arrow function",
      kind: "bad",
      files: `
//- /rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./index.js" },
      getPublicPath: "() => { return window.cdn; }",
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/get-public-path: \`getPublicPath\` returns nothing: the public path of the chunks becomes \`undefined\`
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
    },
    {
      title: "In an app that exposes nothing",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", getPublicPath: "return window.cdn" })],
                                                                       ^^^^^^^^^^^^^^^^^^^ containers/get-public-path: \`getPublicPath\` has no effect: it is for containers, and this app exposes nothing
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
    {
      title: "A body, and the text of a function",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Cart": "./index.js" },
      getPublicPath: "return window.cdn",
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
//- /list/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "list",
      exposes: { "./List": "./index.js" },
      getPublicPath: "function () { return window.cdn; }",
    }),
  ],
};
//- /list/package.json
{ "name": "list" }
//- /list/index.js
export {};
`,
    },
  ],
});

/** Of a body: without the word it cannot, and an arrow function in it is never called. */
function returnsNothing(body: string): boolean {
  return !/\breturn\b/.test(body) || /^\s*(?:async\s+)?(?:\([^()]*\)|[\w$]+)\s*=>/.test(body);
}

function returned(db: Db, { source }: Evaluated<Json>, value: string): readonly Fix[] {
  if (!isLiteral(db, { source })) return [];
  const body = `return ${JSON.stringify(value)}`;
  return [fix("Return it", [{ file: source.file, range: source.range, newText: `'${body}'` }])];
}

function trimmed(db: Db, option: Evaluated<Json>): readonly Fix[] {
  if (!isLiteral(db, option)) return [];
  const { file, range } = option.source;
  const text = fileText(db, file)!.slice(range.start + 1, range.end);
  const end = range.start + 1 + text.length - text.trimStart().length;
  return [fix("Remove the space", [{ file, range: { start: range.start + 1, end }, newText: "" }])];
}

function isLiteral(db: Db, { source }: Pick<Evaluated<Json>, "source">): boolean {
  return /^["'`]/.test(fileText(db, source.file)?.slice(source.range.start) ?? "");
}
