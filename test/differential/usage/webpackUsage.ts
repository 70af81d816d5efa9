/** A program built by webpack, and what its module graph says of exports used and provided. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import webpack from "webpack";
import type { Program } from "./generate.ts";

/** What is used of one module: dotted names, `*` for all. */
export interface UsageRow {
  readonly used: readonly string[];
}

export interface BuiltUsage {
  /** By share key: over the importers that are in the bundle. */
  readonly shared: Readonly<Record<string, readonly string[]>>;
  /** By path of the program's own modules that are in the bundle. */
  readonly own: Readonly<Record<string, readonly string[]>>;
  /** Provided names by path; `null` where more may be. */
  readonly provided: Readonly<Record<string, readonly string[] | null>>;
  readonly errors: readonly string[];
  /** Rows are missing that the bundler does not tell of. */
  readonly partial?: boolean;
  /** Share keys of which more is used than is told. */
  readonly untold?: ReadonlySet<string>;
}

/** What the federation plugin of each bundler is given. */
export function pluginOptions({ shared, exposes }: Program) {
  return {
    name: "app",
    filename: "remoteEntry.js",
    shared: [...shared],
    ...(Object.keys(exposes).length > 0 ? { exposes: { ...exposes } } : {}),
  };
}

/** What both bundlers' configurations say beside their plugins. */
export function buildOptions(program: Program, folder: string) {
  return {
    mode: "production" as const,
    context: folder,
    entry: program.entry,
    output: { path: path.join(folder, "dist"), publicPath: "" },
    ...(program.compiled === undefined ? {} : { module: { rules: [compileRule(program.compiled)] } }),
  };
}

function compileRule(options: NonNullable<Program["compiled"]>) {
  return { test: /\.(?:tsx?|jsx)$/, loader: path.join(import.meta.dirname, "compileLoader.cjs"), options };
}

/** `optimization` is what the build is given beside its mode. */
export function writeProgram(program: Program, optimization: object = {}): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-usage-"));
  for (const [file, text] of Object.entries(program.files)) {
    const place = path.join(folder, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  }
  const plugin = pluginOptions(program);
  fs.writeFileSync(
    path.join(folder, "webpack.config.js"),
    `const { ModuleFederationPlugin } = require("webpack").container;\nmodule.exports = { mode: "production", entry: ${JSON.stringify(program.entry)}, optimization: ${JSON.stringify(optimization)}, plugins: [new ModuleFederationPlugin(${JSON.stringify(plugin)})] };\n`,
  );
  return folder;
}

export async function webpackUsage(program: Program, folder: string): Promise<BuiltUsage> {
  let found: BuiltUsage | undefined;
  const compiler = webpack({
    ...buildOptions(program, folder),
    optimization: { minimize: false, concatenateModules: false, usedExports: "global", emitOnErrors: true },
    plugins: [
      new webpack.container.ModuleFederationPlugin(pluginOptions(program)),
      (compiler: webpack.Compiler) => {
        compiler.hooks.shouldEmit.tap("usage", (compilation) => {
          found = readUsage(compilation, folder);
          return false;
        });
      },
    ],
  });
  await new Promise<void>((resolve, reject) => compiler.run((error) => (error ? reject(error) : resolve())));
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  if (found === undefined) throw new Error("webpack emitted nothing");
  return found;
}

interface SharedModule extends webpack.Module {
  readonly options?: { readonly shareKey: string };
}

function readUsage(compilation: webpack.Compilation, folder: string): BuiltUsage {
  const { moduleGraph, chunkGraph } = compilation;
  const shared: Record<string, Set<string>> = {};
  const own: Record<string, readonly string[]> = {};
  const provided: Record<string, readonly string[] | null> = {};
  for (const module of compilation.modules) {
    const included = chunkGraph.getNumberOfModuleChunks(module) > 0;
    if (module.type === "consume-shared-module") {
      const key = (module as SharedModule).options!.shareKey;
      for (const connection of moduleGraph.getIncomingConnections(module)) {
        const origin = connection.originModule;
        if (origin === null || !origin.type.startsWith("javascript/")) continue;
        if (connection.getActiveState(undefined) === false || chunkGraph.getNumberOfModuleChunks(origin) === 0)
          continue;
        shared[key] ??= new Set();
        for (const path of referenced(compilation, connection.dependency!)) shared[key].add(path);
      }
    }
    const resource = (module as webpack.NormalModule).resource;
    if (!included || resource === undefined) continue;
    const file = path.relative(folder, resource).split(path.sep).join("/");
    const info = moduleGraph.getExportsInfo(module);
    const names = info.getProvidedExports();
    provided[file] = Array.isArray(names) ? names.filter((name) => name !== "__esModule").sort() : null;
    if (file.startsWith("node_modules/")) continue;
    const used = info.getUsedExports(undefined);
    own[file] = used === true || used === null ? ["*"] : used === false ? [] : [...used].sort();
  }
  return {
    shared: Object.fromEntries(Object.entries(shared).map(([key, names]) => [key, rowOf(names)])),
    own,
    provided,
    errors: compilation.errors.map(({ message }) => message),
  };

  function referenced(from: webpack.Compilation, dependency: webpack.Dependency): readonly string[] {
    const references = from.getDependencyReferencedExports(dependency, undefined);
    return references.map((reference) => (Array.isArray(reference) ? reference : reference.name).join("."));
  }
}

/** `*` stands alone. */
export function rowOf(names: Iterable<string>): readonly string[] {
  const sorted = [...new Set(names)].sort();
  return sorted.includes("") || sorted.includes("*") ? ["*"] : sorted;
}
