/** Workspaces written by hand: several federation plugins in one configuration. */
import { type Feature, feature } from "./feature.ts";

function build(plugins: string, around = ""): string {
  return `const federation = require("@module-federation/enhanced/webpack");
const { ModuleFederationPlugin } = federation;
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  ${around}
  plugins: [${plugins}],
};
`;
}

const SOURCES = {
  "src/index.js":
    'import React from "react";\nimport { get } from "kit";\nimport "kit/set.js";\nimport("cart/Button");\nimport("list/a");\nimport("./one.js");\nimport("./two.js");\nconsole.log(React, get);\n',
  "src/one.js": 'import React from "react";\nimport "react/jsx-runtime";\nexport const one = React;\n',
  "src/two.js": 'import { set } from "kit";\nimport "cart/Other";\nexport const two = set;\n',
  "src/three.js": 'import { get } from "kit/get.js";\nexport const three = get;\n',
};

/** The plugin for Rspack stops where it finds itself a second time. */
const ONCE = ["webpack", "enhanced"] as const;

export const PLUGINS: readonly Feature[] = [
  feature(
    "two federation plugins",
    build(
      'new ModuleFederationPlugin({ name: "shop", filename: "shop.js", exposes: { "./one": "./src/one.js" }, shared: { react: { singleton: true }, "kit/": {} }, remotes: { cart: "cart@http://localhost/cart.js" } }), ' +
        'new ModuleFederationPlugin({ name: "more", filename: "more.js", exposes: { "./two": "./src/two.js" }, shared: { react: { eager: true }, kit: { shareKey: "tools" }, "./src/one": {} }, remotes: { list: "list@http://localhost/list.js", cart: "other@http://localhost/other.js" }, shareScope: "team" })',
    ),
    SOURCES,
    { bundlers: ONCE },
  ),
  feature(
    "a federation plugin beside its twin",
    build(
      'new ModuleFederationPlugin({ name: "shop", filename: "shop.js", exposes: { "./one": "./src/one.js" }, shared: ["react", "kit"] }), ' +
        'new ModuleFederationPlugin({ name: "again", filename: "again.js", exposes: { "./one": "./src/one.js" }, shared: ["react", "kit"] })',
    ),
    SOURCES,
    { bundlers: ONCE },
  ),
  feature(
    "a remote of one plugin, shared by the other",
    build(
      'new ModuleFederationPlugin({ name: "shop", remotes: { kit: "kit@http://localhost/kit.js", react: "react@http://localhost/react.js" } }), ' +
        'new ModuleFederationPlugin({ name: "more", shared: { kit: {}, "react/": {} } })',
    ),
    SOURCES,
    { bundlers: ONCE },
  ),
  feature(
    "a federation plugin and plugins that share",
    build(
      'new ModuleFederationPlugin({ name: "shop", filename: "shop.js", exposes: { "./one": "./src/one.js" }, shared: { react: { singleton: true }, "kit/": { shareKey: "first/" } } }), ' +
        'new federation.SharePlugin({ shared: { react: { requiredVersion: "^17" }, kit: {}, "kit/": {} } }), ' +
        'new federation.SharePlugin({ shared: { kit: { eager: true }, "./src/three": {} }, shareScope: "team" })',
    ),
    { ...SOURCES, "src/index.js": `${SOURCES["src/index.js"]}import("./three.js");\n` },
  ),
  feature(
    "a federation plugin, a further provide and a further consume",
    build(
      'new ModuleFederationPlugin({ name: "shop", shared: { react: { import: false } } }), ' +
        'new federation.ProvideSharedPlugin({ provides: { react: { shareKey: "react", version: "18.9.0" }, "kit/get.js": "getter" } }), ' +
        'new federation.ConsumeSharedPlugin({ consumes: { kit: { requiredVersion: "^2.0.0" }, "kit/": { singleton: true } } }), ' +
        'new federation.ProvideSharedPlugin({ provides: { react: { shareKey: "react", version: "18.9.0", eager: true }, kit: { shareKey: "kit" } } })',
    ),
    SOURCES,
  ),
  feature(
    "a federation plugin and further containers and remotes",
    build(
      'new federation.ContainerPlugin({ name: "extra", filename: "extra.js", exposes: { "./three": "./src/three.js" } }), ' +
        'new ModuleFederationPlugin({ name: "shop", filename: "shop.js", exposes: { "./one": "./src/one.js" }, shared: { cart: {}, kit: {} } }), ' +
        'new federation.ContainerReferencePlugin({ remoteType: "var", remotes: { cart: "cart", "kit/get.js": "tools" } }), ' +
        'new federation.ContainerPlugin({ name: "last", filename: "last.js", library: { type: "var", name: "last" }, exposes: { "./two": "./src/two.js", "./three": "./src/three.js" } })',
    ),
    SOURCES,
  ),
  feature(
    "sharing parts before remotes, and externals",
    build(
      "new federation.SharePlugin({ shared: { kit: {}, react: {} } }), " +
        'new federation.ContainerReferencePlugin({ remoteType: "var", remotes: { kit: "kit", cart: "cart", list: "list" } })',
      'externals: ["react/jsx-runtime", "cart/Other", "react"],',
    ),
    SOURCES,
  ),
  feature(
    "provided by what another plugin provides",
    build(
      'new federation.ProvideSharedPlugin({ provides: { kit: { shareKey: "kit" } } }), ' +
        'new federation.ProvideSharedPlugin({ provides: { react: { shareKey: "react" } } }), ' +
        'new federation.ProvideSharedPlugin({ provides: { "./src/three.js": { shareKey: "three" } } })',
    ),
    {
      "src/index.js": 'import { set } from "kit";\nconsole.log(set);\n',
      "src/three.js": 'import "kit/set.js";\nexport default 1;\n',
    },
  ),
];
