/**
 * Which exports of its modules a container's build uses, from its entries on as webpack flags usage: a reference inside a
 * declaration counts when that declaration is used, and a module without effects only when one of its exports is.
 */

import { append } from "../base/append.ts";
import { knownValue } from "../evaluate/evaluated.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import { RUNTIME_PLUGIN } from "../graph/runtimePlugins.ts";
import { steppedQuery } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { Asks, type ModuleNumber } from "./buildLayout.ts";
import { BuildModules, type Demanding } from "./buildModules.ts";
import { isUsed, type ModuleDemand, referralsOf } from "./references.ts";
import type { NamedUses, Reference } from "./usesByRequest.ts";

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
  /** By the index of the connection in the graph: dotted names, `""` the whole; `undefined` for those that are not active. */
  readonly connections: readonly (readonly string[] | undefined)[];
}

const usage = steppedQuery<World, BuildUsage>("buildUsage", (db, id) => propagate(db, id, false), {
  equals: isSameUsage,
});

const ofShared = steppedQuery<World, BuildUsage>("buildUsageOfShared", (db, id) => propagate(db, id, true), {
  equals: isSameUsage,
});

/** The syntax trees of its modules are what takes long: one a step. */
function* propagate(db: Db, id: ContainerId, sharedOnly: boolean): Generator<void, BuildUsage> {
  const container = containerById(db, id);
  if (container === undefined) return { modules: new Map(), connections: [] };
  const library = [...container.config.build.options.keys()].some((key) => /^output\.library(?:$|\.)/.test(key));
  const plain = knownValue(container.config.build.options.get("output.library")) === undefined;
  const modules = new BuildModules(db, container, containerGraph(db, id));
  const leading = sharedOnly ? leadingToShared(modules) : undefined;
  for (const module of modules.all.keys()) {
    if (leading?.[module] === 0) continue;
    modules.usesOf(module);
    yield;
  }
  return new Propagation(modules, library && !plain, leading).run();
}

/** Usage over the whole build of a container. */
export function buildUsage(db: Db, container: ContainerId): BuildUsage {
  return db.get(usage, container);
}

/** Works out the usage over a build with pauses, for `buildUsage` to have it at hand. */
export function prepareBuildUsage(db: Db, container: ContainerId): Generator<void, void> {
  return db.prepare(usage, container);
}

/** The same for consume-shared modules and what leads to them alone: files of packages that do not are not even read. */
export function buildUsageOfShared(db: Db, container: ContainerId): BuildUsage {
  return db.get(ofShared, container);
}

/** With pauses, for `buildUsageOfShared`. */
export function prepareUsageOfShared(db: Db, container: ContainerId): Generator<void, void> {
  return db.prepare(ofShared, container);
}

interface Demand extends ModuleDemand {
  all: boolean;
  exposed: boolean;
  /** Some path has several members. */
  deep: boolean;
  readonly paths: Map<string, Reference[]>;
  /** Of what is no plain module. */
  readonly importers: Set<FilePath> | undefined;
}

const NO_PATHS: readonly Reference[] = [];
const WHOLE: readonly Reference[] = [[]];
const WHOLE_NAMES: readonly string[] = [""];
const NO_NAMES: readonly string[] = [];

class Propagation {
  readonly #modules: BuildModules;
  readonly #entriesWhole: boolean;
  readonly #demands: (Demand | undefined)[];
  /** Modules to look at, in the order in which importers come before what they import, as far as there is one. */
  readonly #order: readonly ModuleNumber[];
  readonly #waiting: Uint8Array;
  #waits = false;
  /** Modules whose requests are for the same whatever is used of them, once they have been looked at. */
  readonly #settled: Uint8Array;
  /** What each active request references, by connection, as of the last look at its module: dotted names, sorted. */
  readonly #referred: (readonly string[] | undefined)[];
  /** Modules to look at; all where absent. */
  readonly #leading: Uint8Array | undefined;

  constructor(modules: BuildModules, entriesWhole: boolean, leading: Uint8Array | undefined) {
    this.#modules = modules;
    this.#entriesWhole = entriesWhole;
    this.#leading = leading;
    this.#demands = new Array(modules.all.length).fill(undefined);
    this.#waiting = new Uint8Array(modules.all.length);
    this.#settled = new Uint8Array(modules.all.length);
    this.#order = modules.layout.importersFirst;
    this.#referred = new Array(modules.graph.connections.length).fill(undefined);
  }

  run(): BuildUsage {
    const { graph, layout } = this.#modules;
    for (const index of layout.entering) {
      const to = layout.targetOf(index);
      if (to === undefined) continue;
      const isWhole = this.#entriesWhole || graph.connections[index]!.dependencyType === RUNTIME_PLUGIN;
      if (layout.originOf(index) === undefined) this.#refer(to, isWhole ? WHOLE : NO_PATHS, undefined);
      else this.#expose(to);
    }
    while (this.#waits) {
      this.#waits = false;
      for (const module of this.#order) {
        if (this.#waiting[module] === 0) continue;
        this.#waiting[module] = 0;
        this.#process(module);
      }
    }
    return { modules: this.#usage(), connections: this.#connections() };
  }

  #usage(): ReadonlyMap<string, ModuleUsage> {
    const found = new Map<string, ModuleUsage>();
    for (let module = 0; module < this.#demands.length; module++) {
      const demand = this.#demands[module];
      if (demand === undefined) continue;
      const { paths, deep, all, exposed, importers } = demand;
      const used = deep ? namesOf([...paths.values()].flat()) : sorted(paths.keys(), paths.size);
      const by = importers === undefined ? NO_NAMES : sorted(importers, importers.size);
      found.set(this.#modules.all[module]!.id, { used, whole: all, exposed, importers: by });
    }
    return found;
  }

  /** What is shared is told by its importers alone. */
  #expose(module: ModuleNumber): void {
    this.#refer(module, this.#modules.isNormal(module) ? WHOLE : NO_PATHS, undefined);
    const demand = this.#demands[module];
    if (demand !== undefined) demand.exposed = true;
  }

  #process(number: ModuleNumber): void {
    const module = this.#modules.all[number]!;
    if (module.type === "consume-shared") {
      for (const to of this.#modules.layout.targetsOf(number)) this.#refer(to, WHOLE, undefined);
      return;
    }
    if (module.type !== "normal") return;
    const demand = this.#demands[number]!;
    const { own = NO_PATHS, uncertain = false } = this.#modules.usesOf(number) ?? {};
    for (const path of own) this.#want(number, demand, path);
    let settled = true;
    for (const demanding of this.#modules.demandingOf(number)) {
      const { connection, of } = demanding;
      if (!of.fixed) settled = false;
      if (of.fixed && this.#referred[connection] !== undefined) continue;
      this.#referred[connection] = uncertain
        ? this.#take(demanding.to, WHOLE, module.file)
        : this.#ask(number, demand, demanding, module.file);
    }
    if (settled) this.#settled[number] = 1;
  }

  /** What one request references, handed to the modules that it is for. */
  #ask(number: ModuleNumber, demand: Demand, demanding: Demanding, file: FilePath): readonly string[] | undefined {
    const { to, kind, of, ofMany, taken } = demanding;
    const isRequire = (kind & Asks.Require) !== 0;
    if (to === undefined) return undefined;
    if (ofMany) return this.#take(to, WHOLE, file);
    if (taken !== undefined) return this.#take(to, [taken], file);
    if (of.named !== undefined && !isRequire && this.#modules.keepsNames(to)) {
      return this.#askNames(demand, of.named, to, file);
    }
    const referrals = referralsOf(this.#modules, number, demand, demanding);
    // A `require` whose value nobody takes is for the whole module there, not for its effects; an export's is for nothing.
    const isWhole = this.#modules.isRspack && isRequire && of.exportedRequires.length === 0;
    if (isWhole && !referrals.some(({ references }) => references.length > 0)) return this.#take(to, WHOLE, file);
    for (const { to: target, references } of referrals) this.#refer(target, references, file);
    return referrals.length === 0 ? undefined : namesOf(referrals.flatMap(({ references }) => references));
  }

  #askNames(demand: Demand, { paths, usedBy, names }: NamedUses, to: ModuleNumber, file: FilePath): readonly string[] {
    let left: Reference[] | undefined;
    for (let index = 0; index < paths.length; index++) {
      if (isUsed(demand, usedBy[index]!)) left?.push(paths[index]!);
      else left ??= paths.slice(0, index);
    }
    this.#refer(to, left ?? paths, file);
    return left === undefined ? names : left.map(([name]) => name!);
  }

  #take(to: ModuleNumber | undefined, references: readonly Reference[], file: FilePath): readonly string[] | undefined {
    if (to === undefined) return undefined;
    this.#refer(to, references, file);
    return namesOf(references);
  }

  /** No references at all: the module is evaluated. */
  #refer(number: ModuleNumber, references: readonly Reference[], importer: FilePath | undefined): void {
    if (this.#leading?.[number] === 0) return;
    let demand = this.#demands[number];
    if (demand === undefined) {
      const all = this.#modules.isNormal(number) && !this.#modules.flagsUsage;
      const importers = this.#modules.isNormal(number) ? undefined : new Set<FilePath>();
      demand = { all, exposed: false, deep: false, paths: new Map(), importers };
      this.#demands[number] = demand;
      this.#wait(number);
    }
    if (importer !== undefined) demand.importers?.add(importer);
    for (const path of references) this.#want(number, demand, path);
  }

  #wait(number: ModuleNumber): void {
    if (this.#settled[number] === 1) return;
    this.#waiting[number] = 1;
    this.#waits = true;
  }

  #want(number: ModuleNumber, demand: Demand, path: Reference): void {
    const isPlain = this.#modules.isNormal(number);
    if (demand.all && isPlain) return;
    if (path.length === 1 && demand.paths.has(path[0]!) && !demand.deep) return;
    if (path.length === 0 || (isPlain && this.#modules.factsOf(number)?.type === undefined)) {
      if (!demand.all) this.#wait(number);
      demand.all = true;
      return;
    }
    const kept = isPlain ? this.#trimmed(number, path) : path;
    if (kept.length > 1) demand.deep = true;
    const known = demand.paths.get(kept[0]!);
    if (known === undefined) demand.paths.set(kept[0]!, [kept]);
    else if (known.some((other) => isSame(other, kept))) return;
    else known.push(kept);
    this.#wait(number);
  }

  /** Usage goes below an export only where that is a module of its own. */
  #trimmed(number: ModuleNumber, path: Reference): Reference {
    if (path.length === 1 || this.#isNamespace(number, path[0]!, new Set())) return path;
    return path.slice(0, 1);
  }

  #isNamespace(number: ModuleNumber, name: string, seen: Set<string>): boolean {
    const next = this.#modules.exports.next(number, name);
    if (next === undefined || seen.has(`${number}\0${name}`)) return false;
    seen.add(`${number}\0${name}`);
    if (next.path.length === 0) return true;
    return next.path.length === 1 && this.#isNamespace(next.module, next.path[0]!, seen);
  }

  #connections(): BuildUsage["connections"] {
    const { layout } = this.#modules;
    return this.#referred.map((referred, index) => {
      if (referred !== undefined) return referred;
      const to = layout.targetOf(index);
      if (to === undefined || this.#demands[to] === undefined) return undefined;
      const origin = layout.originOf(index);
      if (origin === undefined) return NO_NAMES;
      return this.#modules.isNormal(origin) ? undefined : WHOLE_NAMES;
    });
  }
}

/** Dotted, sorted, each once. */
function namesOf(paths: readonly Reference[]): readonly string[] {
  const [first] = paths;
  if (first === undefined) return NO_NAMES;
  if (paths.length > 1)
    return [...new Set(paths.map((path) => (path.length === 1 ? path[0]! : path.join("."))))].sort();
  if (first.length === 0) return WHOLE_NAMES;
  return first.length === 1 ? first : [first.join(".")];
}

function sorted(names: Iterable<string>, count: number): readonly string[] {
  if (count === 0) return NO_NAMES;
  return count === 1 ? [...names] : [...names].sort();
}

/** Of usage over the same build, mostly: what is the same then stands at the same place. */
function isSameUsage(left: BuildUsage, right: BuildUsage): boolean {
  if (left.modules.size !== right.modules.size || left.connections.length !== right.connections.length) return false;
  for (const [id, usage] of left.modules) {
    const other = right.modules.get(id);
    if (other === undefined || usage.whole !== other.whole || usage.exposed !== other.exposed) return false;
    if (!isSame(usage.used, other.used) || !isSame(usage.importers, other.importers)) return false;
  }
  return left.connections.every((names, index) => {
    const others = right.connections[index];
    return names === others || (names !== undefined && others !== undefined && isSame(names, others));
  });
}

function isSame(left: Reference, right: Reference): boolean {
  if (left === right) return true;
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

/** Marks consume-shared modules, and the modules from which one can be reached. */
function leadingToShared(modules: BuildModules): Uint8Array {
  const askers = new Map<ModuleNumber, ModuleNumber[]>();
  for (let module = 0; module < modules.all.length; module++) {
    for (const to of modules.layout.targetsOf(module)) append(askers, to, module);
  }
  const leading = new Uint8Array(modules.all.length);
  const stack = [...modules.all.keys()].filter((module) => modules.all[module]!.type === "consume-shared");
  for (let module = stack.pop(); module !== undefined; module = stack.pop()) {
    if (leading[module] === 1) continue;
    leading[module] = 1;
    stack.push(...(askers.get(module) ?? []));
  }
  return leading;
}
