/** How findings are shown and when they are computed again: severities, comments that switch off, edits. */
import { describe, expect, it } from "vitest";
import { analysisSettings, setAnalysisSettings } from "../../server/src/project/workspace.ts";
import { allFindings, findingsOfFile } from "../../server/src/rules/run.ts";
import { applyFileChanges, fileText } from "../../server/src/vfs/vfs.ts";
import { check, findingsIn } from "../fixture/check.ts";

const APPS = `
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" },
      shared: { kit: { singleton: true } },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
//- /shell/index.js
import("./app");
//- /shell/app.js
import { one } from "kit";
import("cart/Cart").then(one);
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./cart.js" }, shared: { kit: { singleton: true } } })],
};
//- /cart/package.json
{ "name": "cart", "dependencies": { "kit": "^1.0.0" } }
//- /cart/index.js
import("./cart");
//- /cart/cart.js
import { one } from "kit";
export default one;
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.2.0", "main": "index.js" }
//- /node_modules/kit/index.js
export const one = 1;
export const two = 2;
`;

const UNUSED = APPS.replace('import { one } from "kit";\nimport(', 'import { one, two } from "kit";\nimport(');

describe("findings", () => {
  it("a federation in order has none, whatever the rule", () => {
    expect(check(APPS).findings).toEqual([]);
  });

  it("an edit in one app changes the findings of another", () => {
    const { db, root } = findingsIn(APPS);
    const file = `${root}/cart/package.json`;
    applyFileChanges(db, [{ kind: "open", path: file, text: fileText(db, file)!.replace("^1.0.0", "^2.0.0") }]);
    const found = [...allFindings(db).values()]
      .flat()
      .map(({ code, source }) => `${source.file.slice(root.length)} ${code}`);
    expect(found).toEqual(["/shell/package.json shared/singleton-version-conflict"]);
    applyFileChanges(db, [{ kind: "close", path: file }]);
    expect(allFindings(db).size).toBe(0);
  });

  it("an edit that asks for a module not exposed is found, and gone when it is taken back", () => {
    const { db, root } = findingsIn(APPS);
    const file = `${root}/shell/app.js`;
    applyFileChanges(db, [{ kind: "open", path: file, text: fileText(db, file)!.replace("cart/Cart", "cart/Carts") }]);
    expect(findingsOfFile(db, file).map(({ code }) => code)).toEqual(["remotes/missing-expose"]);
    applyFileChanges(db, [{ kind: "close", path: file }]);
    expect(findingsOfFile(db, file)).toEqual([]);
  });

  it("typing in one file runs no rule for another file", () => {
    const { db, root } = findingsIn(UNUSED);
    const other = `${root}/cart/cart.js`;
    const before = findingsOfFile(db, other);
    const file = `${root}/shell/app.js`;
    applyFileChanges(db, [{ kind: "open", path: file, text: `// note\n${fileText(db, file)}` }]);
    const [found] = findingsOfFile(db, file);
    expect(found?.source.range.start).toBe("// note\nimport { one, ".length);
    expect(findingsOfFile(db, other)).toBe(before);
  });
});

describe("severities of the settings", () => {
  it.each(["error", "warning", "info", "hint"])("%s", (severity) => {
    const { db } = findingsIn(UNUSED);
    setAnalysisSettings(db, { ...analysisSettings(db), rules: { "shared/unused-import": severity } });
    expect([...allFindings(db).values()].flat().map((finding) => finding.severity)).toEqual([severity]);
  });

  it("off", () => {
    const { db } = findingsIn(UNUSED);
    setAnalysisSettings(db, { ...analysisSettings(db), rules: { "shared/unused-import": "off" } });
    expect(allFindings(db).size).toBe(0);
  });
});

describe("comments", () => {
  const line = 'import { one, two } from "kit";';
  it.each([
    ["the next line, by id", `// federation-lens-disable-next-line shared/unused-import -- on purpose\n${line}`, 0],
    ["the next line, all rules", `// federation-lens-disable-next-line\n${line}`, 0],
    ["the same line", `${line} // federation-lens-disable-line shared/unused-import`, 0],
    ["the file", `/* federation-lens-disable shared/unused-import */\n\n${line}`, 0],
    ["another rule", `// federation-lens-disable-next-line shared/subpath-bypass\n${line}`, 1],
    ["another line", `// federation-lens-disable-next-line shared/unused-import\n\n${line}`, 1],
    ["a word that only begins so", `// federation-lens-disabled shared/unused-import\n${line}`, 1],
  ])("switch off %s", (_, text, count) => {
    const { findings } = findingsIn(UNUSED.replace(line, text));
    expect(findings.length).toBe(count);
  });
});
