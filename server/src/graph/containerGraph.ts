/** The module graph of each container's build, as a memo. */
import { steppedQuery } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { buildGraph } from "./buildGraph.ts";
import type { ContainerId } from "./container.ts";
import { containerById } from "./containers.ts";
import type { ContainerGraph } from "./module.ts";
import { otherContainers, otherGraph } from "./otherContainers.ts";

const EMPTY: Omit<ContainerGraph, "container"> = {
  modules: new Map(),
  connections: [],
  problems: [],
  runtimeCallers: [],
  complete: false,
};

const graphOf = steppedQuery<World, ContainerGraph>("containerGraph", function* (db, id) {
  const container = containerById(db, id);
  if (container === undefined) return { container: id, ...EMPTY };
  const other = container.elsewhere ? otherContainers(db).get(id) : undefined;
  return other === undefined ? yield* buildGraph(db, container) : otherGraph(other);
});

/** Whether a container's graph is known and nothing that it was built from has changed. */
export function graphStillHolds(db: Db, id: ContainerId): boolean {
  return db.stillHolds(graphOf, id);
}

/** Builds a container's graph with pauses, for `containerGraph` to have it at hand. */
export function prepareGraph(db: Db, id: ContainerId): Generator<void, void> {
  return db.prepare(graphOf, id);
}

/** Modules and connections of one container's build. */
export function containerGraph(db: Db, id: ContainerId): ContainerGraph {
  return db.get(graphOf, id);
}
