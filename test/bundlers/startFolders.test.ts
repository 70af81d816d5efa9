/** Where a configuration's tool is started, and what relative paths of it stand for. */
import { expect, test } from "vitest";
import { openWorkspace, root } from "./openWorkspace.ts";

const plugin = `const { ModuleFederationPlugin } = require("webpack").container;
module.exports = { plugins: [new ModuleFederationPlugin({ name: process.cwd(), exposes: { "./A": "./src/a" } })] };`;
const vite = `import { federation } from "@module-federation/vite";
export default { plugins: [federation({ name: process.cwd(), exposes: { "./A": "./src/a" } })] };`;
const all = { "/package.json": `{ "name": "all" }` };

function foldersOf(files: Readonly<Record<string, string>>): readonly [cwd: string, context: string] {
  const configs = openWorkspace({ ...all, ...files }).configs();
  if (configs.length !== 1) throw new Error(`${configs.length} configurations`);
  const [{ name, build }] = configs as [(typeof configs)[number]];
  const inside = (path: string): string => path.slice(root.length) || "/";
  return [name?.known ? inside(name.value) : "?", inside(build.context)];
}

const project = (targets: unknown, more: object = {}): string =>
  JSON.stringify({ name: "cart", sourceRoot: "apps/cart/src", targets, ...more });

test("a package's folder, for files at its top and below", () => {
  expect(foldersOf({ "/apps/cart/package.json": "{}", "/apps/cart/webpack.config.js": plugin })).toEqual([
    "/apps/cart",
    "/apps/cart",
  ]);
  expect(foldersOf({ "/apps/cart/package.json": "{}", "/apps/cart/config/webpack.dev.js": plugin })).toEqual([
    "/apps/cart",
    "/apps/cart",
  ]);
});

test("executors of Nx run in the workspace's folder and build from the project's", () => {
  for (const [executor, file, text] of [
    ["@nx/webpack:webpack", "webpack.config.js", plugin],
    ["@nrwl/web:webpack", "webpack.config.js", plugin],
    ["@nx/rspack:rspack", "rspack.config.js", plugin],
    ["@nx/vite:build", "vite.config.ts", vite],
  ] as const) {
    const files = {
      "/nx.json": "{}",
      "/apps/cart/project.json": project({ lint: { executor: "@nx/eslint:lint" }, build: { executor } }),
      [`/apps/cart/${file}`]: text,
    };
    expect(foldersOf(files), executor).toEqual(["/", "/apps/cart"]);
    expect(foldersOf({ ...files, "/apps/cart/package.json": "{}" }), executor).toEqual(["/", "/apps/cart"]);
  }
});

test("executors for Angular run in the workspace's folder and build from there", () => {
  for (const executor of ["@nx/angular:webpack-browser", "@angular-builders/custom-webpack:browser"]) {
    expect(
      foldersOf({
        "/nx.json": "{}",
        "/apps/cart/project.json": project({ build: { executor } }),
        "/apps/cart/angular.json": "{}",
        "/apps/cart/webpack.config.js": plugin,
      }),
    ).toEqual(["/", "/"]);
  }
});

test("a project that is a workspace as well", () => {
  const executor = "@nx/angular:webpack-browser";
  const folders = (main: string): readonly [string, string] =>
    foldersOf({
      "/nx.json": "{}",
      "/apps/cart/nx.json": "{}",
      "/apps/cart/project.json": project({ build: { executor, options: { main } } }),
      "/apps/cart/src/main.ts": "",
      "/apps/cart/webpack.config.js": plugin,
    });
  expect(folders("apps/cart/src/main.ts")).toEqual(["/", "/"]);
  expect(folders("src/main.ts")).toEqual(["/apps/cart", "/apps/cart"]);
});

test("targets that Nx infers run in the project's folder", () => {
  expect(
    foldersOf({ "/nx.json": "{}", "/apps/cart/project.json": project({}), "/apps/cart/vite.config.ts": vite }),
  ).toEqual(["/apps/cart", "/apps/cart"]);
});

test("commands of Nx run where their options or they themselves say", () => {
  const folders = (options: object): readonly [string, string] =>
    foldersOf({
      "/nx.json": "{}",
      "/apps/cart/project.json": project({ build: { executor: "nx:run-commands", options } }),
      "/apps/cart/webpack.config.js": plugin,
    });
  expect(folders({ command: "webpack", cwd: "apps/cart" })).toEqual(["/apps/cart", "/apps/cart"]);
  expect(folders({ command: "webpack", cwd: "{projectRoot}" })).toEqual(["/apps/cart", "/apps/cart"]);
  expect(folders({ commands: [{ command: "rm -rf dist" }, { command: "cd apps/cart && webpack" }] })).toEqual([
    "/apps/cart",
    "/apps/cart",
  ]);
  expect(folders({ command: "webpack -c apps/cart/webpack.config.js" })).toEqual(["/", "/"]);
  expect(folders({ command: "cp -r a b" })).toEqual(["/apps/cart", "/apps/cart"]);
});

test("projects that angular.json lists, packages of their own among them", () => {
  const listed = (root: string): string =>
    JSON.stringify({
      projects: { cart: { root, architect: { build: { builder: "@angular-builders/custom-webpack:browser" } } } },
    });
  const config = { "/projects/cart/webpack.config.js": plugin };
  expect(foldersOf({ "/angular.json": listed("projects/cart"), ...config })).toEqual(["/", "/"]);
  const own = { "/projects/cart/package.json": "{}", ...config };
  expect(foldersOf({ "/angular.json": listed("projects/cart"), ...own })).toEqual(["/", "/"]);
  expect(foldersOf({ "/angular.json": listed(""), ...own })).toEqual(["/projects/cart", "/projects/cart"]);
});

test("without a manifest beside it, scripts and what lies beside the file tell", () => {
  const folders = (script: string | undefined, beside: string): readonly [string, string] =>
    foldersOf({
      "/package.json": JSON.stringify({ scripts: script === undefined ? {} : { build: script } }),
      "/cart/webpack.config.js": plugin,
      [beside]: "",
    });
  expect(folders(undefined, "/cart/src/a.js")).toEqual(["/cart", "/cart"]);
  expect(folders(undefined, "/cart/other.txt")).toEqual(["/", "/"]);
  expect(folders("webpack --config=cart/webpack.config.js -w", "/cart/src/a.js")).toEqual(["/", "/"]);
  expect(folders("NODE_ENV=production cd ./cart && webpack", "/cart/a.txt")).toEqual(["/cart", "/cart"]);
  expect(folders("webpack -c cart/webpack.config.js --context cart", "/cart/a.txt")).toEqual(["/", "/cart"]);
});

test("a relative root is taken from where the tool is started", () => {
  const text = vite.replace("{ plugins", `{ root: "web", plugins`);
  expect(foldersOf({ "/config/vite.config.ts": text })).toEqual(["/", "/web"]);
});
