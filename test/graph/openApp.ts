/** One app in memory, and the rows of its graph as short texts. */
import { containerGraph, containers } from "../../server/src/graph/index.ts";
import type { ConsumeSharedModule, ContainerGraph, ProvideSharedModule } from "../../server/src/graph/module.ts";
import { type AnalysisSettings, defaultSettings, setAnalysisSettings } from "../../server/src/project/workspace.ts";
import type { Db } from "../../server/src/vfs/vfs.ts";
import { openFixture } from "../fixture/openFixture.ts";

export interface OpenedApp {
  readonly db: Db;
  readonly graph: ContainerGraph;
  readonly consumes: readonly string[];
  readonly provides: readonly string[];
  /** `file -> request: type of the target`, of requests that leave the plain modules. */
  readonly imports: readonly string[];
}

/** `options` is the text of the plugin's options, `around` of further members of the configuration. */
export function openApp(
  files: Readonly<Record<string, string>>,
  options: string,
  { around = "", assumeBundler }: { around?: string; assumeBundler?: AnalysisSettings["assumeBundler"] } = {},
): OpenedApp {
  const config = `const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./src/index.js",
  ${around}
  plugins: [new ModuleFederationPlugin({ name: "app", ${options} })],
};
`;
  const { db, root } = openFixture({ "/package.json": '{ "name": "app" }', ...files, "/webpack.config.js": config });
  setAnalysisSettings(db, { ...defaultSettings, assumeBundler });
  const graph = containerGraph(db, containers(db)[0]!.id);
  const modules = [...graph.modules.values()];
  const short = (text: string): string => text.replaceAll(`${root}/`, "");
  return {
    db,
    graph,
    consumes: modules
      .filter((module) => module.type === "consume-shared")
      .map(consumeRow)
      .map(short)
      .sort(),
    provides: modules
      .filter((module) => module.type === "provide-shared")
      .map(provideRow)
      .map(short)
      .sort(),
    imports: graph.connections
      .filter(
        ({ from, to }) => graph.modules.get(from)?.type === "normal" && graph.modules.get(to ?? "")?.type !== "normal",
      )
      .map(({ from, to, request }) => short(`${from} -> ${request}: ${graph.modules.get(to ?? "")?.type ?? "none"}`))
      .sort(),
  };
}

function consumeRow(module: ConsumeSharedModule): string {
  const { shareScope, shareKey, requiredVersion, fallback } = module;
  return `${shareScope} ${shareKey} ${requiredVersion} ${fallback}`;
}

function provideRow({ shareScope, shareKey, version, resource }: ProvideSharedModule): string {
  return `${shareScope} ${shareKey} ${version} ${resource}`;
}

/** A package with one file, as it is installed. */
export function installed(
  name: string,
  version: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const files = { "package.json": JSON.stringify({ name, version }), "index.js": "export const one = 1;\n", ...more };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`/node_modules/${name}/${path}`, text]));
}
