/** Outcomes that depend on what is not known, and workspaces that are odd: an answer, or the reason why there is none. */
import { describe, expect, it } from "vitest";
import { shareResolution } from "../../server/src/analysis/resolveShare.ts";
import { containers } from "../../server/src/graph/index.ts";
import { resolveDocument, resolveText } from "../../server/src/ide/resolveDocument.ts";
import { openFixture } from "../fixture/openFixture.ts";

interface App {
  readonly installed?: string;
  readonly range?: string;
  /** Written into the plugin's options. */
  readonly options?: string;
  readonly plugin?: "webpack" | "enhanced";
  readonly index?: string;
  readonly shareConfig?: string;
}

const REQUIRE = {
  webpack: 'require("webpack").container',
  enhanced: 'require("@module-federation/enhanced/webpack")',
};

/** Apps side by side that share `kit`, each installed for itself. */
function workspace(apps: Readonly<Record<string, App>>) {
  const files: Record<string, string> = {};
  for (const [name, app] of Object.entries(apps)) {
    const { installed = "1.0.0", range = "^1.0.0", options = "", plugin = "webpack", index = "", shareConfig } = app;
    files[`/${name}/webpack.config.js`] = `
      const { ModuleFederationPlugin } = ${REQUIRE[plugin]};
      module.exports = { context: __dirname, entry: "./index.js", plugins: [new ModuleFederationPlugin({
        name: "${name}", shared: { kit: ${shareConfig ?? "{ singleton: true }"} }, ${options} })] };`;
    files[`/${name}/package.json`] = JSON.stringify({ name, dependencies: { kit: range } });
    files[`/${name}/index.js`] = `import("./app"); ${index}`;
    files[`/${name}/app.js`] = 'import { one } from "kit"; console.log(one);';
    files[`/${name}/node_modules/kit/package.json`] = JSON.stringify({ name: "kit", version: installed, main: "i.js" });
    files[`/${name}/node_modules/kit/i.js`] = "export const one = 1;";
  }
  const { db, root } = openFixture(files);
  const id = (name: string) => containers(db).find((container) => container.name === name)?.id;
  const consumer = (name: string, scope = "default") =>
    shareResolution(db, scope, "kit").consumers.find(({ container }) => container === id(name))!;
  return { db, root, id, consumer };
}

const EXPOSES = 'exposes: { "./App": "./app.js" }';
const remotes = (...names: readonly string[]) =>
  `remotes: { ${names.map((name) => `${name}: "${name}@http://localhost/${name}.js"`).join(", ")} }`;

describe("what is outside of the workspace", () => {
  it("a remote may bring a higher version", () => {
    const { consumer } = workspace({ host: { options: remotes("search"), index: 'import("search/Box");' } });
    const { outcome, version, why, possibilities } = consumer("host");
    expect([outcome, version]).toEqual(["shared", "1.0.0"]);
    expect(why.at(-1)).toBe("more versions may come from the remote `search` of `host`");
    expect(possibilities.map((item) => [item.outcome, item.version, item.when])).toEqual([
      ["shared", "1.0.0", "with what the workspace knows"],
      ["shared", undefined, "if the remote `search` of `host` provides 1.0.1"],
      ["shared-with-warning", undefined, "if the remote `search` of `host` provides 2.0.0"],
    ]);
    expect(possibilities[2]?.message).toBe(
      "Unsatisfied version 2.0.0 from search of shared singleton module kit (required ^1.0.0)",
    );
  });

  it("a host may provide what an app does not bundle", () => {
    const { consumer } = workspace({ cart: { options: EXPOSES, shareConfig: "{ import: false, singleton: true }" } });
    const { outcome, message, possibilities } = consumer("cart");
    expect([outcome, message]).toEqual(["error", "Shared module kit doesn't exist in shared scope default"]);
    expect(possibilities.map((item) => item.outcome)).toEqual(["error", "shared", "shared-with-warning"]);
  });

  it("nothing is added where nothing can change", () => {
    const { consumer } = workspace({ host: {} });
    expect(consumer("host")).toMatchObject({ outcome: "shared", possibilities: [] });
  });
});

describe("what is configured and cannot be foreseen", () => {
  it("the order in which remotes are loaded", () => {
    const range = { range: "^1.0.0", plugin: "enhanced", shareConfig: "{}" } as const;
    const { consumer } = workspace({
      host: { ...range, installed: "2.0.0", options: remotes("a", "b"), index: 'import("a/App"); import("b/App");' },
      a: { ...range, installed: "1.1.0", options: EXPOSES },
      b: { ...range, installed: "1.2.0", options: EXPOSES },
    });
    const { version, possibilities } = consumer("host");
    expect(version).toBe("1.1.0");
    expect(possibilities.map((item) => [item.version, item.when])).toEqual([
      ["1.1.0", "with what the workspace knows"],
      ["1.2.0", "if remotes are loaded in another order"],
    ]);
  });

  it("runtime plugins", () => {
    const { consumer } = workspace({ host: { plugin: "enhanced", options: 'runtimePlugins: ["./plugin.js"]' } });
    expect(consumer("host").why.at(-1)).toBe("runtime plugins are configured, and may change the choice");
  });
});

describe("values that are not known", () => {
  it("a required version", () => {
    const shareConfig = "{ singleton: true, requiredVersion: process.env.KIT }";
    const { outcome, version, why, possibilities } = workspace({ host: { shareConfig } }).consumer("host");
    expect([outcome, version]).toEqual(["unknown", undefined]);
    expect(why[0]).toBe("the required version in the configuration cannot be known statically");
    expect(possibilities.map((item) => [item.outcome, item.version])).toEqual([
      ["shared", "1.0.0"],
      ["shared-with-warning", "1.0.0"],
    ]);
  });

  it("`singleton`, where it makes a difference", () => {
    const shareConfig = "{ singleton: process.env.ONE, strictVersion: true }";
    const two = workspace({
      host: { installed: "2.0.0", range: "^1.0.0", shareConfig },
    }).consumer("host");
    expect(two.outcome).toBe("unknown");
    expect(two.possibilities.map((item) => [item.outcome, item.when])).toEqual([
      ["error", "if `singleton` is true"],
      ["fallback", "if `singleton` is false"],
    ]);
    expect(workspace({ host: { shareConfig } }).consumer("host")).toMatchObject({ outcome: "shared" });
  });
});

describe("platforms", () => {
  it("a server's build loads the server's build of a remote, and shares nothing with the browser's", () => {
    const build = (name: string, platform: string, installed: string, options: string, index: string) => ({
      [`/${name}/${platform}/webpack.config.js`]: `
        const { ModuleFederationPlugin } = require("webpack").container;
        module.exports = { context: __dirname, entry: "./index.js", target: "${platform}", plugins: [
          new ModuleFederationPlugin({ name: "${name}", shared: { kit: { singleton: true } }, ${options} })] };`,
      [`/${name}/${platform}/package.json`]: JSON.stringify({ name, dependencies: { kit: "^1.0.0" } }),
      [`/${name}/${platform}/index.js`]: `import("./app"); ${index}`,
      [`/${name}/${platform}/app.js`]: 'import { one } from "kit"; console.log(one);',
      [`/${name}/${platform}/node_modules/kit/package.json`]: JSON.stringify({ name: "kit", version: installed }),
      [`/${name}/${platform}/node_modules/kit/index.js`]: "export const one = 1;",
    });
    const { db } = openFixture({
      ...build("host", "web", "1.1.0", remotes("shop"), 'import("shop/App");'),
      ...build("host", "node", "1.2.0", remotes("shop"), 'import("shop/App");'),
      ...build("shop", "web", "1.3.0", EXPOSES, ""),
      ...build("shop", "node", "1.4.0", EXPOSES, ""),
    });
    const { consumers } = shareResolution(db, "default", "kit");
    const found = consumers.map(({ container, version }) => [/(\w+\/\w+)\/webpack/.exec(container)?.[1], version]);
    expect(found.sort()).toEqual([
      ["host/node", "1.4.0"],
      ["host/web", "1.3.0"],
      ["shop/node", "1.4.0"],
      ["shop/web", "1.3.0"],
    ]);
  });
});

describe("layers", () => {
  it("each with a share scope of its own", () => {
    const entry = (layer: string, version: string) =>
      `{ request: "kit", shareKey: "kit", layer: "${layer}", issuerLayer: "${layer}", shareScope: "${layer}", version: "${version}", requiredVersion: "^1.0.0", singleton: true }`;
    const files = {
      "/webpack.config.js": `
        const { ModuleFederationPlugin } = ${REQUIRE.enhanced};
        module.exports = {
          entry: { main: { import: "./server.js", layer: "server" }, page: { import: "./page.js", layer: "page" } },
          experiments: { layers: true },
          plugins: [new ModuleFederationPlugin({ name: "app", shareScope: ["server", "page"],
            shared: { kitOfServer: ${entry("server", "1.1.0")}, kitOfPage: ${entry("page", "1.2.0")} } })] };`,
      "/package.json": '{ "name": "app", "dependencies": { "kit": "^1.0.0" } }',
      "/server.js": 'import "kit";',
      "/page.js": 'import "kit";',
      "/node_modules/kit/package.json": '{ "name": "kit", "version": "1.0.0" }',
      "/node_modules/kit/index.js": "export const one = 1;",
    };
    const { db } = openFixture(files);
    const outcome = (scope: string) =>
      shareResolution(db, scope, "kit").consumers.map(({ layer, version }) => [layer, version]);
    expect([outcome("server"), outcome("page")]).toEqual([[["server", "1.1.0"]], [["page", "1.2.0"]]]);
  });
});

describe("odd workspaces", () => {
  it("an app that is its own remote", () => {
    const { consumer } = workspace({
      host: { options: `${remotes("host")}, ${EXPOSES}`, index: 'import("host/App");' },
    });
    expect(consumer("host")).toMatchObject({ outcome: "shared", version: "1.0.0" });
  });

  it("a circle of remotes", () => {
    const { consumer } = workspace({
      a: { installed: "1.1.0", options: `${remotes("b")}, ${EXPOSES}`, index: 'import("b/App");' },
      b: { installed: "1.2.0", options: `${remotes("c")}, ${EXPOSES}`, index: 'import("c/App");' },
      c: { installed: "1.3.0", options: `${remotes("a")}, ${EXPOSES}`, index: 'import("a/App");' },
    });
    for (const name of ["a", "b", "c"]) expect(consumer(name)).toMatchObject({ outcome: "shared", version: "1.3.0" });
  });

  it("the same container name twice", () => {
    const { db, root } = workspace({
      host: { options: remotes("cart"), index: 'import("cart/App");' },
      cart: { options: EXPOSES },
      "elsewhere/cart": { options: EXPOSES.replace("./App", "./Other") },
    });
    expect(resolveText(db)).toContain("kit (share scope default)");
    expect(JSON.stringify(resolveDocument(db, root))).toContain("federation-lens/resolve@1");
  });

  it("no version anywhere, and ranges that are none", () => {
    const { consumer } = workspace({
      host: { range: "workspace:*", installed: "not a version", shareConfig: '{ requiredVersion: "latest" }' },
    });
    expect(consumer("host")).toMatchObject({ outcome: "fallback", version: "not a version" });
  });

  it("a remote that nothing imports registers nothing for webpack's host, and does for the 2.x runtime's", () => {
    const shop: App = { installed: "1.5.0", options: EXPOSES };
    const lazy = workspace({ host: { options: remotes("shop") }, shop });
    expect(lazy.consumer("host")).toMatchObject({ version: "1.0.0", provider: lazy.id("host") });
    // By the time that something loads it, the host has loaded its own.
    expect(lazy.consumer("shop")).toMatchObject({ version: "1.0.0", provider: lazy.id("host") });
    const both = workspace({
      host: { options: remotes("shop"), plugin: "enhanced" },
      shop: { ...shop, plugin: "enhanced" },
    });
    expect(both.consumer("host")).toMatchObject({ version: "1.5.0", provider: both.id("shop") });
  });

  it("with `loaded-first`, what the host has loaded stays", () => {
    const options = `shareStrategy: "loaded-first"`;
    const { consumer, id } = workspace({
      host: { plugin: "enhanced", options: `${options}, ${remotes("shop")}`, index: 'import("shop/App");' },
      shop: { plugin: "enhanced", installed: "1.5.0", options: `${options}, ${EXPOSES}` },
    });
    expect(consumer("host")).toMatchObject({ version: "1.0.0", provider: id("host") });
    expect(consumer("shop")).toMatchObject({ version: "1.0.0", provider: id("host") });
  });

  it("a host's scope of another name than its remote's", () => {
    const { consumer, id } = workspace({
      host: {
        options: `shareScope: "a", ${remotes("shop")}`,
        index: 'import("shop/App");',
      },
      shop: { installed: "1.5.0", options: EXPOSES },
    });
    expect(consumer("host", "a")).toMatchObject({ version: "1.5.0", provider: id("shop") });
  });

  it("messages of the 2.x runtime, in its words", () => {
    const { consumer } = workspace({
      host: { plugin: "enhanced", installed: "2.0.0", shareConfig: "{ singleton: true, strictVersion: true }" },
      cart: { plugin: "enhanced", shareConfig: "{ import: false }" },
    });
    expect(consumer("host").message).toBe(
      "[ Federation Runtime ]: Version 2.0.0 from host of shared singleton module kit does not satisfy the requirement of host which needs ^1.0.0)",
    );
    expect(consumer("cart").message).toBe("Can not get 'kit'");
  });

  it("very many apps that provide one key", () => {
    const apps: Record<string, App> = {};
    for (let index = 0; index < 60; index++) {
      apps[`app${index}`] = { installed: `1.${index}.0`, options: EXPOSES };
    }
    const names = Object.keys(apps);
    const imports = names.map((name) => `import("${name}/App");`).join("");
    const { consumer } = workspace({ ...apps, host: { options: remotes(...names), index: imports } });
    expect(consumer("host")).toMatchObject({ version: "1.59.0" });
    expect(consumer("app7")).toMatchObject({ version: "1.59.0" });
  });
});
