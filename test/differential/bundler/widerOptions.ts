/** Configurations and packages as real projects have them, for the widest seeds. */
import type { Further } from "./further.ts";
import { Code } from "./options.ts";
import type { Files } from "./packages.ts";
import type { Random } from "./random.ts";

export interface WiderOptions extends Further {
  /** Below the workspace's root. */
  readonly rootFiles: Files;
  /** What code may ask for beside what it may anyway. */
  readonly requests: readonly string[];
  /** Options of the federation plugin. */
  readonly federation: Readonly<Record<string, unknown>>;
  /** Entries of `shared`, `remotes` and `exposes` beside the rest. */
  readonly more: Readonly<Record<"shared" | "remotes" | "exposes", Readonly<Record<string, unknown>>>>;
  /** Packages lie in a store, and links lead to them. */
  readonly store: boolean;
}

/** What kinds of configuration add to. */
interface Draft {
  readonly files: Files;
  readonly rootFiles: Files;
  readonly requests: string[];
  readonly statements: string[];
  readonly around: Record<string, unknown>;
  readonly resolve: Record<string, unknown>;
  readonly experiments: Record<string, unknown>;
  readonly rules: unknown[];
  readonly module: Record<string, unknown>;
  readonly plugins: string[];
  readonly federation: Record<string, unknown>;
  readonly more: Record<"shared" | "remotes" | "exposes", Record<string, unknown>>;
  store: boolean;
}

type Kind = (random: Random, draft: Draft, pick: () => string, extended: boolean) => void;

const json = (data: unknown): string => `${JSON.stringify(data)}\n`;

const tsconfigPaths: Kind = (random, draft, pick) => {
  draft.files["tsconfig.json"] = json({
    compilerOptions: {
      ...(random.chance(0.5) ? { baseUrl: "." } : {}),
      paths: {
        "~/*": ["./src/*"],
        "@kit": [random.pick(["./src/local.js", "./src/nowhere.js"])],
        ...(random.chance(0.3) ? { [pick()]: ["./src/local.js"] } : {}),
      },
    },
  });
  if (random.chance(0.5)) draft.resolve.tsconfig = "[__dirname]/tsconfig.json";
  else
    draft.resolve.plugins = [
      new Code(
        'new (require("tsconfig-paths-webpack-plugin").TsconfigPathsPlugin)({ configFile: require("path").join(__dirname, "tsconfig.json") })',
      ),
    ];
  draft.requests.push("~/local", "~/feature/part.js", "@kit");
};

const aliases: Kind = (random, draft) => {
  draft.resolve.alias = random.pick<unknown>([
    { "esm-kit$": "core-js-like", "@": "[__dirname]/src" },
    { "@": "[__dirname]/src", "core-js-like": ["odd", "esm-kit"] },
    { "esm-kit/get": "./src/local.js", "@/local$": "esm-kit" },
    [
      { name: "odd", alias: "esm-kit", onlyModule: true },
      { name: "@", alias: "[__dirname]/src" },
    ],
    { "@scope/*": "[__dirname]/src/*", "@/*": "[__dirname]/src/*" },
  ]);
  draft.requests.push("@/local", "@/feature/part.js");
};

const extensions: Kind = (random, draft) => {
  draft.resolve.extensions = random.pick([
    [".tsx", ".ts", ".js"],
    [".ts", ".js", ".json"],
    [".mjs", "..."],
    [".web.js", ".js"],
  ]);
  draft.files["src/local.web.js"] = 'import "odd";\nexport const get = 2;\n';
};

const EXTERNALS: readonly unknown[] = [
  new Code("[/^@scope\\//, 'second']"),
  { odd: "Odd", second: ["global", "second"], "esm-kit": { commonjs: "kit", root: "Kit" } },
  { odd: false, "core-js-like": true },
  new Code("[({ request }, done) => done(), { 'esm-kit/get': 'var get' }]"),
  new Code("/\\/(?:get|button)$/"),
];

const externals: Kind = (random, draft) => {
  draft.around.externals = random.pick(EXTERNALS);
  if (random.chance(0.3)) draft.around.externalsType = random.pick(["window", "var", "commonjs"]);
};

const entries: Kind = (random, draft, pick) => {
  draft.around.entry = random.pick<unknown>([
    { main: { import: ["./src/local.js", "./src/index.js"], runtime: "shared-runtime" }, other: pick() },
    { base: [pick(), "./src/local.js"], main: { import: "./src/index.js", dependOn: ["base"] } },
    { main: { import: "./src/index", filename: "[name].js", asyncChunks: false } },
    { main: ["./src/index.js", pick()] },
    { main: "./src/index.js", second: { import: "./src/feature/part", library: { type: "umd", name: "part" } } },
    new Code("async () => './src/index.js'"),
  ]);
};

const outputs: Kind = (random, draft, _, extended) => {
  const kind = random.below(4);
  if (kind === 0) draft.around.output = { uniqueName: "unique", publicPath: "auto" };
  if (kind === 1) {
    draft.experiments.outputModule = true;
    draft.federation.library = { type: "module" };
    draft.federation.remoteType = random.pick(["module", "import"]);
  }
  if (kind === 2) draft.around.target = random.pick<unknown>(["node", "async-node", ["web", "es2020"], "node18"]);
  if (kind === 3) draft.federation.library = { type: "var", name: "shop" };
  if (kind === 3 && !extended) draft.federation.runtime = random.pick<unknown>(["one-runtime", false]);
};

const parsing: Kind = (random, draft) => {
  draft.module.noParse = random.pick<unknown>([
    new Code("/esm-kit/"),
    new Code("[/odd/, /local\\.js$/]"),
    new Code("require('path').join(__dirname, 'src/local.js')"),
  ]);
};

const rules: Kind = (random, draft) => {
  draft.rules.push(
    random.pick<unknown>([
      { test: new Code("/\\.m?js$/"), resolve: { fullySpecified: false } },
      { test: new Code("/local\\.js$/"), type: "asset/source" },
      { test: new Code("/\\.js$/"), include: new Code("/feature/"), type: "javascript/esm" },
      { test: new Code("/\\.js$/"), exclude: new Code("/node_modules/"), parser: { amd: false } },
      { test: new Code("/part\\.js$/"), sideEffects: false },
      { test: new Code("/\\.cjs$/"), type: "javascript/dynamic" },
      { resourceQuery: new Code("/raw/"), type: "asset/source" },
    ]),
  );
};

const styles: Kind = (random, draft) => {
  draft.files["src/style.css"] = random.pick([
    "a { color: red; }\n",
    '@import "./other.css";\na { background: url("./picture.svg"); }\n',
  ]);
  draft.files["src/other.css"] = "b { color: blue; }\n";
  draft.files["src/picture.svg"] = "<svg/>";
  draft.rootFiles["node_modules/esm-kit/style.css"] = "i {}\n";
  if (random.chance(0.6)) draft.experiments.css = true;
  else draft.rules.push({ test: new Code("/\\.css$/"), type: "asset/source" });
  draft.rules.push({ test: new Code("/\\.svg$/"), type: random.pick(["asset/resource", "asset/inline", "asset"]) });
  draft.statements.push(random.pick(['require("./style.css");', 'import("./style.css");']));
  draft.requests.push("esm-kit/style.css");
};

const conditional: Kind = (random, draft) => {
  draft.rootFiles["node_modules/conditional/package.json"] = json({
    name: "conditional",
    version: "6.1.0",
    type: random.pick(["module", "commonjs"]),
    sideEffects: random.pick<unknown>([false, true, ["./esm/effects/*.js", "**/*.css"], ["*.mjs"]]),
    exports: {
      ".": {
        types: "./index.d.ts",
        browser: { import: "./esm/browser.mjs", default: "./cjs/index.cjs" },
        import: { node: "./esm/node.mjs", default: "./esm/index.mjs" },
        require: { production: "./cjs/index.cjs", default: "./cjs/dev.cjs" },
        default: "./esm/index.mjs",
      },
      "./features/*": { import: "./esm/features/*.mjs", require: "./cjs/features/*.cjs" },
      "./features/private/*": null,
      "./*.js": "./esm/*.mjs",
      "./old/": "./esm/",
      "./array": [{ unknown: "./nope.mjs" }, "./esm/index.mjs"],
      "./self": "./esm/self.mjs",
      "./package.json": "./package.json",
    },
    imports: { "#inner": { import: "./esm/features/a.mjs", default: "./cjs/features/a.cjs" }, "#out": "esm-kit" },
  });
  const base = "node_modules/conditional";
  Object.assign(draft.rootFiles, {
    [`${base}/esm/browser.mjs`]: 'export { a } from "./features/a.mjs";\nexport * from "#out";\n',
    [`${base}/esm/node.mjs`]: 'export { a } from "#inner";\nimport "core-js-like";\n',
    [`${base}/esm/index.mjs`]:
      'import { get } from "esm-kit";\nexport { a } from "#inner";\nexport const own = () => get();\n',
    [`${base}/esm/self.mjs`]: 'export { a } from "conditional";\nexport { a as b } from "conditional/features/a";\n',
    [`${base}/esm/features/a.mjs`]:
      'import { memo } from "core-js-like";\nexport const a = () => memo(1);\nexport const get = 1;\n',
    [`${base}/esm/effects/e.js`]: 'import "odd";\nexport const e = 1;\n',
    [`${base}/cjs/index.cjs`]: 'exports.get = require("#out").get;\nexports.a = require("#inner").a;\n',
    [`${base}/cjs/dev.cjs`]: 'module.exports = require("./index.cjs");\n',
    [`${base}/cjs/features/a.cjs`]: 'exports.a = require("core-js-like").memo;\n',
  });
  draft.requests.push(
    "conditional",
    "conditional/features/a",
    "conditional/features/private/x",
    "conditional/index.js",
    "conditional/old/features/a.mjs",
    "conditional/array",
    "conditional/self",
    "conditional/esm/effects/e.js",
  );
};

const shadowing: Kind = (random, draft, pick, extended) => {
  const address = extended
    ? "far@http://localhost:3009/remoteEntry.js"
    : random.pick(["far@http://localhost:3009/remoteEntry.js", "far"]);
  draft.more.remotes[random.pick(["esm-kit", "core-js-like", "odd", "esm-kit/get", "far"])] = random.chance(0.5)
    ? address
    : { external: [address], shareScope: random.pick<unknown>(["far", extended ? ["far", "default"] : "default"]) };
  draft.requests.push("far/Widget", "far", "esm-kit/Widget");
  if (random.chance(0.5))
    draft.rootFiles["node_modules/asks-far/package.json"] = json({
      name: "asks-far",
      version: "1.0.0",
      main: "index.js",
    });
  draft.rootFiles["node_modules/asks-far/index.js"] =
    `exports.far = () => import("far/Widget");\nexports.near = require(${JSON.stringify(pick())});\n`;
  draft.requests.push("asks-far");
};

const sharing: Kind = (random, draft, pick, extended) => {
  const key = random.pick([pick(), "conditional", "esm-kit/", "@scope/", "core-js-like"]);
  draft.more.shared[key] = {
    ...(random.chance(0.3) ? { import: random.pick<unknown>([false, pick()]) } : {}),
    ...(random.chance(0.3) ? { singleton: true } : {}),
    ...(random.chance(0.3)
      ? { requiredVersion: random.pick(["auto", "^4.0.0", ">= 1", "^18 || ^19", "~1.2 || 4"]) }
      : {}),
    ...(extended && random.chance(0.4)
      ? { shareScope: random.pick<unknown>([["default", "second"], ["second"], "third"]) }
      : {}),
    ...(extended && random.chance(0.3)
      ? { treeShaking: { mode: random.pick(["runtime-infer", "server-calc"]), usedExports: ["get"] } }
      : {}),
    ...(extended && random.chance(0.3) ? { allowNodeModulesSuffixMatch: true } : {}),
    ...(random.chance(0.2) ? { include: { version: random.pick(["^4", ">=1", "^18.0.0"]) } } : {}),
    ...(random.chance(0.2) ? { exclude: { request: random.pick<unknown>(["get", new Code("/^get/")]) } } : {}),
  };
};

const exposing: Kind = (random, draft, pick) => {
  draft.more.exposes["./More"] = random.pick<unknown>([
    { import: ["./src/local.js", pick()], name: "more" },
    [pick()],
    { import: pick(), name: "__federation_expose_more" },
  ]);
};

const runtimePlugins: Kind = (random, draft, pick, extended) => {
  if (!extended) return;
  draft.files["src/runtimePlugin.js"] =
    `import { get } from ${JSON.stringify(pick())};\nexport default () => ({ name: "own", get });\n`;
  draft.federation.runtimePlugins = random.pick<unknown>([
    new Code("[require('path').join(__dirname, 'src/runtimePlugin.js')]"),
    new Code("[[require('path').join(__dirname, 'src/runtimePlugin.js'), { level: 1 }]]"),
  ]);
};

const asynchronous: Kind = (random, draft, _, extended) => {
  if (extended)
    draft.federation.experiments = random.pick<unknown>([{ asyncStartup: true }, { externalRuntime: false }]);
  draft.around.optimization = random.pick<unknown>([{ splitChunks: { chunks: "all" } }, { runtimeChunk: "single" }]);
};

const KINDS: readonly Kind[] = [
  tsconfigPaths,
  aliases,
  extensions,
  externals,
  entries,
  outputs,
  parsing,
  rules,
  styles,
  conditional,
  conditional,
  shadowing,
  sharing,
  sharing,
  exposing,
  runtimePlugins,
  asynchronous,
];

export function widerOptions(random: Random, requests: readonly string[], extended: boolean): WiderOptions {
  const draft: Draft = {
    files: {},
    rootFiles: {},
    requests: [],
    statements: [],
    around: {},
    resolve: {},
    experiments: {},
    rules: [],
    module: {},
    plugins: [],
    federation: {},
    more: { shared: {}, remotes: {}, exposes: {} },
    store: random.chance(0.15),
  };
  const pick = (): string => random.pick([...requests.filter((request) => !request.includes("?")), ...draft.requests]);
  for (const kind of random.some(KINDS, 0.15)) kind(random, draft, pick, extended);
  const { resolve, experiments, rules, module, around, plugins, statements, ...rest } = draft;
  const full = (value: object): boolean => Object.keys(value).length > 0;
  return {
    ...rest,
    statements: statements.join("\n"),
    plugins: plugins.join(""),
    around: {
      ...around,
      ...(full(resolve) ? { resolve } : {}),
      ...(full(experiments) ? { experiments } : {}),
      ...(rules.length > 0 || full(module) ? { module: { ...module, ...(rules.length > 0 ? { rules } : {}) } } : {}),
    },
  };
}
