/** Taking unused names out of imports in many layouts. */
import { describe, expect, it } from "vitest";
import { headImports } from "../../server/src/syntax/headImports.ts";
import { importBindingsOf } from "../../server/src/syntax/importBindings.ts";
import { removeImportedNames } from "../../server/src/syntax/removeImport.ts";

function remove(text: string, names: readonly string[], keepsEffects = true): string {
  const statement = importBindingsOf("/a.tsx", text).statements[0]!;
  const edits = [...removeImportedNames(text, statement, new Set(names), keepsEffects)];
  // Both ways to read a statement lead to the same edits.
  expect(removeImportedNames(text, headImports(text)[0]!, new Set(names), keepsEffects)).toEqual(edits);
  edits.sort((left, right) => right.range.start - left.range.start);
  return edits.reduce(
    (result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end),
    text,
  );
}

describe("removing names", () => {
  it.each([
    ["the last of two", `import { debounce, map } from 'lodash-es'`, ["map"], `import { debounce } from 'lodash-es'`],
    ["the first of two", `import { map, debounce } from "x";`, ["map"], `import { debounce } from "x";`],
    ["the middle one", `import {a, b, c} from "x";`, ["b"], `import {a, c} from "x";`],
    ["the last two", `import { a, b, c } from "x";`, ["b", "c"], `import { a } from "x";`],
    ["first and last", `import { a, b, c } from "x";`, ["a", "c"], `import { b } from "x";`],
    ["beside a default", `import d, { a } from "x";`, ["a"], `import d from "x";`],
    ["the default", `import d, { a } from "x";`, ["d"], `import { a } from "x";`],
    ["the default beside a namespace", `import d, * as ns from "x";`, ["d"], `import * as ns from "x";`],
    ["the namespace beside a default", `import d, * as ns from "x";`, ["ns"], `import d from "x";`],
    ["a renamed one", `import { a as b, c } from "x";`, ["b"], `import { c } from "x";`],
    ["beside types", `import { a, type T } from "x";`, ["a"], `import { type T } from "x";`],
    ["with a trailing comma", `import { a, b, } from "x";`, ["b"], `import { a, } from "x";`],
    [
      "lines of their own",
      `import {\n  a,\n  b,\n  c,\n} from "x";\nrun();`,
      ["b"],
      `import {\n  a,\n  c,\n} from "x";\nrun();`,
    ],
    ["the last line", `import {\n  a,\n  b\n} from "x";`, ["b"], `import {\n  a,\n} from "x";`],
    ["windows lines", `import {\r\n  a,\r\n  b,\r\n} from "x";`, ["a"], `import {\r\n  b,\r\n} from "x";`],
    [
      "comments of the others",
      `import { /* one */ a, /* two */ b } from "x";`,
      ["b"],
      `import { /* one */ a } from "x";`,
    ],
    ["all, keeping the effects", `import { a, b } from 'x';\nrun();`, ["a", "b"], `import 'x';\nrun();`],
    ["all after a comment with a brace", `import d, { a } /* } */ from "x";`, ["a"], `import d /* } */ from "x";`],
    ["all, keeping a comment", `import /* why */ d from "x";`, ["d"], `import /* why */ "x";`],
  ])("%s", (_title, before, names, after) => {
    expect(remove(before, names)).toBe(after);
  });

  it("removes the statement with its line where the module has no effects", () => {
    expect(remove(`import { a } from "x";\nrun();`, ["a"], false)).toBe("run();");
    expect(remove(`import { a } from "x"; run();`, ["a"], false)).toBe(" run();");
  });
});
