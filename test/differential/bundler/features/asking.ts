/** Workspaces written by hand: how much of a call bundlers compute. */
import { config, type Feature, feature } from "./feature.ts";

const ASK = (name: string): string => `import { useState } from "react";\nconsole.log(useState, "${name}");\n`;

export const ASKING: readonly Feature[] = [
  feature("comments beside the argument", config('shared: ["react", "kit"]'), {
    "src/index.js": `import("react" /* webpackIgnore: true */);
import(/* webpackMode: "weak" */ "./weak.js");
import(/* webpackMode: "eager" */ "./eager.js");
new Worker(/* webpackIgnore: true */ new URL("./left.js", import.meta.url));
`,
    "src/weak.js": 'import { get } from "kit";\nconsole.log(get);\n',
    "src/eager.js": 'import { get } from "kit/get.js";\nimport "react/jsx-runtime";\nconsole.log(get);\n',
    "src/left.js": ASK("left"),
  }),
  feature("contexts of every form", config('shared: ["react", "kit"]'), {
    "src/index.js": `console.log(import.meta.webpackContext("./a", { recursive: false, regExp: /\\.js$/ }));
console.log(require.context("./b", true, /one$/));
console.log(require.context("./c", true, /\\.js$/, "weak"));
export const load = (name) => import(/* webpackInclude: /two/ */ \`./d/\${name}.js\`);
export const more = (name) => import(/* webpackExclude: /inner/ */ "./e/".concat(name, ".js"));
export const resolved = (name) => require.resolve("./f/" + name);
export const sum = (name, part) => import("./g/" + name + "/" + part + ".js");
`,
    "src/a/one.js": 'import { get } from "kit";\nconsole.log(get);\n',
    "src/a/inner/two.js": ASK("not recursive"),
    "src/b/one.js": 'import { set } from "kit";\nconsole.log(set);\n',
    "src/c/one.js": 'import "react/jsx-runtime";\n',
    "src/d/one.js": ASK("not included"),
    "src/d/two.js": 'import { get } from "kit/get.js";\nconsole.log(get);\n',
    "src/e/inner/one.js": ASK("excluded"),
    "src/e/.hidden.js": ASK("hidden"),
    "src/f/index.js": 'require("kit");\n',
    "src/g/one.js": 'import "kit";\n',
  }),
  feature("texts that are computed", config('shared: ["react", "kit", "react/jsx-runtime"]'), {
    "src/index.js": `console.log(require(process.argv.length > 2 ? "react" : "kit"));
import("rea" + "ct/jsx-runtime");
import(\`kit/get.js\`);
(function (require) { require("nowhere"); })(console.log);
console.log(require("kit"));
`,
  }),
  feature("constants of a module", config('shared: ["react", "kit"]'), {
    "src/index.js": `const isDevelopment = process.env.NODE_ENV !== "production";
const isTest = isDevelopment && "test";
if (isDevelopment) require("react");
if (isTest) import("react/jsx-runtime");
function inner(value) { return value; }
if (!isTest) require("kit");
console.log(inner);
`,
  }),
  feature(
    "files that are not parsed",
    config(
      'shared: ["react", "kit"]',
      'module: { noParse: [/vendor/], rules: [{ test: /text\\.js$/, type: "asset/source" }] },',
    ),
    {
      "src/index.js":
        'import "./vendor.js";\nimport text from "./text.js";\nimport { get } from "kit";\nconsole.log(text, get);\n',
      "src/vendor.js": 'require("react");\n',
      "src/text.js": ASK("text"),
    },
  ),
  feature(
    "paths of a tsconfig",
    config(
      'shared: { react: {}, kit: {}, "./src/state.js": { singleton: true } }',
      'resolve: { plugins: [new (require("tsconfig-paths-webpack-plugin").TsconfigPathsPlugin)({ configFile: path.join(__dirname, "tsconfig.json") })] },',
    ),
    {
      "tsconfig.json":
        '{ "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["./src/*"], "store": ["./src/state.js"], "kit": ["./nowhere.js"] } } }',
      "src/index.js":
        'import "~/part";\nimport { state } from "store";\nimport { get } from "kit";\nconsole.log(state, get);\n',
      "src/part.js": ASK("part"),
      "src/state.js": "export const state = 1;\n",
    },
  ),
  feature(
    "runtime plugins",
    config('shared: { react: {}, kit: {} }, runtimePlugins: [path.join(__dirname, "src/plugin.js")]'),
    {
      "src/index.js": 'import { get } from "kit";\nconsole.log(get);\n',
      "src/plugin.js": 'import { version } from "react";\nexport default () => ({ name: version });\n',
    },
    { bundlers: ["enhanced", "rspack"] },
  ),
  feature("deferred imports", config('shared: ["react", "react/", "kit"]', "experiments: { deferImport: true },"), {
    "src/index.js": [
      'import defer * as kit from "kit";',
      'import defer * as local from "./local.js";',
      'import * as defer from "./other.js";',
      'import defer2 from "./third.js";',
      "export const later = () => [kit.get, local.value, defer, defer2];",
      'import.defer("kit/get.js");',
      'import.defer("react/jsx-runtime");\n',
    ].join("\n"),
    "src/local.js": 'import React from "react";\nexport const value = React;\n',
    "src/other.js": 'import "kit/set.js";\nexport const other = 1;\n',
    "src/third.js": 'import "react/jsx-runtime";\nexport default 3;\n',
  }),
  feature(
    "imports of sources",
    config('shared: ["react", "kit"]', "experiments: { sourceImport: true, asyncWebAssembly: true },"),
    {
      "src/index.js":
        'import source code from "./code.wasm";\nimport source from "./local.js";\nconsole.log(code, source);\n',
      "src/local.js": 'import React from "react";\nexport default React;\n',
      "src/code.wasm": "\0asm\u0001\0\0\0",
    },
  ),
  feature(
    "a require made for an ES module",
    config('library: { type: "commonjs-module" }, shared: ["react", "kit"]', 'target: "async-node",'),
    {
      "src/index.js": [
        'import { createRequire } from "module";',
        "const require = createRequire(import.meta.url);",
        'const React = require("react");',
        'require("./local.js");',
        'console.log(React, require.resolve("kit/get.js"));',
        "",
      ].join("\n"),
      "src/local.js": [
        'import { createRequire as make } from "node:module";',
        "const load = make(import.meta.url);",
        'export const kit = load("kit");',
        'export const own = make(import.meta.url)("kit/set.js");',
        "",
      ].join("\n"),
    },
  ),
  feature("a require made where the bundler knows of none", config('shared: ["react", "kit"]'), {
    "src/index.js": [
      'import { createRequire } from "./module.js";',
      'import "kit";',
      "const require = createRequire(import.meta.url);",
      'const React = require("react");',
      "console.log(React);",
      "",
    ].join("\n"),
    "src/module.js": "export const createRequire = (x) => x;\n",
  }),
];
