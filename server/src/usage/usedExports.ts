/**
 * Which exports of its modules a container's build uses, from its entries on as webpack flags usage: a reference inside a
 * declaration counts when that declaration is used, and a module without effects only when one of its exports is.
 */

import { append } from "../base/append.ts";
import { isSameList } from "../base/equals.ts";
import { knownValue } from "../evaluate/evaluated.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import { RUNTIME_PLUGIN } from "../graph/runtimePlugins.ts";
import { steppedQuery } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { Asks, type BuildLayout, type ModuleNumber } from "./buildLayout.ts";
import { BuildModules } from "./buildModules.ts";
import { Demands } from "./demands.ts";
import { type NameNumber, numberOfName } from "./names.ts";
import { referralsOf, writtenNames } from "./references.ts";
import { ALWAYS, Place, type RequestPlan, Traits } from "./requestPlan.ts";
import { type ModuleUsage, namesOf, UsageRows } from "./usageRows.ts";
import type { Reference } from "./usesByRequest.ts";

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
  const leading = sharedOnly ? leadingToShared(modules.layout) : undefined;
  for (let module = 0; module < modules.all.length; module++) {
    if (leading?.[module] !== 0 && modules.read(module)) yield;
  }
  return new Propagation(modules, rowsBefore(modules.plan, sharedOnly), library && !plain, leading).run();
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

const NO_PATHS: readonly Reference[] = [];
const WHOLE: readonly Reference[] = [[]];
const WHOLE_NAMES: readonly string[] = [""];
const NO_NAMES: readonly string[] = [];

class Propagation {
  readonly #modules: BuildModules;
  readonly #layout: BuildLayout;
  readonly #plan: RequestPlan;
  readonly #entriesWhole: boolean;
  readonly #demands: Demands;
  /** Of what is no plain module. */
  readonly #importers = new Map<ModuleNumber, ModuleNumber[]>();
  /** In builds of Rspack, what is taken of modules as the code writes it; all where something is that has no name. */
  readonly #written: Demands | undefined;
  readonly #rows: UsageRows;
  readonly #waiting: Uint8Array;
  #waits = false;
  /** Modules whose requests are for the same whatever is used of them, once they have been looked at. */
  readonly #settled: Uint8Array;
  /** What each active request references, by connection, as of the last look at its module: dotted names, sorted. */
  readonly #referred: (readonly string[] | undefined)[];
  /** Modules to look at; all where absent. */
  readonly #leading: Uint8Array | undefined;

  constructor(modules: BuildModules, rows: UsageRows, entriesWhole: boolean, leading: Uint8Array | undefined) {
    this.#modules = modules;
    this.#layout = modules.layout;
    this.#plan = modules.plan;
    this.#rows = rows;
    this.#entriesWhole = entriesWhole;
    this.#leading = leading;
    const count = modules.all.length;
    this.#demands = new Demands(count);
    this.#written = modules.isRspack ? new Demands(count) : undefined;
    this.#waiting = new Uint8Array(count);
    this.#settled = new Uint8Array(count);
    this.#referred = new Array<readonly string[] | undefined>(modules.graph.connections.length).fill(undefined);
  }

  run(): BuildUsage {
    const { graph, layout } = this.#modules;
    for (const index of layout.entering) {
      const to = layout.targetOf(index);
      if (to === undefined) continue;
      const isWhole = this.#entriesWhole || graph.connections[index]!.dependencyType === RUNTIME_PLUGIN;
      if (isWhole) this.#written?.setAll(to);
      if (layout.originOf(index) === undefined) this.#refer(to, isWhole ? WHOLE : NO_PATHS, undefined);
      else this.#expose(to);
    }
    const order = layout.importersFirst;
    while (this.#waits) {
      this.#waits = false;
      for (let index = 0; index < order.length; index++) {
        const module = order[index]!;
        if (this.#waiting[module] === 0) continue;
        this.#waiting[module] = 0;
        this.#process(module);
      }
    }
    return {
      modules: this.#rows.rowsOf(this.#demands, this.#importers, this.#written),
      connections: this.#connections(),
    };
  }

  /** What is shared is told by its importers alone. */
  #expose(module: ModuleNumber): void {
    this.#refer(module, this.#modules.isNormal(module) ? WHOLE : NO_PATHS, undefined);
    if (this.#demands.isReached(module)) this.#demands.setExposed(module);
  }

  #process(number: ModuleNumber): void {
    const module = this.#modules.all[number]!;
    if (module.type === "consume-shared") {
      for (const to of this.#layout.targetsOf(number)) this.#refer(to, WHOLE, undefined);
      return;
    }
    if (module.type !== "normal") return;
    const traits = this.#modules.traitsOf(number);
    if ((traits & Traits.ReadsOwn) !== 0) for (const path of this.#modules.ownOf(number)) this.#want(number, path);
    const { places } = this.#plan;
    const end = this.#layout.placesTo(number);
    let settled = true;
    for (let place = this.#layout.placesFrom(number); place < end; place++) {
      if (!this.#modules.isInBuild(number, place)) continue;
      const connection = this.#layout.outgoing[place]!;
      if ((places[place]! & Place.Fixed) === 0) settled = false;
      else if (this.#referred[connection] !== undefined) continue;
      this.#referred[connection] =
        (traits & Traits.Uncertain) === 0
          ? this.#ask(number, place)
          : this.#takeAll(this.#layout.targetOf(connection)!, number);
    }
    if (settled) this.#settled[number] = 1;
  }

  /** What one request references, handed to the modules that it is for. */
  #ask(number: ModuleNumber, place: number): readonly string[] | undefined {
    const bits = this.#plan.places[place]!;
    const connection = this.#layout.outgoing[place]!;
    const to = this.#layout.targetOf(connection)!;
    if ((bits & Place.Named) !== 0 && this.#modules.keepsNames(to)) {
      return this.#askNames(number, place, to);
    }
    this.#writeNames(number, place, to);
    if ((bits & Place.Whole) !== 0) return this.#take(to, WHOLE, number);
    const taken = this.#plan.takenBy(connection);
    if (taken !== undefined) return this.#take(to, [taken], number);
    const demanding = this.#modules.demandingAt(place);
    const referrals = referralsOf(this.#modules, number, this.#demands, demanding);
    // A `require` whose value nobody takes is for the whole module there, not for its effects; an export's is for nothing.
    const isRequire = (demanding.kind & Asks.Require) !== 0;
    const isWhole = this.#modules.isRspack && isRequire && demanding.of.exportedRequires.length === 0;
    if (isWhole && !referrals.some(({ references }) => references.length > 0)) return this.#take(to, WHOLE, number);
    for (const { to: target, references } of referrals) {
      // What comes through an index file is listed whether or not it is used.
      if (target !== to) this.#written?.setAll(target);
      this.#refer(target, references, number);
    }
    return referrals.length === 0 ? undefined : namesOf(referrals.flatMap(({ references }) => references));
  }

  #writeNames(number: ModuleNumber, place: number, to: ModuleNumber): void {
    if (this.#written === undefined || this.#modules.isNormal(to)) return;
    const names = writtenNames(this.#demands, number, this.#modules.demandingAt(place));
    if (names === undefined) this.#written.setAll(to);
    else for (const name of names) this.#written.add(to, numberOfName(name));
  }

  #askNames(number: ModuleNumber, place: number, to: ModuleNumber): readonly string[] {
    const reached = this.#reach(to, number);
    const written = this.#modules.isNormal(to) ? undefined : this.#written;
    const names = this.#plan.names[place]!;
    const { conditions } = this.#plan;
    let at = this.#plan.conditionsFrom[place]!;
    let left: string[] | undefined;
    for (let index = 0; index < names.length; index++) {
      const name = conditions[at]!;
      const count = conditions[at + 1]!;
      at += 2;
      if (count === ALWAYS || this.#isUsed(number, conditions, at, count)) {
        left?.push(names[index]!);
        if (reached) this.#wantName(to, name);
        written?.add(to, name);
      } else left ??= names.slice(0, index);
      if (count > 0) at += count;
    }
    return left ?? names;
  }

  /** Whether what hangs on some exports of a module counts. */
  #isUsed(number: ModuleNumber, conditions: Int32Array, from: number, count: number): boolean {
    if (this.#demands.isAll(number)) return count > 0;
    for (let at = from; at < from + count; at++) if (this.#demands.has(number, conditions[at]!)) return true;
    return false;
  }

  /** Of code that is not understood. */
  #takeAll(to: ModuleNumber, importer: ModuleNumber): readonly string[] {
    this.#written?.setAll(to);
    return this.#take(to, WHOLE, importer);
  }

  #take(to: ModuleNumber, references: readonly Reference[], importer: ModuleNumber): readonly string[] {
    this.#refer(to, references, importer);
    return namesOf(references);
  }

  /** No references at all: the module is evaluated. */
  #refer(number: ModuleNumber, references: readonly Reference[], importer: ModuleNumber | undefined): void {
    if (this.#reach(number, importer)) for (const path of references) this.#want(number, path);
  }

  /** False where the module is not looked at. */
  #reach(number: ModuleNumber, importer: ModuleNumber | undefined): boolean {
    if (this.#leading?.[number] === 0) return false;
    const isNormal = this.#modules.isNormal(number);
    if (this.#demands.reach(number)) {
      if (isNormal && !this.#modules.flagsUsage) this.#demands.setAll(number);
      this.#wait(number);
    }
    if (importer !== undefined && !isNormal) append(this.#importers, number, importer);
    return true;
  }

  #wait(number: ModuleNumber): void {
    if (this.#settled[number] === 1) return;
    this.#waiting[number] = 1;
    this.#waits = true;
  }

  #want(number: ModuleNumber, path: Reference): void {
    const isNormal = this.#modules.isNormal(number);
    if (isNormal && this.#demands.isAll(number)) return;
    if (path.length === 0 || (isNormal && (this.#modules.traitsOf(number) & Traits.Typed) === 0)) this.#wantAll(number);
    // Usage goes below an export only where that is a module of its own.
    else if (path.length > 1 && (!isNormal || this.#isNamespace(number, path[0]!, new Set()))) {
      if (this.#demands.addPath(number, path)) this.#wait(number);
    } else this.#wantName(number, numberOfName(path[0]!));
  }

  #wantAll(number: ModuleNumber): void {
    if (this.#demands.setAll(number)) this.#wait(number);
  }

  #wantName(number: ModuleNumber, name: NameNumber): void {
    if (this.#modules.isNormal(number)) {
      if (this.#demands.isAll(number)) return;
      if ((this.#modules.traitsOf(number) & Traits.Typed) === 0) {
        this.#wantAll(number);
        return;
      }
    }
    if (this.#demands.add(number, name)) this.#wait(number);
  }

  #isNamespace(number: ModuleNumber, name: string, seen: Set<string>): boolean {
    const next = this.#modules.exports.next(number, name);
    if (next === undefined || seen.has(`${number}\0${name}`)) return false;
    seen.add(`${number}\0${name}`);
    if (next.path.length === 0) return true;
    return next.path.length === 1 && this.#isNamespace(next.module, next.path[0]!, seen);
  }

  #connections(): BuildUsage["connections"] {
    return this.#referred.map((referred, index) => {
      if (referred !== undefined) return referred;
      const to = this.#layout.targetOf(index);
      if (to === undefined || !this.#demands.isReached(to)) return undefined;
      const origin = this.#layout.originOf(index);
      if (origin === undefined) return NO_NAMES;
      return this.#modules.isNormal(origin) ? undefined : WHOLE_NAMES;
    });
  }
}

/** Of usage over the same build, mostly: what is the same then stands at the same place. */
function isSameUsage(left: BuildUsage, right: BuildUsage): boolean {
  if (left.modules.size !== right.modules.size || left.connections.length !== right.connections.length) return false;
  for (const [id, usage] of left.modules) {
    const other = right.modules.get(id);
    if (usage === other) continue;
    if (other === undefined || usage.whole !== other.whole || usage.exposed !== other.exposed) return false;
    if (!isSameList(usage.used, other.used) || !isSameList(usage.importers, other.importers)) return false;
    if (!isSameList(usage.written ?? NO_NAMES, other.written ?? NO_NAMES)) return false;
  }
  return left.connections.every((names, index) => {
    const others = right.connections[index];
    return names === others || (names !== undefined && others !== undefined && isSameList(names, others));
  });
}

const ofAll = new WeakMap<RequestPlan, UsageRows>();
const ofSharedAlone = new WeakMap<RequestPlan, UsageRows>();

/** Rows as of the last pass of the kind over the build. */
function rowsBefore(plan: RequestPlan, sharedOnly: boolean): UsageRows {
  const known = sharedOnly ? ofSharedAlone : ofAll;
  const rows = known.get(plan) ?? new UsageRows(plan.layout);
  known.set(plan, rows);
  return rows;
}

/** Marks consume-shared modules, and the modules from which one can be reached. */
function leadingToShared(layout: BuildLayout): Uint8Array {
  const askers = new Map<ModuleNumber, ModuleNumber[]>();
  for (let module = 0; module < layout.all.length; module++) {
    for (const to of layout.targetsOf(module)) append(askers, to, module);
  }
  const leading = new Uint8Array(layout.all.length);
  const stack = [...layout.all.keys()].filter((module) => layout.all[module]!.type === "consume-shared");
  for (let module = stack.pop(); module !== undefined; module = stack.pop()) {
    if (leading[module] === 1) continue;
    leading[module] = 1;
    stack.push(...(askers.get(module) ?? []));
  }
  return leading;
}
