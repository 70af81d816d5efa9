/** Workspaces written by hand: how requests find files. */
import { config, type Feature, feature } from "./feature.ts";

export const RESOLUTION: readonly Feature[] = [
  feature("exports: conditions, patterns, null", config('shared: { "@acme/ui": {}, "@acme/ui/": {} }'), {
    "node_modules/@acme/ui/package.json": JSON.stringify({
      name: "@acme/ui",
      version: "1.4.0",
      exports: {
        ".": {
          types: "./index.d.ts",
          import: { production: "./prod.mjs", default: "./dev.mjs" },
          require: "./main.cjs",
        },
        "./theme/*": { import: "./theme/*.mjs", require: "./theme/*.cjs" },
        "./theme/internal/*": null,
        "./icons/*.svg": "./icons/*.mjs",
        "./package.json": "./package.json",
      },
    }),
    "node_modules/@acme/ui/prod.mjs": 'export { dark } from "@acme/ui/theme/dark";\n',
    "node_modules/@acme/ui/dev.mjs": "export const dark = 2;\n",
    "node_modules/@acme/ui/main.cjs": 'exports.dark = require("@acme/ui/theme/dark");\n',
    "node_modules/@acme/ui/theme/dark.mjs": "export const dark = 1;\n",
    "node_modules/@acme/ui/theme/dark.cjs": "exports.dark = 1;\n",
    "node_modules/@acme/ui/theme/internal/x.mjs": "export const x = 1;\n",
    "node_modules/@acme/ui/icons/a.mjs": "export default 1;\n",
    "src/index.js": `import { dark } from "@acme/ui";
import { dark as two } from "@acme/ui/theme/dark";
import a from "@acme/ui/icons/a.svg";
import "@acme/ui/theme/internal/x";
const main = require("@acme/ui");
const theme = require("@acme/ui/theme/dark");
console.log(dark, two, a, main, theme);
`,
  }),
  feature("imports with conditions", config('shared: { kit: {}, "#state": { requiredVersion: false }, "#lib/": {} }'), {
    "package.json": JSON.stringify({
      name: "app",
      version: "1.0.0",
      dependencies: { kit: "^2.0.0" },
      imports: {
        "#state": { node: "./src/node.js", default: "./src/state.js" },
        "#lib/*": "./src/lib/*.js",
        "#kit": { import: "kit", require: "kit/main.js" },
      },
    }),
    "src/index.js": `import { state } from "#state";
import one from "#lib/one";
import { get } from "#kit";
console.log(state, one, get, require("#kit"));
`,
    "src/state.js": "export const state = 1;\n",
    "src/node.js": "export const state = 2;\n",
    "src/lib/one.js": "export default 1;\n",
  }),
  feature("a package of its own name", config('shared: { "app/state": { singleton: true }, app: {} }'), {
    "package.json": JSON.stringify({
      name: "app",
      version: "3.0.0",
      exports: { ".": "./src/index.js", "./state": "./src/state.js" },
    }),
    "src/index.js": 'import { state } from "app/state";\nexport const x = state;\nimport("app");\n',
    "src/state.js": "export const state = 1;\n",
  }),
  feature(
    "pnpm",
    config('shared: { "@acme/ui": {}, react: { singleton: true } }'),
    {
      "node_modules/react/package.json": "",
      "node_modules/.pnpm/react@18.2.0/node_modules/react/package.json":
        '{ "name": "react", "version": "18.2.0", "main": "index.js" }',
      "node_modules/.pnpm/react@18.2.0/node_modules/react/index.js": "exports.useState = () => 0;\n",
      "node_modules/.pnpm/@acme+ui@1.4.0/node_modules/@acme/ui/package.json":
        '{ "name": "@acme/ui", "version": "1.4.0", "main": "index.js", "peerDependencies": { "react": ">=17" } }',
      "node_modules/.pnpm/@acme+ui@1.4.0/node_modules/@acme/ui/index.js":
        'import { useState } from "react";\nexport const ui = useState;\n',
      "src/index.js": 'import { ui } from "@acme/ui";\nimport { useState } from "react";\nconsole.log(ui, useState);\n',
    },
    {
      links: {
        "node_modules/@acme/ui": "../.pnpm/@acme+ui@1.4.0/node_modules/@acme/ui",
        "node_modules/.pnpm/@acme+ui@1.4.0/node_modules/react": "../../react@18.2.0/node_modules/react",
        "node_modules/.pnpm/node_modules/react": "../react@18.2.0/node_modules/react",
      },
    },
  ),
  feature("nested versions", config("shared: { react: {}, kit: {} }"), {
    "node_modules/kit/package.json":
      '{ "name": "kit", "version": "2.1.0", "main": "index.js", "dependencies": { "react": "^17.0.2" } }',
    "node_modules/kit/index.js": 'import { useState } from "react";\nexport const get = useState;\n',
    "node_modules/kit/node_modules/react/package.json": '{ "name": "react", "version": "17.0.2" }',
    "node_modules/kit/node_modules/react/index.js": "exports.useState = () => 17;\n",
    "src/index.js": 'import { get } from "kit";\nimport { useState } from "react";\nconsole.log(get, useState);\n',
  }),
  feature(
    "aliases of every form",
    config(
      'shared: { react: {}, "@/state": {}, ui: {}, "compat": {} }',
      `resolve: { alias: {
    "@": path.resolve(__dirname, "src"), ui$: "kit", "compat": ["./nowhere", "react/jsx-runtime"], gone: false, "deep/*": path.resolve(__dirname, "src/*") } },`,
    ),
    {
      "src/index.js": `import { state } from "@/state";
import { get } from "ui";
import "ui/get.js";
import { jsx as two } from "compat";
import "gone";
import "deep/state";
import react from "react";
console.log(state, get, two, react);
`,
      "src/state.js": "export const state = 1;\n",
    },
  ),
  feature(
    "roots, main files and extensions",
    config(
      'shared: { "./src/lib": { singleton: true }, react: {} }',
      'resolve: { roots: [__dirname], mainFiles: ["main", "index"], extensions: [".mjs", ".js", ".json"] },',
    ),
    {
      "src/index.js":
        'import lib from "./lib";\nimport data from "./data";\nimport rooted from "/src/lib/main.js";\nimport react from "react";\nconsole.log(lib, data, rooted, react);\n',
      "src/lib/main.js": 'import { useState } from "react";\nexport default useState;\n',
      "src/lib/index.js": "export default 2;\n",
      "src/data.json": "{}",
    },
    // A provide that has its own name in the statistics, not its file.
    { bundlers: ["webpack", "enhanced"] },
  ),
  feature("browser field", config('shared: { odd: {}, "odd/": {}, react: {} }'), {
    "node_modules/odd/package.json": JSON.stringify({
      name: "odd",
      version: "1.0.0",
      main: "index.js",
      browser: {
        "./index.js": "./browser.js",
        "./node.js": false,
        react: "./own-react.js",
        "./lib/a.js": "./lib/b.js",
      },
    }),
    "node_modules/odd/index.js": "exports.a = 1;\n",
    "node_modules/odd/browser.js": 'require("./node.js");\nrequire("react");\nexports.a = require("./lib/a.js");\n',
    "node_modules/odd/node.js": "exports.a = 1;\n",
    "node_modules/odd/own-react.js": "exports.own = 1;\n",
    "node_modules/odd/lib/a.js": "exports.a = 1;\n",
    "node_modules/odd/lib/b.js": "exports.b = 1;\n",
    "src/index.js": 'import odd from "odd";\nimport a from "odd/lib/a.js";\nconsole.log(odd, a);\n',
  }),
  feature("secondary manifests", config('shared: { "@acme/ui/": { singleton: true }, "@acme/": {} }'), {
    "node_modules/@acme/ui/package.json": '{ "name": "@acme/ui", "version": "1.4.0", "main": "index.js" }',
    "node_modules/@acme/ui/index.js": "export const ui = 1;\n",
    "node_modules/@acme/ui/button/package.json":
      '{ "name": "@acme/ui/button", "main": "../esm/button.js", "type": "module" }',
    "node_modules/@acme/ui/esm/package.json": '{ "type": "module" }',
    "node_modules/@acme/ui/esm/button.js": 'export const Button = 1;\nimport "react";\n',
    "node_modules/@acme/tool/package.json": '{ "name": "@acme/tool", "version": "0.9.0" }',
    "node_modules/@acme/tool/index.js": "exports.tool = 1;\n",
    "src/index.js":
      'import { Button } from "@acme/ui/button";\nimport { ui } from "@acme/ui";\nimport { tool } from "@acme/tool";\nconsole.log(Button, ui, tool);\n',
  }),
  feature("odd requests", config('shared: { react: {}, kit: {}, "./src/local.js": {}, "fs": {} }'), {
    "src/index.js": `import a from "react?query";
import b from "./local.js?query";
import c from "./local.js#fragment";
import d from "./";
import e from ".";
import f from "react/";
import g from "./feature/";
import h from "data:text/javascript,export default 1";
import i from "!kit";
import j from "-!kit";
import k from "kit//get.js";
import l from "./feature/../local.js";
console.log(a, b, c, d, e, f, g, h, i, j, k, l);
`,
    "src/local.js": "export default 1;\n",
    "src/feature/index.js": "export default 2;\n",
  }),
];
