/** What a build follows of packages that have no side effects, by what is asked of them. */
import { describe, expect, it } from "vitest";
import { installed, openApp } from "./openApp.ts";

const FILES = {
  ...installed("kit", "1.0.0"),
  ...installed("pad", "1.0.0"),
  "/node_modules/barrel/package.json": '{ "name": "barrel", "version": "3.0.0", "sideEffects": false }',
  "/node_modules/barrel/index.js": `import { one } from "pad";
export const own = () => one;
export { a } from "./a.js";
export * from "./b.js";
`,
  "/node_modules/barrel/a.js": 'import { one } from "kit";\nexport const a = () => one;\n',
  "/node_modules/barrel/b.js": "export const b = 1;\n",
};

function followed(code: string, assumeBundler: "webpack" | "enhanced" | "rspack"): readonly string[] {
  const app = openApp({ ...FILES, "/src/index.js": code }, "shared: ['none']", { assumeBundler });
  const files = [...app.graph.modules.values()].flatMap((module) => (module.type === "normal" ? [module.file] : []));
  return files
    .map((file) => /node_modules\/(.*)/.exec(file)?.[1] ?? "")
    .filter((file) => !/^$|barrel\/index/.test(file))
    .sort();
}

const A = ["barrel/a.js", "kit/index.js"];

describe("of a barrel", () => {
  it.each([
    ['import { a } from "barrel"; a();', A, [...A, "pad/index.js"], [...A, "pad/index.js"]],
    ['import { own } from "barrel"; own();', ["pad/index.js"], ["pad/index.js"], ["pad/index.js"]],
    [
      'import { b } from "barrel"; b;',
      ["barrel/b.js"],
      ["barrel/b.js", "pad/index.js"],
      ["barrel/b.js", "pad/index.js"],
    ],
    ['import { a } from "barrel";', ["pad/index.js"], ["pad/index.js"], []],
    [
      'import * as all from "barrel"; use(all);',
      [...A, "barrel/b.js", "pad/index.js"].sort(),
      [...A, "barrel/b.js", "pad/index.js"].sort(),
      [...A, "barrel/b.js", "pad/index.js"].sort(),
    ],
  ])("%s", (code, webpack, enhanced, rspack) => {
    expect(followed(code, "webpack")).toEqual([...webpack].sort());
    expect(followed(code, "enhanced")).toEqual([...enhanced].sort());
    expect(followed(code, "rspack")).toEqual([...rspack].sort());
  });

  it("has connections to nothing for what nobody asks for", () => {
    const { graph } = openApp(
      { ...FILES, "/src/index.js": 'import { own } from "barrel"; own();' },
      "shared: ['none']",
    );
    const left = graph.connections.filter(({ state }) => state === "inactive");
    expect(left.map(({ request, to }) => [request, to])).toEqual([
      ["./a.js", undefined],
      ["./b.js", undefined],
    ]);
  });

  it("everything is followed where the build does not look at side effects", () => {
    const app = openApp({ ...FILES, "/src/index.js": 'import "barrel";' }, "shared: ['none']", {
      around: "optimization: { sideEffects: false },",
    });
    expect([...app.graph.modules.keys()].some((id) => id.endsWith("/barrel/a.js"))).toBe(true);
  });
});
