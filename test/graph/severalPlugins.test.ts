/** Several federation plugins in one configuration: which act on one build, and whose the modules are. */
import { describe, expect, it } from "vitest";
import { shareResolution } from "../../server/src/analysis/resolveShare.ts";
import { containerGraph, containers } from "../../server/src/graph/index.ts";
import { graphDocument } from "../../server/src/ide/graphDocument.ts";
import { findingsOfFile } from "../../server/src/rules/run.ts";
import type { Db } from "../../server/src/vfs/vfs.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { installed } from "./openApp.ts";

const FIRST = 'new ModuleFederationPlugin({ name: "first", shared: { kit: { import: false } } })';
const SECOND = 'new ModuleFederationPlugin({ name: "second", shared: { kit: {}, tools: {} } })';

function open(exported: string, from = "webpack"): Db {
  const { db } = openFixture({
    ...installed("kit", "1.2.0"),
    ...installed("tools", "3.0.0"),
    "/package.json": '{ "name": "app", "dependencies": { "kit": "^1.0.0", "tools": "^3.0.0" } }',
    "/src/index.js": 'import("./app.js");\n',
    "/src/app.js": 'import { one } from "kit";\nimport "tools";\nconsole.log(one);\n',
    "/webpack.config.js": `const { ModuleFederationPlugin } = require(${JSON.stringify(from)})${from === "webpack" ? ".container" : ""};
const base = { context: __dirname, entry: "./src/index.js" };
${exported}
`,
  });
  return db;
}

function consumesIn(db: Db): readonly string[] {
  return containers(db).map(({ id, name }) => {
    const own = [...containerGraph(db, id).modules.values()].flatMap((module) =>
      module.type === "consume-shared" && module.container === id ? [module.shareKey] : [],
    );
    return `${name}: ${own.join(" ")}`;
  });
}

describe("several federation plugins", () => {
  it("act on one build, each asked in turn", () => {
    const db = open(`module.exports = { ...base, plugins: [${FIRST}, ${SECOND}] };`);
    expect(consumesIn(db)).toEqual(["first: kit", "second: tools"]);
  });

  it("keep their names in the document, and no module stands in it twice", () => {
    const db = open(`module.exports = { ...base, plugins: [${FIRST}, ${SECOND}] };`);
    const { modules } = graphDocument(db, "/ws") as unknown as { modules: Record<string, unknown>[] };
    const shared = modules.filter(({ type }) => /shared/.test(String(type)));
    expect(shared.map(({ type, container, shareKey }) => `${container} ${type} ${shareKey}`).sort()).toEqual([
      "first consume-shared kit",
      "second consume-shared tools",
      "second provide-shared tools",
    ]);
  });

  it.each([
    [
      "of several configurations",
      `module.exports = [{ ...base, plugins: [${FIRST}] }, { ...base, plugins: [${SECOND}] }];`,
    ],
    [
      "of which one is taken",
      `module.exports = { ...base, plugins: [process.env.KIND === "a" ? ${FIRST} : ${SECOND}].filter(Boolean) };`,
    ],
    [
      "pushed under different conditions",
      `const config = { ...base, plugins: [] };\nif (globalThis.kind()) config.plugins.push(${FIRST});\nelse config.plugins.push(${SECOND});\nmodule.exports = config;`,
    ],
    [
      "of different modes",
      `module.exports = (env, argv) => ({ ...base, plugins: [argv.mode === "production" ? ${FIRST} : ${SECOND}] });`,
    ],
  ])("%s know nothing of each other", (_, exported) => {
    const db = open(exported);
    for (const { plugins } of containers(db)) expect(plugins).toBeUndefined();
  });

  it("share with each other what they register", () => {
    const provide = 'new ModuleFederationPlugin({ name: "second", shared: { tools: {} } })';
    const db = open(`const { ProvideSharedPlugin } = require("webpack").sharing;
module.exports = { ...base, plugins: [${FIRST}, ${provide}, new ProvideSharedPlugin({ provides: { "./src/kit.js": { shareKey: "kit", version: "1.5.0" } } })] };`);
    const { consumers } = shareResolution(db, "default", "kit");
    expect(consumers.map(({ outcome, version }) => `${outcome} ${version}`)).toEqual(["shared 1.5.0"]);
    expect(findingsOfFile(db, "/ws/webpack.config.js").filter(({ code }) => /unused|missing/.test(code))).toEqual([]);
  });

  it("are refused for Rspack, where the plugin may stand once", () => {
    const db = open(
      `module.exports = { ...base, plugins: [${FIRST}, ${SECOND}] };`,
      "@module-federation/enhanced/rspack",
    );
    for (const { id } of containers(db)) {
      const { modules, problems } = containerGraph(db, id);
      expect(modules.size).toBe(0);
      expect(problems.map(({ message }) => message)).toEqual([
        "Detect duplicate register RspackModuleFederationPlugin,please ensure RspackModuleFederationPlugin is singleton!",
      ]);
    }
  });
});
