/** Which requests are shared and what is provided, where webpack, enhanced and Rspack differ. */
import { describe, expect, it } from "vitest";
import { installed, openApp } from "./openApp.ts";

const kit = installed("kit", "2.1.0", { "sub.js": "export const sub = 1;\n" });
const manifest = (dependencies: object): string => JSON.stringify({ name: "app", dependencies });

describe("a request", () => {
  it("is matched by its text: exactly, by prefix, and not by the package's other parts", () => {
    const files = {
      ...kit,
      "/package.json": manifest({ kit: "^2.0.0" }),
      "/src/index.js": 'import "kit"; import "kit/sub.js"; import "kit?raw";',
    };
    expect(openApp(files, 'shared: ["kit"]').consumes).toEqual(["default kit ^2.0.0 node_modules/kit/index.js"]);
    expect(openApp(files, 'shared: ["kit/"]').consumes).toEqual(["default kit/sub.js ^2.0.0 node_modules/kit/sub.js"]);
  });

  it.each([
    ["webpack", "cart/Button: consume-shared"],
    ["enhanced", "cart/Button: consume-shared"],
    ["rspack", "cart/Button: remote"],
  ] as const)("that is a remote's and a consume's goes to the one that %s asks first", (assumeBundler, target) => {
    const options = 'remotes: { cart: "cart@http://localhost/r.js" }, shared: { "cart/Button": { import: false } }';
    const app = openApp({ "/src/index.js": 'import "cart/Button";' }, options, { assumeBundler });
    expect(app.imports).toEqual([`src/index.js -> ${target}`]);
  });

  it("of an ES module has to be full, and is none in a require", () => {
    const files = {
      "/package.json": '{ "name": "app", "type": "module" }',
      "/src/index.js": 'import "./page"; import "./other.js"; require("kit");',
      "/src/page.js": "",
      "/src/other.js": "",
    };
    expect(openApp(files, 'shared: ["kit"]').imports).toEqual(["src/index.js -> ./page: none"]);
    const lenient = openApp(files, "", { around: "module: { rules: [{ resolve: { fullySpecified: false } }] }," });
    expect(lenient.imports).toEqual([]);
  });

  it("is shared in the layer that asks for it", () => {
    const files = {
      ...kit,
      "/src/index.js": 'import "kit"; import "./server/page.js";',
      "/src/server/page.js": 'import "kit";',
    };
    const around = 'experiments: { layers: true }, module: { rules: [{ test: /server/, layer: "server" }] },';
    const app = openApp(files, 'shared: { kit: { issuerLayer: "server", requiredVersion: false } }', { around });
    expect(app.imports).toEqual(["src/server/page.js -> kit: consume-shared"]);
  });
});

describe("a relative and an absolute key of one file", () => {
  it.each([
    ["enhanced", "./src/store.js"],
    ["rspack", "absolute"],
  ] as const)("as %s takes them", (assumeBundler, key) => {
    const options = `shared: {
      "./src/store.js": { requiredVersion: false },
      [require("path").join(__dirname, "src/store.js")]: { shareKey: "absolute", requiredVersion: false },
    }`;
    const files = { "/src/index.js": 'import "./store.js";', "/src/store.js": "" };
    expect(openApp(files, options, { assumeBundler }).consumes).toEqual([`default ${key} false src/store.js`]);
  });
});

describe("what is provided", () => {
  it("has one module for all its scopes, and is known in each of them", () => {
    const files = { ...kit, "/src/index.js": 'import "kit";' };
    const app = openApp(files, 'shared: { kit: { shareScope: ["one", "two"], requiredVersion: false } }');
    expect(app.provides).toEqual([
      "one kit 2.1.0 node_modules/kit/index.js",
      "two kit 2.1.0 node_modules/kit/index.js",
    ]);
    expect([...app.graph.modules.keys()].filter((id) => id.startsWith("consume"))).toEqual([
      "consume shared module (one|two) kit@* (strict) (fallback: ./node_modules/kit/index.js)",
      "consume shared module (two) kit@* (strict) (fallback: ./node_modules/kit/index.js)",
    ]);
  });

  it.each([
    ["webpack", ["default kit false node_modules/kit/index.js"]],
    ["rspack", []],
  ] as const)("without a version, as %s has it", (assumeBundler, expected) => {
    const files = { ...kit, "/node_modules/kit/package.json": '{ "name": "kit" }', "/src/index.js": 'import "kit";' };
    expect(openApp(files, "shared: { kit: {} }", { assumeBundler }).provides).toEqual(expected);
  });

  it("is looked for in no manifest beyond the package's own by Rspack", () => {
    const files = {
      ...kit,
      ...installed("ui", "1.0.0", { "index.js": 'import "kit";\n' }),
      "/package.json": manifest({ kit: "^2.0.0", ui: "^1.0.0" }),
      "/src/index.js": 'import "ui";',
    };
    const consumed = (assumeBundler: "webpack" | "rspack") => {
      const { graph } = openApp(files, 'shared: ["kit"]', { assumeBundler });
      return [...graph.modules.values()].find(({ type }) => type === "consume-shared");
    };
    expect(consumed("webpack")).toMatchObject({ requiredVersion: "^2.0.0" });
    expect(consumed("rspack")).toMatchObject({ requiredVersion: null });
  });
});

describe("options that the plugin refuses", () => {
  it.each([
    ["webpack", "shared: { kit: { layer: 'client' } }"],
    ["webpack", "shared: { kit: { include: { version: '1', fallbackVersion: '1.0.0' } } }"],
    ["enhanced", "shared: { kit: { include: {} } }"],
    ["rspack", "remotes: { cart: 'http://localhost/remoteEntry.js' }, shared: ['kit']"],
  ] as const)("as %s does: nothing is built of { %s }", (assumeBundler, options) => {
    const { graph, consumes } = openApp({ ...kit, "/src/index.js": 'import "kit";' }, options, { assumeBundler });
    expect(consumes).toEqual([]);
    expect(graph.problems).toMatchObject([{ severity: "error", subject: "options" }]);
    expect(graph.complete).toBe(false);
  });
});
