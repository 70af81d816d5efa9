/** Which version wins on the pages that a workspace's containers make, and when that cannot be said. */
import { describe, expect, it } from "vitest";
import { asyncBoundaryViolations } from "../../server/src/analysis/asyncBoundary.ts";
import { localAddress } from "../../server/src/analysis/devServer.ts";
import { canMeet } from "../../server/src/analysis/meeting.ts";
import { pagesOf } from "../../server/src/analysis/pages.ts";
import { shareResolution } from "../../server/src/analysis/resolveShare.ts";
import { containers } from "../../server/src/graph/index.ts";
import { openFixture } from "../fixture/openFixture.ts";

interface App {
  readonly name: string;
  readonly installed: string;
  readonly range: string;
  readonly remotes?: readonly string[];
  readonly shared?: string;
}

/** Apps side by side, each with `kit` installed in its own folder. */
function workspace(apps: readonly App[]) {
  const files: Record<string, string> = {};
  for (const { name, installed, range, remotes = [], shared = "{ singleton: true }" } of apps) {
    const table = remotes.map((remote) => `${remote}: "${remote}@http://localhost/${remote}.js"`).join(", ");
    files[`/${name}/webpack.config.js`] = `
      const { ModuleFederationPlugin } = require("webpack").container;
      module.exports = {
        context: __dirname,
        entry: "./index.js",
        plugins: [new ModuleFederationPlugin({
          name: "${name}", remotes: { ${table} }, exposes: { "./App": "./app.js" }, shared: { kit: ${shared} },
        })],
      };`;
    files[`/${name}/package.json`] = JSON.stringify({ name, dependencies: { kit: range } });
    const used = remotes.map((remote) => `import("${remote}/App");`);
    files[`/${name}/index.js`] = ['import("./app");', ...used].join("\n");
    files[`/${name}/app.js`] = 'import { one } from "kit"; console.log(one);';
    files[`/${name}/node_modules/kit/package.json`] = JSON.stringify({ name: "kit", version: installed, main: "i.js" });
    files[`/${name}/node_modules/kit/i.js`] = "export const one = 1;";
  }
  const { db } = openFixture(files);
  const named = (name: string) => containers(db).find((container) => container.name === name)!;
  const consumer = (name: string) =>
    shareResolution(db, "default", "kit").consumers.find(({ container }) => container === named(name).id)!;
  return { db, named, consumer };
}

describe("share resolution", () => {
  it("the highest version of a page wins a singleton", () => {
    const { consumer, named } = workspace([
      { name: "host", installed: "1.1.0", range: "^1.0.0", remotes: ["shop"] },
      { name: "shop", installed: "1.3.0", range: "^1.0.0" },
    ]);
    expect(consumer("host")).toMatchObject({ outcome: "shared", version: "1.3.0", provider: named("shop").id });
    expect(consumer("shop")).toMatchObject({ outcome: "shared", version: "1.3.0" });
  });

  it("warns in the runtime's words where the winner does not satisfy", () => {
    const { consumer } = workspace([
      { name: "host", installed: "2.0.0", range: "^2.0.0", remotes: ["shop"] },
      { name: "shop", installed: "1.3.0", range: "^1.0.0" },
    ]);
    expect(consumer("shop")).toMatchObject({
      outcome: "shared-with-warning",
      version: "2.0.0",
      message: "Unsatisfied version 2.0.0 from host of shared singleton module kit (required ^1.0.0)",
    });
  });

  it("without a singleton each takes what satisfies it", () => {
    const { consumer } = workspace([
      { name: "host", installed: "2.0.0", range: "^2.0.0", remotes: ["shop"], shared: "{}" },
      { name: "shop", installed: "1.3.0", range: "^1.0.0", shared: "{}" },
    ]);
    expect(consumer("shop")).toMatchObject({ outcome: "shared", version: "1.3.0" });
    expect(consumer("host")).toMatchObject({ outcome: "shared", version: "2.0.0" });
  });

  it("is unknown, with the reason, where it depends on the host", () => {
    const { consumer, db, named } = workspace([
      { name: "one", installed: "1.1.0", range: "^1.0.0", remotes: ["shop"] },
      { name: "two", installed: "1.9.0", range: "^1.0.0", remotes: ["shop"] },
      { name: "shop", installed: "1.3.0", range: "^1.0.0" },
    ]);
    expect(pagesOf(db, named("shop").id).length).toBe(2);
    const { outcome, version, why } = consumer("shop");
    expect(outcome).toBe("unknown");
    expect(version).toBeUndefined();
    expect(why[0]).toBe(
      "which version wins depends on the host of the page: 1.3.0 on the page of `one`; 1.9.0 on the page of `two`",
    );
  });
});

describe("pages", () => {
  it("begin at hosts; containers that are each other's remotes each begin one", () => {
    const { db, named } = workspace([
      { name: "left", installed: "1.0.0", range: "^1.0.0", remotes: ["right"] },
      { name: "right", installed: "1.0.0", range: "^1.0.0", remotes: ["left"] },
    ]);
    const [left, right] = [named("left").id, named("right").id];
    expect(pagesOf(db, left)).toEqual([
      [left, right],
      [right, left],
    ]);
  });

  it("apps that no host brings together do not meet", () => {
    const { db, named } = workspace([
      { name: "host", installed: "1.0.0", range: "^1.0.0", remotes: ["shop"] },
      { name: "shop", installed: "1.0.0", range: "^1.0.0" },
      { name: "alone", installed: "1.0.0", range: "^1.0.0" },
    ]);
    expect(canMeet(db, named("host"), named("shop"))).toBe(true);
    expect(canMeet(db, named("alone"), named("shop"))).toBe(false);
  });

  it("go on to the remotes that a host's own code registers under its name", () => {
    const config = (options: string): string => `
      const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
      module.exports = { context: __dirname, entry: "./src/index.js", plugins: [new ModuleFederationPlugin(${options})] };`;
    const init = (name: string): string =>
      `import { init } from "@module-federation/enhanced/runtime";
      init({ name: "${name}", remotes: [{ name: "shop", entry: "http://localhost/shop.js" }] });`;
    const open = (name: string) => {
      const { db } = openFixture({
        "/host/webpack.config.js": config('{ name: "host" }'),
        "/host/package.json": '{ "name": "host" }',
        "/host/src/index.js": init(name),
        "/shop/webpack.config.js": config('{ name: "shop", exposes: { "./App": "./src/index.js" } }'),
        "/shop/package.json": '{ "name": "shop" }',
        "/shop/src/index.js": "",
      });
      const shop = containers(db).find((container) => container.name === "shop")!;
      return pagesOf(db, shop.id).map((page) => page.map((id) => id.replace(/^.*\/ws\//, "")));
    };
    expect(open("host")).toEqual([["host/webpack.config.js#0", "shop/webpack.config.js#0"]]);
    // Under another name it is an instance of its own.
    expect(open("other")).toEqual([["host/src/index.js#0", "shop/webpack.config.js#0"]]);
  });

  it("apps side by side may meet where no remote is known at all", () => {
    const { db, named } = workspace([
      { name: "one", installed: "1.0.0", range: "^1.0.0" },
      { name: "two", installed: "1.0.0", range: "^1.0.0" },
    ]);
    expect(canMeet(db, named("one"), named("two"))).toBe(true);
  });
});

describe("async boundary", () => {
  const config = `const { ModuleFederationPlugin } = require("webpack").container;
    module.exports = { entry: "./index.js", plugins: [new ModuleFederationPlugin({ name: "a", shared: { kit: KIT } })] };`;
  const violations = (index: string, kit = "{}") => {
    const { db } = openFixture({
      "/webpack.config.js": config.replace("KIT", kit),
      "/package.json": '{ "name": "a", "dependencies": { "kit": "^1.0.0" } }',
      "/index.js": index,
      "/app.ts": 'import { one } from "kit"; console.log(one);',
      "/types.ts": 'import type { One } from "kit"; export type { One };',
      "/node_modules/kit/package.json": '{ "name": "kit", "version": "1.0.0", "main": "i.js" }',
      "/node_modules/kit/i.js": "exports.one = 1;",
    });
    return asyncBoundaryViolations(db, containers(db)[0]!).map(({ file }) => file);
  };

  it.each([
    ['import "./app";', ["/ws/app.ts"]],
    ['export * from "./app";', ["/ws/app.ts"]],
    ['require("./app");', ["/ws/app.ts"]],
    ['import("./app");', []],
    ['import "./types";', []],
    ["export {};", []],
  ])("%s", (index, expected) => {
    expect(violations(index)).toEqual(expected);
  });

  it("an eager module is there at once", () => {
    expect(violations('import "./app";', "{ eager: true }")).toEqual([]);
  });
});

describe("addresses of this machine", () => {
  it.each([
    ["http://localhost:3001/remoteEntry.js", { port: 3001, file: "remoteEntry.js" }],
    ["//127.0.0.1:80/static/js/entry.js?v=1", { port: 80, file: "entry.js" }],
    ["http://localhost:3001/", { port: 3001, file: "" }],
    ["https://cdn.example.com:3001/remoteEntry.js", undefined],
    ["http://localhost/remoteEntry.js", undefined],
    [undefined, undefined],
  ])("%s", (entry, expected) => {
    expect(localAddress(entry)).toEqual(expected);
  });
});
