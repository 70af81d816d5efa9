/**
 * Which exports of its consume-shared modules a container's build references, from its entries on as webpack flags usage:
 * a reference inside a declaration counts when that declaration is used, and a module without side effects only when
 * one of its exports is.
 */

import { MultiMap } from "../base/multiMap.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerGraph } from "../graph/index.ts";
import type { Connection, ContainerGraph, GraphModule } from "../graph/module.ts";
import { nearestManifest } from "../project/manifest.ts";
import { query } from "../query/database.ts";
import { exportFacts } from "../syntax/exportFacts.ts";
import { type ModuleUses, moduleUses, type RequestUse } from "../syntax/moduleUses.ts";
import { type FilePath, parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";

export interface ModuleUsage {
  /** Dotted names, sorted; meaningless where `whole`. */
  readonly used: readonly string[];
  readonly whole: boolean;
  readonly importers: readonly FilePath[];
}

const usage = query<World, ReadonlyMap<string, ModuleUsage>>("usedExports", (db, id) =>
  new UsagePropagation(db, containerGraph(db, id)).run(),
);

/** By the id of the consume-shared module; those that no reached code asks for are absent. */
export function usedExports(db: Db, container: ContainerId): ReadonlyMap<string, ModuleUsage> {
  return db.get(usage, container);
}

interface Seen {
  readonly names: Set<string>;
  all: boolean;
}

class UsagePropagation {
  readonly #db: Db;
  readonly #graph: ContainerGraph;
  readonly #outgoing = new MultiMap<string, Connection>();
  readonly #demands = new Map<string, Seen>();
  readonly #shared = new Map<string, Seen & { readonly importers: Set<FilePath> }>();
  readonly #queue = new Set<string>();

  constructor(db: Db, graph: ContainerGraph) {
    this.#db = db;
    this.#graph = graph;
    for (const connection of graph.connections) this.#outgoing.add(connection.from, connection);
  }

  run(): ReadonlyMap<string, ModuleUsage> {
    for (const id of this.#roots()) this.#demand(id, undefined);
    for (const id of this.#queue) {
      this.#queue.delete(id);
      this.#process(id);
    }
    return new Map(
      [...this.#shared].map(([id, { names, all, importers }]) => [
        id,
        { used: [...names].sort(), whole: all, importers: [...importers].sort() },
      ]),
    );
  }

  /** What no code asks for is an entry, exposed, or a fallback; of a cycle that nothing leads to, one module. */
  #roots(): readonly string[] {
    const asked = new Set<string>();
    const roots: string[] = [];
    for (const { from, to } of this.#graph.connections) {
      if (to === undefined || this.#graph.modules.get(to)?.type !== "normal") continue;
      if (this.#graph.modules.get(from)?.type === "normal") asked.add(to);
      else roots.push(to);
    }
    const normal = [...this.#graph.modules.values()].filter(({ type }) => type === "normal");
    for (const { id } of normal) if (!asked.has(id)) roots.push(id);
    const reached = new Set<string>();
    const reach = (start: string): void => {
      const stack = [start];
      for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
        if (reached.has(id)) continue;
        reached.add(id);
        for (const { to } of this.#outgoing.values(id)) if (to !== undefined) stack.push(to);
      }
    };
    for (const root of roots) reach(root);
    for (const { id } of normal) {
      if (reached.has(id)) continue;
      roots.push(id);
      reach(id);
    }
    return roots;
  }

  /** `names` undefined: everything that the module exports. */
  #demand(id: string, names: readonly string[] | undefined): void {
    let seen = this.#demands.get(id);
    const before = seen === undefined ? -1 : seen.all ? Number.POSITIVE_INFINITY : seen.names.size;
    seen ??= { names: new Set(), all: false };
    this.#demands.set(id, seen);
    if (names === undefined) seen.all = true;
    else for (const name of names) seen.names.add(name);
    if ((seen.all ? Number.POSITIVE_INFINITY : seen.names.size) > before) this.#queue.add(id);
  }

  #process(id: string): void {
    const module = this.#graph.modules.get(id);
    const outgoing = [...this.#outgoing.values(id)];
    if (module?.type !== "normal" || outgoing.length === 0) return;
    const facts = moduleUses(this.#db, module.file);
    if (facts.uncertain) {
      for (const connection of outgoing) this.#refer(module.file, connection, undefined);
      return;
    }
    const automatic = outgoing.some(({ requestIndex }) => requestIndex === undefined);
    const uses = facts.uses.filter(({ kind }) => kind !== "classic jsx" || !automatic);
    const kept = new Set(uses.map(({ request }) => request));
    const active = activeHolders(facts, this.#demands.get(id)!);
    for (const connection of outgoing) {
      const { requestIndex } = connection;
      if (requestIndex !== undefined && facts.erased.includes(requestIndex) && !kept.has(requestIndex)) continue;
      this.#evaluate(module.file, connection);
      for (const use of uses) {
        if (use.request !== requestIndex) continue;
        if (use.holder === undefined || active.has(use.holder)) this.#refer(module.file, connection, use);
      }
      this.#reexport(id, module.file, facts, connection);
    }
  }

  #reexport(id: string, file: FilePath, facts: ModuleUses, connection: Connection): void {
    const demand = this.#demands.get(id)!;
    for (const { request, imported, exported } of facts.reexports) {
      if (request !== connection.requestIndex) continue;
      const use = (path: readonly string[]): RequestUse => ({
        request,
        path,
        kind: "import",
        called: false,
        holder: undefined,
      });
      if (exported !== undefined) {
        if (demand.all || demand.names.has(exported))
          this.#refer(file, connection, use(imported === undefined ? [] : [imported]));
      } else if (demand.all) this.#refer(file, connection, use([]));
      else {
        const own = new Set([
          ...(exportFacts(this.#db, file)?.names ?? []),
          ...facts.reexports.map((item) => item.exported),
        ]);
        for (const name of demand.names)
          if (name !== "default" && !own.has(name)) this.#refer(file, connection, use([name]));
      }
    }
  }

  /** The request itself, whatever is taken from it. */
  #evaluate(file: FilePath, { to, dependencyType }: Connection): void {
    const target = to === undefined ? undefined : this.#graph.modules.get(to);
    if (target === undefined) return;
    if (target.type === "consume-shared") this.#sharedUse(target.id).importers.add(file);
    else if (target.type === "normal") {
      const importing = dependencyType === "esm import" || dependencyType === "esm export";
      if (!importing || !isSideEffectFree(this.#db, target.file)) this.#demand(target.id, []);
    }
  }

  #sharedUse(id: string): Seen & { readonly importers: Set<FilePath> } {
    const seen = this.#shared.get(id) ?? { names: new Set(), all: false, importers: new Set() };
    this.#shared.set(id, seen);
    return seen;
  }

  #refer(file: FilePath, connection: Connection, use: RequestUse | undefined): void {
    const target = connection.to === undefined ? undefined : this.#graph.modules.get(connection.to);
    if (target === undefined) return;
    this.#evaluate(file, connection);
    const path = use === undefined ? [] : referencedPath(this.#db, target, use);
    if (target.type === "consume-shared") {
      const seen = this.#sharedUse(target.id);
      if (path.length === 0) seen.all = true;
      else seen.names.add(path.join("."));
    } else if (target.type === "normal") this.#demand(target.id, path.length === 0 ? undefined : [path[0]!]);
  }
}

/** The declarations that run or are exported and demanded, and those that they name. */
function activeHolders(facts: ModuleUses, demand: Seen): ReadonlySet<string> {
  const exported = Object.entries(facts.exports).filter(([name]) => demand.all || demand.names.has(name));
  const stack = ["", ...exported.map(([, holder]) => holder)];
  const active = new Set<string>();
  for (let holder = stack.pop(); holder !== undefined; holder = stack.pop()) {
    if (active.has(holder)) continue;
    active.add(holder);
    stack.push(...(facts.holders[holder] ?? []));
  }
  return active;
}

/** The export that a use references: empty for the whole module. As webpack's dependencies tell it. */
function referencedPath(db: Db, target: GraphModule, use: RequestUse): readonly string[] {
  const file = target.type === "consume-shared" ? target.fallback : target.type === "normal" ? target.file : null;
  const facts = file === null ? undefined : exportFacts(db, file);
  const namespace = facts?.format === "esm" || facts?.flagged === true;
  const { path, kind, called } = use;
  if (kind === "full require") return called && !namespace ? path.slice(0, -1) : path;
  if (kind === "require" || kind === "import()") return path;
  let ids = path;
  let asContext = false;
  if (ids[0] === "default" && !namespace) {
    if (facts === undefined || !facts.complete) return [];
    ids = ids.slice(1);
    asContext = true;
  }
  return called && (asContext || ids.length > 1) ? ids.slice(0, -1) : ids;
}

function isSideEffectFree(db: Db, file: FilePath): boolean {
  return nearestManifest(db, parentPath(file))?.data.sideEffects === false;
}
