/** Builds a workspace with webpack, its own federation plugin or that of enhanced, and reads off what it made. */
import { createRequire } from "node:module";
import path from "node:path";
import webpack from "webpack";
import type { ExpectedBuild } from "../../golden/cases.ts";
import { type LoadedPlugin, loadConfigurations, withTransform } from "./configuration.ts";
import { evenFileSystem } from "./evenFileSystem.ts";
import { joined, type RealBuild } from "./realBuild.ts";

const load = createRequire(import.meta.url);

interface Row {
  readonly file: string;
  readonly request: string;
  readonly kind: string;
  readonly included: boolean;
}

type Internal<T> = T & Readonly<Record<string, unknown>>;

/** enhanced asks for files of webpack that have moved in 5.112: it gets the last one before. */
function toolsOf(bundler: "webpack" | "enhanced"): Tools {
  if (bundler === "webpack")
    return { bundle: webpack, federation: { ...webpack.sharing, ...webpack.container } as never };
  process.env.FEDERATION_WEBPACK_PATH = load.resolve("webpack-5.111");
  const federation = load("@module-federation/enhanced") as Tools["federation"];
  return { bundle: load("webpack-5.111") as typeof webpack, federation };
}

type PluginClass = new (options: object) => webpack.WebpackPluginInstance;

interface Tools {
  readonly bundle: typeof webpack;
  readonly federation: Readonly<Record<string, PluginClass>>;
}

function pluginOf(bundler: "webpack" | "enhanced", { name, options }: LoadedPlugin): webpack.WebpackPluginInstance {
  const { bundle, federation } = toolsOf(bundler);
  const Plugin = federation[name] ?? (bundle as unknown as Tools["federation"])[name]!;
  const quiet = bundler === "enhanced" && name === "ModuleFederationPlugin" ? { dts: false, manifest: false } : {};
  return new Plugin({ ...options, ...quiet });
}

function withoutOutput(compiler: webpack.Compiler): void {
  compiler.hooks.shouldEmit.tap("nothing is written", () => false);
}

function withEvenAccesses(compiler: webpack.Compiler): void {
  const Cached = compiler.inputFileSystem?.constructor as new (provider: object, duration: number) => never;
  compiler.inputFileSystem = new Cached(evenFileSystem, 60_000);
}

/** As the reference builds are made: production, nothing minified or concatenated, nothing written. */
function compile(bundler: "webpack" | "enhanced", file: string): Promise<readonly webpack.Compilation[]> {
  const { bundle } = toolsOf(bundler);
  const configurations = loadConfigurations(file).map(({ around, plugins }) => ({
    mode: "production",
    infrastructureLogging: { level: "none" },
    cache: false,
    ...around,
    module: withTransform(around.module, { loader: load.resolve("./transform.cjs") }),
    optimization: { minimize: false, concatenateModules: false },
    plugins: [
      ...plugins.map((plugin) => pluginOf(bundler, plugin)),
      { apply: withoutOutput },
      { apply: withEvenAccesses },
    ],
  })) as webpack.Configuration[];
  return new Promise((resolve, reject) => {
    bundle(configurations, (error, stats) => {
      if (error || stats === undefined) reject(error ?? new Error("no statistics"));
      else resolve(stats.stats.map(({ compilation }) => compilation));
    });
  });
}

/** What the build made; `ok` false where the plugin refuses the options. */
export async function webpackBuild(bundler: "webpack" | "enhanced", root: string, file: string): Promise<RealBuild> {
  const empty = { consume: [], provide: [], container: [], imports: [], remotes: [], identifiers: [] };
  let compilations: readonly webpack.Compilation[];
  try {
    compilations = await compile(bundler, file);
  } catch (error) {
    return { ...empty, ok: false, failure: String(error).slice(0, 1500) };
  }
  const builds = compilations.map((compilation) => ({
    ...federatedModules(compilation, root),
    imports: importsOf(compilation, root),
  }));
  return { ok: true, ...joined(builds) };
}

function relative(root: string, file: unknown): string | null {
  return typeof file === "string" ? path.relative(root, file).split(path.sep).join("/") : null;
}

function kindOf(module: webpack.Module | null): string {
  if (module === null) return "missing";
  const { name } = module.constructor;
  if (name === "ConsumeSharedModule") return "consume-shared";
  if (name === "ProvideSharedModule") return "provide-shared";
  if (name === "RemoteModule") return "remote";
  if (name === "ContainerEntryModule") return "container-entry";
  if (name === "ExternalModule") return "external";
  return name === "ContextModule" ? "context" : "module";
}

function federatedModules(compilation: webpack.Compilation, root: string): Omit<RealBuild, "ok" | "imports"> {
  const consume: ExpectedBuild["consume"][number][] = [];
  const provide: ExpectedBuild["provide"][number][] = [];
  const container: NonNullable<ExpectedBuild["container"]>[number][] = [];
  const remotes: string[] = [];
  const identifiers: string[] = [];
  for (const module of compilation.modules) {
    const kind = kindOf(module);
    const included = compilation.chunkGraph.getNumberOfModuleChunks(module) > 0;
    const data = module as unknown as Internal<webpack.Module>;
    if (kind === "consume-shared") consume.push(consumeOf(module, root, included));
    else if (kind === "provide-shared") {
      provide.push({
        scope: [data._shareScope].flat().join(","),
        key: String(data._name),
        version: data._version as string | false,
        resource:
          providedFile(compilation, module, root) ??
          relative(root, path.resolve(compilation.compiler.context, String(data._request))) ??
          "",
        eager: data._eager === true,
      });
    } else if (kind === "container-entry") {
      container.push({ name: String(data._name), exposes: data._exposes as [string, { import: string[] }][] });
    } else if (kind === "remote" && included) {
      remotes.push(
        `${[data.shareScope].flat().join(",")}|${(data.externalRequests as string[]).join(" ")}|${data.internalRequest}`,
      );
    }
    if (/shared/.test(kind) && (included || kind === "provide-shared"))
      identifiers.push(module.readableIdentifier(compilation.requestShortener));
  }
  return { consume, provide, container, remotes, identifiers };
}

/** Relative requests are resolved: the file that the module stands for. */
function providedFile(compilation: webpack.Compilation, module: webpack.Module, root: string): string | null {
  const [target] = dependenciesOf(module).map((dependency) => compilation.moduleGraph.getModule(dependency));
  return relative(root, (target as { readonly resource?: string } | null | undefined)?.resource);
}

/** `consume-shared-module|scope|key|range|strict|fallback|singleton|eager`, where scopes may be several. */
function consumeOf(module: webpack.Module, root: string, included: boolean): ExpectedBuild["consume"][number] {
  const { options } = module as unknown as { readonly options: Record<string, unknown> };
  const beforeRange = `|${[options.shareScope].flat().join("|")}|${String(options.shareKey)}|`;
  const afterKey = module.identifier().slice(module.identifier().indexOf(beforeRange) + beforeRange.length);
  const printed = /^(.*?)\|(?:true|false)\|/s.exec(afterKey)?.[1];
  const { requiredVersion } = options;
  const range =
    requiredVersion === undefined || requiredVersion === null ? null : requiredVersion === false ? false : printed;
  return {
    scope: [options.shareScope].flat().join(","),
    key: String(options.shareKey),
    requiredRange: typeof requiredVersion === "string" ? requiredVersion : (range ?? null),
    fallback: relative(root, options.importResolved),
    singleton: options.singleton === true,
    strictVersion: options.strictVersion === true,
    eager: options.eager === true,
    included,
  };
}

type Block = Pick<webpack.AsyncDependenciesBlock, "dependencies" | "blocks">;

function dependenciesOf({ dependencies, blocks }: Block): readonly webpack.Dependency[] {
  return [...dependencies, ...blocks.flatMap((inner) => dependenciesOf(inner))];
}

function importsOf(compilation: webpack.Compilation, root: string): readonly Row[] {
  const rows: Row[] = [];
  for (const module of compilation.modules) {
    const { resource } = module as unknown as { readonly resource?: string };
    const file = relative(root, resource?.replace(/\?.*$/, ""));
    if (file === null || file.startsWith("..") || kindOf(module) !== "module") continue;
    const included = compilation.chunkGraph.getNumberOfModuleChunks(module) > 0;
    for (const dependency of dependenciesOf(module)) {
      const { request, userRequest } = dependency as unknown as {
        readonly request?: string;
        readonly userRequest?: string;
      };
      if (typeof request !== "string" || dependency.category === "self") continue;
      // What the request led to, also where names that it re-exports are then taken from elsewhere.
      const target = compilation.moduleGraph.getResolvedModule(dependency);
      // What a weak request is for need not be in the build.
      if (
        "weak" in dependency &&
        dependency.weak === true &&
        target !== null &&
        compilation.chunkGraph.getNumberOfModuleChunks(target) === 0
      )
        continue;
      rows.push({ file, request: userRequest ?? request, kind: kindOf(target), included });
    }
  }
  return rows;
}
