/** Workspaces written by hand: the configuration around the plugin. */
import { config, type Feature, feature, SHARED } from "./feature.ts";

export const AROUND: readonly Feature[] = [
  feature(
    "rules that flag and resolve",
    config(
      SHARED,
      'module: { rules: [{ test: /effect\\.js$/, sideEffects: false }, { test: /aliased\\.js$/, resolve: { alias: { kit: "react" } } }] },',
    ),
    {
      "src/index.js": 'import { one } from "./effect.js";\nimport "./aliased.js";\n',
      "src/effect.js": 'import React from "react";\nconsole.log(React);\nexport const one = 1;\n',
      "src/aliased.js": 'import { get } from "kit";\nconsole.log(get);\n',
    },
  ),
  feature("development", config(SHARED, 'mode: "development", devtool: false,'), {
    "src/index.js":
      'import { unused } from "./pure.js";\nimport { get } from "kit";\nif (process.env.NODE_ENV !== "production") require("react");\n',
    "src/pure.js": 'import React from "react";\nexport const unused = () => React;\n',
  }),
  feature("no mode", config(SHARED, 'mode: "none",'), {
    "src/index.js":
      'import { unused } from "./pure.js";\nimport { get } from "kit";\nif (process.env.NODE_ENV !== "production") require("react");\n',
    "src/pure.js": 'import React from "react";\nexport const unused = () => React;\n',
  }),
  feature("pure code that nobody uses", config(SHARED), {
    "src/index.js": 'import { one } from "./lib.js";\nimport "./pure.js";\nimport "./common.js";\nconsole.log(one);\n',
    "src/lib.js":
      'import React from "react";\nimport { get } from "kit";\nexport const one = 1;\nexport const two = () => React.useState();\nexport class Three extends Base { static get = get; }\nclass Base {}\n',
    "src/pure.js": 'import { get } from "kit";\nimport "./cjs.js";\nexport const x = () => get();\n',
    "src/cjs.js": "exports.a = 1;\nmodule.exports = { b: 2 };\n",
    "src/common.js": 'const { useState } = require("react");\nexports.own = () => useState();\n',
  }),
  feature("module resolution by rule of the package", config(SHARED), {
    "package.json": JSON.stringify({ name: "app", type: "module", dependencies: { react: "^18.0.0", kit: "^2.0.0" } }),
    "src/index.js":
      'import React from "react";\nimport "./part";\nimport "./full.js";\nimport "react/jsx-runtime";\nconsole.log(React);\n',
    "src/part.js": "console.log(1);\n",
    "src/full.js": 'import { get } from "kit";\nconsole.log(get);\n',
    "webpack.config.js": config(SHARED),
  }),
];
