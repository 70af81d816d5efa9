/** Packages that generated workspaces depend on: each shows something that resolution or version inference has to know. */
import type { Random } from "./random.ts";

/** Paths below the workspace to texts. */
export type Files = Record<string, string>;

export interface GeneratedPackage {
  readonly name: string;
  readonly version: string | undefined;
  /** What code may ask for: the package and sub-paths, some of them missing. */
  readonly requests: readonly string[];
  /** Below the package's own folder. */
  readonly files: Files;
}

const json = (data: unknown): string => `${JSON.stringify(data)}\n`;

/** A package that requires another one, by one of the dependency fields. */
function dependent(random: Random, field: Record<string, string>): object {
  return { [random.pick(["dependencies", "peerDependencies", "devDependencies", "optionalDependencies"])]: field };
}

function coreJs(random: Random): GeneratedPackage {
  const version = random.pick(["18.2.0", "17.0.2", "19.0.0-rc.1"]);
  return {
    name: "core-js-like",
    version,
    requests: ["core-js-like", "core-js-like/runtime", "core-js-like/runtime.js", "core-js-like/missing"],
    files: {
      "package.json": json({ name: "core-js-like", version, main: "index.js" }),
      "index.js": `exports.useState = () => 0;\nexports.memo = (x) => x;\nexports.version = "${version}";\n`,
      "runtime.js": "exports.jsx = () => 0;\n",
    },
  };
}

function esmKit(random: Random): GeneratedPackage {
  const version = random.pick(["4.17.21", "4.0.0", "5.0.0-beta.2"]);
  const asks = random.chance(0.5);
  return {
    name: "esm-kit",
    version,
    requests: ["esm-kit", "esm-kit/get", "esm-kit/get.js", "esm-kit/lib/set"],
    files: {
      "package.json": json({
        name: "esm-kit",
        version,
        main: "index.cjs.js",
        ...(random.chance(0.7) ? { module: "index.js" } : {}),
        ...(random.chance(0.3) ? { sideEffects: false } : {}),
        ...(asks ? dependent(random, { "core-js-like": random.pick(["^17.0.0", "^18.0.0", "*", ">=16"]) }) : {}),
      }),
      "index.js": `export { get } from "./get.js";\nexport { set } from "./lib/set.js";\nexport default { a: 1 };\n`,
      "index.cjs.js": `exports.get = () => 1;\nexports.set = () => 2;\n`,
      "get.js": asks
        ? `import { memo } from "core-js-like";\nexport const get = () => memo(1);\nexport default get;\n`
        : "export const get = () => 1;\nexport default get;\n",
      "lib/set.js": "export const set = () => 2;\n",
    },
  };
}

function dual(random: Random): GeneratedPackage {
  return {
    name: "@scope/dual",
    version: "2.1.0",
    requests: [
      "@scope/dual",
      "@scope/dual/button",
      "@scope/dual/deep/item",
      "@scope/dual/closed",
      "@scope/dual/package.json",
    ],
    files: {
      "package.json": json({
        name: "@scope/dual",
        version: "2.1.0",
        type: random.pick(["module", "commonjs"]),
        exports: {
          ".": random.pick<unknown>([
            { import: "./esm/index.mjs", require: "./cjs/index.cjs" },
            { node: "./cjs/index.cjs", default: "./esm/index.mjs" },
            { development: "./cjs/index.cjs", default: "./esm/index.mjs" },
            ["./esm/index.mjs"],
          ]),
          "./button": { import: "./esm/button.mjs", default: "./cjs/button.cjs" },
          "./deep/*": "./esm/deep/*.mjs",
          "./closed": null,
          ...(random.chance(0.5) ? { "./package.json": "./package.json" } : {}),
        },
      }),
      "esm/index.mjs": `export * from "./button.mjs";\nexport const colors = {};\n`,
      "esm/button.mjs": "export const Button = 1;\n",
      "esm/deep/item.mjs": "export const item = 1;\n",
      "cjs/index.cjs": `exports.Button = require("./button.cjs").Button;\nexports.colors = {};\n`,
      "cjs/button.cjs": "exports.Button = 1;\n",
    },
  };
}

/** A package with secondary entries that have manifests of their own, without or with a name and version. */
function secondary(random: Random): GeneratedPackage {
  const inner = random.pick<object>([
    { main: "../lib/extra.js" },
    { main: "index.js", sideEffects: false },
    { name: "second/extra", main: "index.js" },
    { name: "@scope/extra", version: "0.0.3", main: "index.js" },
  ]);
  return {
    name: "second",
    version: "1.5.0",
    requests: ["second", "second/extra", "second/lib/extra.js"],
    files: {
      "package.json": json({ name: "second", version: "1.5.0", main: "lib/index.js" }),
      "lib/index.js": "module.exports = { a: 1, b: 2 };\n",
      "lib/extra.js": "exports.extra = 1;\n",
      "extra/package.json": json(inner),
      "extra/index.js": "exports.extra = 1;\n",
    },
  };
}

/** Manifests as they should not be. */
function odd(random: Random): GeneratedPackage {
  const manifest = random.pick<string | undefined>([
    undefined,
    json({ name: "odd" }),
    json({ name: "odd", version: "" }),
    json({ name: "odd", version: "1.x" }),
    json({ name: "other-name", version: "3.0.0" }),
    json({ name: "odd", version: "v3.0.0", main: "missing.js" }),
    json({ name: "odd", version: "1.2.3+build.5", browser: { "./index.js": "./browser.js" } }),
    json({ name: "odd", version: "1.2.3", browser: "browser.js", main: "index.js" }),
  ]);
  return {
    name: "odd",
    version: undefined,
    requests: ["odd", "odd/index.js", "odd/browser"],
    files: {
      ...(manifest === undefined ? {} : { "package.json": manifest }),
      "index.js": "exports.odd = 1;\n",
      "browser.js": "exports.odd = 2;\n",
    },
  };
}

/** Re-exports in a package that says it has no side effects: only what is asked for is built. */
function barrel(random: Random): GeneratedPackage {
  const sideEffects = random.pick<unknown>([false, false, ["./effect.js"], ["*.css"], true]);
  return {
    name: "barrel",
    version: "3.3.0",
    requests: ["barrel", "barrel", "barrel/inner", "barrel/inner/index.js"],
    files: {
      "package.json": json({ name: "barrel", version: "3.3.0", main: "index.js", sideEffects }),
      "index.js": [
        random.chance(0.5) ? 'import "./effect.js";' : "",
        random.chance(0.5) ? 'import { useState } from "core-js-like";\nexport const own = () => useState();' : "",
        'export { get, part as memo } from "./a.js";',
        'export * from "./b.js";',
        random.chance(0.5) ? 'export * as inner from "./inner";' : 'import { one } from "./inner";\nexport { one };',
        "",
      ].join("\n"),
      "a.js": `import { get as g } from "esm-kit";\nexport const get = () => g(1);\nexport const part = {};\n`,
      "b.js": `import { get } from "esm-kit/get";\nexport const beta = () => get(1);\nexport { memo as gamma } from "core-js-like";\n`,
      "effect.js": `import { get } from "@scope/dual";\nconsole.log(get);\n`,
      "inner/index.js": `export { one } from "./one.js";\nexport { two } from "./two.js";\n`,
      "inner/one.js": `import second from "second";\nexport const one = () => second;\n`,
      "inner/two.js": `import { jsx } from "core-js-like/runtime";\nexport const two = () => jsx;\n`,
    },
  };
}

/** The packages of one workspace; which of them are installed is decided elsewhere. */
export function generatedPackages(random: Random): readonly GeneratedPackage[] {
  return [coreJs(random), esmKit(random), dual(random), secondary(random), odd(random), barrel(random)];
}

/** A workspace package: linked into `node_modules`, resolved to its own folder. */
export function workspacePackage(random: Random): GeneratedPackage {
  const asked = random.pick(["^17.0.0", "^18.2.0", "workspace:*", "catalog:", "*"]);
  const linked = random.chance(0.5);
  return {
    name: "@ws/lib",
    version: "0.3.0",
    requests: ["@ws/lib", "@ws/lib/src/more", "@ws/lib/src/more.js"],
    files: {
      "package.json": json({
        name: "@ws/lib",
        ...(random.chance(0.8) ? { version: "0.3.0" } : {}),
        main: "src/index.js",
        ...(random.chance(0.25) ? { sideEffects: random.pick<unknown>([false, ["./src/more.js"]]) } : {}),
        ...(linked ? dependent(random, { "core-js-like": asked }) : {}),
      }),
      "src/index.js": `export { more } from "./more.js";\nexport * from "./rest.js";\nimport { memo } from "core-js-like";\nexport const lib = () => memo(1);\n`,
      "src/more.js": `import { get } from "esm-kit";\nexport const more = () => get(1);\n`,
      "src/rest.js": `import self from "@ws/lib/src/more";\nexport const rest = () => self;\n`,
    },
  };
}
