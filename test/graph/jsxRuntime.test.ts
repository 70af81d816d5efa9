/** The request that the JSX transform adds, by each place that can say so. */
import { describe, expect, it } from "vitest";
import { installed, openApp } from "./openApp.ts";

const react = installed("react", "18.2.0", { "jsx-runtime.js": "", "jsx-dev-runtime.js": "" });
const PAGE = 'import React from "react";\nexport const Page = () => <p>{React.version}</p>;\n';

function implicit(files: Readonly<Record<string, string>>, around = "", page = PAGE): readonly string[] {
  const app = openApp({ ...react, "/src/index.js": page, ...files }, 'shared: ["react/"]', { around });
  return app.imports.map((row) => /-> (.*):/.exec(row)![1]!);
}

const rule = (use: string): string => `module: { rules: [{ test: /\\.js$/, use: ${use} }] },`;

describe("the automatic JSX transform", () => {
  it.each([
    ["tsconfig", { "/tsconfig.json": '{ "compilerOptions": { "jsx": "react-jsx" } }' }, ["react/jsx-runtime"]],
    [
      "tsconfig for development",
      { "/tsconfig.json": '{ "compilerOptions": { "jsx": "react-jsxdev" } }' },
      ["react/jsx-dev-runtime"],
    ],
    [
      "an extended tsconfig",
      {
        "/tsconfig.json": '{ "extends": "./base.json" }',
        "/base.json": '{ "compilerOptions": { "jsx": "react-jsx" } }',
      },
      ["react/jsx-runtime"],
    ],
    ["a classic tsconfig", { "/tsconfig.json": '{ "compilerOptions": { "jsx": "react" } }' }, []],
    [
      "Babel",
      { "/babel.config.json": '{ "presets": [["@babel/preset-react", { "runtime": "automatic" }]] }' },
      ["react/jsx-runtime"],
    ],
    [
      "a script of Babel's",
      { "/babel.config.js": 'module.exports = { presets: [["@babel/preset-react", { runtime: "automatic" }]] };' },
      ["react/jsx-runtime"],
    ],
    ["a preset without options", { "/babel.config.js": 'module.exports = { presets: ["@babel/preset-react"] };' }, []],
    [
      "the manifest",
      { "/package.json": '{ "babel": { "presets": [["react", { "runtime": "automatic" }]] } }' },
      ["react/jsx-runtime"],
    ],
    [
      "SWC",
      { "/.swcrc": '{ "jsc": { "transform": { "react": { "runtime": "automatic" } } } }' },
      ["react/jsx-runtime"],
    ],
    ["nothing, for a file that names React", {}, []],
  ])("is told by %s", (_, files, expected) => {
    expect(implicit(files)).toEqual(expected);
  });

  it.each([
    ["swc-loader", '[{ loader: "swc-loader", options: { jsc: { transform: { react: { runtime: "automatic" } } } } }]'],
    [
      "babel-loader",
      '{ loader: "babel-loader", options: { presets: [["@babel/preset-react", { runtime: "automatic" }]] } }',
    ],
    ["esbuild-loader", '{ loader: "esbuild-loader", options: { jsx: "automatic" } }'],
  ])("is told by the options of %s, whatever stands beside the sources", (_, use) => {
    const files = { "/tsconfig.json": '{ "compilerOptions": { "jsx": "react" } }' };
    expect(implicit(files, rule(use))).toEqual(["react/jsx-runtime"]);
  });

  it("is told by the file's own comment", () => {
    expect(implicit({}, "", `/** @jsxRuntime automatic */\n${PAGE}`)).toEqual(["react/jsx-runtime"]);
  });

  it("is meant by a file that never names React", () => {
    expect(implicit({}, "", "export const Page = () => <p/>;\n")).toEqual(["react/jsx-runtime"]);
  });
});
