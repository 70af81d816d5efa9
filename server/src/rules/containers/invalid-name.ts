/** A container name that cannot be the name of a global variable. */
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { fix, replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

const RESERVED = new Set(
  "module exports require break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await".split(
    " ",
  ),
);

export default defineRule({
  id: "containers/invalid-name",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "The container's name is no valid identifier, and its entry declares a variable of that name.",
    why: "The build fails with `Library name base (remote-a) must be a valid identifier when using a var declaring library type`, or the entry is a syntax error in the browser.",
    how: 'Rename it (`remote_a`), or set `library: { type: "global", name: "remote-a" }`.',
  },
  check({ db, report }, container) {
    const { name, config } = container;
    if (name === undefined || container.exposes.length === 0 || !declaresVariable(container)) return;
    if (/^[A-Za-z_$][\w$]*$/.test(name) && !RESERVED.has(name)) return;
    const source = config.name?.source ?? config.source;
    const better = name
      .replace(/^@/, "")
      .replace(/[^\w$]+/g, "_")
      .replace(/^(?=\d)/, "_");
    report(
      source,
      `the container name \`${name}\` is not a valid identifier, and the library type \`var\` declares a variable of that name`,
      {
        fixes: RESERVED.has(better) ? [] : [fix(`Rename to \`${better}\``, [replaceLiteral(db, source, better)])],
      },
    );
  },
  examples: [
    {
      title: "A hyphen",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shop-cart",
            ^^^^^^^^^^^ containers/invalid-name: the container name \`shop-cart\` is not a valid identifier, and the library type \`var\` declares a variable of that name
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
      name: "shop_cart",
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
`,
    },
    {
      title: "A library type that declares nothing",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shop-cart",
      library: { type: "global", name: "shop-cart" },
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
    },
  ],
});

/** Only webpack's and Rspack's plain builds declare `var <name>`; wrappers and other types rename or assign. */
function declaresVariable(container: Container): boolean {
  const { config } = container;
  if (config.bundler !== "webpack" && config.bundler !== "rspack") return false;
  const library = config.options.get("library");
  if (library === undefined)
    return (
      knownValue(config.build.options.get("experiments.outputModule")) === undefined &&
      config.plugin === "ModuleFederationPlugin"
    );
  const value = knownValue(library);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { type, name } = value as Readonly<Record<string, unknown>>;
  return (type === "var" || type === "assign") && (name === undefined || name === container.name);
}
