/** `fedlens index`: what other repositories may know of this one's containers, as a portable document. */
import type { Container } from "../graph/container.ts";
import { containerGraph, containers } from "../graph/index.ts";
import type { GraphModule } from "../graph/module.ts";
import { SNAPSHOT_SCHEMA, type Snapshot, type SnapshotContainer } from "../graph/snapshot.ts";
import { sharedUsage } from "../usage/sharedUsage.ts";
import { buildUsage } from "../usage/usedExports.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Places } from "./places.ts";

export function indexDocument(db: Db, root: FilePath): Snapshot {
  const places = new Places(db, root);
  return { schema: SNAPSHOT_SCHEMA, containers: containers(db).map((container) => snapshotOf(db, places, container)) };
}

function snapshotOf(db: Db, places: Places, container: Container): SnapshotContainer {
  const { modules, complete } = containerGraph(db, container.id);
  const all = [...modules.values()].filter((module) => module.type === "normal" || module.container === container.id);
  const { name, filename, uniqueName, platform, implementation, runtime, shareStrategy, shareScopes } = container;
  return {
    name: name ?? null,
    project: container.project,
    filename: filename ?? null,
    uniqueName: uniqueName ?? null,
    implementation,
    runtime,
    platform: platform ?? null,
    shareStrategy,
    shareScopes,
    exposes: container.exposes.map(({ key }) => key),
    remotes: container.remotes.map((remote) => ({
      alias: remote.alias,
      addresses: remote.addresses,
      shareScopes: remote.shareScopes,
      requests: requestsOf(all, remote.alias),
    })),
    consumes: consumesOf(db, places, container, all),
    provides: providesOf(places, all),
    complete: {
      shared: container.complete.shared && complete,
      exposes: container.complete.exposes,
      remotes: container.complete.remotes && complete,
    },
  };
}

function requestsOf(modules: readonly GraphModule[], alias: string): readonly string[] {
  const asked = modules.flatMap((module) =>
    module.type === "remote" && module.remote === alias ? [module.internalRequest] : [],
  );
  return [...new Set(asked)].sort();
}

/** Those that are in the build: what nothing uses, the bundler leaves out. */
function consumesOf(
  db: Db,
  places: Places,
  { id, consumes }: Container,
  modules: readonly GraphModule[],
): SnapshotContainer["consumes"] {
  const included = buildUsage(db, id).modules;
  const rows = sharedUsage(db, id);
  return modules.flatMap((module) => {
    if (module.type !== "consume-shared" || !included.has(module.id)) return [];
    const { shareScope, shareScopes, shareKey, requiredVersion, strictVersion, eager, layer, fallback } = module;
    const row = rows.find((item) => item.shareScope === shareScope && item.shareKey === shareKey);
    const isTold = row !== undefined && !row.whole && !row.exposed && row.confidence === "high";
    return [
      {
        id: module.id,
        shareScope,
        shareScopes,
        shareKey,
        requiredVersion,
        singleton: consumes[module.consume]?.unknownOptions.includes("singleton") ? null : module.singleton,
        strictVersion,
        eager,
        ...(layer === undefined ? {} : { layer }),
        fallback: fallback === null ? null : places.path(fallback),
        usedExports: isTold ? row.used : null,
      },
    ];
  });
}

function providesOf(places: Places, modules: readonly GraphModule[]): SnapshotContainer["provides"] {
  return modules.flatMap((module) => {
    if (module.type !== "provide-shared") return [];
    const { id, shareScope, shareScopes, shareKey, version, resource, eager, layer } = module;
    const shared = { id, shareScope, shareScopes, shareKey, version, resource: places.path(resource), eager };
    return [layer === undefined ? shared : { ...shared, layer }];
  });
}
