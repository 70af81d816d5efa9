/**
 * A program built by Rspack, and what it says of exports used and provided. Of shared modules it flags no single exports:
 * there the specifiers of the connections that are active stand for what is used, which leaves `require` and `import()`.
 */
import fs from "node:fs";
import path from "node:path";
import { type Compilation, type Compiler, type Module, rspack, type StatsCompilation } from "@rspack/core";
import type { Program } from "./generate.ts";
import { LIBRARIES } from "./libraries.ts";
import { type BuiltUsage, buildOptions, pluginOptions, rowOf } from "./webpackUsage.ts";
import { WIDE_LIBRARIES } from "./wideLibraries.ts";

const STATS = {
  all: false,
  modules: true,
  modulesSpace: Number.POSITIVE_INFINITY,
  orphanModules: true,
  ids: true,
  chunks: true,
  errors: true,
  usedExports: true,
  providedExports: true,
};

/** Of what is put in the place of imports it tells no use. */
export const RSPACK_OPTIMIZATION = { inlineExports: false };

export async function rspackUsage(program: Program, folder: string): Promise<BuiltUsage> {
  const shared: Record<string, Set<string>> = {};
  const compiler = rspack({
    ...buildOptions(program, folder),
    optimization: { minimize: false, concatenateModules: false, usedExports: "global", ...RSPACK_OPTIMIZATION },
    plugins: [
      new rspack.container.ModuleFederationPluginV1(pluginOptions(program)),
      {
        apply({ hooks }: Compiler) {
          hooks.compilation.tap("usage", (compilation) => {
            compilation.hooks.processAssets.tap("usage", () => readShared(compilation, shared));
          });
        },
      },
    ],
  });
  const stats = await new Promise<StatsCompilation>((resolve, reject) =>
    compiler.run((error, found) => (error || found === undefined ? reject(error) : resolve(found.toJson(STATS)))),
  );
  await new Promise<void>((resolve) => compiler.close(() => resolve()));
  // What an empty pattern takes nothing of is told as if it were taken.
  const told = Object.values(program.files).some((text) => text.includes("const {} =")) ? [] : Object.entries(shared);
  const rows = told.map(([key, names]) => [key, headsOf(key, names, [])] as const);
  const untold = new Set(program.shared.filter((key) => isAskedOtherwise(program, key)));
  return { partial: true, untold, shared: Object.fromEntries(rows), ...readOwn(stats, folder, program.files) };
}

/** By `require` or `import()`, whose connections do not say what is taken. */
function isAskedOtherwise({ files }: Program, key: string): boolean {
  const call = new RegExp(`\\b(?:require|import)\\(\\s*["']${key}["']`);
  return Object.entries(files).some(([file, text]) => !file.startsWith("node_modules/") && call.test(text));
}

function readShared(compilation: Compilation, shared: Record<string, Set<string>>): void {
  for (const module of compilation.modules) {
    const key = /^consume shared module \([^)]*\) ((?:@[^/]+\/)?[^@]+)@/.exec(module.identifier())?.[1];
    if (module.type !== "consume-shared-module" || key === undefined) continue;
    for (const connection of compilation.moduleGraph.getIncomingConnections(module)) {
      const origin = connection.originModule;
      if (origin === null || !isIncluded(compilation, origin) || !isActive(connection)) continue;
      shared[key] ??= new Set();
      const { ids, type } = connection.dependency;
      // `exports.a = require("b").c` says what it would take, whether or not the export is used.
      if (ids !== undefined && ids.length > 0 && type !== "cjs export require") shared[key].add(ids.join("."));
    }
  }
}

/**
 * First members, since what a pattern takes and what is called are not told. The default of CommonJS is the whole, so that
 * what is taken of it is taken of the module; `ofDefault` is what is told of the default alone.
 */
export function headsOf(key: string, names: Iterable<string>, ofDefault: readonly string[]): readonly string[] {
  const wholeDefault = [...LIBRARIES, ...WIDE_LIBRARIES].find(({ name }) => name === key)?.commonJs === true;
  const heads = [...names].flatMap((name) => {
    const path = name.split(".");
    if (!wholeDefault || path[0] !== "default") return path.slice(0, 1);
    return path.length > 1 ? path.slice(1, 2) : ofDefault;
  });
  return rowOf(heads);
}

function isIncluded(compilation: Compilation, module: Module): boolean {
  return module.type.startsWith("javascript/") && compilation.chunkGraph.getModuleChunks(module).length > 0;
}

/** Some versions leave the state out: the connection then counts. */
function isActive(connection: object): boolean {
  const { getActiveState } = connection as { readonly getActiveState?: (runtime: undefined) => unknown };
  return getActiveState?.call(connection, undefined) !== false;
}

/** It lists names that two stars give differently, which no import can take, and a default of some CommonJS. */
function namesOf(provided: readonly string[], text: string): readonly string[] {
  const hasDefault = /\bexport\b.*\bdefault\b|\bexports\.default\b/.test(text);
  const isConflict = (name: string): boolean => name === "both" && text.includes("export * from");
  return provided
    .filter((name) => name !== "__esModule" && !isConflict(name) && (hasDefault || name !== "default"))
    .sort();
}

function readOwn(stats: StatsCompilation, folder: string, texts: Program["files"]): Omit<BuiltUsage, "shared"> {
  const own: Record<string, readonly string[]> = {};
  const provided: Record<string, readonly string[] | null> = {};
  for (const { nameForCondition, chunks, usedExports, providedExports, moduleType } of stats.modules ?? []) {
    if (typeof nameForCondition !== "string" || (chunks ?? []).length === 0) continue;
    if (moduleType?.startsWith("javascript/") !== true) continue;
    const file = path.relative(fs.realpathSync(folder), nameForCondition).split(path.sep).join("/");
    if (Array.isArray(providedExports)) provided[file] = namesOf(providedExports, texts[file] ?? "");
    // Nothing is told of some modules that nobody takes anything of.
    if (file.startsWith("node_modules/") || usedExports === null || usedExports === undefined) continue;
    own[file] = Array.isArray(usedExports) ? [...usedExports].sort() : usedExports ? ["*"] : [];
  }
  return { own, provided, errors: (stats.errors ?? []).map(({ message }) => message) };
}
