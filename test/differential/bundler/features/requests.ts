/** Workspaces written by hand: ways to ask for a module. */
import { config, type Feature, feature, SHARED } from "./feature.ts";

export const REQUESTS: readonly Feature[] = [
  feature("magic comments", config('shared: ["react", "kit"]'), {
    "src/index.js": `import(/* webpackIgnore: true */ "react");
import(/* webpackChunkName: "k", webpackPrefetch: true */ "kit");
import(/* webpackMode: "eager" */ "kit/get.js");
`,
  }),
  feature("workers", config('shared: ["react", "kit"]'), {
    "src/index.js": `new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
new SharedWorker(new URL("./shared.js", import.meta.url));
console.log(new URL("./asset.js", import.meta.url), new URL("./image.png", import.meta.url));
`,
    "src/worker.js": 'import { useState } from "react";\nconsole.log(useState);\n',
    "src/shared.js": 'import { get } from "kit";\nconsole.log(get);\n',
    "src/asset.js": 'import "react";\n',
    "src/image.png": "png",
  }),
  feature("contexts", config('shared: ["react", "kit"]'), {
    "src/index.js": `const all = require.context("./pages", true, /\\.js$/);
console.log(all.keys());
export const load = (name) => import(\`./locales/\${name}.js\`);
`,
    "src/pages/a.js": 'import { useState } from "react";\nconsole.log(useState);\n',
    "src/pages/deep/b.js": 'import { get } from "kit";\nconsole.log(get);\n',
    "src/pages/c.txt": "text",
    "src/locales/de.js": 'import "kit/get.js";\nimport { get } from "kit";\nexport default get;\n',
    "src/locales/en.js": 'import { version } from "react";\nexport default version;\n',
  }),
  feature(
    "conditions and environment",
    config(
      'shared: ["react", "kit"]',
      "",
      ', new webpack.DefinePlugin({ FLAG: "false", "process.env.LEVEL": JSON.stringify("one") })',
    ),
    {
      "src/index.js": `if (FLAG) require("react");
if (process.env.LEVEL === "one") require("kit");
if (process.env.LEVEL === "two") require("kit/get.js");
if (typeof window === "undefined") require("react/jsx-runtime");
FLAG && require("react/jsx-runtime");
process.env.NODE_ENV === "production" ? require("./a") : require("./b");
`,
      "src/a.js": 'require("kit");\n',
      "src/b.js": 'require("react");\n',
    },
  ),
  feature(
    "other kinds of modules",
    config(
      'shared: { react: {}, "./src/data.json": { singleton: true }, kit: {} }',
      'module: { rules: [{ test: /\\.txt$/, type: "asset/source" }, { test: /\\.svg$/, type: "asset/resource" }] },',
    ),
    {
      "src/index.js": `import data from "./data.json" with { type: "json" };
import text from "./a.txt";
import svg from "./a.svg";
import common from "./common.cjs";
import esm from "./esm.mjs";
console.log(data, text, svg, common, esm);
`,
      "src/data.json": '{ "a": 1 }',
      "src/a.txt": "text",
      "src/a.svg": "<svg/>",
      "src/common.cjs": 'const { get } = require("kit");\nmodule.exports = get;\n',
      "src/esm.mjs": 'import React from "react";\nimport { get } from "kit";\nexport default [React, get];\n',
    },
  ),
  feature("exports of every form", config('shared: ["react", "kit"]'), {
    "src/index.js": `import { a, b, c, d } from "./all.js";\nimport * as ns from "./all.js";\nconsole.log(a, ns.e.get);\n`,
    "src/all.js": `export { useState as a } from "react";
export { default as b } from "react";
export * as c from "react";
import { get } from "kit";
export { get as d };
export * as e from "kit";
export default class extends get {}
export * from "./more.js";
`,
    "src/more.js": 'export { set as more } from "kit";\nexport const [first] = [1];\n',
  }),
  feature("left to the browser, by comments of every form", config(SHARED), {
    "src/index.js": [
      'import(/* webpackIgnore: true */ "react");',
      'import(\n  // webpackIgnore: true\n  "kit"\n);',
      'import(\n  // webpackIgnore: true\n  "./one.js"\n);',
      'import(\n  // not ignored\n  /* webpackIgnore: false */ "./two.js"\n);',
      "const later = () =>\n  import(\n    // webpackIgnore: true\n    'react/jsx-runtime'\n  );",
      "export default later;\n",
    ].join("\n"),
    "src/one.js": 'import "kit/get.js";\nexport const one = 1;\n',
    "src/two.js": 'import { set } from "kit";\nexport const two = set;\n',
  }),
];
