/** Recommendations about builds and imports, and the counts of the debug report. */
import { describe, expect, test } from "vitest";
import { debugReport } from "../../server/src/ide/debugReport.ts";
import { explain } from "../../server/src/ide/explain.ts";
import { importNames, splitBuilds } from "../../server/src/report/recommendations/builds.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

const NAMES = ["a", "b", "c", "d", "e", "f"];

function opened(app: string, manifest = '"sideEffects": false', shared = "kit: {}") {
  const { files } = parseFixture(`
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  mode: "production",
  context: __dirname,
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "one", shared: { ${shared} } })],
};
//- /package.json
{ "name": "one", "dependencies": { "kit": "^1.0.0" } }
//- /src/index.js
import("./app");
//- /src/app.js
${app}
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.2.0", "module": "index.js", ${manifest} }
//- /node_modules/kit/index.js
${NAMES.map((name) => `export const ${name} = () => {};`).join("\n")}
//- /node_modules/kit/part.js
export const part = () => {};
`);
  return openFixture(files).db;
}

describe("names instead of the whole", () => {
  test("a namespace that is handed on", () => {
    const [found, ...others] = importNames(
      opened('import * as kit from "kit";\nimport { a } from "kit";\na(window, kit);'),
    );
    expect(others).toEqual([]);
    expect(found?.title).toBe("Import names of `kit`, not the whole of it");
    expect(found?.evidence.map(({ text }) => text)).toEqual([
      "all of its 6 exports are kept, since 1 of 2 imports take the whole",
      '`import * as kit from "kit";`',
    ]);
  });

  test("nothing where names are taken, or where the module has effects anyway", () => {
    expect(importNames(opened('import * as kit from "kit";\nkit.a();'))).toEqual([]);
    expect(importNames(opened('import * as kit from "kit";\nwindow.kit = kit;', '"sideEffects": true'))).toEqual([]);
  });
});

test("a build beyond a number of modules", () => {
  const db = opened('import { a } from "kit";\na();');
  expect(splitBuilds(db)).toEqual([]);
  const [found] = splitBuilds(db, 2);
  expect(found?.title).toBe("Split the build of one, which has 3 modules");
  expect(found?.evidence.map(({ text }) => text)).toEqual(["2 of them are not of packages", "2 lie in src"]);
});

test("the debug report counts exports", () => {
  expect(debugReport(opened('import { a } from "kit";\na();'), "/ws", {})).toMatchObject({
    moduleGraphSnapshot: [{ modulesInBuild: 4, exports: { provided: 6, used: 6, modulesTakenWhole: 2 } }],
    treeShaking: { sharedExports: 6, eliminable: 5, eliminableRatio: 0.833 },
  });
});

test("an explanation tells how a request comes under its key", () => {
  const asked = (app: string, shared: string) =>
    explain(opened(app, '"sideEffects": false', shared), "/ws", `src/app.js:1:${app.indexOf("kit") + 1}`).text;
  expect(asked('import { a } from "kit";', "kit: {}")).toContain("- matched by the key `kit`, which it is");
  expect(asked('import { part } from "kit/part.js";', '"kit/": {}')).toContain(
    "- matched by the key `kit/`, which it begins with",
  );
});
