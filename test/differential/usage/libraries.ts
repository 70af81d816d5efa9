/** Shared libraries of every export shape, as packages in `node_modules`. */

export interface Library {
  readonly name: string;
  /** Exports that programs take; some do not exist. */
  readonly names: readonly string[];
  readonly commonJs: boolean;
  readonly files: Readonly<Record<string, string>>;
}

/** A package of version 1.2.3. */
export function library(
  name: string,
  names: readonly string[],
  commonJs: boolean,
  files: Record<string, string>,
  extra: object = {},
): Library {
  const manifest = JSON.stringify({ name, version: "1.2.3", main: "index.js", ...extra });
  return { name, names, commonJs, files: { "package.json": manifest, ...files } };
}

export const LIBRARIES: readonly Library[] = [
  library(
    "esm-flat",
    ["a", "b", "c", "default", "deep"],
    false,
    {
      "index.js":
        "export const a = () => 1;\nexport function b() {}\nexport class c {}\nexport const deep = { x: { y() {} }, a() {} };\nexport default { a, b };\n",
    },
    { sideEffects: false },
  ),
  library("esm-star", ["a", "b", "both", "late", "ns"], false, {
    "index.js":
      "export * from './one.js';\nexport * from './two.js';\nexport * as ns from './one.js';\nexport { late as b } from './two.js';\n",
    "one.js": "export const a = 1;\nexport const both = 1;\n",
    "two.js": "export const both = 2;\nexport let late = 3;\nlate += 1;\n",
  }),
  library("esm-effects", ["a", "b"], false, {
    "index.js": "globalThis.effects = 1;\nexport const a = 1;\nexport const b = 2;\n",
  }),
  library("cjs-flat", ["a", "b", "c", "default"], true, {
    "index.js":
      "exports.a = () => 1;\nexports.b = { x: { y() {} } };\nObject.defineProperty(exports, 'c', { enumerable: true, get: function () { return 3; } });\n",
  }),
  library("cjs-flagged", ["a", "b", "default"], true, {
    "index.js":
      "Object.defineProperty(exports, '__esModule', { value: true });\nexports.a = exports.default = void 0;\nexports.a = { x() {} };\nexports.b = 2;\nexports.default = { a: 1, x: { y() {} } };\n",
  }),
  library("cjs-object", ["a", "b", "m", "default"], true, {
    "index.js": "const b = 1;\nmodule.exports = { a: 1, b, m() {}, get g() { return 1; } };\n",
  }),
  library("cjs-function", ["a", "default"], true, {
    "index.js": "module.exports = function lib() {};\nmodule.exports.a = 1;\n",
  }),
  library("cjs-forward", ["a", "b", "default"], true, {
    "index.js":
      "if (process.env.NODE_ENV === 'production') {\n  module.exports = require('./real.js');\n} else {\n  module.exports = require('./other.js');\n}\n",
    "real.js": "exports.a = 1;\nexports.b = 2;\n",
    "other.js": "module.exports = () => 1;\n",
  }),
  library(
    "cjs-typed",
    ["a", "default"],
    true,
    { "index.js": "exports.a = 1;\n" },
    { type: "commonjs", sideEffects: ["./effects/*.js"] },
  ),
];
