/** What is taken of modules that a computed `import()` may be for. */
import { expect, test } from "vitest";
import { containers } from "../../server/src/graph/index.ts";
import { buildUsage } from "../../server/src/usage/usedExports.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

test.each([
  ["import(`./pages/${name}.js`).then(({ a }) => sink(a));", ["a"]],
  ['if (process.env.NODE_ENV === "production") import(`./pages/${name}.js`).then(({ a }) => sink(a));', ["a"]],
  ["import(`./pages/${name}.js`).then(sink);", undefined],
  ["sink(require(`./pages/${name}.js`).a);", undefined],
])("%s", (code, used) => {
  const { files } = parseFixture(`
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = { mode: "production", entry: "./index.js", plugins: [new ModuleFederationPlugin({ name: "app" })] };
//- /package.json
{ "name": "app" }
//- /index.js
${code}
//- /pages/one.js
export const a = sink(1);
export const b = sink(2);
`);
  const { db } = openFixture(files);
  const page = buildUsage(db, containers(db)[0]!.id).modules.get("/ws/pages/one.js");
  expect(page).toMatchObject(used === undefined ? { whole: true } : { whole: false, used });
});
