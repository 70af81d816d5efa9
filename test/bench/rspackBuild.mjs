/**
 * Builds one generated app with Rspack, whatever bundler its config names: the peer that every size is measured against.
 *
 *   node test/bench/rspackBuild.mjs APP_DIRECTORY NODE_MODULES_OF_THE_PEERS
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const [app, modules] = process.argv.slice(2);
const require = createRequire(path.join(modules, "x.js"));
const { rspack } = require("@rspack/core");
const { ModuleFederationPlugin } = require("@module-federation/enhanced/rspack");
const manifest = JSON.parse(fs.readFileSync(path.join(app, "package.json"), "utf8"));
const name = path.basename(app);
const output = fs.mkdtempSync(path.join(os.tmpdir(), "federation-bench-"));
const config = {
  mode: "production",
  devtool: false,
  context: app,
  entry: "./src/index.ts",
  output: { path: output, uniqueName: name },
  optimization: { minimize: false },
  resolve: { extensions: [".tsx", ".ts", ".js"] },
  module: {
    rules: [
      {
        test: /\.tsx?$/,
        loader: "builtin:swc-loader",
        type: "javascript/auto",
        options: {
          jsc: { parser: { syntax: "typescript", tsx: true }, transform: { react: { runtime: "automatic" } } },
        },
      },
    ],
  },
  plugins: [
    new ModuleFederationPlugin({
      name,
      filename: "remoteEntry.js",
      dts: false,
      exposes: { "./Page": "./src/page0.tsx" },
      remotes: Object.fromEntries(
        [...fs.readFileSync(path.join(app, "src/bootstrap.tsx"), "utf8").matchAll(/import\("(app\d+)\//g)].map(
          ([, remote]) => [remote, `${remote}@http://localhost/${remote}.js`],
        ),
      ),
      shared: {
        react: { singleton: true, requiredVersion: manifest.dependencies.react },
        "react/": { singleton: true },
        "lodash-es": manifest.dependencies["lodash-es"],
        "date-kit": {},
        "query-kit": { singleton: true },
        "@bench/ui": { singleton: true, requiredVersion: false },
      },
    }),
  ],
};
rspack(config, (error, stats) => {
  fs.rmSync(output, { recursive: true, force: true });
  if (error || stats.hasErrors()) {
    process.stderr.write(String(error ?? stats.toString("errors-only")).slice(0, 2000));
    process.exit(1);
  }
  process.exit(0);
});
