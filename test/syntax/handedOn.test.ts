/** Modules of nothing but re-exports: read from the text, held against the syntax tree. */
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportFactsOf } from "../../server/src/syntax/exportFacts.ts";
import { exportRangesByTree } from "../../server/src/syntax/exportRanges.ts";
import { exportsHandedOn, handedOnIn, rangesHandedOn, usesHandedOn } from "../../server/src/syntax/handedOn.ts";
import { moduleUsesOf } from "../../server/src/syntax/moduleUses.ts";
import { parseFile, syntaxErrorCount } from "../../server/src/syntax/parse.ts";
import { sourceFiles } from "../fixture/sourceFiles.ts";

const project = path.resolve(import.meta.dirname, "../..");

/** Whether the text is one of these modules; if so, everything that is read of it has to be what its tree says. */
function isHeld(file: string, text: string): boolean {
  const statements = handedOnIn(text);
  const tree = parseFile(file, text, true);
  if (statements === undefined || syntaxErrorCount(tree) > 0) return false;
  const ranges = tree.statements.map((node) => ({ start: node.getStart(tree), end: node.end }));
  expect(statements.map(({ range }) => range)).toEqual(ranges);
  expect(exportsHandedOn(statements)).toEqual(exportFactsOf(file, text, tree));
  expect(usesHandedOn(statements)).toEqual(moduleUsesOf(file, text, tree, ranges));
  expect(rangesHandedOn(statements)).toEqual(exportRangesByTree(file, text));
  return true;
}

const names = fc.constantFrom("a", "b", "$c", "_d", "default", "type", "as", "from", "export", "été");
const gaps = fc.constantFrom(" ", "\n", " /* a; */ ", " // export * from 'z';\n");

const specifiers = fc
  .tuple(fc.boolean(), names, fc.option(names))
  .map(([type, name, other]) => `${type ? "type " : ""}${name}${other === null ? "" : ` as ${other}`}`);
const clauses = fc.oneof(
  fc.constant("*"),
  names.map((name) => `* as ${name}`),
  fc.tuple(fc.array(specifiers, { maxLength: 4 }), gaps).map(([list, gap]) => `{${gap}${list.join(`,${gap}`)}${gap}}`),
);
const statements = fc
  .tuple(
    fc.constantFrom("", "type "),
    clauses,
    gaps,
    fc.constantFrom('"./a"', "'@b/c'"),
    fc.constantFrom(";", "", " ;"),
  )
  .map(([type, clause, gap, from, end]) => `export ${type}${clause}${gap}from${gap}${from}${end}`);
const texts = fc
  .tuple(gaps, fc.array(statements, { minLength: 1, maxLength: 5 }), fc.constantFrom("\n", " ", "\n\n// end\n"))
  .map(([first, list, between]) => `${first.trimStart()}${list.join(between)}${between}`);

describe("a module of nothing but re-exports", () => {
  it("is read as its tree has it", () => {
    let held = 0;
    fc.assert(
      fc.property(texts, (text) => {
        if (isHeld("/a.ts", text)) held++;
      }),
      { numRuns: 2000 },
    );
    expect(held).toBeGreaterThan(500);
  });

  it("is read as its tree has it in installed packages", () => {
    const files = sourceFiles(path.join(project, "node_modules"), 3000);
    const held = files.filter((file) => isHeld(file, fs.readFileSync(file, "utf8")));
    expect(held.length).toBeGreaterThan(20);
  });

  it.each([
    ["a statement of another kind", 'export * from "a"; export const b = 1;'],
    ["an import", 'import "a"; export * from "b";'],
    ["a list of its own names", "export { a };"],
    ["a quoted name", 'export { "a b" as c } from "d";'],
    ["attributes", 'export * from "./a.json" with { type: "json" };'],
    ["an escape in the specifier", 'export * from "\\x61";'],
    ["an escape in a name", 'export { \\u0061 } from "a";'],
    ["two statements on a line, without a semicolon", 'export * from "a" export * from "b"'],
    ["half a statement", "export { a, b"],
    ["half a list", 'export { a b } from "c";'],
    ["nothing", "// nothing"],
  ])("is none with %s", (_title, text) => {
    expect(handedOnIn(text)).toBeUndefined();
  });
});
