/** Usage over two apps that share a package: patterns, the list of used exports, the edit that writes it, the report. */
import { beforeAll, describe, expect, test } from "vitest";
import { containers } from "../../server/src/graph/index.ts";
import { hover } from "../../server/src/ide/hover.ts";
import { reportDocument, reportMarkdown } from "../../server/src/ide/reportDocument.ts";
import { usedExportsActions } from "../../server/src/ide/sharingActions.ts";
import { shareUsageDocument, usageDocument, usageText } from "../../server/src/ide/usageDocument.ts";
import { usageLens } from "../../server/src/ide/usageText.ts";
import { chunkKindsOf } from "../../server/src/report/chunks.ts";
import { shareDescendants } from "../../server/src/report/descendants.ts";
import { prepareUsage, usageIsKnown, workspaceUsage } from "../../server/src/usage/sharedUsage.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

const CONFIG = (
  name: string,
  range: string,
) => `const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  mode: "production",
  context: __dirname,
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "${name}", shared: { kit: { requiredVersion: "${range}" } } })],
};`;

const FILES = `
//- /apps/one/webpack.config.js
${CONFIG("one", "^1.0.0")}
//- /apps/one/package.json
{ "name": "one", "dependencies": { "kit": "^1.0.0" } }
//- /apps/one/src/index.js
import("./app");
//- /apps/one/src/app.js
import { debounce, map, filter } from "kit";
import("kit").then(({ chunk }) => chunk());
debounce();
const never = () => filter();
//- /apps/two/webpack.config.js
${CONFIG("two", "~1.0.0")}
//- /apps/two/package.json
{ "name": "two", "dependencies": { "kit": "^1.0.0" } }
//- /apps/two/src/index.js
import("./app");
//- /apps/two/src/app.js
import * as kit from "kit";
kit.sort.by();
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.2.0", "main": "index.js", "sideEffects": false }
//- /node_modules/kit/index.js
export * from "./lists.js";
export const debounce = () => {};
export const sort = { by() {} };
export const LIMIT = 10;
//- /node_modules/kit/lists.js
export const map = () => {};
export const filter = () => {};
export const chunk = () => {};
`;

test("what is not installed is not told to fail", () => {
  const { files } = parseFixture(FILES);
  const missing = Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes("/node_modules/")));
  const { health } = reportDocument(openFixture(missing).db, "/ws");
  expect(health).toMatchObject({ status: "healthy", scopes: [{ failedModules: 0, unknownRate: 1 }] });
  expect(JSON.stringify(health)).toContain("not installed here");
});

test("hover works nothing out, and tells all once that was done in steps", () => {
  const { files } = parseFixture(FILES);
  const { db } = openFixture(files);
  const app = "/ws/apps/one/src/app.js";
  const at = files[Object.keys(files).find((name) => name.endsWith("one/src/app.js"))!]!.indexOf('"kit"') + 1;
  expect(hover(db, app, at)).toMatchObject({ wantsUsage: true });
  expect(hover(db, app, at)?.markdown).toContain("not known yet");
  expect(usageIsKnown(db)).toBe(false);
  const steps = [...prepareUsage(db)].length;
  expect(steps).toBeGreaterThan(6);
  expect(usageIsKnown(db)).toBe(true);
  db.runs = [];
  expect(hover(db, app, at)).toMatchObject({ wantsUsage: false });
  expect(hover(db, app, at)?.markdown).toContain("this file uses `debounce`, `chunk`");
  expect(db.runs.map(({ query }) => query)).not.toContain("treeFacts");
  const all = openFixture(files).db;
  expect(workspaceUsage(db)).toEqual(workspaceUsage(all));
});

describe("two apps and a shared package", () => {
  let db: ReturnType<typeof openFixture>["db"];
  beforeAll(() => {
    db = openFixture(parseFixture(FILES).files).db;
  });

  test("what is used over both, and what is provided", () => {
    const [row] = workspaceUsage(db);
    expect(row).toMatchObject({ used: ["chunk", "debounce", "sort"], whole: false, confidence: "high" });
    expect(row!.provided).toEqual(["LIMIT", "chunk", "debounce", "filter", "map", "sort"]);
  });

  test("what each export is: where re-exports end, whether it may be renamed, or put in place", () => {
    const { shared } = usageDocument(db, "/ws", false, true) as unknown as {
      shared: { exports: Record<"name" | "provided" | "canMangle" | "canInline" | "terminal", unknown>[] }[];
    };
    const told = shared[0]!.exports.map(({ name, provided, canMangle, canInline, terminal }) => ({
      name,
      provided,
      canMangle,
      canInline,
      terminal,
    }));
    expect(told).toContainEqual({
      name: "map",
      provided: true,
      canMangle: true,
      canInline: false,
      terminal: { file: "node_modules/kit/lists.js", export: "map" },
    });
    expect(told).toContainEqual({
      name: "sort",
      provided: true,
      canMangle: true,
      canInline: false,
      terminal: { file: "node_modules/kit/index.js", export: "sort" },
    });
    expect(told[0]).toMatchObject({ name: "LIMIT", canInline: true });
  });

  test("what is used for each target", () => {
    const { targets } = reportDocument(db, "/ws");
    expect(targets).toMatchObject([
      { target: "browser", containers: ["one", "two"], shared: [{ shareKey: "kit", providedExports: 6 }] },
    ]);
  });

  test("how each file imports", () => {
    const [row] = workspaceUsage(db);
    const told = row!.patterns.map(
      ({ kind, match, used, eliminable }) => `${match} ${kind} uses ${used.join()} not ${eliminable.join()}`,
    );
    expect(told).toEqual([
      "exact named uses debounce not map,filter",
      "exact dynamic uses chunk not ",
      "exact namespace uses sort not ",
    ]);
  });

  test("the share-usage form", () => {
    expect(shareUsageDocument(db)).toEqual({
      consume_shared_modules: {
        kit: {
          used_exports: ["chunk", "debounce", "sort"],
          unused_exports: ["LIMIT", "filter", "map"],
          possibly_unused_exports: [],
        },
      },
    });
  });

  test("details are told when asked for", () => {
    const plain = usageDocument(db, "/ws", false).shared[0]!;
    const full = usageDocument(db, "/ws", false, true).shared[0] as { exports: { name: string; action: string }[] };
    expect(plain).not.toHaveProperty("exports");
    expect(full.exports.map(({ name, action }) => `${name} ${action}`)).toEqual([
      "LIMIT eliminate",
      "chunk keep",
      "debounce keep",
      "filter eliminate",
      "map eliminate",
      "sort keep",
    ]);
  });

  test("details hold the fallbacks and what a build tool would write at each export", () => {
    const [row] = usageDocument(db, "/ws", false, true).shared;
    expect(row).toMatchObject({
      fallbacks: [{ file: "node_modules/kit/index.js", kind: "package" }],
      exports: [
        {},
        { name: "chunk", annotation: { condition: null, comment: "/* used export of the shared module 'kit' */" } },
        {},
        {
          name: "filter",
          annotation: {
            condition: "treeShake.kit.filter",
            comment: '/* @common:if [condition="treeShake.kit.filter"] */ filter /* @common:endif */',
          },
        },
        {},
        { name: "sort", annotation: { condition: null, comment: "/* used export of the shared module 'kit' */" } },
      ],
    });
  });

  test("what could be saved is counted in a build that holds the copy", () => {
    const { files } = parseFixture(FILES);
    const copy = Object.entries(files)
      .filter(([path]) => path.startsWith("/node_modules/"))
      .map(([path, text]) => [`/apps/two${path}`, text]);
    const both = openFixture({ ...files, ...Object.fromEntries(copy) }).db;
    const [row] = usageDocument(both, "/ws", false, true).shared;
    // The copy of the second app comes first, and the first app's build holds nothing of it.
    expect(row).toMatchObject({
      fallbacks: [{ file: "apps/two/node_modules/kit/index.js" }, { file: "node_modules/kit/index.js" }],
      estimate: { files: 2 },
    });
  });

  test("the lens of one app", () => {
    const [one] = containers(db);
    expect(usageLens(db, one!.id, "default", "kit")).toBe("uses 2 of 6 exports: chunk, debounce");
  });

  test("the list of used exports is written into the entry", () => {
    const file = "/ws/apps/one/webpack.config.js";
    const offset = CONFIG("one", "^1.0.0").indexOf("kit: {") + 1;
    const [action] = usedExportsActions(db, file, offset);
    expect(action?.title).toBe("Keep only the 3 used exports of `kit`");
    expect(action?.edits.map(({ newText }) => newText)).toEqual([
      ', treeShaking: { mode: "runtime-infer", usedExports: ["chunk","debounce","sort"] }',
    ]);
  });

  test("a module that is consumed is no copy of its fallback", () => {
    const { chunks: builds, duplicates } = reportDocument(db, "/ws");
    expect([builds.map((build) => build.duplicates), duplicates]).toEqual([[[], []], []]);
  });

  test("a pattern tells whose build it is of", () => {
    const [row] = usageDocument(db, "/ws", false, true).shared as { patterns: { container: string }[] }[];
    expect([...new Set(row!.patterns.map(({ container }) => container))]).toEqual(["one", "two"]);
  });

  test("the text tells what is imported for nothing and what nobody uses", () => {
    const [line, ...idle] = usageText(db, "/ws").trimEnd().split("\n");
    expect(line).toMatch(/^kit \(default\): chunk, debounce, sort of 6 exports, \d importing files$/);
    expect(idle.at(-1)).toMatch(/^ {2}never used: /);
    expect(usageText(db, "/ws", true)).toContain("\ntwo: kit (default): ");
  });

  test("an export tells who takes it", () => {
    const [row] = usageDocument(db, "/ws", false, true).shared as {
      exports: { name: string; usedBy: string[]; state: string }[];
    }[];
    for (const { name, usedBy, state } of row!.exports)
      expect([name, usedBy.length > 0]).toEqual([name, state === "used"]);
  });

  test("the report shows chunks, and what lies in several, in its text", () => {
    const text = reportMarkdown(db, "/ws");
    expect(text).toContain("## Predicted chunks");
    expect(text).toMatch(/^\| one \| 1 \(1 module\) \|/m);
    expect(reportMarkdown(db, "/ws", "kit")).not.toContain("## Predicted chunks");
  });

  test("chunks and descendants", () => {
    const [one] = containers(db);
    expect(chunkKindsOf(db, one!.id, "/ws/apps/one/src/index.js")).toEqual(["entry"]);
    expect(chunkKindsOf(db, one!.id, "/ws/apps/one/src/app.js")).toEqual(["async"]);
    expect(chunkKindsOf(db, one!.id, "/ws/node_modules/kit/lists.js")).toEqual(["shared"]);
    expect(
      shareDescendants(db, one!.id).map(({ file, depth, pureImports }) => `${file} ${depth} ${pureImports}`),
    ).toEqual(["/ws/node_modules/kit/index.js 1 ./lists.js", "/ws/node_modules/kit/lists.js 2 "]);
  });

  test("the report recommends what its evidence shows", () => {
    const report = reportDocument(db, "/ws");
    expect(report.health).toMatchObject({
      issues: [],
      scopes: [
        {
          shareScope: "default",
          totalModules: 1,
          modules: [{ shareKey: "kit", status: "healthy", sharedRate: 0.5, fallbackRate: 0.5 }],
        },
      ],
    });
    expect(report.connections[0]?.providers).toEqual([
      { from: "one", version: "1.2.0", eager: false, loaded: false },
      { from: "two", version: "1.2.0", eager: false, loaded: false },
    ]);
    const widen = report.recommendations.find(({ kind }) => kind === "widen-range");
    expect(widen?.title).toContain("two");
    expect(widen?.fix?.edits).toMatchObject([{ file: "apps/two/webpack.config.js", newText: '"^1.0.0"' }]);
    for (const { evidence } of report.recommendations) expect(evidence.length).toBeGreaterThan(0);
    expect(reportMarkdown(db, "/ws")).toContain(
      '"kit": { treeShaking: { usedExports: ["chunk","debounce","sort"] } },',
    );
  });
});
