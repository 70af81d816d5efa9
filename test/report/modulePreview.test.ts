/** The run-time preview of tools whose output stays ES modules: nothing in it is of webpack's. */
import { expect, test } from "vitest";
import { runtimePreview } from "../../server/src/ide/runtimePreview.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

const APP = 'import { a } from "kit";\nexport default a;\n';

function vite(plugin: string) {
  const { files } = parseFixture(`
//- /vite.config.js
import { defineConfig } from "vite";
${plugin}
export default defineConfig({
  plugins: [
    federation({
      name: "till",
      remotes: { cart: { type: "module", name: "cart", entry: "http://localhost:3001/remoteEntry.js" } },
      exposes: { "./App": "./src/app.js" },
      shared: { kit: { singleton: true } },
    }),
  ],
});
//- /package.json
{ "name": "till", "dependencies": { "kit": "^1.0.0" } }
//- /index.html
<script type="module" src="/src/main.js"></script>
//- /src/main.js
import("./app.js");
//- /src/app.js
${APP}
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.2.0", "module": "index.js" }
//- /node_modules/kit/index.js
export const a = 1;
`);
  return openFixture(files).db;
}

test("Vite's plugin calls the 2.x runtime", () => {
  const db = vite('import { federation } from "@module-federation/vite";');
  const text = runtimePreview(db, "/ws/vite.config.js", 0);
  expect(text).not.toContain("__webpack_require__");
  expect(text).toContain("// ---- till: vite, the 2.x runtime");
  expect(text).toContain(
    '"kit": [{ version: "1.2.0", get: () => import("./node_modules/kit/index.js"), scope: ["default"]',
  );
  expect(text).toContain('"./App": () => import("./src/app.js"),');
  const load = /^await loadShare\("kit", \{ customShareInfo: \{"shareConfig":\{"requiredVersion":"\^1.0.0".*$/m;
  expect(text).toMatch(load);
  const ofImport = runtimePreview(db, "/ws/src/app.js", APP.indexOf("kit"));
  expect(ofImport).toMatch(load);
  expect(ofImport).not.toContain("await init");
});

test("the older plugin's preview says that its runtime is another", () => {
  const text = runtimePreview(
    vite('import federation from "@originjs/vite-plugin-federation";'),
    "/ws/vite.config.js",
    0,
  );
  expect(text).toContain("// ---- till: vite, the plugin's own runtime; the same facts, written for the 2.x runtime");
});

test("Native Federation lists what is configured", () => {
  const { files } = parseFixture(`
//- /federation.config.js
const { withNativeFederation } = require("@angular-architects/native-federation/config");
module.exports = withNativeFederation({
  name: "till",
  exposes: { "./App": "./src/app.js" },
  shared: { kit: { singleton: true, strictVersion: true, requiredVersion: "^1.0.0" } },
});
//- /package.json
{ "name": "till", "dependencies": { "kit": "^1.0.0" } }
//- /src/app.js
${APP}
`);
  const text = runtimePreview(openFixture(files).db, "/ws/federation.config.js", 0);
  const [, listed] = text.split("// remoteEntry.json\n");
  expect(JSON.parse(listed!)).toEqual({
    name: "till",
    shared: [{ packageName: "kit", singleton: true, strictVersion: true, requiredVersion: "^1.0.0" }],
    exposes: [{ key: "./App" }],
  });
});
