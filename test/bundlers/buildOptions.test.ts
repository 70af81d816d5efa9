/** What the build around a plugin says, and that an edit evaluates no more than it touches. */
import { expect, test } from "vitest";
import { configsOfFile } from "../../server/src/bundlers/federationConfigs.ts";
import { applyFileChanges } from "../../server/src/vfs/vfs.ts";
import { openWorkspace, root } from "./openWorkspace.ts";

const webpack = `const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname + "/src",
  entry: { main: ["./polyfill", "./index.js"], admin: { import: "./admin", layer: "a" } },
  resolve: { extensions: [".tsx", ".js"], alias: { "@": __dirname + "/src", moment$: false } },
  output: { uniqueName: "shop", publicPath: "auto" },
  optimization: { runtimeChunk: "single" },
  devServer: { port: 3000 + 1 },
  plugins: [new ModuleFederationPlugin({ name: "shop", library: { type: "var", name: "shop" } })],
};`;

test("entries, resolution and output of a webpack configuration", () => {
  const [config] = openWorkspace({ "/app/webpack.config.js": webpack }).configs();
  const build = config!.build;
  expect(build.context).toBe(`${root}/app/src`);
  expect(
    build.entries.map(({ name, layer, requests }) => [
      name,
      layer,
      requests.map((request) => request.known && request.value),
    ]),
  ).toEqual([
    ["main", undefined, ["./polyfill", "./index.js"]],
    ["admin", "a", ["./admin"]],
  ]);
  expect(build.resolve).toMatchObject({
    extensions: [".tsx", ".js"],
    alias: [
      { name: "@", target: `${root}/app/src` },
      { name: "moment$", target: false },
    ],
    complete: true,
  });
  const options = Object.fromEntries([...build.options].map(([key, value]) => [key, value.known ? value.value : "?"]));
  expect(options).toMatchObject({
    "output.uniqueName": "shop",
    "output.publicPath": "auto",
    "optimization.runtimeChunk": "single",
    "devServer.port": 3001,
  });
  expect(config!.options.get("library")).toMatchObject({ known: true, value: { type: "var", name: "shop" } });
});

test("values keep the place they were written at, through variables and files", () => {
  const files = {
    "/webpack.config.js": `const { ModuleFederationPlugin } = require("webpack").container;
      const range = require("./versions.json").react;
      module.exports = { plugins: [new ModuleFederationPlugin({ name: "a", shared: { react: { requiredVersion: range } } })] };`,
    "/versions.json": `{ "react": "^18.0.0" }`,
  };
  const workspace = openWorkspace(files);
  const [entry] = workspace.configs()[0]!.shared.entries;
  expect(entry?.value.options.get("requiredVersion")?.source).toEqual({
    file: `${root}/versions.json`,
    range: { start: 11, end: 20 },
  });
});

test("an edit evaluates again what read the file, and nothing else", () => {
  const app = (name: string): string =>
    `const { ModuleFederationPlugin } = require("webpack").container; module.exports = { plugins: [new ModuleFederationPlugin({ name: "${name}", shared: require("./shared.json") })] };`;
  const { db, host } = openWorkspace({
    "/a/webpack.config.js": app("a"),
    "/a/shared.json": `{ "react": "^17" }`,
    "/b/webpack.config.js": app("b"),
    "/b/shared.json": `{ "react": "^17" }`,
  });
  const files = [`${root}/a/webpack.config.js`, `${root}/b/webpack.config.js`];
  for (const file of files) configsOfFile(db, root, file);
  host.files.set(`${root}/a/shared.json`, `{ "react": "^18" }`);
  applyFileChanges(db, [{ kind: "disk", path: `${root}/a/shared.json` }]);
  db.runs = [];
  const [a] = configsOfFile(db, root, files[0]!);
  configsOfFile(db, root, files[1]!);
  expect(a?.shared.entries[0]?.value.options.get("requiredVersion")).toMatchObject({ value: "^18" });
  expect(db.runs.filter((run) => run.query === "configsOfFile").map((run) => run.key)).toEqual([
    `${root}\n${files[0]}`,
  ]);
});

test(".env files are read only when the user turns that on", () => {
  const files = {
    "/vite.config.ts":
      "import { loadEnv } from 'vite'; import { federation } from '@module-federation/vite'; export default ({ mode }) => { const env = loadEnv(mode, process.cwd(), ''); return { plugins: [federation({ name: 'a', remotes: { r: env.REMOTE || '/r.js' } })] }; };",
    "/.env.development": "REMOTE=https://remote/r.js # the shop\n",
    "/.env.production": "REMOTE=https://remote/r.js\n",
  };
  expect(openWorkspace(files).json()[0]).toMatchObject({ remotes: { r: "«dynamic»" } });
  expect(openWorkspace(files, { readDotEnv: true }).json()[0]).toMatchObject({ remotes: { r: "https://remote/r.js" } });
});

test("run-time calls are found apart from builds", () => {
  const files = {
    "/src/main.ts": `import { init } from "@module-federation/runtime"; init({ name: "live", remotes: [{ name: "shop", entry: "https://s/mf.json" }] });`,
  };
  const workspace = openWorkspace(files);
  expect(workspace.json()).toEqual([]);
  expect(workspace.configs().map(({ bundler, remotes }) => [bundler, remotes.entries.map(({ key }) => key)])).toEqual([
    ["runtime", ["shop"]],
  ]);
});

test("what a build begins with when it names no entry", () => {
  const entriesOf = (files: Readonly<Record<string, string>>): unknown => {
    const { entries, entriesComplete } = openWorkspace(files).configs()[0]!.build;
    return [
      entries.flatMap(({ requests }) => requests.map((request) => request.known && request.value)),
      entriesComplete,
    ];
  };
  const plain = webpack.replace(/ {2}(?:context|entry):.*\n/g, "");
  expect(entriesOf({ "/webpack.config.js": plain, "/src/index.tsx": "" })).toEqual([["./src"], true]);
  expect(entriesOf({ "/webpack.config.js": plain, "/src/main.ts": "" })).toEqual([[], false]);
  expect(entriesOf({ "/webpack.config.js": plain.replace("plugins:", "entry: {}, plugins:") })).toEqual([[], true]);
  const rsbuild = `import { pluginModuleFederation } from "@module-federation/rsbuild-plugin";
    export default { plugins: [pluginModuleFederation({ name: "a" })] };`;
  expect(entriesOf({ "/rsbuild.config.ts": rsbuild, "/src/index.ts": "" })).toEqual([["./src/index"], true]);
  const vite = (input: string): string => `import { federation } from "@module-federation/vite";
    export default { ${input} plugins: [federation({ name: "a" })] };`;
  const page = `<!-- <script type="module" src="/old.ts"></script> --><script>1</script><script type="module" src="/src/main.ts"></script>`;
  expect(entriesOf({ "/vite.config.ts": vite(""), "/index.html": page })).toEqual([["./src/main.ts"], true]);
  expect(entriesOf({ "/vite.config.ts": vite("root: 'web',"), "/web/index.html": page })).toEqual([
    ["./src/main.ts"],
    true,
  ]);
  expect(entriesOf({ "/vite.config.ts": vite("") })).toEqual([[], false]);
  const inline = page.replace(/<script type.*/, `<script type="module">import "./src/main.ts";</script>`);
  expect(entriesOf({ "/vite.config.ts": vite(""), "/index.html": inline })).toEqual([[], false]);
  const two = vite(`build: { rollupOptions: { input: ["a/index.html", "./b.ts"] } },`);
  expect(entriesOf({ "/vite.config.ts": two, "/a/index.html": `<script type=module src=./a.ts></script>` })).toEqual([
    ["./a/a.ts", "./b.ts"],
    true,
  ]);
});
