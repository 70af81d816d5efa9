/** Workspaces written by hand: what is shared. */
import { config, type Feature, feature } from "./feature.ts";

export const SHARING: readonly Feature[] = [
  feature(
    "dependencies spread",
    config(
      'shared: { ...require("./package.json").dependencies, react: { singleton: true, requiredVersion: require("./package.json").dependencies.react } }',
    ),
    {
      "src/index.js": 'import React from "react";\nimport { get } from "kit";\nconsole.log(React, get);\n',
    },
  ),
  feature(
    "the same package under several keys",
    config(
      'shared: [{ react: { shareKey: "react", shareScope: "default" } }, { react: { shareKey: "react-old", shareScope: "legacy" } }, "kit"]',
    ),
    {
      "src/index.js": 'import React from "react";\nimport { get } from "kit";\nconsole.log(React, get);\n',
    },
  ),
  feature(
    "own modules",
    config(
      'shared: { "./src/state": { shareKey: "state", version: "1.0.0", requiredVersion: "^1.0.0", singleton: true }, "./src/other.js": { import: "./src/state.js", shareKey: "other" }, [path.resolve(__dirname, "src/abs.js")]: { shareKey: "abs" } }',
    ),
    {
      "src/index.js":
        'import "./state";\nimport "./state.js";\nimport "./other.js";\nimport "./abs";\nimport "./dir/inner.js";\n',
      "src/state.js": "export const state = 1;\nconsole.log(state);\n",
      "src/other.js": "console.log(2);\n",
      "src/abs.js": "console.log(3);\n",
      "src/dir/inner.js": 'import { state } from "../state";\nconsole.log(state);\n',
    },
  ),
  feature(
    "imports that are not the key",
    config(
      'shared: { react: { import: "kit" }, kit: { import: false, requiredVersion: "^2.0.0" }, "react/": { import: "kit/" }, preact: { import: "react", packageName: "react" } }',
    ),
    {
      "src/index.js":
        'import React from "react";\nimport { get } from "kit";\nimport "react/get.js";\nimport "preact";\nconsole.log(React, get);\n',
    },
  ),
  feature("peer and optional dependencies in packages", config("shared: { react: { singleton: true } }", ""), {
    "package.json":
      '{ "name": "app", "peerDependencies": { "react": ">=17" }, "devDependencies": { "react": "18.2.0" } }',
    "node_modules/kit/package.json":
      '{ "name": "kit", "version": "2.1.0", "main": "index.js", "peerDependencies": { "react": "^16 || ^17" }, "optionalDependencies": { "react": "~18.1.0" } }',
    "node_modules/kit/index.js": 'import { useState } from "react";\nexport const get = useState;\n',
    "src/index.js": 'import React from "react";\nimport { get } from "kit";\nconsole.log(React, get);\n',
    "src/inner/package.json": '{ "private": true }',
    "src/inner/a.js": 'import "react";\n',
  }),
  feature(
    "a workspace",
    config('shared: { "@acme/ui": { singleton: true }, react: {} }, exposes: { "./ui": "@acme/ui" }'),
    {
      "package.json":
        '{ "name": "root", "private": true, "workspaces": ["packages/*", "apps/*"], "dependencies": { "react": "^18.1.0" } }',
      "~/package.json": '{ "name": "shop", "version": "0.0.0", "dependencies": { "@acme/ui": "workspace:^" } }',
      "packages/ui/package.json":
        '{ "name": "@acme/ui", "version": "1.4.0", "main": "src/index.js", "peerDependencies": { "react": ">=18" } }',
      "packages/ui/src/index.js":
        'import { useState } from "react";\nimport { inner } from "@acme/ui/src/inner.js";\nexport const ui = [useState, inner];\n',
      "packages/ui/src/inner.js": "export const inner = 1;\n",
      "~/src/index.js": 'import { ui } from "@acme/ui";\nimport React from "react";\nconsole.log(ui, React);\n',
    },
    { app: "apps/shop", links: { "node_modules/@acme/ui": "../../packages/ui" } },
  ),
];
