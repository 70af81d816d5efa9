/** More shapes of shared libraries: compiled code, string names, scripts of many systems, flags of side effects. */
import { type Library, library } from "./libraries.ts";

export const WIDE_LIBRARIES: readonly Library[] = [
  library("esm-names", ["a", "b", '"b-c"', "default", "E"], false, {
    "index.js":
      'const own = 1;\nexport { own as "b-c", own as a };\nexport { two as b } from "./two.js";\nexport { default } from "./two.js";\nexport var E;\n(function (E) { E[E["A"] = 0] = "A"; })(E || (E = {}));\n',
    "two.js": "export const two = { x: 1 };\nexport default class { static a() {} }\n",
  }),
  library(
    "esm-flagged",
    ["a", "b", "c", "x"],
    false,
    {
      "index.js": 'export { a, b } from "./pure.js";\nexport * from "./effect.js";\nexport * as x from "./pure.js";\n',
      "pure.js": "globalThis.p = 1;\nexport const a = () => 1;\nexport const b = { x() {} };\n",
      "effect.js": "globalThis.e = 1;\nexport const c = 1;\n",
    },
    { sideEffects: ["./effect.js", "*.css"] },
  ),
  library(
    "esm-module",
    ["a", "b", "default"],
    false,
    {
      "index.js":
        'import cjs from "./real.cjs";\nimport * as all from "./real.cjs";\nexport const a = cjs.a;\nexport const b = all.default;\nexport default cjs;\n',
      "real.cjs": "exports.a = 1;\nexports.b = 2;\n",
    },
    { type: "module" },
  ),
  library("cjs-compiled", ["a", "b", "c", "default"], true, {
    "index.js":
      '"use strict";\nvar __createBinding = (this && this.__createBinding) || function (o, m, k) { o[k] = m[k]; };\nvar __exportStar = (this && this.__exportStar) || function (m, exports) { for (var p in m) __createBinding(exports, m, p); };\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.a = void 0;\n__exportStar(require("./more.js"), exports);\nexports.a = 1;\nexports.default = { x: 1 };\n',
    "more.js": 'Object.defineProperty(exports, "__esModule", { value: true });\nexports.b = exports.c = 1;\n',
  }),
  library("cjs-getters", ["a", "b", "default"], true, {
    "index.js":
      '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nvar _one = require("./one.js");\nObject.defineProperty(exports, "a", { enumerable: true, get: function () { return _one.a; } });\nObject.defineProperty(exports, "b", { enumerable: true, get: function () { return _one.default; } });\n',
    "one.js": "exports.a = { x() {} };\nexports.default = 1;\nexports.__esModule = true;\n",
  }),
  library("cjs-umd", ["a", "default"], true, {
    "index.js":
      "(function (root, factory) {\n  if (typeof define === 'function' && define.amd) define([], factory);\n  else if (typeof module === 'object' && module.exports) module.exports = factory();\n  else root.umd = factory();\n})(this, function () { return { a: 1 }; });\n",
  }),
  library("cjs-assigned", ["a", "b", "default"], true, {
    "index.js":
      "exports = module.exports = function lib() {};\nexports.a = 1;\nmodule.exports.b = { x: 1 };\nmodule.exports.default = module.exports;\n",
  }),
  library("cjs-spread", ["a", "b", "default"], true, {
    "index.js": "module.exports = { ...require('./one.js'), b: require('./one.js').a };\n",
    "one.js": "module.exports = { a: { x: 1 } };\n",
  }),
];
