/** Resolution by Yarn's Plug'n'Play data, in both of the forms in which it is written. */
import { describe, expect, it } from "vitest";
import { resolveModule, resolveOptionsId } from "../../server/src/project/resolveModule.ts";
import { openFixture } from "../fixture/openFixture.ts";

const DATA = JSON.stringify(
  {
    packageRegistryData: [
      [null, [[null, { packageLocation: "./", packageDependencies: [["root", "workspace:."]] }]]],
      [
        "shop",
        [
          [
            "workspace:apps/shop",
            {
              packageLocation: "./apps/shop/",
              packageDependencies: [
                ["shop", "workspace:apps/shop"],
                ["react", "npm:18.2.0"],
                ["ui", "workspace:packages/ui"],
                ["alias", ["other", "npm:1.0.0"]],
                ["peer", null],
              ],
            },
          ],
        ],
      ],
      ["ui", [["workspace:packages/ui", { packageLocation: "./packages/ui/", packageDependencies: [] }]]],
      [
        "react",
        [
          [
            "npm:18.2.0",
            { packageLocation: "./.yarn/unplugged/react-npm-18.2.0/node_modules/react/", packageDependencies: [] },
          ],
        ],
      ],
      [
        "other",
        [["npm:1.0.0", { packageLocation: "./.yarn/unplugged/other/node_modules/other/", packageDependencies: [] }]],
      ],
    ],
  },
  null,
  2,
);

const FILES = {
  "/apps/shop/src/index.js": "",
  "/packages/ui/package.json": '{ "name": "ui", "exports": { "./button": "./src/button.js" } }',
  "/packages/ui/src/button.js": "",
  "/.yarn/unplugged/react-npm-18.2.0/node_modules/react/index.js": "",
  "/.yarn/unplugged/other/node_modules/other/index.js": "",
  "/node_modules/stray/index.js": "",
};

const OPTIONS = resolveOptionsId({
  extensions: [".js"],
  alias: [],
  fallback: [],
  modules: ["node_modules"],
  mainFields: ["main"],
  mainFiles: ["index"],
  conditions: { esm: ["import"], cjs: ["require"] },
  exportsFields: ["exports"],
  aliasFields: [],
  extensionAlias: {},
  symlinks: true,
  tsconfig: undefined,
  preferRelative: false,
  aliasesImports: true,
  roots: [],
});

describe.each([
  [".pnp.data.json", DATA],
  [".pnp.cjs", `const RAW_RUNTIME_STATE =\n'${DATA.replace(/'/g, "\\'").replace(/\n/g, "\\\n")}';\n`],
])("%s", (name, text) => {
  it.each([
    ["react", "/.yarn/unplugged/react-npm-18.2.0/node_modules/react/index.js"],
    ["ui/button", "/packages/ui/src/button.js"],
    ["alias", "/.yarn/unplugged/other/node_modules/other/index.js"],
    ["stray", "/node_modules/stray/index.js"],
    ["ui", undefined],
    ["peer", undefined],
  ])("resolves %s to %s", (request, file) => {
    const { db, root } = openFixture({ ...FILES, [`/${name}`]: text });
    const resolved = resolveModule(db, request, `${root}/apps/shop/src`, OPTIONS, "esm");
    expect(typeof resolved === "object" ? resolved.file : undefined).toBe(file === undefined ? undefined : root + file);
  });

  it("says nothing where it is broken", () => {
    const { db, root } = openFixture({ ...FILES, [`/${name}`]: text.slice(0, 200) });
    expect(resolveModule(db, "react", `${root}/apps/shop/src`, OPTIONS, "esm")).toBe("missing");
  });
});
