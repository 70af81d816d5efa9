/** Which exports are small constants, against what webpack puts in the place of their imports. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import webpack from "webpack";
import { exportFactsOf } from "../../server/src/syntax/exportFacts.ts";

const VALUES = {
  number: "1",
  negative: "-1",
  float: "1.5",
  hexadecimal: "0xffff",
  long: "1234567",
  longest: "123456",
  text: '"abcdef"',
  longText: '"abcdefg"',
  template: "`abc`",
  flag: "true",
  no: "!1",
  nothing: "null",
  absent: "undefined",
  voided: "void 0",
  list: "[]",
  enclosed: "(7)",
  large: "1n",
};

const TEXT = [
  ...Object.entries(VALUES).map(([name, value]) => `export const ${name} = ${value};`),
  "export let changing = 1;",
  "export var old = 1;",
  "const later = 3; export { later, later as renamed };",
  "const given = 5; export default given;",
].join("\n");

async function inlined(): Promise<readonly string[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fedlens-inline-"));
  try {
    const names = exportFactsOf("/m.js", TEXT).names;
    fs.writeFileSync(path.join(folder, "m.js"), TEXT);
    const reads = names.map((name) => `log("<${name}>", m.${name});`).join("\n");
    fs.writeFileSync(path.join(folder, "index.js"), `import * as m from "./m.js";\n${reads}\n`);
    const compiler = webpack({
      mode: "production",
      context: folder,
      entry: "./index.js",
      output: { path: path.join(folder, "dist") },
      optimization: { minimize: false, concatenateModules: false },
    })!;
    await new Promise<void>((resolve, reject) => compiler.run((error) => (error ? reject(error) : resolve())));
    await new Promise<void>((resolve) => compiler.close(() => resolve()));
    const made = fs.readFileSync(path.join(folder, "dist/main.js"), "utf8");
    return names.filter((name) => made.includes(`log("<${name}>", (/* inlined export`));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

test("small constants are those that webpack puts in place", async () => {
  const found = exportFactsOf("/m.js", TEXT).inlinable;
  expect([...found].sort()).toEqual(await inlined());
  expect(found.length).toBeGreaterThan(10);
}, 60_000);

test("a default that is a constant", () => {
  expect(exportFactsOf("/m.js", "export default 4;").inlinable).toEqual(["default"]);
  expect(exportFactsOf("/m.js", "export default { a: 4 };").inlinable).toEqual([]);
});
