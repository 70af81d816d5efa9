/** Exports of every shape, by the text alone. */
import { describe, expect, test } from "vitest";
import { exportFactsOf } from "../../server/src/syntax/exportFacts.ts";

function seen(text: string, path = "/m.js") {
  const { type, names, complete, forwarded } = exportFactsOf(path, text);
  return {
    type,
    names: names.join(),
    complete,
    forwarded: forwarded.map((item) => `${item.exported ?? "*"}<${item.specifier}:${item.path.join(".")}`),
  };
}

describe("ES modules", () => {
  test.each([
    ["export const a = 1, { b, c: [d] } = x; export function e() {} export class F {}", "F,a,b,d,e"],
    ["export default 1;", "default"],
    ["export default function named() {}", "default"],
    ["const a = 1; export { a as b, a as default };", "b,default"],
    ["export * as ns from 'x';", "ns"],
    ["import { a } from 'x'; export { a as z };", "z"],
    [
      "export type T = 1; export interface I {} export enum E { A } export namespace N { export const x = 1 } export declare const d: 1;",
      "E,N",
    ],
    ["export { type T, a } from './x';", "a"],
    [
      "export namespace N { export type T = 1; namespace M { interface I {} } } export namespace V { export let a; }",
      "V",
    ],
    ["export abstract class A {} export const enum C { X }", "A,C"],
  ])("%s", (text, names) => {
    expect(seen(text, "/m.ts")).toMatchObject({ type: "namespace", names, complete: true });
  });

  test("re-exports, with where they lead", () => {
    const text =
      "import * as ns from 'n'; import d from 'd'; export { ns, d }; export * from 's'; export { a as b } from 'a'; export default ns;";
    expect(seen(text).forwarded).toEqual(["ns<n:", "d<d:default", "*<s:", "b<a:a", "default<n:"]);
  });
});

describe("CommonJS", () => {
  test.each([
    ["exports.a = 1; module.exports.b = 2; this.c = 3;", "default", "a,b,c", true],
    ["module.exports = { a, b: 1, c() {}, get d() { return 1; } };", "default", "a,b,c,d", true],
    [
      "Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return x; } });",
      "default",
      "a",
      true,
    ],
    ["Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 1;", "flagged", "default", true],
    ["exports.__esModule = true; exports.a = 1;", "flagged", "a", true],
    ["module.exports = { ...x };", undefined, "", false],
    ["module.exports = { [k]: 1 };", undefined, "", false],
    ["module.exports = function () {}; module.exports.a = 1;", undefined, "", false],
    ["exports.a = 1; fill(exports);", undefined, "", false],
    ["exports.a = 1; console.log(exports.a);", "default", "a", true],
    ["exports.a = 1; if (module.hot) module.hot.accept();", "default", "a", true],
    ["module.exports = require('./x');", "dynamic", "", true],
    ["const x = require('./x'); exports.a = x.b;", "default", "a", true],
    ["console.log(1);", undefined, "", false],
  ])("%s", (text, type, names, complete) => {
    expect(seen(text)).toMatchObject({ type, names, complete });
  });

  test("re-exports by require", () => {
    expect(seen("const x = require('./x'); exports.a = x.b.c; exports.d = require('./y');").forwarded).toEqual([
      "a<./x:b.c",
      "d<./y:",
    ]);
    expect(seen("module.exports = require('./x').part;").forwarded).toEqual(["*<./x:part"]);
  });

  test("TypeScript's `export =`", () => {
    expect(seen("export = { a: 1 };", "/m.ts")).toMatchObject({ type: "default", names: "a" });
    expect(seen("export = require('./x');", "/m.ts").forwarded).toEqual(["*<./x:"]);
  });
});

test("JSON gives its keys", () => {
  expect(seen('{ "a": 1, "b": {} }', "/m.json")).toMatchObject({ names: "a,b", complete: true });
  expect(seen("{", "/m.json")).toMatchObject({ complete: false });
});
