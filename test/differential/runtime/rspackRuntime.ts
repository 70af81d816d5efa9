/** Rspack's port of webpack's runtime, as `ModuleFederationPluginV1` of the real Rspack emits it. */
import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { type EmittedRuntime, replaced, SMALL_APP, withSmallApp } from "./webpackRuntime.ts";

/** Builds a small app and takes the texts of its runtime; containers then bring their own data. */
export async function emitRspackRuntime(): Promise<EmittedRuntime> {
  const bundle = await withSmallApp(build);
  return {
    script: new vm.Script(containerCode(bundle)),
    handlerOf: (page, step) => {
      const { shareScope, shareKey, requiredVersion, strictVersion, singleton, hasFallback } = step;
      // Rspack writes `*` where no version is wanted.
      const data = { shareScope, shareKey, strictVersion, singleton, requiredVersion: requiredVersion || "*" };
      return page.handler!({ ...data, fallback: hasFallback ? page.fallback : undefined }) as () => unknown;
    },
  };
}

async function build(folder: string): Promise<string> {
  const { rspack } = await import("@rspack/core");
  const compiler = rspack({
    mode: "development",
    devtool: false,
    context: folder,
    entry: "./index.js",
    output: { path: path.join(folder, "dist"), uniqueName: "fedlens_unique" },
    plugins: [new rspack.container.ModuleFederationPluginV1(SMALL_APP)],
  });
  await new Promise<void>((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error || stats === undefined || stats.hasErrors()) reject(error ?? new Error(stats?.toString()));
      else compiler.close(() => resolve());
    });
  });
  return fs.readFileSync(path.join(folder, "dist/remoteEntry.js"), "utf8");
}

function containerCode(bundle: string): string {
  const sharing = replaced(section(bundle, "sharing"), [
    [/initializeSharingData = \{.*\};/, "initializeSharingData = sharingData(page);"],
  ]);
  const consumes = replaced(section(bundle, "consumes_loading"), [
    [/consumesLoadingData = \{.*\};/, "consumesLoadingData = { initialConsumes: [] };"],
    [/\}\)\(\);$/, "page.handler = (data) => resolveHandler(data);\n})();"],
  ]);
  const init = /var init = function\(shareScope, initScope\) \{[\s\S]*?\n\}/.exec(bundle)?.[0];
  if (init === undefined) throw new Error("the build has no container.init");
  const entry = replaced(init, [[/name = "default"/, "name = page.container.shareScopes[0]"]]);
  return `((__webpack_require__, page) => { "use strict";\n${sharingData}\n${sharing}\n${consumes}\n${entry}\nreturn { init }; })`;
}

/** Runs inside of the container. */
function sharingData(page: {
  readonly container: {
    readonly from: string;
    readonly provides: readonly { shareScope: string; shareKey: string; version: string; eager: boolean }[];
    readonly remotes: readonly { readonly shareScopes: readonly string[] }[];
  };
  provided(version: string, eager: boolean): unknown;
}): object {
  const { from, provides, remotes } = page.container;
  const stages: Record<string, unknown[]> = {};
  const stagesOf = (scope: string): unknown[] => {
    stages[scope] ??= [];
    return stages[scope];
  };
  for (const { shareScope, shareKey, version, eager } of provides) {
    stagesOf(shareScope).push({
      name: shareKey,
      version,
      factory: page.provided(version, eager),
      eager: Number(eager),
    });
  }
  for (const [index, remote] of remotes.entries()) stagesOf(remote.shareScopes[0] ?? "default").push(index);
  return { scopeToSharingDataMapping: stages, uniqueName: from };
}

function section(bundle: string, name: string): string {
  const start = bundle.indexOf(`// webpack/runtime/${name}\n`);
  const end = bundle.indexOf("\n})();", start);
  if (start < 0 || end < 0) throw new Error(`the build has no runtime module ${name}`);
  return bundle.slice(start, end + "\n})();".length);
}
