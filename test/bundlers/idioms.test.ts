/** The idioms of real configurations, each in its smallest form. */
import { expect, test } from "vitest";
import { openWorkspace, pluginOptions, root } from "./openWorkspace.ts";

const manifest = JSON.stringify({
  name: "app",
  version: "1.2.3",
  dependencies: { react: "^18.2.0", "@scope/ui": "~2.0.0", "@types/node": "*", local: "workspace:*" },
});
const withManifest = { "/package.json": manifest };

test("the order of a spread and an override decides", () => {
  const before = `const deps = require("./package.json").dependencies;`;
  const { shared } = pluginOptions(
    `{ name: "a", shared: { ...deps, react: { singleton: true, requiredVersion: deps.react } } }`,
    before,
    withManifest,
  );
  expect(shared).toEqual({
    react: { singleton: true, requiredVersion: "^18.2.0" },
    "@scope/ui": { requiredVersion: "~2.0.0" },
    "@types/node": { requiredVersion: "*" },
    local: { import: "workspace:*" },
  });
});

test("dependencies filtered, mapped and put together again", () => {
  const before = `const { dependencies: d } = require("./package.json");
    const shared = Object.fromEntries(Object.entries(d).filter(([k]) => !k.startsWith("@types/")).map(([k, v]) => [k, { requiredVersion: v }]));
    const reduced = Object.keys(d).reduce((acc, k) => ({ ...acc, [k]: { singleton: true, requiredVersion: d[k] } }), {});`;
  const { shared } = pluginOptions(
    `{ name: "a", shared: [shared, { extra: reduced["@scope/ui"] }, "lodash"] }`,
    before,
    withManifest,
  );
  expect(shared).toEqual({
    react: { requiredVersion: "^18.2.0" },
    "@scope/ui": { requiredVersion: "~2.0.0" },
    local: { requiredVersion: "workspace:*" },
    extra: { singleton: true, requiredVersion: "~2.0.0" },
    lodash: {},
  });
});

test("a variable that is not set leaves its fallback, and its name where there is none", () => {
  const found = pluginOptions(
    "{ name: 'a', remotes: { cart: `cart@${process.env.CART ?? 'http://localhost:3001'}/r.js`, shop: `shop@${process.env.SHOP}/r.js` } }",
  );
  expect(found.remotes).toEqual({ cart: "cart@http://localhost:3001/r.js", shop: "shop@«dynamic»/r.js" });
  expect(found.unresolved).toEqual([{ path: "remotes.shop", reason: "depends on process.env.SHOP" }]);
  expect(found.alternatives).toEqual([
    {
      path: "remotes.cart",
      reason: "holds as long as process.env.CART is not set",
      values: ["cart@http://localhost:3001/r.js"],
    },
  ]);
});

test("a function in the hands of code that is not here leaves its imports as they are", () => {
  const workspace = openWorkspace({
    "/rspack.config.ts": `import { composePlugins, withNx } from "@nx/rspack";
      import options from "./federation";
      import { ModuleFederationPlugin } from "@module-federation/enhanced/rspack";
      module.exports = composePlugins(withNx(), (config) => {
        config.plugins.push(new ModuleFederationPlugin(options));
        return config;
      });`,
    "/federation.ts":
      'const options = { name: "shop", shared: { react: { singleton: true } } };\nexport default options;',
  });
  const found = workspace.json();
  expect(found.filter(({ configPath }) => configPath === "rspack.config.ts")).toMatchObject([
    { name: "shop", shared: { react: { singleton: true } }, unresolved: [] },
  ]);
});

test("settings pin a variable", () => {
  const text =
    "module.exports = { plugins: [new (require('webpack').container.ModuleFederationPlugin)({ name: 'a', remotes: { shop: `shop@${process.env.SHOP}/r.js` } })] };";
  const workspace = openWorkspace({ "/webpack.config.js": text }, { env: { SHOP: "https://s" } });
  expect(workspace.json()[0]?.remotes).toEqual({ shop: "shop@https://s/r.js" });
});

test("development and production are alternatives", () => {
  const text = `import { defineConfig } from "vite"; import federation from "@originjs/vite-plugin-federation";
    export default defineConfig(({ mode }) => ({ plugins: [federation({ name: mode === "production" ? "p" : "d", filename: "r.js" })] }));`;
  const [config] = openWorkspace({ "/vite.config.ts": text }).configs();
  expect(config?.name).toMatchObject({ known: false, alternatives: ["d", "p"] });
  expect(config?.filename).toMatchObject({ known: true, value: "r.js" });
});

test("entries that only one of development and production has are told", () => {
  const text = `import federation from "@originjs/vite-plugin-federation";
    export default ({ mode }) => ({ plugins: [federation({ name: "a", remotes: { x: "http://x", ...(mode === "production" ? { y: "http://y" } : { z: "http://z" }) } })] });`;
  const [config] = openWorkspace({ "/vite.config.ts": text }).json();
  expect(config).toMatchObject({ remotes: { x: "http://x", z: "http://z" } });
  expect(config?.unresolved).toEqual([
    { path: "remotes.z", reason: "is there in development only" },
    { path: "remotes.y", reason: "is there in production only" },
  ]);
});

test("what Vite leaves behind when it is interrupted is no configuration", () => {
  const text = `import federation from "@originjs/vite-plugin-federation"; export default { plugins: [federation({ name: "old" })] };`;
  expect(openWorkspace({ "/vite.config.ts.timestamp-1783401830920-5839a0bda3e56.mjs": text }).json()).toEqual([]);
});

test("an instance is listed at the file that the tool loads by itself", () => {
  const files = {
    "/package.json": "{}",
    "/metro.mf.config.js": `const { withModuleFederation } = require("@module-federation/metro");
      module.exports = async () => withModuleFederation({}, { name: "list" });`,
    "/metro.config.js": `module.exports = process.env.OTHER ? {} : require("./metro.mf.config.js")();`,
  };
  expect(openWorkspace(files).json()).toMatchObject([{ configPath: "metro.config.js", name: "list" }]);
});

test("a plugin that only production has is found", () => {
  const text = `import federation from "@originjs/vite-plugin-federation";
    export default ({ mode }) => ({ plugins: [mode !== "development" && federation({ name: "p" })] });`;
  expect(
    openWorkspace({ "/vite.config.ts": text })
      .json()
      .map((config) => config.name),
  ).toEqual(["p"]);
});

test("options made in another file, mutated after construction", () => {
  const files = {
    "/webpack.config.js": `const { container: { ModuleFederationPlugin: MF } } = require("webpack");
      const { base, exposes } = require("./federation/base");
      const options = { ...base, exposes: {} };
      const plugin = new MF(options);
      for (const [key, file] of Object.entries(exposes)) options.exposes[\`./\${key}\`] = \`./src/\${file}\`;
      options.shared.react.eager = true;
      module.exports = { plugins: [plugin] };`,
    "/federation/base.js": `exports.base = { name: "host", shared: { react: { singleton: true } } }; exports.exposes = { Button: "Button.jsx", Card: "Card.jsx" };`,
  };
  expect(openWorkspace(files).json()).toMatchObject([
    {
      name: "host",
      exposes: { "./Button": "./src/Button.jsx", "./Card": "./src/Card.jsx" },
      shared: { react: { singleton: true, eager: true } },
    },
  ]);
});

test("several applications call one helper", () => {
  const app = (name: string): string =>
    `import { makeConfig } from "@acme/build"; export default makeConfig({ name: "${name}", exposes: { "./A": "./src/a" } });`;
  const files = {
    "/apps/one/rspack.config.ts": app("one"),
    "/apps/two/rspack.config.ts": app("two"),
    "/apps/one/package.json": "{}",
    "/apps/two/package.json": "{}",
    "/tools/build/package.json": JSON.stringify({ name: "@acme/build", main: "dist/index.js" }),
    "/tools/build/src/index.ts": `import { rspack } from "@rspack/core";
      export const makeConfig = ({ name, exposes }: { name: string; exposes: Record<string, string> }) => ({
        plugins: [new rspack.container.ModuleFederationPlugin({ name, filename: "remoteEntry.js", exposes } as Options)] });`,
  };
  const found = openWorkspace(files).json();
  expect(found.map((config) => [config.configPath, config.name])).toEqual([
    ["apps/one/rspack.config.ts", "one"],
    ["apps/two/rspack.config.ts", "two"],
  ]);
});

test("hooks: webpack of Next.js, chains, craco, storybook", () => {
  const files = {
    "/next/next.config.js": `const { NextFederationPlugin } = require("@module-federation/nextjs-mf");
      module.exports = { webpack(config, options) { const dir = options.isServer ? "ssr" : "chunks"; config.plugins.push(new NextFederationPlugin({ name: "home", remotes: { shop: \`shop@/_next/static/\${dir}/entry.js\` } })); return config; } };`,
    "/vue/vue.config.js": `module.exports = { chainWebpack(config) { config.plugin("mf").use(require("webpack").container.ModuleFederationPlugin, [{ name: "vue" }]); } };`,
    "/craco/craco.config.js": `const { ModuleFederationPlugin } = require("webpack").container;
      module.exports = { webpack: { configure: (c) => { c.plugins = [...c.plugins, new ModuleFederationPlugin({ name: "craco" })]; return c; } } };`,
    "/stories/.storybook/main.ts": `import { ModuleFederationPlugin } from "@module-federation/enhanced/webpack";
      export default { webpackFinal: async (config) => { config.plugins.push(new ModuleFederationPlugin({ name: "stories" })); return config; } };`,
  };
  const found = openWorkspace(files).json();
  expect(found.map((config) => config.name).sort()).toEqual(["craco", "home", "stories", "vue"]);
  expect(found.find((config) => config.name === "home")?.remotes).toEqual({
    shop: "shop@/_next/static/chunks/entry.js",
  });
});

test("a convention file without a call, and one that another configuration uses", () => {
  const files = {
    "/a/module-federation.config.ts": `import { createModuleFederationConfig } from "@module-federation/modern-js"; export default createModuleFederationConfig({ name: "modern", exposes: {} });`,
    "/b/module-federation.config.js": `module.exports = { name: "nx", remotes: ["cart", ["shop", "https://shop"]], shared: (lib, config) => config };`,
    "/b/webpack.config.js": `const { withModuleFederation } = require("@nx/react/module-federation"); module.exports = withModuleFederation(require("./module-federation.config"));`,
  };
  const found = openWorkspace(files).json();
  expect(
    found.map(({ configPath, plugin, name, remotes, shared }) => ({ configPath, plugin, name, remotes, shared })),
  ).toEqual([
    {
      configPath: "a/module-federation.config.ts",
      plugin: "createModuleFederationConfig",
      name: "modern",
      remotes: undefined,
      shared: undefined,
    },
    {
      configPath: "b/webpack.config.js",
      plugin: "withModuleFederation",
      name: "nx",
      remotes: { cart: "cart", shop: "https://shop" },
      shared: "«fn»",
    },
  ]);
});

test("two plugins in one file stay apart", () => {
  const files = {
    "/webpack.config.js": `const { ModuleFederationPlugin: M } = require("webpack").container;
      module.exports = [{ plugins: [new M({ name: "x", filename: "a.js" })] }, { plugins: [new M({ name: "x", filename: "b.js" })] }];`,
  };
  expect(
    openWorkspace(files)
      .json()
      .map((config) => config.filename),
  ).toEqual(["a.js", "b.js"]);
});

test("what shareAll reads from the manifest", () => {
  const before = `const { shareAll, withModuleFederationPlugin } = require("@angular-architects/module-federation/webpack");`;
  const files = {
    "/webpack.config.js": `${before} module.exports = withModuleFederationPlugin({ name: "a", shared: { ...shareAll({ singleton: true, requiredVersion: "auto" }), own: {} } });`,
    "/package.json": JSON.stringify({ dependencies: { "@angular/core": "^17.0.1", tslib: "^2.0.0" } }),
    "/tsconfig.json": "{}",
  };
  const workspace = openWorkspace(files);
  expect(workspace.json()).toMatchObject([
    {
      filename: "remoteEntry.js",
      shared: { "@angular/core": { singleton: true, requiredVersion: "^17.0.1", version: "17.0.1" }, own: {} },
    },
  ]);
  // Entry points below packages are shared too, and nothing is installed here.
  expect(workspace.configs()[0]?.shared.complete).toBe(false);
});

test("merges keep the plugins of all parts", () => {
  const files = {
    "/webpack.dev.js": `const { merge } = require("webpack-merge"); const common = require("./webpack.common.js");
      module.exports = merge(common, { devServer: { port: 3001 }, resolve: { extensions: [".tsx"] } });`,
    "/webpack.common.js": `const { ModuleFederationPlugin } = require("webpack").container;
      module.exports = { entry: "./src/index", resolve: { extensions: [".js"] }, plugins: [new ModuleFederationPlugin({ name: "m" })] };`,
  };
  const configs = openWorkspace(files).configs();
  expect(configs.map((config) => config.file)).toEqual([`${root}/webpack.common.js`]);
});

test("a listing with the kinds of its entries, and the parts of a path", () => {
  const before = `const fs = require("fs"), path = require("path");
    const folders = fs.readdirSync(path.join(__dirname, "packages"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    const files = fs.readdirSync("src").filter((name) => fs.statSync(path.resolve("src", name)).isFile());
    const exposes = Object.fromEntries(files.map((file) => ["./" + path.parse(file).name, "./src/" + file]));`;
  const { exposes, shared } = pluginOptions("{ name: 'a', exposes, shared: folders }", before, {
    "/packages/ui/index.js": "",
    "/packages/api/index.js": "",
    "/packages/readme.md": "",
    "/src/Cart.tsx": "",
    "/src/pages/Home.tsx": "",
  });
  expect(exposes).toEqual({ "./Cart": "./src/Cart.tsx" });
  expect(shared).toEqual({ api: {}, ui: {} });
});

test("a table that lacks the entry taken for want of a variable", () => {
  const before = `const services = { cart: { port: 3001 } };
    const port = services[process.env.SERVICE || "none"].port || 3000;`;
  const { name, remotes } = pluginOptions("{ name: 'a', remotes: { x: `x@http://h:${port}/r.js` } }", before);
  expect({ name, remotes }).toEqual({ name: "a", remotes: { x: "x@http://h:«dynamic»/r.js" } });
});

test("what others may put on process", () => {
  const before = `const local = { cart: "cart@http://localhost:3001/r.js" };`;
  const { remotes } = pluginOptions("{ name: 'a', remotes: process['endpoints'] || local }", before);
  expect(remotes).toEqual({ cart: "cart@http://localhost:3001/r.js" });
});

test("members that a spread puts in place of accessors", () => {
  const { shared } = pluginOptions(
    "{ name: 'a', shared: { get react() { return {}; }, ...{ react: { eager: true } } } }",
  );
  expect(shared).toEqual({ react: { eager: true } });
});

test("an environment that is copied, with what a file adds", () => {
  const text = `import federation from "@originjs/vite-plugin-federation";
    import { defineConfig, loadEnv } from "vite";
    export default ({ mode }) => {
      process.env = { SHOP: "kept", ...process.env, ...loadEnv(mode, process.cwd(), "") };
      const cart = process.env.CART ?? "http://localhost:5401/r.js";
      return defineConfig({ plugins: [federation({ name: process.env.NAME, remotes: { cart, shop: process.env.SHOP } })] });
    };`;
  const files = { "/vite.config.ts": text, "/.env": "NAME=host" };
  expect(openWorkspace(files, { readDotEnv: true }).json()).toMatchObject([
    { name: "host", remotes: { cart: "http://localhost:5401/r.js", shop: "kept" } },
  ]);
  expect(openWorkspace(files).json()).toMatchObject([{ name: "«dynamic»", remotes: { cart: "«dynamic»" } }]);
});

test("a plugin that is there only when a variable says so", () => {
  const before = `const mode = process.env.MFE_MODE || "local";`;
  const files = {
    "/webpack.config.js": `const { ModuleFederationPlugin } = require("webpack").container; ${before}
      module.exports = { plugins: [...(mode !== "local" ? [new ModuleFederationPlugin({ name: "a", exposes: { "./x": "./x" } })] : [])] };`,
  };
  expect(openWorkspace(files).json()).toMatchObject([
    {
      name: "a",
      exposes: { "./x": "./x" },
      unresolved: [{ path: "", reason: "whether the plugin is used at all is not known" }],
    },
  ]);
});

test("addresses as texts", () => {
  const before = `const url = new URL("/packs/r.js", process.env.URL || "http://localhost:8080");
    const changed = new URL("/r.js", "http://localhost:8081"); changed.pathname = "/other.js";`;
  const { remotes } = pluginOptions(
    "{ name: 'a', remotes: { host: `host@${url}`, same: String(url), changed: `x@${changed}`, port: changed.port } }",
    before,
  );
  expect(remotes).toEqual({
    host: "host@http://localhost:8080/packs/r.js",
    same: "http://localhost:8080/packs/r.js",
    changed: "x@«dynamic»",
    port: "«dynamic»",
  });
});

test("a merge with what another package makes", () => {
  const files = {
    "/webpack.config.js": `const { merge } = require("webpack-merge");
      const defaults = require("webpack-config-single-spa-react-ts");
      const Federation = require("webpack/lib/container/ModuleFederationPlugin");
      module.exports = (webpackConfigEnv, argv) => {
        const config = defaults({ orgName: "org", projectName: "app", webpackConfigEnv, argv });
        config.externals = [];
        return merge(config, { output: { publicPath: "auto" }, plugins: [new Federation({ name: "app", filename: "r.js" })] });
      };`,
  };
  expect(openWorkspace(files).json()).toMatchObject([{ name: "app", filename: "r.js" }]);
});

test("variables picked by their prefix from all that are set", () => {
  const files = {
    "/vite.config.ts": `import federation from "@originjs/vite-plugin-federation";
      import { loadEnv } from "vite";
      const picked = (): Record<string, string> => {
        const out: Record<string, string> = {};
        for (const [key, value] of Object.entries(process.env)) if (key.startsWith("VITE_") && value) out[key] = value;
        return out;
      };
      export default ({ mode }) => {
        const env = { ...loadEnv(mode, process.cwd(), ""), ...picked() };
        return { plugins: [federation({ name: "a", remotes: { b: new URL("b.js", env.VITE_B).href } })] };
      };`,
    "/.env": "VITE_B=http://file/",
  };
  const remotes = (settings: object): unknown => openWorkspace(files, settings).json()[0]?.remotes;
  expect(remotes({})).toEqual({ b: "«dynamic»" });
  expect(remotes({ readDotEnv: true })).toEqual({ b: "http://file/b.js" });
  expect(remotes({ env: { VITE_B: "http://pinned/" } })).toEqual({ b: "http://pinned/b.js" });
  expect(remotes({ readDotEnv: true, env: { VITE_B: "http://pinned/" } })).toEqual({ b: "http://pinned/b.js" });
});

test("a list made from all variables is not complete", () => {
  const options = `{ name: "a", remotes: Object.fromEntries(Object.entries(process.env)
    .filter(([key]) => key.startsWith("REMOTE_")).map(([key, url]) => [key, url])) }`;
  expect(pluginOptions(options).unresolved).toEqual([
    { path: "remotes", reason: expect.stringContaining("process.env") },
  ]);
});

test("an environment file that the repository leaves out", () => {
  const found = pluginOptions(
    "{ name: `a${parsed.SUFFIX}`, remotes: { b: parsed.B || 'b@http://b/' } }",
    `const { parsed } = require("dotenv").config({ path: __dirname + "/.env.development" });`,
  );
  expect(found).toMatchObject({ name: "a«dynamic»", remotes: { b: "b@http://b/" } });
});

test("what is shared by a helper that follows a graph which is not known", () => {
  const helper = `const { readCachedProjectGraph } = require("@nx/devkit");
    const graph = readCachedProjectGraph();
    function collect(name, found = new Set(), seen = new Set()) {
      if (seen.has(name)) return found;
      seen.add(name);
      (graph.dependencies[name] ?? []).forEach(({ target }) => {
        if (target.startsWith("npm:")) found.add(target.replace("npm:", ""));
        else collect(target, found, seen);
      });
      return found;
    }
    const shared = Object.fromEntries([...collect("a")].map((name) => [name, { singleton: true }]));`;
  const found = pluginOptions("{ name: 'a', remotes: { b: 'b@http://b/' }, shared: { ...shared, own: {} } }", helper);
  expect(found).toMatchObject({ name: "a", remotes: { b: "b@http://b/" }, shared: { own: {} } });
  expect(found.unresolved).toContainEqual(expect.objectContaining({ path: "shared" }));
});

test("tests of configurations and helpers that others call are no configurations", () => {
  const helper = `const { ModuleFederationPlugin } = require("webpack").container;
    exports.make = (name) => ({ plugins: [new ModuleFederationPlugin({ name, exposes: { "./A": "./a" } })] });`;
  const { json } = openWorkspace({
    "/build/webpack-make.js": helper,
    "/build/webpack-make.spec.js": `require("./webpack-make").make("tested");`,
    "/webpack.config.js": `module.exports = require("./build/webpack-make").make("shop");`,
  });
  expect(json().map(({ configPath, name }) => [configPath, name])).toEqual([["webpack.config.js", "shop"]]);
});

test.each([
  ['resolve: { tsconfig: __dirname + "/tsconfig.app.json" }', `${root}/tsconfig.app.json`],
  ["resolve: { tsconfig: true }", true],
  ['resolve: { plugins: [new Paths({ configFile: "./tsconfig.app.json" })] }', `${root}/tsconfig.app.json`],
  ["resolve: { plugins: [new Paths.TsconfigPathsPlugin()] }", `${root}/tsconfig.json`],
  ["resolve: { plugins: [new Other()] }", undefined],
])("whose paths count: %s", (resolve, expected) => {
  const text = `const { ModuleFederationPlugin } = require("webpack").container;
    const Paths = require("tsconfig-paths-webpack-plugin"); const Other = require("other-resolver-plugin");
    module.exports = { entry: "./src/index", ${resolve}, plugins: [new ModuleFederationPlugin({ name: "m" })] };`;
  const files = { "/webpack.config.js": text, "/tsconfig.json": "{}", "/tsconfig.app.json": "{}" };
  const [config] = openWorkspace(files).configs();
  expect(config?.build.resolve.tsconfig).toBe(expected);
  // What another plugin of the resolver finds is not known.
  expect(config?.build.resolve.complete).toBe(expected !== undefined);
});
