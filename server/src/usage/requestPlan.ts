/**
 * What every request of a build takes, read off the facts of its modules. It is kept with the graph: a pass over the build
 * reads only those modules anew whose facts have changed.
 */
import { type BuildDefinitions, definitionsOf } from "../graph/definitions.ts";
import type { ContainerGraph } from "../graph/module.ts";
import { isNodeCommonJs } from "../graph/strictModules.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { type Guard, isLive, moduleFacts, type RequestFact, withConstants } from "../syntax/index.ts";
import { type ExportFacts, type TreeFacts, treeFacts } from "../syntax/treeFacts.ts";
import type { ModuleUses } from "../syntax/uses/facts.ts";
import type { Db } from "../vfs/vfs.ts";
import { Asks, type BuildLayout, layoutOf, type ModuleNumber } from "./buildLayout.ts";
import { isPure } from "./sideEffects.ts";
import { type NamedUses, NO_USES, type RequestUses, requestUses, usesByRequest } from "./usesByRequest.ts";

/** Bits of what a request is, by its place in `BuildLayout.outgoing`. */
export const Place = {
  /** The build has it. */
  InBuild: 1,
  /** A TypeScript compile leaves it out unless told to keep it. */
  Erasable: 2,
  /** For the whole module, whatever is done with it. */
  Whole: 4,
  /** What it takes is the same whatever is used of its own module. */
  Fixed: 8,
  /** All that it takes are named exports. */
  Named: 16,
} as const;

/** Bits of what a module is. */
export const Traits = {
  /** No statement of it has an effect. */
  Pure: 1,
  /** Its exports can be listed. */
  Typed: 2,
  /** Its requests are for all, since its text is not understood. */
  Uncertain: 4,
  /** It reads its own exports. */
  ReadsOwn: 8,
} as const;

/** In `RequestPlan.conditions`: whatever is used of the module. */
export const ALWAYS = -1;

const FIRST_SIZE = 4096;

/** Bits of what else than its own facts a module's requests hang on. */
const HangsOn = {
  /** Constant tests. */
  Guards: 1,
  /** Constants of its own, where the bundler computes with them. */
  Constants: 2,
} as const;

export class RequestPlan {
  readonly layout: BuildLayout;
  readonly isRspack: boolean;
  /** By place, bits of `Place`. */
  readonly places: Uint8Array;
  /** By place; meaningless where the build has it not. */
  readonly uses: RequestUses[];
  /** By place, the names that are taken where they are all that is. */
  readonly names: (readonly string[])[];
  /** By place, where `conditions` says of each of the names what it hangs on. */
  readonly conditionsFrom: Int32Array;
  /** By module, bits of `Traits`. */
  readonly traits: Uint8Array;
  readonly #graph: ContainerGraph;
  readonly #defined: BuildDefinitions;
  readonly #facts: (TreeFacts | undefined)[];
  readonly #exports: (ExportFacts | undefined)[];
  /** By module, bits of `HangsOn`. */
  readonly #hangsOn: Uint8Array;
  /** Of modules of which some request hangs on a constant test. */
  readonly #guarded = new Map<ModuleNumber, readonly RequestFact[] | undefined>();
  /** Modules whose constants take no part in their tests. */
  readonly #literal = new Set<ModuleNumber>();
  #conditions = new Int32Array(FIRST_SIZE);
  #written = 0;
  /** Of what has been written, what nothing leads to any more. */
  #wasted = 0;

  constructor(graph: ContainerGraph, config: FederationConfig) {
    this.#graph = graph;
    this.layout = layoutOf(graph);
    this.isRspack = config.implementation === "rspack";
    this.#defined = definitionsOf(config);
    const { all, outgoing } = this.layout;
    this.places = new Uint8Array(outgoing.length);
    this.uses = new Array<RequestUses>(outgoing.length).fill(NO_USES);
    this.names = new Array<readonly string[]>(outgoing.length).fill([]);
    this.conditionsFrom = new Int32Array(outgoing.length);
    this.traits = new Uint8Array(all.length);
    this.#hangsOn = new Uint8Array(all.length);
    this.#facts = new Array<TreeFacts | undefined>(all.length).fill(undefined);
    this.#exports = new Array<ExportFacts | undefined>(all.length).fill(undefined);
  }

  /** Has the plain module as it is now; false where that is what was known. */
  read(db: Db, number: ModuleNumber): boolean {
    const module = this.layout.all[number]!;
    if (module.type !== "normal") return false;
    const facts = treeFacts(db, module.file);
    const isNew = this.#facts[number] !== facts;
    if (isNew) this.#hangsOn[number] = this.#readHangsOn(facts);
    const hangsOn = this.#hangsOn[number]!;
    if (!isNew && hangsOn === 0) return false;
    const requests = (hangsOn & HangsOn.Guards) === 0 ? undefined : moduleFacts(db, module.file)?.requests;
    const isLiteral = (hangsOn & HangsOn.Constants) !== 0 && isNodeCommonJs(db, module.file);
    if (!isNew && this.#guarded.get(number) === requests && this.#literal.has(number) === isLiteral) return false;
    this.#facts[number] = facts;
    if (isLiteral) this.#literal.add(number);
    else this.#literal.delete(number);
    if (requests !== undefined) this.#guarded.set(number, requests);
    else this.#guarded.delete(number);
    this.#exports[number] = this.isRspack && facts.exports !== undefined ? inRspack(facts.exports) : facts.exports;
    this.traits[number] = this.#traitsOf(number, facts.uses);
    this.#readPlaces(number, isLiteral ? { ...facts.uses, constants: {} } : facts.uses, requests);
    return true;
  }

  /** Of a module that has been read. */
  exportsOf(number: ModuleNumber): ExportFacts | undefined {
    return this.#exports[number];
  }

  /** Of a module that has been read; `undefined` for what is no plain one. */
  usesOf(number: ModuleNumber): ModuleUses | undefined {
    return this.#facts[number]?.uses;
  }

  #readHangsOn({ guarded, uses }: TreeFacts): number {
    const computes = this.#defined.inlines && Object.keys(uses.constants).length > 0;
    return (guarded ? HangsOn.Guards : 0) | (computes ? HangsOn.Constants : 0);
  }

  #traitsOf(number: ModuleNumber, uses: ModuleUses): number {
    return (
      (isPure(uses, this.isRspack) ? Traits.Pure : 0) |
      (this.#exports[number]?.type === undefined ? 0 : Traits.Typed) |
      (uses.uncertain ? Traits.Uncertain : 0) |
      (uses.own.length > 0 ? Traits.ReadsOwn : 0)
    );
  }

  #readPlaces(number: ModuleNumber, facts: ModuleUses, requests: readonly RequestFact[] | undefined): void {
    const { kinds, outgoing, requests: indexes } = this.layout;
    const start = this.layout.placesFrom(number);
    const end = this.layout.placesTo(number);
    let automatic = false;
    for (let place = start; place < end; place++) automatic ||= (kinds[outgoing[place]!]! & Asks.Jsx) !== 0;
    const byRequest = usesByRequest(facts, { automatic, rspack: this.isRspack });
    for (let place = start; place < end; place++) {
      const connection = outgoing[place]!;
      const kind = kinds[connection]!;
      const index = indexes[connection]!;
      this.#forget(place);
      if ((kind & Asks.Weak) !== 0 || this.layout.targetOf(connection) === undefined) continue;
      if (!this.#isLive(facts, requests?.[index]?.guards)) continue;
      const of = this.#usesInBuild(facts, (kind & Asks.Jsx) !== 0 ? byRequest.jsx : byRequest.requests[index]);
      const whole = (kind & Asks.Whole) !== 0;
      const named = whole || this.#hasOwnWay(connection) ? undefined : of.named;
      if (named !== undefined) this.#write(place, named);
      this.uses[place] = of;
      this.places[place] =
        Place.InBuild |
        (of.uses.length === 0 && facts.erasable.includes(index) ? Place.Erasable : 0) |
        (whole ? Place.Whole : 0) |
        (of.fixed ? Place.Fixed : 0) |
        (named === undefined ? 0 : Place.Named);
    }
  }

  #forget(place: number): void {
    if ((this.places[place]! & Place.Named) !== 0) this.#wasted += lengthOf(this.uses[place]!.named!);
    this.places[place] = 0;
  }

  /**
   * What is named at all places, in one piece of memory: from `conditionsFrom` on for each of the names its number, how many
   * exports of the own module it hangs on, `ALWAYS` where it hangs on none, and their numbers.
   */
  get conditions(): Int32Array {
    return this.#conditions;
  }

  #write(place: number, named: NamedUses): void {
    const length = lengthOf(named);
    if (this.#written + length > this.#conditions.length) this.#makeRoom(length);
    this.names[place] = named.names;
    this.conditionsFrom[place] = this.#written;
    for (const [index, number] of named.numbers.entries()) {
      const usedBy = named.usedBy[index]!;
      this.#conditions[this.#written++] = number;
      this.#conditions[this.#written++] = usedBy === true ? ALWAYS : usedBy.length;
      if (usedBy !== true) for (const name of usedBy) this.#conditions[this.#written++] = name;
    }
  }

  #makeRoom(length: number): void {
    const kept = this.#written - this.#wasted;
    const isNamed = (place: number): boolean => (this.places[place]! & Place.Named) !== 0;
    this.#conditions = new Int32Array(2 * (kept + length));
    this.#written = 0;
    this.#wasted = 0;
    for (let place = 0; place < this.places.length; place++) {
      if (isNamed(place)) this.#write(place, this.uses[place]!.named!);
    }
  }

  /** What a `require` takes, and what a provided name does, is not told by names alone. */
  #hasOwnWay(connection: number): boolean {
    const kind = this.layout.kinds[connection]!;
    return (kind & Asks.Require) !== 0 || this.takenBy(connection) !== undefined;
  }

  /** What a provided name takes; `undefined` for all other requests. */
  takenBy(connection: number): readonly string[] | undefined {
    const isProvided = (this.layout.kinds[connection]! & Asks.Provided) !== 0;
    return isProvided ? this.#graph.connections[connection]!.taken : undefined;
  }

  #usesInBuild(facts: ModuleUses, of: RequestUses = NO_USES): RequestUses {
    if (!of.conditional) return of;
    return requestUses(
      of.uses.filter(({ guards }) => this.#isLive(facts, guards)),
      of.reexports,
      of.exportedRequires.filter(({ guards }) => this.#isLive(facts, guards)),
    );
  }

  /** Whether guarded code of a module is in the build. */
  #isLive(facts: ModuleUses, guards: readonly Guard[] | undefined): boolean {
    if (guards === undefined) return true;
    const { definitions, inlines } = this.#defined;
    return isLive(guards, inlines ? withConstants(definitions, facts.constants) : definitions);
  }
}

function lengthOf({ numbers, usedBy }: NamedUses): number {
  return usedBy.reduce((sum, names) => sum + (names === true ? 0 : names.length), 2 * numbers.length);
}

/**
 * The exports as Rspack sees them: what is handed on indirectly is the module's own, or not known where it is the whole,
 * and nothing is known to be handed on beside an object that is assigned.
 */
function inRspack(facts: ExportFacts): ExportFacts {
  const indirect = facts.forwarded.filter((item) => item.indirect === true);
  const untold = facts.literal === true && facts.forwarded.length > 0;
  if (indirect.length === 0 && !untold) return facts;
  if (untold || indirect.some(({ exported }) => exported === undefined))
    return { ...facts, type: undefined, names: [], forwarded: [], complete: false };
  return { ...facts, forwarded: facts.forwarded.filter((item) => item.indirect !== true) };
}

const plans = new WeakMap<ContainerGraph, { readonly config: FederationConfig; readonly plan: RequestPlan }>();

/** The same object for the same graph and configuration. */
export function planOf(graph: ContainerGraph, config: FederationConfig): RequestPlan {
  const known = plans.get(graph);
  if (known?.config === config) return known.plan;
  const plan = new RequestPlan(graph, config);
  plans.set(graph, { config, plan });
  return plan;
}
