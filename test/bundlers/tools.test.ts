/** Configurations by tool: options without a call, plugins within plugins, names that a tool supplies. */
import { expect, test } from "vitest";
import { openWorkspace } from "./openWorkspace.ts";

test("Rsbuild's own moduleFederation option", () => {
  const text = `import { defineConfig } from "@rsbuild/core";
    export default defineConfig({ moduleFederation: { options: { name: "host", remotes: { a: "a@http://x/r.js" } } } });`;
  expect(openWorkspace({ "/rsbuild.config.ts": text }).json()).toMatchObject([
    { bundler: "rsbuild", name: "host", remotes: { a: "a@http://x/r.js" }, unresolved: [] },
  ]);
});

test("Umi's mf option", () => {
  const text = `export default { mf: { name: "e", remotes: [{ name: "x", entry: "http://x/r.js" }] } };`;
  expect(openWorkspace({ "/.umirc.ts": text }).json()).toMatchObject([
    { name: "e", remotes: { x: { name: "x", entry: "http://x/r.js" } } },
  ]);
});

test("a plugin of the workspace that applies the known one", () => {
  const text = `const { container } = require("webpack");
    class Federated {
      constructor(options) { this.options = options; }
      apply(compiler) { new container.ModuleFederationPlugin({ ...this.options, filename: "r.js" }).apply(compiler); }
    }
    module.exports = { plugins: [new Federated({ name: "c" })] };`;
  expect(openWorkspace({ "/webpack.config.js": text }).json()).toMatchObject([{ name: "c", filename: "r.js" }]);
});

test("a plugin of a workspace package in TypeScript whose values are given by module.exports", () => {
  const files = {
    "/packages/config/package.json": `{ "name": "@acme/config", "exports": { "./webpack": "./src/webpack.ts" } }`,
    "/packages/config/src/base.ts": `export type Options = { name: string };
      abstract class Base { private options: Options; constructor(options: Options) { this.options = options; }
        protected abstract plugin(): any;
        apply(compiler: { options: { context?: string } }): void {
          const { version } = require((compiler.options.context ?? process.cwd()) + "/package.json");
          new (this.plugin())({ ...this.options, filename: version }).apply(compiler); } }
      module.exports = { Base };`,
    "/packages/config/src/webpack.ts": `import type { Options } from "./base.ts";
      const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
      const { Base } = require("./base.ts");
      export type { Options };
      class Federated extends Base { protected plugin() { return ModuleFederationPlugin; } }
      module.exports = { Federated };`,
    "/apps/a/package.json": `{ "name": "a", "version": "1.0.0" }`,
    "/apps/a/federation.js": `const { Federated } = require("@acme/config/webpack");
      module.exports = { plugins: [new Federated({ name: "a" })] };`,
    "/apps/a/webpack.common.js": `module.exports = (env) => ({ plugins: [...require("./federation").plugins] });`,
  };
  expect(openWorkspace(files).json()).toMatchObject([
    { configPath: "apps/a/webpack.common.js", name: "a", filename: "1.0.0" },
  ]);
});

test("a function that the tool defines hands its configuration on", () => {
  const text = `import { federation } from "@module-federation/vite";
    export default defineNuxtConfig({ vite: { plugins: [federation({ name: "n" })] } });`;
  expect(openWorkspace({ "/nuxt.config.ts": text }).json()).toMatchObject([{ name: "n" }]);
});

test("what fails for the want of a generated file does not hide the rest", () => {
  const text = `const fs = require("fs");
    const { ModuleFederationPlugin } = require("webpack").container;
    const port = () => require("./generated/ports.json").host;
    module.exports = () => ({
      devServer: { port: port(), https: { key: fs.readFileSync("certs/host.key") } },
      plugins: [new ModuleFederationPlugin({ name: "host", remotes: { a: \`a@http://x:\${port()}/r.js\` } })],
    });`;
  expect(openWorkspace({ "/webpack.config.js": text }).json()).toMatchObject([
    {
      name: "host",
      remotes: { a: "a@http://x:«dynamic»/r.js" },
      unresolved: [{ path: "remotes.a", reason: "this call fails: Cannot find module './generated/ports.json'" }],
    },
  ]);
});

test("versions out of a YAML catalog, exposes out of a search for files", () => {
  const found = openWorkspace({
    "/pnpm-workspace.yaml": "packages: []\ncatalog:\n  react: ^19.0.0\n",
    "/src/widgets/a.ts": "",
    "/src/widgets/b.ts": "",
    "/src/widgets/deep/c.ts": "",
    "/webpack.config.js": `const YAML = require("yaml"), fs = require("fs"), path = require("path"), { globSync } = require("glob");
      const { catalog } = YAML.parse(fs.readFileSync("pnpm-workspace.yaml", "utf8"));
      const exposes = Object.fromEntries(globSync("./src/widgets/*.ts").map((file) => ["./" + path.basename(file, ".ts"), file]));
      module.exports = { plugins: [new (require("webpack").container.ModuleFederationPlugin)({ name: "y", exposes, shared: catalog })] };`,
  }).json();
  expect(found).toMatchObject([
    {
      exposes: { "./a": "./src/widgets/a.ts", "./b": "./src/widgets/b.ts" },
      shared: { react: { requiredVersion: "^19.0.0" } },
      unresolved: [],
    },
  ]);
});

test("each platform of a Re.Pack build is an alternative", () => {
  const text = `import * as Repack from "@callstack/repack";
    export default ({ platform }) => {
      if (!platform) throw new Error("Missing platform");
      return { plugins: [new Repack.plugins.ModuleFederationPluginV2({ name: "h", remotes: { a: \`a@http://x/\${platform}/a.\${platform}.bundle\` } })] };
    };`;
  const [config] = openWorkspace({ "/rspack.config.mjs": text }).json();
  expect(config).toMatchObject({
    remotes: { a: "a@http://x/ios/a.ios.bundle" },
    alternatives: [
      { path: "remotes.a", values: ["a@http://x/ios/a.ios.bundle", "a@http://x/android/a.android.bundle"] },
    ],
  });
});

test("EMP takes options under a name of its own, from a function, and through its chain", () => {
  const options = `{ name: "a", filename: "emp.js", exposes: { "./B": "./src/B" } }`;
  const forms = [
    `module.exports = { moduleFederation: ${options} };`,
    `module.exports = { async moduleFederation({ webpackEnv }) { return ${options}; } };`,
    `const withReact = require("@efox/emp-react"); module.exports = withReact(({ config }) => {
      config.output.publicPath("/");
      config.plugin("mf").tap((args) => { args[0] = { ...args[0], ...${options} }; return args; });
      config.plugin("html").tap((args) => { args[0] = { ...args[0], title: "A" }; return args; });
    });`,
  ];
  for (const text of forms) {
    expect(openWorkspace({ "/emp-config.js": text }).json(), text).toMatchObject([
      { bundler: "webpack", name: "a", filename: "emp.js", exposes: { "./B": "./src/B" }, unresolved: [] },
    ]);
  }
});

test("what Re.Pack shares by itself can be spread", () => {
  const text = `import * as Repack from "@callstack/repack";
    export default { plugins: [new Repack.plugins.ModuleFederationPlugin({ name: "h", shared: {
      react: Repack.Federated.SHARED_REACT,
      "react-native": { ...Repack.Federated.SHARED_REACT_NATIVE, requiredVersion: "0.72.0" },
    } })] };`;
  expect(openWorkspace({ "/webpack.config.mjs": text }).json()).toMatchObject([
    {
      shared: {
        react: { singleton: true, eager: true },
        "react-native": { singleton: true, eager: true, requiredVersion: "0.72.0" },
      },
    },
  ]);
});

test("a folder given to shareAll is taken from where the build starts", () => {
  const text = `const { shareAll, withModuleFederationPlugin } = require("@angular-architects/module-federation/webpack");
    module.exports = withModuleFederationPlugin({ name: "a", shared: shareAll({ requiredVersion: "auto" }, undefined, "./") });`;
  const [config] = openWorkspace({
    "/webpack.config.js": text,
    "/package.json": JSON.stringify({ name: "a", dependencies: { rxjs: "~7.8.0" } }),
  }).json();
  expect(config?.shared).toEqual({ rxjs: { requiredVersion: "~7.8.0", version: "7.8.0" } });
});

test("a Vite plugin that leads to a configuration of native federation has no options of its own", () => {
  const text = `import { federation } from "@module-federation/vite"; import { createEsBuildAdapter } from "@softarc/native-federation-esbuild";
    export default { plugins: [federation({ options: { federationConfig: "federation.config.cjs" }, adapter: createEsBuildAdapter({}) })] };`;
  expect(openWorkspace({ "/vite.config.ts": text }).json()).toEqual([]);
});

test("the plugins for webpack 4 are a module's default", () => {
  const text = `const MF = require("mf-webpack4");
    module.exports = { plugins: [new MF({ name: "a", remotes: { b: "b@http://localhost/r.js" } })] };`;
  expect(openWorkspace({ "/webpack.config.js": text }).json()).toMatchObject([
    { plugin: "ModuleFederationPlugin", name: "a", remotes: { b: "b@http://localhost/r.js" } },
  ]);
});

test("a file of an app's own data, and what generators write files from, are no configurations", () => {
  const call = `const { withModuleFederation } = require("@nx/angular/module-federation"); module.exports = withModuleFederation({ name: "a", exposes: {} });`;
  const files = {
    "/federation.config.ts": `export default { name: "menu", menu: [{ title: "x" }] };`,
    "/tools/src/generators/remote/files/webpack.config.js": call,
    "/tools/src/generators/remote/templates/apps/webpack.config.js": call,
  };
  expect(openWorkspace(files).json()).toEqual([]);
  expect(openWorkspace({ "/module-federation.config.js": `module.exports = { name: "a" };` }).json()).toMatchObject([
    { name: "a" },
  ]);
});

test("functions of a package that is not modelled are not taken for those of another", () => {
  const text = `const { parse, coerce } = require("some-package");
    module.exports = { plugins: [new (require("webpack").container.ModuleFederationPlugin)({ name: parse("a=b"), filename: String(coerce("1.2.3")) })] };`;
  expect(openWorkspace({ "/webpack.config.js": text }).json()).toMatchObject([
    { name: "«dynamic»", filename: "«dynamic»" },
  ]);
});

test("what happens after an await that nobody waits for is not claimed", () => {
  const text = `const options = { name: "now" };
    (async () => { await null; options.name = "later"; })();
    module.exports = { plugins: [new (require("webpack").container.ModuleFederationPlugin)(options)] };`;
  const [config] = openWorkspace({ "/webpack.config.js": text }).configs();
  expect(config?.name).toMatchObject({ known: false, alternatives: ["now", "later"] });
});

test("federation at run time: instances, their methods, and calls after an await", () => {
  const text = `import { createInstance, getInstance, init as start } from "@module-federation/enhanced/runtime";
    const mf = createInstance({ name: "rt", remotes: [{ name: "app1", alias: "a1", entry: "http://x/1.json" }] });
    mf.registerRemotes([{ name: "late", entry: "http://x/2.json" }]);
    getInstance()?.registerShared({ lodash: { version: "4.17.21" } });
    async function main() { const list = await (await fetch("/m.json")).json(); start({ name: "shell", remotes: list }); }
    main();`;
  const found = openWorkspace({ "/src/main.ts": text }).configs();
  expect(found.map(({ plugin, bundler }) => `${bundler} ${plugin}`)).toEqual([
    "runtime createInstance",
    "runtime registerRemotes",
    "runtime registerShared",
    "runtime init",
  ]);
  expect(found[1]?.remotes.entries[0]).toMatchObject({ key: "late" });
  expect(found[2]?.shared.entries[0]).toMatchObject({ key: "lodash" });
  expect(found[3]?.unresolved).toMatchObject([{ path: "remotes", reason: "depends on the network" }]);
});

test("a plugin of another name, by what it is given", () => {
  const text = `const { MetroFederationPlugin, OtherFederationPlugin } = require("@acme/metro");
    const plugin = new MetroFederationPlugin({ name: "app", remotes: { cart: "cart@http://x/m.json" } });
    module.exports = new OtherFederationPlugin({ verbose: true }).apply(plugin.applyConfig({}));`;
  expect(openWorkspace({ "/metro.config.js": text }).json()).toMatchObject([
    { plugin: "MetroFederationPlugin", name: "app", remotes: { cart: "cart@http://x/m.json" } },
  ]);
});

test("a package that makes configurations for others has none by itself", () => {
  const maker = `import { container } from "webpack";
    import { resolve } from "path";
    const own = require(resolve(process.cwd(), "package.json"));
    export default (env, argv = {}) => ({ mode: argv.mode, plugins: [new container.ModuleFederationPlugin({ name: own.name, exposes: { "./start": own.main } })] });`;
  const files = {
    "/tools/package.json": `{ "name": "@acme/config", "main": "dist/index.js" }`,
    "/tools/src/index.ts": maker,
    "/app/package.json": `{ "name": "app", "main": "src/index.js" }`,
    "/app/webpack.config.js": `module.exports = require("@acme/config").default;`,
    "/plain/package.json": `{ "name": "plain", "main": "index.js", "scripts": { "build": "webpack --config index.js" } }`,
    "/plain/index.js": maker,
  };
  expect(
    openWorkspace(files)
      .json()
      .map(({ configPath, name }) => [configPath, name]),
  ).toEqual([
    ["app/webpack.config.js", "app"],
    ["plain/index.js", "plain"],
  ]);
});

test("application code does not know whether it runs on a page", () => {
  const text = `import { init } from "@module-federation/runtime";
    const entry = typeof window === "undefined" ? "http://server/r.js" : location.origin + "/r.js";
    init({ name: "a", remotes: [{ name: "x", entry }] });`;
  const [config] = openWorkspace({ "/src/start.ts": text }).configs();
  const address = config?.remotes.entries[0]?.value.addresses[0];
  expect(address?.known).toBe(false);
});

test("plugins under other names, in files that no tool loads by their name", () => {
  const files = {
    "/scripts/build.js": `const { ModuleFederationPlugin: Federate } = require("webpack").container;
      require("webpack")({ plugins: [new Federate({ name: "renamed" })] }).run(() => {});`,
    "/scripts/import.mjs": `import { ModuleFederationPlugin as Federate } from "@module-federation/enhanced/rspack";
      export const plugins = [new Federate({ name: "imported" })];`,
    "/scripts/inline.js": `module.exports = (config) => {
      config.plugins.push(new (require("webpack").container.ModuleFederationPlugin)({ name: "inline" }));
      return config;
    };`,
    "/scripts/module.js": `const Federate = require("webpack/lib/container/ModuleFederationPlugin");
      module.exports = { plugins: [new Federate({ name: "module" })] };`,
    "/scripts/default.ts": `import mf from "@originjs/vite-plugin-federation";
      export const options = () => ({ plugins: [mf({ name: "default", shared: ["vue"] })] });`,
  };
  expect(
    openWorkspace(files)
      .json()
      .map(({ name }) => name),
  ).toEqual(["renamed", "default", "imported", "inline", "module"]);
});
