/**
 * The shape of a build for passes over it: modules by number, where each connection leads, and an order to look at them
 * in. It hangs on the graph alone, so that an edit that leaves the graph as it is finds it made.
 */
import type { Connection, ContainerGraph, GraphModule } from "../graph/module.ts";

/** A module's index in `BuildLayout.all`. */
export type ModuleNumber = number;

export class BuildLayout {
  readonly all: readonly GraphModule[];
  /** By the place of a connection among those that its module makes: its index in the graph. */
  readonly outgoing: Int32Array;
  /** Every module, after those that ask for it but for circles: each is then mostly looked at once. */
  readonly importersFirst: readonly ModuleNumber[];
  readonly #numbers = new Map<string, ModuleNumber>();
  /** By connection: where it leads, -1 for nowhere. */
  readonly #targets: Int32Array;
  /** The places of module `n` end where those of `n + 1` begin. */
  readonly #starts: Int32Array;

  constructor({ modules, connections }: ContainerGraph) {
    this.all = [...modules.values()];
    for (const id of modules.keys()) this.#numbers.set(id, this.#numbers.size);
    this.#targets = new Int32Array(connections.length);
    this.#starts = new Int32Array(this.all.length + 1);
    this.outgoing = new Int32Array(connections.length);
    this.#arrange(connections);
    this.importersFirst = this.#order();
  }

  #arrange(connections: readonly Connection[]): void {
    const origins = connections.map(({ from }) => this.#numbers.get(from) ?? -1);
    for (const origin of origins) if (origin >= 0) this.#starts[origin + 1]!++;
    for (let module = 0; module < this.all.length; module++) this.#starts[module + 1]! += this.#starts[module]!;
    const next = this.#starts.slice();
    for (const [index, origin] of origins.entries()) {
      this.#targets[index] = this.numberOf(connections[index]!.to) ?? -1;
      if (origin >= 0) this.outgoing[next[origin]!++] = index;
    }
  }

  #order(): readonly ModuleNumber[] {
    const seen = new Uint8Array(this.all.length);
    const finished: ModuleNumber[] = [];
    const stack: { readonly module: ModuleNumber; place: number }[] = [];
    const enter = (module: ModuleNumber): void => {
      if (seen[module] === 1) return;
      seen[module] = 1;
      stack.push({ module, place: this.placesFrom(module) });
    };
    for (let start = 0; start < this.all.length; start++) {
      enter(start);
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        if (top.place === this.placesTo(top.module)) {
          finished.push(top.module);
          stack.pop();
          continue;
        }
        const to = this.#targets[this.outgoing[top.place++]!]!;
        if (to >= 0) enter(to);
      }
    }
    return finished.reverse();
  }

  numberOf(id: string | undefined): ModuleNumber | undefined {
    return id === undefined ? undefined : this.#numbers.get(id);
  }

  /** Where a connection of the graph leads. */
  targetOf(connection: number): ModuleNumber | undefined {
    const target = this.#targets[connection]!;
    return target < 0 ? undefined : target;
  }

  /** Where the connections that a module makes lead, one after the other. */
  *targetsOf(module: ModuleNumber): Generator<ModuleNumber> {
    const end = this.placesTo(module);
    for (let place = this.placesFrom(module); place < end; place++) {
      const to = this.targetOf(this.outgoing[place]!);
      if (to !== undefined) yield to;
    }
  }

  /** The first place in `outgoing` of the connections that a module makes. */
  placesFrom(module: ModuleNumber): number {
    return this.#starts[module]!;
  }

  /** The place after the last. */
  placesTo(module: ModuleNumber): number {
    return this.#starts[module + 1]!;
  }
}

const known = new WeakMap<ContainerGraph, BuildLayout>();

/** The same object for the same graph. */
export function layoutOf(graph: ContainerGraph): BuildLayout {
  const layout = known.get(graph) ?? new BuildLayout(graph);
  known.set(graph, layout);
  return layout;
}
