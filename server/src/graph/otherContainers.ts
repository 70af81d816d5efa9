/**
 * Containers of other repositories, from the snapshots and manifests that the settings name: who they are, what they share
 * and ask for. They stand on pages beside the workspace's own; nothing of them can be read or edited here.
 */
import type { FederationConfig } from "../model/federationConfig.ts";
import type { ConsumeShared, ProvideShared } from "../model/shared.ts";
import { analysisSettings } from "../project/workspace.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import type { Container, ContainerId, Remote } from "./container.ts";
import { remoteIdentifier } from "./identifiers.ts";
import type { ContainerGraph, GraphModule } from "./module.ts";
import { remoteAddress } from "./remoteAddress.ts";
import { readSnapshot, type SnapshotConsume, type SnapshotContainer, type SnapshotProvide } from "./snapshot.ts";

export interface OtherContainer {
  /** Its remotes lead nowhere yet. */
  readonly container: Container;
  readonly told: SnapshotContainer;
}

const table = query<World, ReadonlyMap<ContainerId, OtherContainer>>("otherContainers", (db) => {
  const found = new Map<ContainerId, OtherContainer>();
  const names = new Set<string>();
  for (const file of analysisSettings(db).snapshots) {
    for (const [index, told] of (readSnapshot(fileText(db, file) ?? "") ?? []).entries()) {
      // A container's snapshot and its manifest, or two states of it: the first is believed.
      const name = told.name ?? told.project;
      if (names.has(name)) continue;
      names.add(name);
      const id = `${file}#${index}`;
      found.set(id, { container: containerOf(id, file, told), told });
    }
  }
  return found;
});

export function otherContainers(db: Db): ReadonlyMap<ContainerId, OtherContainer> {
  return db.get(table);
}

/** What is used of a share key elsewhere; `undefined` for nothing. */
export function usedElsewhere(
  db: Db,
  shareScope: string,
  shareKey: string,
): { readonly whole: boolean; readonly used: readonly string[] } | undefined {
  const all = [...otherContainers(db).values()]
    .flatMap(({ told }) => told.consumes)
    .filter((consume) => consume.shareScope === shareScope && consume.shareKey === shareKey);
  if (all.length === 0) return undefined;
  return {
    whole: all.some(({ usedExports }) => usedExports === null),
    used: all.flatMap(({ usedExports }) => usedExports ?? []),
  };
}

/** Modules that stand in its build beside files, as far as they are told. */
export function otherGraph({ container, told }: OtherContainer): ContainerGraph {
  const { id } = container;
  const modules: GraphModule[] = [
    ...told.consumes.map((consume, index): GraphModule => {
      const { shareScope, shareScopes, shareKey, requiredVersion, strictVersion, eager, layer, fallback } = consume;
      return {
        type: "consume-shared",
        id: consume.id,
        container: id,
        shareScope,
        shareScopes,
        shareKey,
        requiredVersion,
        requiredVersionSource: undefined,
        import: fallback === null ? undefined : shareKey,
        fallback: fallback === null ? null : placeOf(id, fallback),
        singleton: consume.singleton === true,
        strictVersion,
        eager,
        layer,
        consume: index,
      };
    }),
    ...told.provides.map((provide, index): GraphModule => {
      const { shareScope, shareScopes, shareKey, version, resource, eager, layer } = provide;
      const place = placeOf(id, resource);
      const shared = { shareScope, shareScopes, shareKey, version, resource: place, eager, layer, provide: index };
      return { type: "provide-shared", id: provide.id, container: id, ...shared };
    }),
    ...told.remotes.flatMap(({ alias, addresses, shareScopes, requests }) => {
      const { entry, externalType } = remoteAddress(addresses[0] ?? "");
      return requests.map((request): GraphModule => {
        const asked = { remote: alias, request: alias + request.slice(1), internalRequest: request, shareScopes };
        const module = remoteIdentifier(shareScopes, alias, addresses.length, request);
        return { type: "remote", id: module, container: id, ...asked, externalType, entry };
      });
    }),
  ];
  return {
    container: id,
    modules: new Map(modules.map((module) => [module.id, module])),
    connections: [],
    problems: [],
    runtimeCallers: [],
    complete: told.complete.shared && told.complete.remotes,
  };
}

/** A file that is not here. */
function placeOf(id: ContainerId, resource: string): FilePath {
  return `/.elsewhere/${id}/${resource}`;
}

function containerOf(id: ContainerId, file: FilePath, told: SnapshotContainer): Container {
  const source: SourceRange = { file, range: { start: 0, end: 0 } };
  const { runtime, implementation, shareStrategy, shareScopes, complete, project } = told;
  return {
    id,
    config: configOf(id, told, source),
    name: told.name ?? undefined,
    filename: told.filename ?? undefined,
    uniqueName: told.uniqueName ?? undefined,
    implementation,
    runtime,
    platform: told.platform ?? undefined,
    shareStrategy,
    context: placeOf(id, ""),
    shareScopes,
    consumes: told.consumes.map((consume) => consumeOf(consume, source)),
    provides: told.provides.map((provide) => provideOf(provide, source)),
    exposes: told.exposes.map((key) => {
      return { key, requests: [], files: [], certain: false, keySource: source, valueSource: source };
    }),
    remotes: told.remotes.map(({ alias, addresses, ...remote }): Remote => {
      const { remoteName, entry } = remoteAddress(addresses[0] ?? "");
      const place = { certain: true, keySource: source, valueSource: source };
      const leads = { container: undefined, elsewhere: undefined };
      return { alias, addresses, remoteName, entry, shareScopes: remote.shareScopes, ...leads, ...place };
    }),
    complete,
    project,
    elsewhere: true,
  };
}

function configOf(id: ContainerId, { runtime, implementation }: SnapshotContainer, source: SourceRange) {
  const nothing = { entries: [], complete: false };
  const config: FederationConfig = {
    id,
    file: source.file,
    bundler: "unknown",
    implementation,
    runtime,
    plugin: "",
    source,
    remotes: nothing,
    exposes: nothing,
    shared: nothing,
    options: new Map(),
    unresolved: [],
    files: [],
    build: {
      context: placeOf(id, ""),
      entries: [],
      entriesComplete: false,
      resolve: { complete: false },
      options: new Map(),
    },
  };
  return config;
}

const UNUSED = {
  packageName: undefined,
  issuerLayer: undefined,
  include: undefined,
  exclude: undefined,
  allowNodeModulesSuffixMatch: false,
};

function consumeOf(consume: SnapshotConsume, source: SourceRange): ConsumeShared {
  const { shareKey, shareScopes, requiredVersion, strictVersion, singleton, eager, layer, fallback } = consume;
  return {
    ...UNUSED,
    request: shareKey,
    shareKey,
    shareScopes,
    import: fallback === null ? undefined : shareKey,
    requiredVersion: requiredVersion === null ? "infer" : { range: requiredVersion },
    strictVersion,
    singleton: singleton === true,
    eager,
    layer,
    treeShaking: undefined,
    source,
    requiredVersionSource: undefined,
    unknownOptions: singleton === null ? ["singleton"] : [],
  };
}

function provideOf({ shareKey, shareScopes, version, eager, layer }: SnapshotProvide, source: SourceRange) {
  const provide: ProvideShared = {
    ...UNUSED,
    request: shareKey,
    shareKey,
    shareScopes,
    version: { version },
    eager,
    singleton: false,
    strictVersion: undefined,
    requiredVersion: undefined,
    layer,
    source,
  };
  return provide;
}
