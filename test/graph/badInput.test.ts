/** What nobody should write, and every workspace has for a moment: an answer for each, after no more steps than needed. */
import { describe, expect, it } from "vitest";
import { installed, openApp } from "./openApp.ts";

const INDEX = { "/src/index.js": 'import "a";\nimport "b";\n' };
const PAIR = { ...installed("a", "1.0.0"), ...installed("b", "2.0.0"), ...INDEX };

describe("fallbacks in a circle", () => {
  it("each is the other's", () => {
    const { consumes, provides, graph } = openApp(PAIR, "shared: { a: { import: 'b' }, b: { import: 'a' } }");
    expect(consumes).toEqual(["default a null node_modules/b/index.js", "default b null node_modules/a/index.js"]);
    expect(provides).toEqual(["default a 2.0.0 node_modules/b/index.js", "default b 1.0.0 node_modules/a/index.js"]);
    expect(graph.connections).toHaveLength(7);
  });

  it("a package that asks for itself and for the one that asks for it", () => {
    const files = {
      ...INDEX,
      ...installed("a", "1.0.0", { "index.js": 'import "a";\nimport "b";\n' }),
      ...installed("b", "2.0.0", { "index.js": 'import "a";\n' }),
    };
    const { consumes, imports } = openApp(files, "shared: ['a', 'b']");
    expect(consumes.map((row) => row.split(" ")[1])).toEqual(["a", "b"]);
    expect(imports).toHaveLength(5);
  });

  it("relative keys that are each other's", () => {
    const files = { "/src/index.js": 'import "./x.js";\n', "/src/x.js": 'import "./y.js";\n', "/src/y.js": "" };
    const shared = "shared: { './src/x.js': { import: './src/y.js' }, './src/y.js': { import: './src/x.js' } }";
    expect(openApp(files, shared).consumes).toHaveLength(2);
  });
});

describe("packages that cannot be read", () => {
  it.each([
    ["missing", {}],
    ["with a broken manifest", { "/node_modules/a/package.json": "{ broken", "/node_modules/a/index.js": "" }],
    ["with a manifest that is a list", { "/node_modules/a/package.json": "[]", "/node_modules/a/index.js": "" }],
    ["without a version", { "/node_modules/a/package.json": '{ "name": "a" }', "/node_modules/a/index.js": "" }],
    ["with a version that is none", installed("a", "latest")],
  ])("%s: a consume all the same, and what is wrong", (_, files) => {
    const { consumes, graph } = openApp({ "/src/index.js": 'import "a";\n', ...files }, "shared: ['a']");
    expect(consumes).toHaveLength(1);
    expect(graph.problems.length).toBeGreaterThan(0);
  });

  it("ranges and keys that are none", () => {
    const shared = "shared: { a: { requiredVersion: '???' }, '': {}, '/': {}, './': {}, 'b': { requiredVersion: {} } }";
    const { consumes } = openApp(PAIR, shared);
    expect(consumes.map((row) => row.split(" ")[1])).toEqual(["a", "b"]);
  });
});
