/** The module graph of each container's build, as a memo. */
import { steppedQuery } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { buildGraph } from "./buildGraph.ts";
import type { ContainerId } from "./container.ts";
import { containerById } from "./containers.ts";
import type { ContainerGraph } from "./module.ts";

const EMPTY: Omit<ContainerGraph, "container"> = {
  modules: new Map(),
  connections: [],
  problems: [],
  runtimeCallers: [],
  complete: false,
};

const graphOf = steppedQuery<World, ContainerGraph>("containerGraph", function* (db, id) {
  const container = containerById(db, id);
  return container === undefined ? { container: id, ...EMPTY } : yield* buildGraph(db, container);
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
