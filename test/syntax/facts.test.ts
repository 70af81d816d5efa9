/** The fast way to a module's facts agrees with the sure way wherever it answers, on written cases and on real code. */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { Database } from "../../server/src/query/database.ts";
import { certainlyUsed } from "../../server/src/syntax/certainUse.ts";
import { extractFacts } from "../../server/src/syntax/extractFacts.ts";
import { importBindings } from "../../server/src/syntax/importBindings.ts";
import type { ModuleFacts } from "../../server/src/syntax/moduleFacts.ts";
import { scanModule } from "../../server/src/syntax/scanModule.ts";
import { scriptText } from "../../server/src/syntax/scriptBlocks.ts";
import { MemoryHost } from "../../server/src/vfs/memoryHost.ts";
import { createWorld } from "../../server/src/vfs/vfs.ts";
import { sourceFiles } from "../fixture/sourceFiles.ts";

const project = path.resolve(import.meta.dirname, "../..");

function requestsOf(text: string, file = "/a.tsx"): string[] {
  const { facts, ranges } = extractFacts(file, text);
  return facts.requests.map((fact, index) => {
    const flags = [fact.typeOnly && "type", fact.sideEffectOnly && "side effect", fact.conditional && "conditional"];
    const range = ranges.requests[index]!;
    return [fact.kind, fact.specifier, text.slice(range.start, range.end), ...flags.filter(Boolean)].join(" ");
  });
}

describe("requests of a syntax tree", () => {
  it("knows every way to ask for a module", () => {
    const text = `
      import "a"; import b, { c } from 'b'; import type { T } from "t"; import { type U } from "u"; import * as n from "n";
      import cjs = require("cjs");
      export * from "e"; export { x as y } from "x"; export type { V } from "v"; export {} from "z";
      void import("dynamic"); const lazy = () => import(\`template\`);
      const one = require("one"); if (one) require("two"); require.resolve("three");
      loadRemote("shop/Cart"); runtime.loadShare("react"); new URL("./worker.js", import.meta.url);
      import(expression);
    `;
    expect(requestsOf(text)).toEqual([
      'esm import a "a" side effect',
      "esm import b 'b'",
      'esm import t "t" type',
      'esm import u "u" type',
      'esm import n "n"',
      'cjs require cjs "cjs"',
      'esm export e "e"',
      'esm export x "x"',
      'esm export v "v" type',
      'esm export z "z"',
      'import() dynamic "dynamic"',
      "import() template `template` conditional",
      'cjs require one "one"',
      'cjs require two "two" conditional',
      'require.resolve three "three"',
      'load remote shop/Cart "shop/Cart"',
      'load share react "react"',
      'new URL ./worker.js "./worker.js"',
      "import()  expression",
    ]);
  });

  it("computes texts, and reads the comments beside them", () => {
    const text = `
      require("a" + "b"); require(flag ? "c" : "d"); import("e" /* webpackIgnore: true */);
      import(/* webpackMode: "eager" */ "f"); import.meta.webpackContext("./g", { regExp: /x/ });
      (function (require) { require("h"); })(); require.context("./i", false, /y/, "weak");
    `;
    expect(requestsOf(text)).toEqual([
      'cjs require ab "a" + "b"',
      'cjs require c "c"',
      'cjs require d "d"',
      'import() f "f"',
      'require.context  "./g"',
      'require.context  "./i"',
    ]);
    const { requests } = extractFacts("/a.js", text).facts;
    expect(requests.map(({ chosen, mode }) => chosen ?? mode)).toEqual([
      undefined,
      true,
      true,
      "eager",
      undefined,
      "weak",
    ]);
    expect(requests[4]?.context).toEqual({ folder: "./g", recursive: true, pattern: "x", flags: "" });
    // The fast way leaves all of them to the tree.
    expect(scanModule('import(/* webpackMode: "weak" */ "f");\n')).toBeUndefined();
    expect(scanModule('import.meta.webpackContext("./g");\n')).toBeUndefined();
  });

  it("knows what CommonJS and AMD have beside require", () => {
    const text = `
      require.ensure(["a", "b"], function (require) { require("c"); });
      require.ensure([unknown], function () { require("d"); });
      require(["e", "exports"], (e, exports) => { require("f"); });
      define("named", ["g"], (g) => g);
      define(["named", "require"], function (named, require) { require("h"); require("named"); });
      console.log(require.resolveWeak("i"));
    `;
    expect(requestsOf(text, "/a.js")).toEqual([
      'require.ensure a "a"',
      'require.ensure b "b"',
      'cjs require c "c" conditional',
      'cjs require d "d" conditional',
      'amd require e "e"',
      'cjs require f "f" conditional',
      'amd define g "g"',
      'cjs require h "h" conditional',
      'require.resolveWeak i "i"',
    ]);
    const { requests } = extractFacts("/a.js", text).facts;
    expect(requests.filter(({ apart }) => apart).map(({ specifier }) => specifier)).toEqual(["c", "f"]);
    expect(requests.filter(({ handed }) => handed).map(({ specifier }) => specifier)).toEqual(["h"]);
    expect(scanModule(text)).toBeUndefined();
  });

  it("takes no define and no require of the file's own for a request", () => {
    expect(requestsOf('import define from "x"; define(["a"], () => 1);', "/a.js")).toEqual(['esm import x "x"']);
    expect(requestsOf('(function (require) { require(["a"]); require("b"); })(other);', "/a.js")).toEqual([]);
    expect(requestsOf('customElements.define("a-b", ["c"]);', "/a.js")).toEqual([]);
  });

  it("reads on after a syntax error, and says that there was one", () => {
    const { facts } = extractFacts("/a.ts", `import { a, from "x";\nimport b from "b";\nconst = 1;`);
    expect(facts.broken).toBe(true);
    expect(facts.requests.map((fact) => fact.specifier)).toContain("b");
  });

  it("finds nothing in the bundled code of others that has a require of its own", () => {
    expect(requestsOf(`!function(e){ function r(require){ require("inner") } }()`)).toEqual([]);
  });
});

describe("single-file components", () => {
  it("keep the offsets of their scripts", () => {
    const text = `<template><a/></template>\r\n<script setup lang="ts">\nimport { ref } from "vue";\n</script>\n<style/>`;
    const script = scriptText("/App.vue", text);
    expect(script).toHaveLength(text.length);
    expect(script.indexOf("import")).toBe(text.indexOf("import"));
    expect(scanModule(script)?.facts.requests.map((fact) => fact.specifier)).toEqual(["vue"]);
  });
});

describe("the scan", () => {
  it.each([
    [
      "strings and comments",
      `// import "no"\n/* import "no" */ const s = 'import "no"', t = \`import "no" \${"x"}\`; import "yes";`,
    ],
    ["regular expressions", `const r = /import "no"['"]/g; a / b; x = y / 2 / "z".length; import "yes";`],
    ["JSX text", `const a = <p>Don't import "x" here, it's <b>bad</b></p>; const lazy = () => import("./yes");`],
    [
      "type imports",
      `import type from "a"; import type, { x } from "b"; import type X from "c"; import { type as } from "d"; import { type as as } from "e";`,
    ],
    ["attributes", `import data from "./d.json" with { type: "json" };`],
    ["awaited", `await import("./a"); void import("./b");\nimport("./c").then(x);`],
    ["members named import", `const a = { import: 1, export: 2 }; a.import("no"); a.export; import.meta.url;`],
    ["templates", "const a = `${`${b}` + '}'} import 'no'`; import 'yes';"],
    [
      "exports",
      `export const x = 1; export { x as default }; export type { T } from "t"; export * as n from "n"; export default 1;`,
    ],
  ])("agrees with the tree about %s", (_title, text) => {
    const scanned = scanModule(text);
    if (scanned === undefined) return;
    const sure = extractFacts("/a.tsx", text);
    expect(withoutProof(scanned.facts)).toEqual(sure.facts);
    expect(scanned.ranges.requests).toEqual(sure.ranges.requests);
  });

  it("agrees with the tree on real code, and answers for most of it", () => {
    const files = sourceFiles(path.join(project, "node_modules"), 1200);
    let answered = 0;
    for (const file of files) {
      const text = fs.readFileSync(file, "utf8");
      const scanned = scanModule(text);
      if (scanned === undefined) continue;
      answered++;
      const sure = extractFacts(file, text);
      if (!sure.facts.broken) expect({ file, ...withoutProof(scanned.facts) }).toEqual({ file, ...sure.facts });
    }
    expect(answered).toBeGreaterThan(files.length / 4);
  });
});

/** What only the scan tells. */
function withoutProof(facts: ModuleFacts): ModuleFacts {
  return { ...facts, requests: facts.requests.map(({ runs: _runs, ...request }) => request) };
}

/** What the scan claims of imports, and the references of the names they bind. */
function claims(text: string, path = "/a.tsx") {
  const db = new Database(createWorld(new MemoryHost({ [path]: text })));
  const scanned = scanModule(text);
  const { statements, uncertain } = importBindings(db, path);
  if (scanned === undefined || uncertain) return [];
  return scanned.facts.requests.flatMap((request, index) => {
    const start = scanned.ranges.statements[index]!.start;
    const statement = statements.find(({ range }) => range.start === start);
    if (request.kind !== "esm import" || statement === undefined) return [];
    const bindings = statement.bindings.filter(({ typeOnly }) => !typeOnly);
    return [{ statement: request.specifier, settled: scanned.settled![index]!, runs: request.runs === true, bindings }];
  });
}

describe("what the scan proves of imported names", () => {
  it.each([
    [`import { a, b } from "x"; a(b());`, "settled runs"],
    [`import { a, b } from "x"; a(1);`, "runs"],
    [`import a, { b } from "x"; const c = [1].map(() => a.b.c(b(2)));`, "settled runs"],
    [`import { A } from "x"; const b = 1 as A;`, "settled"],
    [`import { A } from "x"; export function f(a: A): void {}`, "settled"],
    [`import { A } from "x"; const b: A = make();`, "settled"],
    [`import { A } from "x"; const b = make<A>();`, "settled"],
    [`import { A } from "x"; const b: Map<A> = make();`, "settled"],
    [`import { A } from "x"; const { b: A = 1 } = c;`, ""],
    [`import { A } from "x"; function f({ b: A }) {}`, ""],
    [`import { A } from "x"; function f<A>(b: A) {}`, ""],
    [`import { A } from "x"; class C { f<A>(b: A) {} }`, ""],
    [`"use strict"; import { a } from "x"; a();`, ""],
    [`import "y"; import { a } from "x"; a();`, "settled runs"],
    [`export const f = (a) => a(1); import { a } from "x"; a(1);`, ""],
    [`import { a } from "x"; function a(b) {}`, ""],
    [`import { type A, b } from "x"; b();`, "settled runs"],
    [`import * as a from "x"; a.b();`, "settled runs"],
    [`import React from "x"; export const v = <p/>;`, "settled runs"],
    [`import { a } from "x"; export { a };`, ""],
    [`import { a } from "x"; a("y"); class C { a(b) { return 1; } }`, "runs"],
    [`import { a } from "x"; const c = { a(b) { return 1; } };`, ""],
    [`import { a } from "x"; interface I { a(b: string): void }`, ""],
    [`import { a } from "x"; async function a(b) { return b; }`, ""],
    [`import { a } from "x"; export function f() { a(() => { b(); }); }`, "settled runs"],
    [`import { Card } from "x"; export const v = (<Card/>);`, "settled runs"],
  ])("%s", (text, expected) => {
    const scanned = scanModule(text)!;
    const at = scanned.facts.requests.findIndex(({ specifier }) => specifier === "x");
    const words = [scanned.settled![at] && "settled", scanned.facts.requests[at]!.runs && "runs"];
    expect(words.filter(Boolean).join(" ")).toBe(expected);
  });

  it("holds by the references on real code", () => {
    let settled = 0;
    const own = ["server/src", "client/src", "test"].flatMap((folder) => sourceFiles(path.join(project, folder), 300));
    for (const file of [...sourceFiles(path.join(project, "node_modules"), 400), ...own]) {
      if (file.includes("/shop/node_modules/")) continue;
      for (const claim of claims(fs.readFileSync(file, "utf8"), file)) {
        if (claim.settled) settled++;
        const unused = claim.bindings.filter(({ references }) => references.length === 0);
        if (claim.settled) expect({ file, ...claim, bindings: unused }).toEqual({ file, ...claim, bindings: [] });
        const types = claim.bindings.every(({ references }) => references.every(({ kind }) => kind === "type"));
        if (claim.runs) expect({ file, ...claim, types }).toEqual({ file, ...claim, types: false });
      }
    }
    expect(settled).toBeGreaterThan(400);
  });
});

describe("certain use", () => {
  const used = (text: string, ...names: string[]) => {
    const end = text.indexOf(";") + 1;
    return [...(certainlyUsed(text, new Set(names), [{ start: 0, end }]) ?? ["gave up"])].sort();
  };

  it.each([
    [`import { a } from "x"; run(a(1));`, ["a"]],
    [`import { a } from "x"; const b = a;`, ["a"]],
    [`import { a } from "x"; return <a.B/>`, ["a"]],
    [`import { A } from "x"; const b = () => (<A title="x"/>);`, ["A"]],
    [`import { a } from "x"; const b = x as a;`, ["a"]],
    [`import { a } from "x"; b.a(1); const c = { a: 1 };`, []],
    [`import { a } from "x"; const f = a => a.b;`, []],
    [`import { a } from "x"; function g(a) { return a.b; }`, []],
    [`import { a } from "x"; // a.b\nconst c = "= a";`, []],
    [`import { A } from "x"; const f = <A,>(v: A) => v;`, []],
    [`import { React } from "x"; const v = <p>Vite + React (React.js) and React</p>;`, []],
  ])("of %s", (text, expected) => {
    expect(used(text, "a", "A", "React")).toEqual(expected);
  });
});
