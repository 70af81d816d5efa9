/**
 * Builds one app of the demo workspace with its own bundler and prints what the bundler itself made of federation, as
 * JSON: for webpack, Rspack and Rsbuild `modules` (shared, provided, remote modules and container entries, as named in
 * the statistics) and `imports` (which file asks for which of them by which request); for Vite the text of the `entry`
 * and of the `shareMap`, which is the module that registers the shared copies.
 *
 *   node test/demo/buildStats.mjs APP_DIRECTORY webpack|rspack|rsbuild|vite
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [app, bundler] = process.argv.slice(2);
const require = createRequire(path.join(app, "package.json"));
const output = fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-build-"));
process.chdir(app);
// What a build says on its way must not mix with the answer.
console.log = console.info = console.error;

const KINDS = {
  "consume-shared-module": "consume-shared",
  "provide-module": "provide-shared",
  "remote-module": "remote",
};

function kindOf({ moduleType, identifier }) {
  return KINDS[moduleType] ?? (identifier?.startsWith("container entry ") ? "container-entry" : undefined);
}

/** The file of a module's identifier: loaders before it and queries after it are no part of it. */
function fileOf(identifier) {
  const resource = identifier
    .replace(/^.*[!|](?=\/)/, "")
    .replace(/\?.*$/, "")
    .replace(/\|.*$/, "");
  return path.isAbsolute(resource) ? resource : undefined;
}

function answerOf(stats) {
  if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
  const { modules, chunks } = stats.toJson({
    all: false,
    chunks: true,
    modules: true,
    modulesSpace: Number.POSITIVE_INFINITY,
    nestedModules: false,
    ids: true,
    orphanModules: true,
    reasons: true,
    reasonsSpace: Number.POSITIVE_INFINITY,
  });
  const chunkNames = new Map(chunks.map(({ id, names }) => [id, names]));
  const federated = modules.filter((module) => kindOf(module) !== undefined);
  return {
    modules: federated.map((module) => ({
      type: kindOf(module),
      name: module.name,
      identifier: module.identifier,
      chunks: module.chunks.flatMap((id) => chunkNames.get(id) ?? []),
    })),
    imports: federated.flatMap((module) =>
      (module.reasons ?? []).flatMap(({ moduleIdentifier, userRequest, active }) => {
        const file = fileOf(moduleIdentifier ?? "");
        return file === undefined || active === false ? [] : [{ file, request: userRequest, kind: kindOf(module) }];
      }),
    ),
  };
}

/** Concatenation folds modules into one, which would hide who asks for what. */
function compile(make, config) {
  const changed = {
    ...config,
    output: { ...config.output, path: output },
    optimization: { ...config.optimization, concatenateModules: false },
  };
  return new Promise((resolve, reject) => {
    make(changed, (error, stats) => (error ? reject(error) : resolve(stats)));
  });
}

function importFrom(name) {
  return import(pathToFileURL(require.resolve(name)).href);
}

const BUILDS = {
  async webpack() {
    return answerOf(await compile(require("webpack"), require(path.join(app, "webpack.config.js"))));
  },
  async rspack() {
    return answerOf(await compile(require("@rspack/core").rspack, require(path.join(app, "rspack.config.js"))));
  },
  async rsbuild() {
    const { createRsbuild, loadConfig, mergeRsbuildConfig } = await importFrom("@rsbuild/core");
    const { content } = await loadConfig({ cwd: app });
    const rsbuildConfig = mergeRsbuildConfig(content, {
      mode: "production",
      output: { distPath: { root: output } },
      tools: { rspack: { optimization: { concatenateModules: false } } },
    });
    const { stats, close } = await (await createRsbuild({ cwd: app, rsbuildConfig })).build();
    const answer = answerOf(stats);
    await close();
    return answer;
  },
  async vite() {
    const { build } = await importFrom("vite");
    await build({ root: app, logLevel: "error", build: { outDir: output, emptyOutDir: true } });
    const assets = fs.readdirSync(path.join(output, "assets"));
    const shareMap = assets.find((name) => name.includes("localSharedImportMap"));
    return {
      entry: fs.readFileSync(path.join(output, "remoteEntry.js"), "utf8"),
      shareMap: fs.readFileSync(path.join(output, "assets", shareMap), "utf8"),
    };
  },
};

try {
  process.stdout.write(JSON.stringify(await BUILDS[bundler]()));
} catch (error) {
  process.stderr.write(String(error.stack ?? error));
  process.exitCode = 1;
} finally {
  fs.rmSync(output, { recursive: true, force: true });
}
