/**
 * Builds code of one app of the demo workspace for Node, with what the app shares and stand-ins for its remotes, runs the
 * bundle and prints what it printed.
 *
 *   node test/demo/runApp.mjs APP_DIRECTORY webpack|rspack
 *
 * The entry is `src/run.tsx` of the app; it may import anything of the app.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [app, bundler] = process.argv.slice(2);
const load = createRequire(import.meta.url);
const config = fs.existsSync(path.join(app, "webpack.config.js")) ? "webpack.config.js" : "rspack.config.js";
const options = fs.existsSync(path.join(app, config)) ? sharedOf(path.join(app, config)) : sharedOfDependencies();

/** The options that the app's own configuration gives to its federation plugin, which is not run. */
function sharedOf(file) {
  const { plugins } = createRequire(file)(file);
  const plugin = plugins.find((item) => item.constructor.name.startsWith("ModuleFederationPlugin"));
  return (plugin._options ?? plugin.options).shared;
}

function sharedOfDependencies() {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(app, "package.json"), "utf8"));
  const { sharedLibraries } = createRequire(path.join(app, "package.json"))("../../federation.shared");
  return sharedLibraries(dependencies);
}

const standIn = `promise Promise.resolve({ init() {}, get: () => Promise.resolve(() => ({ __esModule: true, default: () => "stand-in" })) })`;
const remotes = { account: standIn, catalog: standIn, checkout: standIn, search: standIn, shell: standIn };
const swc = {
  jsc: {
    parser: { syntax: "typescript", tsx: true },
    transform: { react: { runtime: "automatic" } },
    target: "es2022",
  },
};
const isRspack = bundler === "rspack";
const tool = isRspack ? (await import("@rspack/core")).rspack : load("webpack");
const Plugin = isRspack ? tool.container.ModuleFederationPluginV1 : tool.container.ModuleFederationPlugin;
const output = path.join(app, `dist-${bundler}`);
const compiler = tool({
  mode: "production",
  target: "node",
  context: app,
  entry: "./src/run.ts",
  devtool: false,
  optimization: { minimize: false },
  output: { path: output, clean: true, publicPath: "" },
  resolve: { extensions: [".tsx", ".ts", ".js"] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        type: "javascript/auto",
        loader: isRspack ? "builtin:swc-loader" : createRequire(path.join(app, "package.json")).resolve("swc-loader"),
        options: swc,
      },
    ],
  },
  plugins: [new Plugin({ name: "app", remoteType: "script", remotes, shared: options })],
});
const stats = await new Promise((resolve, reject) =>
  compiler.run((error, result) => (error ? reject(error) : resolve(result))),
);
if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
const run = spawnSync(process.execPath, [path.join(output, "main.js")], { encoding: "utf8" });
process.stdout.write(run.stdout);
process.stderr.write(run.stderr);
process.exitCode = run.status ?? 1;
