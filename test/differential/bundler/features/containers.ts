/** Workspaces written by hand: exposes, remotes and externals. */
import { config, type Feature, feature } from "./feature.ts";

export const CONTAINERS: readonly Feature[] = [
  feature(
    "exposes of every form",
    config(
      'shared: ["react"], exposes: { ".": "./src/index.js", "./dir": "./src/dir", "./many": ["./src/one.js", "kit"], "./named": { import: "./src/one.js", name: "chunk" }, "./react": "react", "./data": "./src/data.json", "./gone": "./src/gone.js" }',
    ),
    {
      "src/index.js": 'import "./one.js";\n',
      "src/one.js": 'import React from "react";\nexport const one = React;\n',
      "src/dir/index.js": 'export * from "../one.js";\n',
      "src/data.json": "{}",
    },
  ),
  feature("exposes as a list", config('shared: ["react"], exposes: ["./src/one.js", { "./two": "./src/two.js" }]'), {
    "src/index.js": "console.log(1);\n",
    "src/one.js": 'import React from "react";\nexport const one = React;\n',
    "src/two.js": "export const two = 2;\n",
  }),
  feature(
    "remotes as variables",
    config(
      'remoteType: "var", remotes: { cart: "cart", list: ["list", "other"], "@scope/x": { external: "scope_x", shareScope: "team" } }',
    ),
    {
      "src/index.js":
        'import cart from "cart";\nimport("list/a");\nimport x from "@scope/x/deep/y";\nimport no from "cartoon";\nconsole.log(cart, x, no);\n',
    },
  ),
  feature(
    "remotes as modules",
    config(
      'remoteType: "module", library: { type: "module" }, remotes: { cart: "http://localhost:3001/remoteEntry.js" }',
      "experiments: { outputModule: true }, output: { module: true },",
    ),
    {
      "src/index.js": 'import("cart/a").then(console.log);\nimport { b } from "cart/b";\nconsole.log(b);\n',
    },
  ),
  feature(
    "remotes behind promises",
    config(
      'remotes: { cart: "promise new Promise((resolve) => resolve(window.cart))", list: ["promise Promise.resolve(window.list)", "list@http://localhost/remoteEntry.js"] }',
    ),
    {
      "src/index.js": 'import("cart/a");\nrequire("list/b");\n',
    },
  ),
  feature(
    "a remote and a shared module of one name",
    config('remotes: { kit: "kit@http://localhost/remoteEntry.js" }, shared: { kit: {}, "kit/": {}, react: {} }'),
    {
      "src/index.js": 'import { get } from "kit";\nimport { set } from "kit/set.js";\nconsole.log(get, set);\n',
    },
  ),
  feature(
    "externals first",
    config(
      'shared: { react: {}, kit: {} }, remotes: { cart: "cart@http://localhost/remoteEntry.js" }',
      'externals: [/^react$/, { "kit/get.js": "commonjs kit" }, "cart/skip"],',
    ),
    {
      "src/index.js":
        'import React from "react";\nimport { get } from "kit";\nimport "kit/get.js";\nimport "cart/skip";\nimport "cart/take";\nimport "react/jsx-runtime";\nconsole.log(React, get);\n',
    },
  ),
  feature(
    "Node's modules",
    config(
      'shared: { react: {} }, library: { type: "commonjs-module" }, remotes: { cart: "commonjs cart" }',
      'target: "async-node",',
    ),
    {
      "src/index.js":
        'import fs from "fs";\nimport path from "node:path";\nimport React from "react";\nimport "cart/a";\nconsole.log(fs, path, React);\n',
    },
  ),
];
