/** Workspaces written by hand: entries, compilers and plugins. */
import { config, type Feature, feature, SHARED } from "./feature.ts";

export const ENTRIES: readonly Feature[] = [
  feature(
    "several entries",
    config(
      SHARED,
      'entry: { one: ["./src/index.js", "react"], two: { import: "./src/two.js", dependOn: "one" }, three: "kit" },',
    ),
    {
      "src/index.js": 'import { get } from "kit";\nconsole.log(get);\n',
      "src/two.js": 'import React from "react";\nconsole.log(React);\n',
    },
  ),
  feature("an entry function", config(SHARED, 'entry: () => ({ main: "./src/index.js", other: ["./src/two.js"] }),'), {
    "src/index.js": 'import { get } from "kit";\nconsole.log(get);\n',
    "src/two.js": 'import React from "react";\nconsole.log(React);\n',
  }),
  feature("no entry", config(`${SHARED}, exposes: { "./a": "./src/a.js" }`, "entry: {},"), {
    "src/index.js": 'import "react";\n',
    "src/a.js": 'import { get } from "kit";\nexport const a = get;\n',
  }),
  feature(
    "two compilers",
    `const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
const common = { context: __dirname };
module.exports = [
  { ...common, name: "web", entry: "./src/index.js", plugins: [new ModuleFederationPlugin({ name: "web", shared: { react: {} }, exposes: { "./a": "./src/index.js" } })] },
  { ...common, name: "node", target: "async-node", entry: "./src/two.js", plugins: [new ModuleFederationPlugin({ name: "node", shared: { kit: { eager: true } } })] },
];
`,
    {
      "src/index.js": 'import React from "react";\nimport { get } from "kit";\nconsole.log(React, get);\n',
      "src/two.js": 'import React from "react";\nimport { get } from "kit";\nconsole.log(React, get);\n',
    },
  ),
  feature(
    "the plugin's parts",
    `const { container, sharing } = require("webpack");
const federation = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  plugins: [
    new federation.SharePlugin({ shared: { react: { singleton: true }, kit: "^2.0.0" }, shareScope: "team" }),
    new federation.ContainerPlugin({ name: "shop", filename: "remoteEntry.js", shareScope: "team", exposes: { "./a": "./src/a.js" } }),
    new federation.ContainerReferencePlugin({ remoteType: "var", shareScope: "team", remotes: { cart: "cart" } }),
  ],
};
`,
    {
      "src/index.js": 'import { get } from "kit";\nimport("cart/Button");\nconsole.log(get);\n',
      "src/a.js": 'import React from "react";\nexport const a = React;\n',
    },
  ),
  feature(
    "consumes and provides apart",
    `const { sharing } = require("webpack");
const federation = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  plugins: [
    new federation.ConsumeSharedPlugin({ consumes: { react: { singleton: true, import: false }, "kit/": "kit/", kit: "^2.0.0" } }),
    new federation.ProvideSharedPlugin({ provides: { kit: { version: "2.9.0", shareKey: "kit-two" }, "./src/a.js": "own", react: "react" } }),
  ],
};
`,
    {
      "src/index.js":
        'import { get } from "kit";\nimport "kit/get.js";\nimport React from "react";\nimport "./a.js";\nconsole.log(get, React);\n',
      "src/a.js": "export const a = 1;\n",
    },
  ),
];
