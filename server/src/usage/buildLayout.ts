/**
 * The shape of a build for passes over it: modules by number, where each connection leads, and an order to look at them
 * in. It hangs on the graph alone, so that an edit that leaves the graph as it is finds it made.
 */
import {
  CHOSEN_REQUIRE,
  type Connection,
  type ContainerGraph,
  ENSURED_REQUIRE,
  type GraphModule,
  WEAK,
} from "../graph/module.ts";
import { type FilePath, parentPath } from "../vfs/path.ts";

/** A module's index in `BuildLayout.all`. */
export type ModuleNumber = number;

/** What kind of request makes a connection: bits of `BuildLayout.kinds`. */
export const Asks = {
  /** An import or re-export of ESM. */
  Esm: 1,
  /** A `require`, in whatever chunk. */
  Require: 2,
  /** It brings nothing into a chunk. */
  Weak: 4,
  /** For the whole module, whatever is done with it. */
  Whole: 8,
  /** Of a provided name. */
  Provided: 16,
  /** What no request of the text makes, and nothing but the JSX transform. */
  Jsx: 32,
} as const;

/** Dependency types that reference the whole module, whatever is done with it. */
const TAKING_ALL: ReadonlySet<string> = new Set([
  "require.ensure item",
  "amd require",
  "amd define",
  "require.context",
  "cjs require context",
  CHOSEN_REQUIRE,
]);

const HANDED_OUT: ReadonlySet<string> = new Set(["container exposed", "provide module for shared"]);

export class BuildLayout {
  readonly all: readonly GraphModule[];
  /** By the place of a connection among those that its module makes: its index in the graph. */
  readonly outgoing: Int32Array;
  /** Every module, after those that ask for it but for circles: each is then mostly looked at once. */
  readonly importersFirst: Int32Array;
  /** Indexes of the connections that come from no module, or hand one out. */
  readonly entering: number[] = [];
  /** By connection, bits of `Asks`. */
  readonly kinds: Uint8Array;
  /** By connection, the index of its module's request; -1 for what is no request of the text. */
  readonly requests: Int32Array;
  /** By module, 1 for what is a plain one. */
  readonly normal: Uint8Array;
  /** By module, the place of its folder in `folders`. */
  readonly folderOf: Int32Array;
  readonly folders: FilePath[] = [];
  readonly #numbers = new Map<string, ModuleNumber>();
  /** By connection: where it leads, -1 for nowhere. */
  readonly #targets: Int32Array;
  /** By connection: the module that makes it, -1 for none. */
  readonly #origins: Int32Array;
  /** The places of module `n` end where those of `n + 1` begin. */
  readonly #starts: Int32Array;

  constructor({ modules, connections }: ContainerGraph) {
    this.all = [...modules.values()];
    for (const id of modules.keys()) this.#numbers.set(id, this.#numbers.size);
    this.#targets = new Int32Array(connections.length);
    this.#origins = new Int32Array(connections.length);
    this.kinds = new Uint8Array(connections.length);
    this.requests = new Int32Array(connections.length);
    this.normal = Uint8Array.from(this.all, ({ type }) => (type === "normal" ? 1 : 0));
    this.folderOf = new Int32Array(this.all.length);
    this.#starts = new Int32Array(this.all.length + 1);
    this.outgoing = new Int32Array(connections.length);
    this.#arrange(connections);
    this.#sortFolders();
    this.importersFirst = this.#order();
  }

  #arrange(connections: readonly Connection[]): void {
    const origins = this.#origins;
    for (const [index, { from, dependencyType, requestIndex = -1 }] of connections.entries()) {
      origins[index] = this.#numbers.get(from) ?? -1;
      this.kinds[index] =
        kindOf(dependencyType) | (requestIndex === -1 && dependencyType !== "provided" ? Asks.Jsx : 0);
      this.requests[index] = requestIndex;
      if (origins[index] === -1 || HANDED_OUT.has(dependencyType)) this.entering.push(index);
    }
    for (const origin of origins) if (origin >= 0) this.#starts[origin + 1]!++;
    for (let module = 0; module < this.all.length; module++) this.#starts[module + 1]! += this.#starts[module]!;
    const next = this.#starts.slice();
    for (const [index, origin] of origins.entries()) {
      this.#targets[index] = this.numberOf(connections[index]!.to) ?? -1;
      if (origin >= 0) this.outgoing[next[origin]!++] = index;
    }
  }

  #sortFolders(): void {
    const places = new Map<FilePath, number>();
    for (const [number, module] of this.all.entries()) {
      if (module.type !== "normal") continue;
      const folder = parentPath(module.file);
      const place = places.get(folder) ?? places.size;
      if (place === places.size) {
        places.set(folder, place);
        this.folders.push(folder);
      }
      this.folderOf[number] = place;
    }
  }

  #order(): Int32Array {
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
    return Int32Array.from(finished.reverse());
  }

  numberOf(id: string | undefined): ModuleNumber | undefined {
    return id === undefined ? undefined : this.#numbers.get(id);
  }

  /** Where a connection of the graph leads. */
  targetOf(connection: number): ModuleNumber | undefined {
    const target = this.#targets[connection]!;
    return target < 0 ? undefined : target;
  }

  /** The module that makes a connection of the graph; `undefined` for an entry's. */
  originOf(connection: number): ModuleNumber | undefined {
    const origin = this.#origins[connection]!;
    return origin < 0 ? undefined : origin;
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

function kindOf(dependencyType: string): number {
  if (dependencyType === "esm import" || dependencyType === "esm export") return Asks.Esm;
  if (WEAK.has(dependencyType)) return Asks.Weak;
  if (dependencyType === "provided") return Asks.Provided;
  const whole = TAKING_ALL.has(dependencyType) ? Asks.Whole : 0;
  const required = dependencyType === "cjs require" || dependencyType === ENSURED_REQUIRE;
  return whole | (required || dependencyType === CHOSEN_REQUIRE ? Asks.Require : 0);
}

const known = new WeakMap<ContainerGraph, BuildLayout>();

/** The same object for the same graph. */
export function layoutOf(graph: ContainerGraph): BuildLayout {
  const layout = known.get(graph) ?? new BuildLayout(graph);
  known.set(graph, layout);
  return layout;
}
