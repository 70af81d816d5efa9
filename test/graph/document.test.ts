/** What `fedlens graph` says beside the bundlers' own rows: states, referenced exports, fallbacks, targets. */
import { describe, expect, it } from "vitest";
import { graphDocument } from "../../server/src/ide/graphDocument.ts";
import { installed, openApp } from "./openApp.ts";

const FILES = {
  ...installed("kit", "1.0.0"),
  "/src/index.js": 'import { one } from "kit";\nimport { used } from "./local.js";\nimport "./pure.js";\nused(one);\n',
  "/src/local.js": "export const used = console.log;\n",
  "/src/pure.js": 'import { lost } from "./lost.js";\nexport const pure = () => lost;\n',
  "/src/lost.js": "export const lost = 1;\n",
};

function documentOf(options: string, around = "") {
  const { db } = openApp(FILES, options, { around });
  return graphDocument(db, "/ws") as unknown as Record<
    "containers" | "modules" | "connections",
    Record<string, unknown>[]
  >;
}

describe("the graph document", () => {
  it("tells which connections are active and what they reference", () => {
    const { connections, modules } = documentOf("shared: ['kit']");
    const rows = connections.map(({ from, request, state, referencedExports }) => [
      from,
      request,
      state,
      referencedExports,
    ]);
    expect(rows).toContainEqual(["src/index.js", "kit", "active", ["one"]]);
    expect(rows).toContainEqual(["src/index.js", "./local.js", "active", ["used"]]);
    expect(rows).toContainEqual(["src/index.js", "./pure.js", "inactive", []]);
    expect(modules.map(({ id }) => id)).not.toContain("src/lost.js");
  });

  it.each([
    ["{ kit: {} }", "package", "node_modules/kit/index.js"],
    ["{ kit: { import: './src/local.js' } }", "local", "src/local.js"],
    ["{ kit: { import: false } }", "none", null],
  ])("tells what shared: %s falls back to", (shared, fallbackKind, fallback) => {
    const { modules } = documentOf(`shared: ${shared}`);
    expect(modules.find(({ type }) => type === "consume-shared")).toMatchObject({ fallbackKind, fallback });
  });

  it.each([
    ["", ["browser"]],
    ['target: "async-node",', ["node"]],
    ['target: "webworker",', ["worker", "browser"]],
    ['target: ["web", "node"],', ["node", "browser"]],
  ])("tells where a build with { %s } runs", (around, targets) => {
    expect(documentOf("shared: ['kit']", around).containers).toMatchObject([{ targets }]);
  });
});
