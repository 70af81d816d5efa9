/**
 * What the bundler generates into a build's runtime for sharing, read off the graph: registrations, what each consume
 * loads and how, which chunk waits for which consumes, and the modules that a container exposes.
 */
import { MultiMap } from "../base/multiMap.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import type { ConsumeSharedModule } from "../graph/module.ts";
import { query } from "../query/database.ts";
import { buildUsage } from "../usage/usedExports.ts";
import { relativePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";

export interface Registration {
  readonly shareScope: string;
  readonly name: string;
  readonly version: string;
  readonly eager: boolean;
  /** Root-relative path of the module that the factory gives. */
  readonly module: string;
}

export interface ConsumeData {
  /** As webpack names the module: `webpack/sharing/consume/default/react/react`. */
  readonly id: string;
  readonly shareScope: string;
  readonly shareKey: string;
  readonly requiredVersion: string | false | null;
  readonly singleton: boolean;
  readonly strictVersion: boolean;
  readonly eager: boolean;
  /** The function of webpack's runtime that loads it. */
  readonly loader: string;
  readonly fallback: string | null;
}

export interface RuntimeData {
  readonly registrations: readonly Registration[];
  readonly consumes: readonly ConsumeData[];
  /** Consumes that must be there before an entry runs. */
  readonly initialConsumes: readonly string[];
  /** By chunk, before chunks are split: the consumes that it waits for. */
  readonly chunkMapping: Readonly<Record<string, readonly string[]>>;
  /** Expose key to its modules. */
  readonly exposes: Readonly<Record<string, readonly string[]>>;
}

const data = query<World, RuntimeData | undefined>("runtimeData", (db, id) => {
  const container = containerById(db, id);
  if (container === undefined) return undefined;
  const graph = containerGraph(db, id);
  const local = (file: string): string => `./${relativePath(container.context, file)}`;
  const used = buildUsage(db, id).modules;
  const consumes = new Map<string, ConsumeData>();
  const registrations: Registration[] = [];
  for (const module of graph.modules.values()) {
    if (module.type === "provide-shared") {
      const { shareScope, shareKey, version, eager, resource } = module;
      registrations.push({ shareScope, name: shareKey, version: version || "0", eager, module: local(resource) });
    } else if (module.type === "consume-shared" && used.has(module.id)) {
      consumes.set(module.id, consumeData(module, module.fallback === null ? null : local(module.fallback)));
    }
  }
  const chunks = new ChunkConsumes(db, id);
  const entryName = container.config.build.entries[0]?.name ?? "main";
  const names = (ids: Iterable<string>): readonly string[] =>
    [...ids].flatMap((consume) => consumes.get(consume)?.id ?? []).sort();
  return {
    registrations: registrations.sort((left, right) => (left.name < right.name ? -1 : 1)),
    consumes: [...consumes.values()].sort((left, right) => (left.id < right.id ? -1 : 1)),
    initialConsumes: names(chunks.initial()),
    chunkMapping: Object.fromEntries([
      ...(chunks.initial().size > 0 ? [[entryName, names(chunks.initial())]] : []),
      ...[...chunks.mapping()].flatMap(([root, waits]) =>
        waits.size === 0 ? [] : [[chunkId(consumes.get(root)?.id ?? local(root)), names(waits)]],
      ),
    ]),
    exposes: Object.fromEntries(container.exposes.map(({ key, requests }) => [key, requests])),
  };
});

/** `undefined` for no container. */
export function runtimeData(db: Db, container: ContainerId): RuntimeData | undefined {
  return db.get(data, container);
}

function consumeData(module: ConsumeSharedModule, fallback: string | null): ConsumeData {
  const { shareScope, shareKey, requiredVersion, singleton, strictVersion, eager } = module;
  const request = module.import === undefined ? "" : `/${module.import}`;
  return {
    id: `webpack/sharing/consume/${shareScope}/${shareKey}${request}`,
    shareScope,
    shareKey,
    requiredVersion,
    singleton,
    strictVersion,
    eager,
    loader: loaderName(module),
    fallback,
  };
}

function loaderName({ requiredVersion, strictVersion, singleton }: ConsumeSharedModule): string {
  if (typeof requiredVersion !== "string") return singleton ? "loadSingleton" : "load";
  const checked = singleton ? "SingletonVersion" : "Version";
  return strictVersion ? `loadStrict${checked}` : `load${checked}`;
}

/** As webpack makes chunk names of paths. */
function chunkId(path: string): string {
  return path.replace(/^(\.\.?\/)+/, "").replace(/(^[.-]|[^a-zA-Z0-9_-])+/g, "_");
}

/** Which consumes lie in which chunk, and are not there already when it loads. */
class ChunkConsumes {
  readonly #synchronous = new MultiMap<string, string>();
  readonly #entries: string[] = [];
  /** Module that begins a chunk of its own to the modules that ask for it. */
  readonly #asyncRoots = new MultiMap<string, string>();
  readonly #consumes = new Set<string>();
  readonly #provides = new Set<string>();
  #exposes = false;

  constructor(db: Db, id: ContainerId) {
    const graph = containerGraph(db, id);
    const active = buildUsage(db, id).connections;
    for (const [index, { from, to, dependencyType }] of graph.connections.entries()) {
      if (to === undefined || active[index] === undefined) continue;
      const origin = graph.modules.get(from);
      const isShared = origin?.type === "consume-shared" || origin?.type === "provide-shared";
      if (origin?.type === "provide-shared") this.#provides.add(from);
      if (origin?.type === "container-entry") this.#exposes = true;
      if (origin === undefined) this.#entries.push(to);
      else if (isShared ? !origin.eager : dependencyType === "import()" || origin.type === "container-entry") {
        this.#asyncRoots.add(to, from);
      } else this.#synchronous.add(from, to);
      if (graph.modules.get(to)?.type === "consume-shared") this.#consumes.add(to);
    }
  }

  initial(): ReadonlySet<string> {
    return this.#consumesIn(this.#reach(this.#entries));
  }

  mapping(): ReadonlyMap<string, ReadonlySet<string>> {
    const contents = new Map<string, ReadonlySet<string>>();
    const entry = this.#reach(this.#entries);
    for (const root of this.#asyncRoots.keys()) contents.set(root, this.#reach([root]));
    const available = this.#available(contents, entry);
    const found = new Map<string, ReadonlySet<string>>();
    for (const [root, modules] of contents) {
      const there = available.get(root) ?? new Set();
      const waits = [...this.#consumesIn(modules)].filter((consume) => !there.has(consume));
      found.set(root, new Set(waits));
    }
    return found;
  }

  /** What is there in any case when a chunk is asked for: common to all that may ask. */
  #available(
    contents: ReadonlyMap<string, ReadonlySet<string>>,
    entry: ReadonlySet<string>,
  ): ReadonlyMap<string, ReadonlySet<string>> {
    const available = new Map<string, ReadonlySet<string>>();
    for (let changed = true; changed; ) {
      changed = false;
      for (const root of contents.keys()) {
        const askers = this.#asyncRoots.values(root);
        const ways: ReadonlySet<string>[] = [];
        for (const asker of askers) {
          // Provided modules belong to the entries.
          if (this.#provides.has(asker)) {
            ways.push(entry, ...(this.#exposes ? [new Set<string>()] : []));
            continue;
          }
          if (entry.has(asker)) ways.push(entry);
          let reached = entry.has(asker);
          for (const [other, modules] of contents) {
            const there = available.get(other);
            if (!modules.has(asker)) continue;
            reached = true;
            if (there !== undefined) ways.push(new Set([...there, ...modules]));
          }
          // Nothing leads to it but the container itself.
          if (!reached) ways.push(new Set());
        }
        if (ways.length === 0) continue;
        const common = new Set([...ways[0]!].filter((module) => ways.every((way) => way.has(module))));
        if (available.get(root)?.size === common.size) continue;
        available.set(root, common);
        changed = true;
      }
    }
    return available;
  }

  #consumesIn(modules: ReadonlySet<string>): ReadonlySet<string> {
    return new Set([...modules].filter((module) => this.#consumes.has(module)));
  }

  #reach(starts: Iterable<string>): ReadonlySet<string> {
    const reached = new Set<string>();
    const stack = [...starts];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      stack.push(...this.#synchronous.values(next));
    }
    return reached;
  }
}
