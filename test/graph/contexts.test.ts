/** Requests that leave open which file they are for. */
import { describe, expect, it } from "vitest";
import { installed, openApp } from "./openApp.ts";

const PAGES = {
  ...installed("kit", "1.0.0"),
  "/src/index.js": 'import "./first.js";\nimport "./second.js";\n',
  "/src/pages/a.js": 'import "kit";\n',
  "/src/pages/deep/b.js": 'import "kit";\n',
  "/src/pages/c.txt": "text",
};

function importers(first: string, second = ""): readonly string[] {
  const files = { ...PAGES, "/src/first.js": first, "/src/second.js": second };
  return openApp(files, "shared: ['kit']").imports.map((row) => row.replace(/^(?:\/ws\/)?(.*?) -> .*/, "$1"));
}

describe("a request for one of several files", () => {
  it.each([
    ["require.context('./pages', true, /\\.js$/)", ["src/pages/a.js", "src/pages/deep/b.js"]],
    ["require.context('./pages', false, /\\.js$/)", ["src/pages/a.js"]],
    ["export const load = (name) => import(`./pages/${name}.js`)", ["src/pages/a.js", "src/pages/deep/b.js"]],
    ["export const load = (name) => import('./pages/deep/' + name)", ["src/pages/deep/b.js"]],
    ["export const load = (name) => import(`./nowhere/${name}.js`)", []],
    ["require.context('./pages', true, /b$/)", ["src/pages/deep/b.js"]],
    ["import.meta.webpackContext('./pages', { recursive: false })", ["src/pages/a.js"]],
    [
      "export const load = (name) => import(/* webpackInclude: /deep/ */ `./pages/${name}.js`)",
      ["src/pages/deep/b.js"],
    ],
    ["export const load = (name) => import(/* webpackExclude: /deep/ */ `./pages/${name}.js`)", ["src/pages/a.js"]],
    ["export const load = (name) => require.resolve('./pages/deep/' + name)", ["src/pages/deep/b.js"]],
    [
      "export const load = (one, two) => import('./pages/' + one + '/' + two + '.js')",
      ["src/pages/a.js", "src/pages/deep/b.js"],
    ],
  ])("%s", (code, expected) => {
    expect(importers(code)).toEqual(expected);
  });

  it("is told apart from that of another file", () => {
    const own = importers("export const load = (name) => import(`./pages/deep/${name}.js`)", "require.context('./x')");
    expect(own).toEqual(["src/pages/deep/b.js"]);
  });

  it("leaves nothing open where the folder is there, and the graph where it is not", () => {
    const complete = (code: string) =>
      openApp({ ...PAGES, "/src/first.js": code, "/src/second.js": "" }, "shared: ['kit']", {
        around: "mode: 'production',",
      }).graph.complete;
    expect(complete("export const load = (name) => import(`./pages/${name}.js`)")).toBe(true);
    expect(complete("export const load = (name) => import(`./nowhere/${name}.js`)")).toBe(false);
    expect(complete("export const load = (name) => import(name)")).toBe(false);
  });

  it("is open where the mode decides, and not where only hot replacement does", () => {
    const complete = (code: string) =>
      openApp({ ...PAGES, "/src/first.js": code, "/src/second.js": "" }, "shared: ['kit']").graph.complete;
    expect(complete("if (module.hot) require('./pages/a.js')")).toBe(true);
    expect(complete("if (process.env.NODE_ENV === 'development') require('./pages/a.js')")).toBe(false);
    expect(complete("const own = process.env.NODE_ENV === 'test'; if (own) require('./pages/a.js')")).toBe(false);
  });
});
