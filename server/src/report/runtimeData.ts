/**
 * What the bundler generates into a build's runtime for sharing, read off the graph: registrations, what each consume
 * loads and how, which chunk waits for which consumes, and the modules that a container exposes.
 */
import type { ContainerId } from "../graph/container.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import type { ConsumeSharedModule } from "../graph/module.ts";
import { query } from "../query/database.ts";
import { buildUsage } from "../usage/usedExports.ts";
import { relativePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { ChunkContents, chunkId } from "./chunkContents.ts";

export interface Registration {
  readonly shareScope: string;
  readonly name: string;
  readonly version: string;
  readonly eager: boolean;
  /** What the 2.x runtime is told beside. */
  readonly singleton: boolean;
  readonly requiredVersion: string | false | undefined;
  /** `undefined` where the configuration does not say. */
  readonly strictVersion: boolean | undefined;
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
      const { singleton, requiredVersion, strictVersion } = containerById(db, module.container)!.provides[
        module.provide
      ]!;
      const told = { singleton, requiredVersion, strictVersion };
      registrations.push({
        shareScope,
        name: shareKey,
        version: version || "0",
        eager,
        ...told,
        module: local(resource),
      });
    } else if (module.type === "consume-shared" && used.has(module.id)) {
      consumes.set(module.id, consumeData(module, module.fallback === null ? null : local(module.fallback)));
    }
  }
  const chunks = new ChunkContents(db, id, "consume-shared");
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
