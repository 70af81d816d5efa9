/**
 * The 2.x runtime with the code that bundlers put around it (`webpack-bundler-runtime`), bundled once and run in a `vm`,
 * once for each container of a page, as each build brings its own.
 */
import vm from "node:vm";
import { buildSync } from "esbuild";
import type { PageContainer, PageEntry, PageRemote } from "../../../server/src/analysis/runtime/pageContainer.ts";
import type { Answer, PageScenario, Step } from "./pageScenario.ts";
import type { RealContainer } from "./webpackRuntime.ts";

const script = new vm.Script(
  `(() => { const module = { exports: {} }; const exports = module.exports; ${bundled()}; return module.exports.default; })()`,
);

function bundled(): string {
  const { outputFiles } = buildSync({
    stdin: {
      contents: 'export { default } from "@module-federation/webpack-bundler-runtime";',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    format: "cjs",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return outputFiles[0]!.text;
}

type Factory = () => unknown;

interface Instance {
  readonly name: string;
  readonly shareScopeMap: Record<string, Record<string, object>>;
  readonly sharedHandler: {
    initShareScopeMap(name: string, scope: object): void;
    initializeSharing(...asked: readonly unknown[]): readonly Promise<unknown>[];
  };
}

interface BundlerRuntime {
  init(options: object): Instance;
  I(options: object): Promise<unknown>;
  initContainerEntry(options: object): unknown;
  consumes(options: object): void;
  remotes(options: object): void;
  installInitialConsumes(options: object): void;
}

interface Federation {
  readonly bundlerRuntime: BundlerRuntime;
  readonly attachShareScopeMap: (require: object) => void;
}

interface RequireLike {
  (index: number): unknown;
  S: object;
  I: (name: string, initScope?: unknown[]) => Promise<unknown>;
  m: Record<string, (module: { exports?: unknown }) => void>;
  federation: { instance?: Instance; [name: string]: unknown };
}

interface Tag {
  readonly version?: string;
  readonly container?: string;
  readonly fallback?: true;
}

export class Mf2Page {
  readonly #warnings: string[] = [];
  readonly #requires = new Map<string, RequireLike>();
  readonly #containers: ReadonlyMap<string, PageContainer>;
  #steps = 0;

  /** `made` collects the containers of a page, those of other runtimes too. */
  constructor(scenario: PageScenario, made = new Map<string, RealContainer>()) {
    this.#containers = new Map(scenario.containers.map((container) => [container.id, container]));
    const write = (...parts: readonly unknown[]) => void this.#warnings.push(parts.join(" "));
    const quiet = () => undefined;
    const console = { warn: write, error: quiet, log: quiet, info: quiet, debug: quiet, groupCollapsed: quiet };
    const globals: Record<string, unknown> = { console, setTimeout, clearTimeout, URL, URLSearchParams };
    const context = vm.createContext(globals);
    // The runtime asks whether something is a promise of its own realm.
    const later = vm.runInContext("(value) => Promise.resolve(value)", context) as (value: unknown) => unknown;
    for (const container of scenario.containers) {
      // Its entry is looked up only when a host loads it.
      Object.defineProperty(globals, container.from, { get: () => made.get(container.id), configurable: true });
      if (container.runtime !== "mf2") continue;
      const federation = script.runInContext(context) as Federation;
      const require = requireOf(federation, container, this.#containers, later, made);
      this.#requires.set(container.id, require);
      made.set(container.id, {
        get: () => Promise.resolve(() => ({})),
        init: (shareScope, initScope, remoteEntryInitOptions) =>
          (require.federation.bundlerRuntime as BundlerRuntime).initContainerEntry({
            webpackRequire: require,
            shareScope,
            initScope,
            remoteEntryInitOptions,
            shareScopeKey: asWritten(container.shareScopes),
          }),
      });
    }
    for (const { container, shareScope, shareKey, entries } of scenario.presets) {
      if (entries.length === 0 || !this.#requires.has(container)) continue;
      const versions = Object.fromEntries(entries.map((entry) => [entry.version, realEntry(entry, shareScope)]));
      this.#requires.get(container)!.federation.instance!.sharedHandler.initShareScopeMap(shareScope, {
        [shareKey]: versions,
      });
    }
  }

  /** What is copied of the names and share scopes of `__FEDERATION__.__INSTANCES__`. */
  copied(): string {
    const instances = [...this.#requires.values()].map((require) => require.federation.instance!);
    return JSON.stringify(instances.map(({ name, shareScopeMap }) => ({ name, shareScopeMap })));
  }

  /** The message of an entry that asks for a share key at once, without an `import()` before. */
  askAtOnce(id: string, shareKey: string): string | undefined {
    const require = this.#requires.get(id)!;
    const shareInfo = { scope: ["default"], shareConfig: { requiredVersion: false, eager: false } };
    (require.federation.bundlerRuntime as BundlerRuntime).installInitialConsumes({
      moduleToHandlerMapping: { id: { shareKey, getter: undefined, shareInfo } },
      webpackRequire: require,
      installedModules: {},
      initialConsumes: ["id"],
    });
    try {
      require.m.id!({});
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  async run(step: Step): Promise<Answer | undefined> {
    const require = this.#requires.get(step.container)!;
    const container = this.#containers.get(step.container)!;
    if (step.kind === "load") return void (await this.#load(require, container, step.remote));
    this.#warnings.length = 0;
    const {
      shareScope,
      otherScopes = [],
      shareKey,
      requiredVersion,
      strictVersion,
      singleton,
      eager,
      hasFallback,
    } = step;
    const handler = {
      shareKey,
      getter: hasFallback ? () => Promise.resolve(() => ({ fallback: true })) : missing(shareKey, step.implementation),
      shareInfo: {
        scope: [shareScope, ...otherScopes],
        shareConfig: { requiredVersion, strictVersion, singleton, eager },
      },
    };
    const promises: Promise<unknown>[] = [];
    (require.federation.bundlerRuntime as BundlerRuntime).consumes({
      chunkId: "chunk",
      promises,
      installedModules: {},
      webpackRequire: require,
      chunkMapping: { chunk: ["id"] },
      moduleToHandlerMapping: { id: handler },
    });
    try {
      await Promise.all(promises);
      const module: { exports?: unknown } = {};
      require.m.id!(module);
      const tag = module.exports as Tag;
      const warnings = this.#warnings.filter((text) => !text.startsWith("Initialization of sharing"));
      const warning = warnings.length === 0 ? undefined : warnings.join("\n");
      if (tag.fallback) return { kind: "fallback", warning };
      return { kind: "taken", version: tag.version!, container: tag.container!, warning };
    } catch (error) {
      return { kind: "error", message: (error as Error).message };
    }
  }

  async #load(require: RequireLike, container: PageContainer, index: number): Promise<void> {
    const remote = container.remotes[index]!;
    const promises: Promise<unknown>[] = [];
    const id = `remote${this.#steps++}`;
    (require.federation.bundlerRuntime as BundlerRuntime).remotes({
      chunkId: "chunk",
      promises,
      webpackRequire: require,
      chunkMapping: { chunk: [id] },
      idToExternalAndNameMapping: { [id]: [asWritten(remote.shareScopes), "./module", index] },
      idToRemoteMap: { [id]: [remoteInfo(remote, this.#containers)] },
    });
    await Promise.all(promises);
    // What the remote's own remotes still do is done before anything else happens.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** One name alone, or a list. */
function asWritten(shareScopes: readonly string[]): unknown {
  return shareScopes.length > 1 ? [...shareScopes] : shareScopes[0];
}

/** What the bundlers write for `import: false`. */
function missing(shareKey: string, implementation: string | undefined): unknown {
  if (implementation !== "enhanced") return undefined;
  return () => () => {
    throw new Error(`Can not get '${shareKey}'`);
  };
}

/** A remote that is none of the page's containers cannot be loaded. */
function nameOf(id: string, containers: ReadonlyMap<string, PageContainer>): string {
  return containers.get(id)?.from ?? "offline";
}

function remoteInfo(remote: PageRemote, containers: ReadonlyMap<string, PageContainer>): object {
  return { name: nameOf(remote.container, containers), externalType: remote.external ? "promise" : "script" };
}

function requireOf(
  federation: Federation,
  container: PageContainer,
  containers: ReadonlyMap<string, PageContainer>,
  later: (value: unknown) => unknown,
  made: ReadonlyMap<string, RealContainer>,
): RequireLike {
  const shared: Record<string, object[]> = {};
  for (const { shareScope, shareKey, version, eager } of container.provides) {
    const factory = () => ({ version, container: container.id });
    shared[shareKey] ??= [];
    shared[shareKey].push({
      version,
      scope: [shareScope],
      get: () => (eager ? factory : later(factory)),
      shareConfig: { eager, requiredVersion: `^${version}`, singleton: false, strictVersion: false },
    });
  }
  const external = container.remotes.flatMap((remote, index) => (remote.external ? [{ remote, index }] : []));
  const remotes = container.remotes.flatMap((remote) => {
    if (remote.external) return [];
    const name = nameOf(remote.container, containers);
    return [{ name, entry: remote.entry ?? `http://localhost/${name}.js`, shareScope: asWritten(remote.shareScopes) }];
  });
  const initPromises = {};
  const initTokens = {};
  const load = (index: number): unknown => {
    const remote = container.remotes[index]!;
    const real = made.get(remote.container);
    if (remote.immediate) return real;
    return real === undefined ? Promise.reject(new Error("the script did not load")) : Promise.resolve(real);
  };
  const require: RequireLike = Object.assign(load, {
    S: {},
    I: (name: string, initScope?: unknown[]) =>
      federation.bundlerRuntime.I({
        shareScopeName: name,
        webpackRequire: require,
        initPromises,
        initTokens,
        initScope,
      }),
    o: (object: object, key: string) => Object.hasOwn(object, key),
    m: {},
    c: {},
    federation: {
      ...federation,
      initOptions: { name: container.from, remotes, shared, shareStrategy: container.strategy },
      bundlerRuntimeOptions: {
        remotes: {
          idToRemoteMap: Object.fromEntries(
            external.map(({ remote, index }) => [index, [remoteInfo(remote, containers)]]),
          ),
          idToExternalAndNameMapping: Object.fromEntries(
            external.map(({ remote, index }) => [index, [asWritten(remote.shareScopes), "./module", index]]),
          ),
        },
      },
    },
  });
  const instance = federation.bundlerRuntime.init({ webpackRequire: require });
  const { sharedHandler } = instance;
  const initialise = sharedHandler.initializeSharing.bind(sharedHandler);
  // Before it loads a remote, the bundler's code lets what fails here fail unheard.
  sharedHandler.initializeSharing = (...asked) => {
    const promises = initialise(...asked);
    for (const promise of promises) promise.catch(() => undefined);
    return promises;
  };
  require.federation.instance = instance;
  federation.attachShareScopeMap(require);
  return require;
}

function realEntry({ version, from, eager, loaded, strategy, container }: PageEntry, scope: string): object {
  const factory: Factory = () => ({ version, container });
  return {
    version,
    from,
    scope: [scope],
    strategy: strategy ?? "version-first",
    useIn: [],
    deps: [],
    loading: null,
    get: () => (eager ? factory : Promise.resolve(factory)),
    ...(loaded ? { loaded: true, lib: factory } : {}),
    shareConfig: { requiredVersion: `^${version}`, singleton: false, eager, strictVersion: false },
  };
}
