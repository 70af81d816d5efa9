/** What `usage --json` lists of what is shared in builds of Rspack, as that lists it: names as the code writes them. */
import { expect, test } from "vitest";
import { usageDocument } from "../../server/src/ide/usageDocument.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

test.each([
  [
    "its default, which is the whole for the bundler",
    "import R from 'kit'; R.a(); R.b.c;",
    ["default.a", "default.b.c"],
  ],
  ["named exports", "import { a, b } from 'kit'; a(b.c);", ["a", "b.c"]],
  ["through an index file that is skipped", "import { a } from './index-of-kit.js'; a();", ["a"]],
  ["all of it through one", "import { all } from './index-of-kit.js'; sink(all);", undefined],
  ["a re-export that stays", "import { a } from './kept.js'; a();", ["a"]],
  ["for its effects alone", "import 'kit';", []],
  ["a namespace that is handed on", "import * as kit from 'kit'; sink(kit);", undefined],
  ["an import clause and a require", "import { a } from 'kit'; a(); sink(require('kit'));", undefined],
  ["a require whose members are told", "import { a } from 'kit'; a(); sink(require('kit').b);", ["a", "b"]],
  ["a pattern", "import R from 'kit'; const { a } = R; a();", ["default"]],
  ["a pattern of the namespace", "import * as kit from 'kit'; const { a } = kit; a();", ["a"]],
])("%s", (_, code, listed) => {
  const { files } = parseFixture(`
//- /rspack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
module.exports = { mode: "production", entry: "./index.js", plugins: [new ModuleFederationPlugin({ name: "app", shared: ["kit"] })] };
//- /package.json
{ "name": "app", "dependencies": { "kit": "1.0.0" }, "sideEffects": ["./kept.js", "./main.js"] }
//- /index.js
import("./main.js");
//- /main.js
${code}
//- /index-of-kit.js
import * as all from "kit";
export { all };
export { a } from "kit";
//- /kept.js
export { a } from "kit";
sink();
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0" }
//- /node_modules/kit/index.js
exports.a = sink; exports.b = sink;
module.exports = sink(exports);
`);
  const { db } = openFixture(files);
  const [row] = usageDocument(db, "/ws", false).shared;
  expect(row).toMatchObject(
    listed === undefined ? { shareKey: "kit" } : { shareKey: "kit", used: listed, whole: false },
  );
  if (listed === undefined) expect((row as { whole: boolean }).whole).toBe(true);
});
