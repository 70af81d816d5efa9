/** References of imported names, and what hides them. */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { importBindingsOf } from "../../server/src/syntax/importBindings.ts";
import { importReferences } from "../../server/src/syntax/importReferences.ts";
import { parseFile } from "../../server/src/syntax/parse.ts";
import { sourceFiles } from "../fixture/sourceFiles.ts";

const project = path.resolve(import.meta.dirname, "../..");

/** The offsets of `X`'s references as what stands from there to the next white space. */
function references(code: string, names = "X"): readonly string[] {
  const text = `import { ${names} } from "x";\n${code}\n`;
  const bindings = importBindingsOf("/a.tsx", text);
  expect(bindings.uncertain).toBe(false);
  return bindings.statements.flatMap(({ bindings: [first] }) =>
    (first?.references ?? []).map(({ kind, members, range }) => {
      expect(text.slice(range.start, range.end)).toBe(first?.local);
      const line = text.slice(0, range.start).split("\n").length - 1;
      return `${line} ${kind}${members.map((member) => `.${member}`).join("")}`;
    }),
  );
}

describe("references of an imported name", () => {
  it.each([
    ["a call and a member", "X();\nX.a.b();", ["1 value", "2 value.a.b"]],
    ["names of members", "o.X; ({ X: 1 }); class A { X = 1; m() {} }", []],
    ["a shorthand member", "f({ X });", ["1 value"]],
    ["a destructured member", "const { X: y } = o;", []],
    ["a default value", "const { y = X } = o;", ["1 value"]],
    ["labels", "X: for (;;) { break X; }", []],
    ["exports", 'export { X };\nexport { X as Y };\nexport { X as Z } from "y";', ["1 value", "2 value"]],
    ["elements", "f(<X a={1}><div X={1} /></X>);", ["1 value", "1 value"]],
    ["types", "let a: X;\nlet b: X.Y;\nlet c: typeof X;", ["1 type", "2 type.Y", "3 type"]],
    ["heritage", "class A extends X implements X {}\ninterface B extends X {}", ["1 value", "1 type", "2 type"]],
    ["an import type", 'let a: import("x").X;\nlet b: import("x").X.Y;', []],
  ])("%s", (_title, code, expected) => {
    expect(references(code)).toEqual(expected);
  });
});

describe("a declaration around a mention hides the import", () => {
  it.each([
    ["a parameter", "function f(X) { X; }", []],
    ["a parameter's default value does not see the body", "function f(a = X) { var X; X; }", ["1 value"]],
    ["a variable of a block", "{ const X = 1; X; }\nX;", ["2 value"]],
    ["a variable of a function, in a block", "function f() { { var X; } X; }\nX;", ["2 value"]],
    ["a loop's variable", "for (const X of y) X;\nX;", ["2 value"]],
    ["a caught error", "try {} catch (X) { X; }\nX;", ["2 value"]],
    ["a function in a function", "function f() { function X() {} X(); }\nX;", ["2 value"]],
    ["a function expression's own name", "f(function X() { X(); });\nX;", ["2 value"]],
    ["a class expression's own name", "f(class X { m() { X; } });\nX;", ["2 value"]],
    ["a pattern's variables", "function f({ a: [X] }, ...y) { X; }\nX;", ["2 value"]],
    ["a switch's variables", "switch (y) { case 1: let X; X; }\nX;", ["2 value"]],
    ["a type parameter, no value", "function f<X>(a: X) { X; }", ["1 value"]],
    ["a type, no value", "function f() { type X = 1; let a: X; X; }", ["1 value"]],
    ["a value, no type", "function f(X) { let a: X; let b: typeof X; }", ["1 type"]],
    ["an inferred type, in the branch for a match", "type A<T> = T extends (infer X)[] ? X : X;", ["1 type"]],
    ["a mapped type's parameter", "type A = { [X in B]: X };", []],
    ["members of an enumeration", "enum A { X, B = X }\nX;", ["2 value"]],
    ["what a namespace declares", "namespace A { const X = 1; X; }\nX;", ["2 value"]],
    ["a computed name sees no parameter", "const o = { [X](X) {} };", ["1 value"]],
  ])("%s", (_title, code, expected) => {
    expect(references(code)).toEqual(expected);
  });
});

/** What TypeScript's checker takes each mention of an imported name for: the offsets of those that are the import. */
function checkedReferences(tree: ts.SourceFile, names: ReadonlyMap<string, ts.Identifier>): Record<string, number[]> {
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    getSourceFile: (name) => (name === tree.fileName ? tree : undefined),
  };
  const options: ts.CompilerOptions = {
    allowJs: true,
    jsx: ts.JsxEmit.Preserve,
    noLib: true,
    noResolve: true,
    types: [],
  };
  const checker = ts.createProgram({ rootNames: [tree.fileName], options, host }).getTypeChecker();
  const found: Record<string, number[]> = Object.fromEntries([...names.keys()].map((name) => [name, []]));
  const symbolOf = (node: ts.Identifier): ts.Symbol | undefined => {
    if (ts.isShorthandPropertyAssignment(node.parent)) return checker.getShorthandAssignmentValueSymbol(node.parent);
    if (ts.isExportSpecifier(node.parent)) return checker.getExportSpecifierLocalTargetSymbol(node.parent);
    return checker.getSymbolAtLocation(node);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    const declared = ts.isIdentifier(node) ? names.get(node.text) : undefined;
    if (declared !== undefined && symbolOf(node as ts.Identifier) === checker.getSymbolAtLocation(declared))
      found[declared.text]!.push(node.getStart(tree));
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function importedNames(tree: ts.SourceFile): ReadonlyMap<string, ts.Identifier> {
  const names = new Map<string, ts.Identifier>();
  for (const statement of tree.statements) {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined;
    const named = clause?.namedBindings;
    const all = named === undefined ? [] : ts.isNamespaceImport(named) ? [named] : named.elements;
    for (const { name } of [...(clause?.name === undefined ? [] : [{ name: clause.name }]), ...all])
      names.set(name.text, name);
  }
  return names;
}

describe("on real code", () => {
  // Declarations of types hide and mention in every way that types can.
  it.each([
    ["server/src", /\.ts$/],
    ["test/workspaces", /\.[jt]sx?$/],
    ["node_modules", /\.d\.[cm]?ts$/],
    ["node_modules", /\.mjs$/],
  ])("the references in %s (%s) are TypeScript's", { timeout: 60_000 }, (folder, wanted) => {
    let mentions = 0;
    for (const file of sourceFiles(path.join(project, folder), 150, wanted)) {
      // A module, not the declarations of one.
      const tree = parseFile(file.replace(/\.d\.([cm]?ts)$/, ".$1"), fs.readFileSync(file, "utf8"), true);
      const names = importedNames(tree);
      if (names.size === 0) continue;
      const references = [...importReferences(tree, new Set(names.keys()))].map(([name, nodes]) => [
        name,
        nodes.map((node) => node.getStart(tree)),
      ]);
      mentions += references.length;
      expect({ file, ...Object.fromEntries(references) }).toEqual({ file, ...checkedReferences(tree, names) });
    }
    expect(mentions).toBeGreaterThan(20);
  });
});
