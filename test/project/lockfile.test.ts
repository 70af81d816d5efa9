/** What lockfiles say of a package, in each format, and the graph of a workspace in which nothing is installed. */
import { describe, expect, it } from "vitest";
import { containerGraph, containers } from "../../server/src/graph/index.ts";
import { lockedVersion } from "../../server/src/project/lockfile.ts";
import { openFixture } from "../fixture/openFixture.ts";

const manifest = (name: string, dependencies: object): string =>
  JSON.stringify({ name, version: "1.0.0", dependencies });

const WORKSPACE = {
  "/package.json": JSON.stringify({ name: "root", workspaces: ["apps/*", "packages/*"] }),
  "/apps/shop/package.json": manifest("shop", { react: "^18.2.0", ui: "workspace:*", alias: "npm:other@^1.0.0" }),
  "/apps/old/package.json": manifest("old", { react: "^17.0.0" }),
  "/packages/ui/package.json": JSON.stringify({ name: "ui", version: "0.4.0" }),
};

const LOCKFILES: Readonly<Record<string, string>> = {
  "/package-lock.json": JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { name: "root" },
      "node_modules/react": { version: "18.2.0" },
      "apps/old/node_modules/react": { version: "17.0.2" },
      "node_modules/ui": { resolved: "packages/ui", link: true },
      "node_modules/alias": { name: "other", version: "1.4.0" },
    },
  }),
  "/pnpm-lock.yaml": `lockfileVersion: '9.0'
importers:
  .: {}
  apps/shop:
    dependencies:
      react: { specifier: ^18.2.0, version: 18.2.0(peer@1.0.0) }
      ui: { specifier: 'workspace:*', version: link:../../packages/ui }
      alias: { specifier: 'npm:other@^1.0.0', version: other@1.4.0 }
  apps/old:
    dependencies:
      react: { specifier: ^17.0.0, version: 17.0.2 }
`,
  "/yarn.lock": `# yarn lockfile v1


alias@npm:other@^1.0.0:
  version "1.4.0"
  resolved "https://registry/other"

react@^17.0.0:
  version "17.0.2"

"react@^18.0.0", react@^18.2.0:
  version "18.2.0"
  dependencies:
    loose-envify "^1.1.0"
`,
};

const BERRY = `__metadata:
  version: 8

? "alias@npm:other@^1.0.0, alias@npm:other@^1.1.0"
:
  version: 1.4.0
  resolution: "other@npm:1.4.0"

"react@npm:^17.0.0":
  version: 17.0.2
  resolution: "react@npm:17.0.2"

"react@npm:^18.0.0, react@npm:^18.2.0":
  version: 18.2.0
  resolution: "react@npm:18.2.0"

"ui@workspace:*, ui@workspace:packages/ui":
  version: 0.0.0-use.local
  resolution: "ui@workspace:packages/ui"
`;

function versions(lockfile: Readonly<Record<string, string>>): readonly (string | undefined)[] {
  const { db, root } = openFixture({ ...WORKSPACE, ...lockfile });
  const ask = (folder: string, name: string) => lockedVersion(db, `${root}${folder}`, name)?.version;
  return [
    ask("/apps/shop", "react"),
    ask("/apps/old", "react"),
    ask("/apps/shop", "alias"),
    ask("/apps/shop/src", "ui"),
    ask("/apps/shop", "unlisted"),
  ];
}

describe("a lockfile", () => {
  it.each(["/package-lock.json", "/pnpm-lock.yaml"])("%s gives each folder its version", (file) => {
    expect(versions({ [file]: LOCKFILES[file]! })).toEqual(["18.2.0", "17.0.2", "1.4.0", "0.4.0", undefined]);
  });

  it("yarn.lock of Yarn 1 goes by what is asked for, and has no packages of the workspace", () => {
    expect(versions({ "/yarn.lock": LOCKFILES["/yarn.lock"]! })).toEqual([
      "18.2.0",
      "17.0.2",
      "1.4.0",
      undefined,
      undefined,
    ]);
  });

  it("yarn.lock of later Yarns has them", () => {
    expect(versions({ "/yarn.lock": BERRY })).toEqual(["18.2.0", "17.0.2", "1.4.0", "0.4.0", undefined]);
  });

  it("knows older formats", () => {
    const npm = JSON.stringify({ lockfileVersion: 1, dependencies: { react: { version: "16.14.0" } } });
    expect(versions({ "/package-lock.json": npm })[0]).toBe("16.14.0");
    const pnpm =
      "lockfileVersion: 5.4\nimporters:\n  apps/shop:\n    specifiers: { react: ^18.2.0 }\n    dependencies:\n      react: 18.2.0_peer@1.0.0\n      alias: /other/1.4.0\n";
    expect(versions({ "/pnpm-lock.yaml": pnpm })).toEqual(["18.2.0", undefined, "1.4.0", undefined, undefined]);
  });

  it.each(["", "<<<<<<< HEAD\n", "{", "importers: [", "null"])("says nothing where it is broken: %j", (content) => {
    for (const file of ["/package-lock.json", "/pnpm-lock.yaml", "/yarn.lock", "/bun.lock"])
      expect(versions({ [file]: content })[0]).toBeUndefined();
  });

  it("is not asked for what is installed", () => {
    const installed = { "/node_modules/react/package.json": '{ "name": "react", "version": "19.0.0" }' };
    const { db, root } = openFixture({ ...WORKSPACE, ...LOCKFILES, ...installed });
    expect(lockedVersion(db, `${root}/apps/shop`, "react")).toBeUndefined();
  });
});

describe("a workspace without node_modules", () => {
  it("provides what the lockfile will install", () => {
    const { db, root } = openFixture({
      ...WORKSPACE,
      "/package-lock.json": LOCKFILES["/package-lock.json"]!,
      "/apps/shop/src/index.js": 'import("./page");\n',
      "/apps/shop/src/page.js": 'import { useState } from "react";\nimport "react/jsx-runtime";\nuseState();\n',
      "/apps/shop/webpack.config.js": `const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: ["react", "react/"] })],
};
`,
    });
    const graph = containerGraph(db, containers(db)[0]!.id);
    const ids = [...graph.modules.keys()].filter((id) => id.includes("shared module"));
    expect(ids.map((id) => id.replaceAll(root, ""))).toEqual([
      "consume shared module (default) react@^18.2.0 (strict) (fallback: ../../node_modules/react)",
      "consume shared module (default) react/jsx-runtime@^18.2.0 (strict) (fallback: ../../node_modules/react/jsx-runtime)",
      "provide shared module (default) react@18.2.0 = ../../node_modules/react",
      "provide shared module (default) react/jsx-runtime@18.2.0 = ../../node_modules/react/jsx-runtime",
    ]);
    expect(graph.problems).toEqual([]);
  });
});
