/**
 * Which exports of its modules a container's build uses, from its entries on as webpack flags usage: a reference inside a
 * declaration counts when that declaration is used, and a module without effects only when one of its exports is.
 */

import { MultiMap } from "../base/multiMap.ts";
import { knownValue } from "../evaluate/evaluated.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import type { Connection, ContainerGraph } from "../graph/module.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { BuildModules, type Demanding } from "./buildModules.ts";
import { type ModuleDemand, type Reference, type Referral, referralsOf } from "./references.ts";

export interface ModuleUsage {
  /** Dotted names, sorted; meaningless where `whole`. */
  readonly used: readonly string[];
  readonly whole: boolean;
  /** The build hands it out as it is: an expose, the module behind a provide. Its other users are not in this build. */
  readonly exposed: boolean;
  readonly importers: readonly FilePath[];
}

export interface BuildUsage {
  /** By module id; modules that the bundler leaves out are absent. */
  readonly modules: ReadonlyMap<string, ModuleUsage>;
  /** By the index of the connection in the graph: dotted names, `""` the whole; absent for those that are not active. */
  readonly connections: ReadonlyMap<number, readonly string[]>;
}

const usage = query<World, BuildUsage>("buildUsage", (db, id) => propagate(db, id, false));

const ofShared = query<World, BuildUsage>("buildUsageOfShared", (db, id) => propagate(db, id, true));

function propagate(db: Db, id: ContainerId, sharedOnly: boolean): BuildUsage {
  const container = containerById(db, id);
  if (container === undefined) return { modules: new Map(), connections: new Map() };
  const library = [...container.config.build.options.keys()].some((key) => /^output\.library(?:$|\.)/.test(key));
  const plain = knownValue(container.config.build.options.get("output.library")) === undefined;
  const modules = new BuildModules(db, container, containerGraph(db, id));
  return new Propagation(modules, library && !plain, sharedOnly).run();
}

/** Usage over the whole build of a container. */
export function buildUsage(db: Db, container: ContainerId): BuildUsage {
  return db.get(usage, container);
}

/** The same for consume-shared modules and what leads to them alone: files of packages that do not are not even read. */
export function buildUsageOfShared(db: Db, container: ContainerId): BuildUsage {
  return db.get(ofShared, container);
}

interface Demand extends ModuleDemand {
  all: boolean;
  exposed: boolean;
  readonly paths: Map<string, Reference>;
  readonly names: Set<string>;
  readonly importers: Set<FilePath>;
}

class Propagation {
  readonly #modules: BuildModules;
  readonly #entriesWhole: boolean;
  readonly #demands = new Map<string, Demand>();
  readonly #queue = new Set<string>();
  /** What each request references, as of the last look at its module. */
  readonly #referred = new Map<Connection, readonly Referral[]>();

  /** Modules to look at; all where absent. */
  readonly #leading: ReadonlySet<string> | undefined;

  constructor(modules: BuildModules, entriesWhole: boolean, sharedOnly: boolean) {
    this.#modules = modules;
    this.#entriesWhole = entriesWhole;
    this.#leading = sharedOnly ? leadingToShared(modules.graph) : undefined;
  }

  run(): BuildUsage {
    for (const { from, to, dependencyType } of this.#modules.graph.connections) {
      const isEntry = this.#modules.module(from) === undefined;
      if (isEntry && to !== undefined) this.#refer(to, this.#entriesWhole ? [[]] : [], undefined);
      else if (dependencyType === "container exposed" || dependencyType === "provide module for shared") {
        if (to !== undefined) this.#expose(to);
      }
    }
    for (const id of this.#queue) {
      this.#queue.delete(id);
      this.#process(id);
    }
    const modules = [...this.#demands].map(([id, { paths, all, exposed, importers }]) => {
      const used = [...paths.keys()].sort();
      return [id, { used, whole: all, exposed, importers: [...importers].sort() }] as const;
    });
    return { modules: new Map(modules), connections: this.#connections() };
  }

  /** What is shared is told by its importers alone. */
  #expose(id: string): void {
    this.#refer(id, this.#modules.module(id)?.type === "normal" ? [[]] : [], undefined);
    const demand = this.#demands.get(id);
    if (demand !== undefined) demand.exposed = true;
  }

  #process(id: string): void {
    const module = this.#modules.module(id);
    if (module?.type === "consume-shared") {
      for (const { to } of this.#modules.outgoing(id)) if (to !== undefined) this.#refer(to, [[]], undefined);
      return;
    }
    if (module?.type !== "normal") return;
    const demand = this.#demands.get(id)!;
    for (const path of this.#modules.usesOf(id)?.own ?? []) this.#want(id, demand, path);
    for (const demanding of this.#modules.demandingOf(id)) {
      const referrals = this.#referrals(id, demanding);
      this.#referred.set(demanding.connection, referrals);
      for (const { to, references } of referrals) this.#refer(to, references, module.file);
    }
  }

  #referrals(id: string, demanding: Demanding): ReturnType<typeof referralsOf> {
    const { to } = demanding.connection;
    if (to !== undefined && this.#modules.usesOf(id)?.uncertain === true) return [{ to, references: [[]] }];
    const referrals = referralsOf(this.#modules, id, this.#demands.get(id)!, demanding);
    if (to === undefined || !this.#modules.requiresWhole || demanding.connection.dependencyType !== "cjs require")
      return referrals;
    return referrals.some(({ references }) => references.length > 0) ? referrals : [{ to, references: [[]] }];
  }

  /** No references at all: the module is evaluated. */
  #refer(id: string, references: readonly Reference[], importer: FilePath | undefined): void {
    const module = this.#modules.module(id);
    if (module === undefined || this.#leading?.has(id) === false) return;
    let demand = this.#demands.get(id);
    if (demand === undefined) {
      const all = module.type === "normal" && !this.#modules.flagsUsage;
      demand = { all, exposed: false, paths: new Map(), names: new Set(), importers: new Set() };
      this.#demands.set(id, demand);
      this.#queue.add(id);
    }
    if (importer !== undefined) demand.importers.add(importer);
    for (const path of references) this.#want(id, demand, path);
  }

  #want(id: string, demand: Demand, path: Reference): void {
    const isPlain = this.#modules.module(id)?.type === "normal";
    if (demand.all && isPlain) return;
    const facts = isPlain ? this.#modules.factsOf(id) : undefined;
    if (path.length === 0 || (isPlain && facts?.type === undefined)) {
      if (!demand.all) this.#queue.add(id);
      demand.all = true;
      return;
    }
    const kept = isPlain ? this.#trimmed(id, path) : path;
    const key = kept.join(".");
    if (demand.paths.has(key)) return;
    demand.paths.set(key, kept);
    demand.names.add(kept[0]!);
    this.#queue.add(id);
  }

  /** Usage goes below an export only where that is a module of its own. */
  #trimmed(id: string, path: Reference): Reference {
    if (path.length === 1 || this.#isNamespace(id, path[0]!, new Set())) return path;
    return path.slice(0, 1);
  }

  #isNamespace(id: string, name: string, seen: Set<string>): boolean {
    const next = this.#modules.exports.next(id, name);
    if (next === undefined || seen.has(`${id}\0${name}`)) return false;
    seen.add(`${id}\0${name}`);
    if (next.path.length === 0) return true;
    return next.path.length === 1 && this.#isNamespace(next.module, next.path[0]!, seen);
  }

  #connections(): ReadonlyMap<number, readonly string[]> {
    const found = new Map<number, readonly string[]>();
    for (const [index, connection] of this.#modules.graph.connections.entries()) {
      const { from, to } = connection;
      if (this.#modules.module(from)?.type === "normal") {
        const referrals = this.#referred.get(connection) ?? [];
        if (referrals.length === 0) continue;
        const names = referrals.flatMap(({ references }) => references.map((path) => path.join(".")));
        found.set(index, [...new Set(names)].sort());
      } else if (to !== undefined && this.#demands.has(to)) {
        found.set(index, this.#modules.module(from) === undefined ? [] : [""]);
      }
    }
    return found;
  }
}

/** Consume-shared modules, and the modules from which one can be reached. */
function leadingToShared({ modules, connections }: ContainerGraph): ReadonlySet<string> {
  const askers = new MultiMap<string, string>();
  for (const { from, to } of connections) if (to !== undefined) askers.add(to, from);
  const leading = new Set<string>();
  const stack = [...modules.values()].filter(({ type }) => type === "consume-shared").map(({ id }) => id);
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (leading.has(id)) continue;
    leading.add(id);
    stack.push(...askers.values(id));
  }
  return leading;
}
