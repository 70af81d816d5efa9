/** Import statements read without a tree are those of the tree, as far as they are read. */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { headImports } from "../../server/src/syntax/headImports.ts";
import { importStatements } from "../../server/src/syntax/importBindings.ts";

const project = path.resolve(import.meta.dirname, "../..");

describe("the imports at a file's head", () => {
  it.each([
    [`import "a"; import b from 'b'`, 2],
    [`#!/usr/bin/env node\n// c\nimport { a, b as c, type D, default as e, "f g" as h, } from "x";`, 0],
    [`import { a, b as c, type D, type E as F, default as g, type, as, type as as } from "x";`, 1],
    [`import a, { b } from "x"; import c, * as d from "y";\nimport * as e from "z"\nrun();`, 3],
    [`import type { A } from "a"; import type B from "b"; import type from "c";`, 2],
    [`import { /* one */ a, // two\n b } from "x"; const c = 1; import d from "y";`, 1],
    [`import a = require("a"); import b from "b";`, 0],
    [`import("a"); import.meta.url;`, 0],
    [`import d from "./d.json" with { type: "json" };`, 0],
    [`import { a from "x"`, 0],
    [`import {} from "x"; import { a b } from "y";`, 1],
    [`import`, 0],
  ])("%s", (text, count) => {
    const found = headImports(text);
    expect(found).toHaveLength(count);
    expect(found).toEqual(importStatements("/a.ts", text).slice(0, count));
  });

  it("are those of the tree in real code", () => {
    let read = 0;
    for (const folder of [
      "server/src",
      "client/src",
      "test",
      "node_modules/enhanced-resolve/lib",
      "node_modules/vitest",
    ]) {
      const files = fs.readdirSync(path.join(project, folder), { recursive: true, encoding: "utf8" });
      for (const name of files.filter((item) => /\.m?[jt]s$/.test(item) && !item.includes("node_modules"))) {
        const file = path.join(project, folder, name);
        const text = fs.readFileSync(file, "utf8");
        const found = headImports(text);
        read += found.length;
        expect({ file, found }).toEqual({ file, found: importStatements(file, text).slice(0, found.length) });
      }
    }
    expect(read).toBeGreaterThan(500);
  });
});
