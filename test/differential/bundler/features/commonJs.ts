/** Workspaces written by hand: what CommonJS and AMD have beside `require("…")`, and names that stand for modules. */
import { config, type Feature, feature } from "./feature.ts";

const LOCALS = {
  "src/a.js": 'exports.react = require("react");\n',
  "src/b.js": 'exports.kit = require("kit").get;\n',
  "src/c.js": 'exports.jsx = require("react/jsx-runtime");\n',
};

const UMD = `(function (root, factory) {
  if (typeof define === "function" && define.amd) define("umd", ["react", "exports"], factory);
  else if (typeof module === "object" && module.exports) module.exports = factory(require("kit"));
  else root.umd = factory(root.React);
})(this, function (react) { return react; });
`;

export const COMMON_JS: readonly Feature[] = [
  feature("require.ensure", config('shared: ["react", "react/", "kit"]'), {
    ...LOCALS,
    "src/index.js": `require.ensure(["./a", "react"], function (require) { require("kit"); });
require.ensure([], () => { require("./b"); }, "named");
require.ensure("./c", (require) => require("./c"), (error) => console.log(error), "other");
require.ensure([unknown()], () => require("react/jsx-runtime"));
`,
  }),
  feature("require.ensure of what cannot be read", config('shared: ["react", "react/", "kit"]'), {
    "src/index.js": `require.ensure(["react", name], function () { require("kit"); });\n`,
  }),
  feature("AMD", config('shared: ["react", "react/", "kit"]'), {
    ...LOCALS,
    "src/index.js": `require(["./defined", "./a"], function (defined, a) { require("./common"); });
require(["./named"]);
require("./factory");
require("react");
`,
    "src/defined.js": 'define(["exports", "./b", "react"], function (exports, b, react) { exports.b = b; });\n',
    "src/factory.js": 'define(function (require, exports, module) { exports.jsx = require("react/jsx-runtime"); });\n',
    "src/common.js": 'define(["require", "kit"], function (require) { return require("./c"); });\n',
    "src/named.js": `define("one", ["react"], (react) => react);
define("two", ["one", "kit"], (one) => one);
define("three", { kit: 1 });
`,
  }),
  feature("AMD as told", config('shared: ["react", "react/", "kit"]', "amd: { jQuery: true },"), {
    ...LOCALS,
    "src/index.js": `require(["./defined"], function (defined) { console.log(defined); });\nrequire("./umd");\n`,
    "src/defined.js": 'define(["exports", "./b", "react"], function (exports, b, react) { exports.b = b; });\n',
    "src/umd.js": UMD,
  }),
  feature("AMD switched off", config('shared: ["react", "react/", "kit"]', "amd: false,"), {
    "src/index.js": 'require("./umd");\nrequire("./defined");\n',
    "src/umd.js": UMD,
    "src/defined.js": 'define(["react/jsx-runtime"], function (jsx) { return jsx; });\n',
  }),
  feature("UMD", config('shared: ["react", "kit"]'), { "src/index.js": 'require("./umd");\n', "src/umd.js": UMD }),
  feature("a define of one's own", config('shared: ["react", "kit"]'), {
    "src/index.js": `import define from "./define.js";\ndefine(["react"], () => 1);\nimport "kit";\n`,
    "src/define.js": "export default (names) => names;\n",
  }),
  feature("resolving", config('shared: ["react", "react/", "kit"]'), {
    "src/index.js": `console.log(require.resolve("react"), require.resolveWeak("kit"), require.resolve("./a"));
console.log(require.resolveWeak("./weak"));
`,
    "src/a.js": 'exports.jsx = require("react/jsx-runtime");\n',
    "src/weak.js": 'exports.missing = require("kit/nowhere");\n',
  }),
  feature(
    "provided names",
    config(
      'shared: { react: {}, "kit": {}, "./src/global.js": {} }, remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" }',
      "",
      `, new webpack.ProvidePlugin({ React: "react", get: ["kit", "get"], "window.Cart": "cart/Cart", $: path.join(__dirname, "src/global.js"), unused: "kit/get.js", process: "kit/set.js" })`,
    ),
    {
      "src/index.js": `import "./bound.js";
import "./members.js";
import "./patterns.js";
import "./esm.mjs";
console.log(React.version, process.env.NODE_ENV);
`,
      "src/bound.js":
        "import $ from './global.js';\nexport const get = (React) => React + $;\nconsole.log(a.unused);\n",
      "src/members.js": "console.log(window.Cart.open(), window.other, { get });\n",
      "src/patterns.js":
        "const { unused: one } = {};\nunused: for (;;) break unused;\nconsole.log(one, typeof $, x.$);\n",
      "src/esm.mjs": "export const all = () => [...get()];\n",
      "src/global.js": "export default 1;\n",
    },
  ),
  feature(
    "a provided React",
    config(
      'shared: ["react"]',
      'resolve: { extensions: ["...", ".tsx"] },',
      ', new webpack.ProvidePlugin({ React: "react" })',
    ),
    {
      "src/index.js": 'import("./view");\n',
      "src/view.tsx": `declare const React: { version: string };\nexport const version: typeof React = React;\nconsole.log(version);\n`,
    },
  ),
];
