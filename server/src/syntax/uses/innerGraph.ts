/**
 * Which exports of a module make which of its top-level declarations count, as webpack's inner graph has it: what a pure
 * declaration references is used only when the declaration is.
 */

/** A pure top-level declaration; code that runs with the module has none. */
export type Holder = number | undefined;

/** `true`: counts whenever the module is evaluated; names: only when one of these exports is used. */
export type UsedBy = readonly string[] | true;

type Bundler = "webpack" | "rspack";

export class InnerGraph {
  readonly #references = new Map<number, Set<number>>();
  readonly #running = new Set<number>();
  readonly #runningIn = { webpack: new Set<number>(), rspack: new Set<number>() };
  readonly #exported = new Map<string, Set<number>>();
  readonly #evaluating = new Set<number>();
  #evaluatesAlways = false;
  #count = 0;

  declare(): number {
    return this.#count++;
  }

  /** One of the bundlers takes the declaration for code that runs with the module. */
  run(holder: number, bundler: Bundler): void {
    this.#runningIn[bundler].add(holder);
  }

  /** Whether the bundlers differ. */
  get differs(): boolean {
    return this.#runningIn.webpack.size + this.#runningIn.rspack.size > 0;
  }

  reference(from: Holder, to: number): void {
    if (from === to) return;
    if (from === undefined) this.#running.add(to);
    else this.#setOf(this.#references, from).add(to);
  }

  export(holder: Holder, name: string): void {
    if (holder !== undefined) this.#setOf(this.#exported, name).add(holder);
  }

  /** `eval` may name every declaration. */
  evaluate(from: Holder): void {
    if (from === undefined) this.#evaluatesAlways = true;
    else this.#evaluating.add(from);
  }

  /** By holder: the exports that reach it. */
  usedBy(bundler: Bundler): (holder: Holder) => UsedBy {
    if (this.#evaluatesAlways) return () => true;
    const always = this.#reachable([...this.#running, ...this.#runningIn[bundler]]);
    const names = new Map<number, Set<string>>();
    for (const [name, holders] of [...this.#exported].sort(([left], [right]) => (left < right ? -1 : 1))) {
      for (const holder of this.#reachable(holders)) this.#setOf(names, holder).add(name);
    }
    const everywhere = [...this.#evaluating];
    const known = new Map<number, UsedBy>();
    return (holder) => {
      if (holder === undefined || always.has(holder) || everywhere.some((item) => always.has(item))) return true;
      let result = known.get(holder);
      if (result === undefined) {
        const found = new Set([holder, ...everywhere].flatMap((item) => [...(names.get(item) ?? [])]));
        result = [...found].sort();
        known.set(holder, result);
      }
      return result;
    };
  }

  #reachable(starts: Iterable<number>): ReadonlySet<number> {
    const reached = new Set<number>();
    const stack = [...starts];
    for (let holder = stack.pop(); holder !== undefined; holder = stack.pop()) {
      if (reached.has(holder)) continue;
      reached.add(holder);
      stack.push(...(this.#references.get(holder) ?? []));
    }
    return reached;
  }

  #setOf<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
    const known = map.get(key);
    if (known !== undefined) return known;
    const set = new Set<V>();
    map.set(key, set);
    return set;
  }
}
