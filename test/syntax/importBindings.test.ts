/** References of imported names, and what hides them. */
import { describe, expect, it } from "vitest";
import { importBindingsOf } from "../../server/src/syntax/importBindings.ts";

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
