/**
 * Builds one app of the demo workspace with its own bundler and prints the shared, provided and remote modules of the
 * build as the bundler itself names them.
 *
 *   node test/demo/buildStats.mjs APP_DIRECTORY webpack|rspack
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const [app, bundler] = process.argv.slice(2);
const require = createRequire(path.join(app, "package.json"));
const output = fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-build-"));
process.chdir(app);
const config = require(path.join(app, bundler === "webpack" ? "webpack.config.js" : "rspack.config.js"));
config.output = { ...config.output, path: output };
const make = bundler === "webpack" ? require("webpack") : require("@rspack/core").rspack;

const KINDS = {
  "consume-shared-module": "consume-shared",
  "provide-module": "provide-shared",
  "remote-module": "remote",
};

make(config, (error, stats) => {
  fs.rmSync(output, { recursive: true, force: true });
  if (error || stats.hasErrors()) {
    process.stderr.write(String(error ?? stats.toString("errors-only")));
    process.exit(1);
  }
  const { modules } = stats.toJson({
    all: false,
    modules: true,
    modulesSpace: Number.POSITIVE_INFINITY,
    nestedModules: false,
    ids: true,
    orphanModules: true,
  });
  const rows = modules.flatMap((module) =>
    KINDS[module.moduleType] === undefined
      ? []
      : [{ type: KINDS[module.moduleType], name: module.name, identifier: module.identifier }],
  );
  process.stdout.write(JSON.stringify(rows));
});
