/**
 * The federation graph of the workspace. One of the three boundaries of the core: what is above asks here for
 * containers, their modules and connections, and who consumes and provides a share key.
 */
import { append } from "../base/append.ts";
import { MultiMap } from "../base/multiMap.ts";
import { workspaceRoots } from "../project/workspace.ts";
import { query } from "../query/database.ts";
import { type FilePath, isInside, relativePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import type { Container, ContainerId, Remote } from "./container.ts";
import { containerGraph } from "./containerGraph.ts";
import { containerById, containers } from "./containers.ts";
import { type FederatedConnection, FederatedRequests } from "./federatedRequests.ts";

export { containerGraph, graphStillHolds, prepareGraph } from "./containerGraph.ts";
export { containerById, containers, containersElsewhere, prepareContainers } from "./containers.ts";
export { usedElsewhere } from "./otherContainers.ts";
export { consumesOf, providesOf, remoteModules, shareId, shareKeys } from "./sharedModules.ts";

const fileTable = query<World, ReadonlyMap<FilePath, readonly ContainerId[]>>("containersByFile", (db) => {
  const table = new Map<FilePath, ContainerId[]>();
  for (const { id } of containers(db)) {
    for (const module of containerGraph(db, id).modules.values()) {
      if (module.type !== "normal") continue;
      append(table, module.file, id);
    }
  }
  return table;
});

/** The containers whose builds hold a file. */
export function containersOfFile(db: Db, file: FilePath): readonly ContainerId[] {
  return db.get(fileTable).get(file) ?? [];
}

const importerTable = query<World, ReadonlyMap<string, readonly FilePath[]>>("importersOfModules", (db, id) => {
  const table = new MultiMap<string, FilePath>();
  const graph = containerGraph(db, id);
  for (const { from, to } of graph.connections) {
    if (to === undefined || graph.modules.get(from)?.type !== "normal") continue;
    if (graph.modules.get(to)?.type !== "normal") table.add(to, from);
  }
  return new Map([...table.keys()].map((to) => [to, [...table.values(to)].sort()]));
});

/** The files that ask for a consume-shared or remote module of a container. */
export function importersOf(db: Db, container: ContainerId, moduleId: string): readonly FilePath[] {
  return db.get(importerTable, container).get(moduleId) ?? [];
}

/** The container that a remote is: of the workspace, or as a snapshot of another repository tells. */
export function remoteContainer(db: Db, { container, elsewhere }: Remote): Container | undefined {
  const id = container ?? elsewhere;
  return id === undefined ? undefined : containerById(db, id);
}

export interface RemoteTarget {
  readonly remote: Remote;
  /** `./Button`. */
  readonly expose: string;
  /** The container that the remote is, when it is known. */
  readonly provider: Container | undefined;
}

/** What a request means as a remote's module, seen from a container; `undefined` when it is none. */
export function remoteTarget(db: Db, container: Container, request: string): RemoteTarget | undefined {
  for (const remote of container.remotes) {
    if (request !== remote.alias && !request.startsWith(`${remote.alias}/`)) continue;
    return {
      remote,
      expose: `.${request.slice(remote.alias.length)}`,
      provider: remoteContainer(db, remote),
    };
  }
  return undefined;
}

/** A request of a source file that leads to a consume-shared or remote module. */
export interface FederatedRequest {
  readonly container: ContainerId;
  readonly request: string;
  /** Index in the file's facts; `undefined` for the request of the JSX transform. */
  readonly requestIndex: number | undefined;
  readonly to: string;
}

const federatedTable = query<World, FederatedRequests>(
  "federatedRequests",
  (db, id) => new FederatedRequests(containerGraph(db, id)),
  { equals: Object.is },
);

/** The requests of a file that are shared or lead to remotes in one container's build. */
export function federatedRequestsIn(db: Db, container: ContainerId, file: FilePath): readonly FederatedConnection[] {
  return db.get(federatedTable, container).of(file);
}

/** The same over all builds that hold the file. For memos of one build, `federatedRequestsIn` depends on less. */
export function federatedRequests(db: Db, file: FilePath): readonly FederatedRequest[] {
  return containers(db).flatMap(({ id }) =>
    federatedRequestsIn(db, id, file).map(({ request, requestIndex, to }) => ({
      container: id,
      request,
      requestIndex,
      to,
    })),
  );
}

/** Every file of a container's build with such a request, and those that call the federation runtime. */
export function federatedFiles(db: Db, container: ContainerId): readonly FilePath[] {
  return [...new Set([...db.get(federatedTable, container).files(), ...containerGraph(db, container).runtimeCallers])];
}

/** Whether a file is one of `federatedFiles`. */
export function isFederatedFile(db: Db, container: ContainerId, file: FilePath): boolean {
  return db.get(federatedTable, container).has(file) || containerGraph(db, container).runtimeCallers.includes(file);
}

/** A path as people write it: from the workspace folder that holds it. */
export function workspacePath(db: Db, file: FilePath): string {
  const root = workspaceRoots(db).find((folder) => isInside(file, folder));
  return root === undefined ? file : relativePath(root, file);
}
