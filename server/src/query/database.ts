/**
 * Keyed memos with automatic dependency capture, red-green verification and equality cut-off ("salsa in the small").
 *
 * One revision counter rises with each applied change. A memo remembers when its value last changed (`changedAt`) and
 * when it was last known to be right (`verifiedAt`). Asking for it first verifies its dependencies, in order; only when
 * one has changed since is it computed again, and when the new value equals the old one the old is kept (`changedAt`
 * stays), so that nothing above it reruns.
 *
 * Invariants: nothing here knows files or federation; a value read inside a compute function without going through
 * `Database.get` is a bug in that function; a compute function never writes inputs.
 */
import { deepEquals } from "../base/equals.ts";

export type Key = string;

export interface Query<W, T> {
  readonly kind: "query";
  readonly name: string;
  readonly compute: (db: Database<W>, key: Key) => T;
  readonly equals: (left: T, right: T) => boolean;
  /** What a query that asks for itself, directly or through others, gets. */
  readonly onCycle: (key: Key) => T;
}

/** A value from outside: written with `set`, or loaded on demand and loaded anew after `touch`. */
export interface Input<W, T> {
  readonly kind: "input";
  readonly name: string;
  readonly load: (world: W, key: Key) => T;
  readonly equals: (left: T, right: T) => boolean;
}

type Ingredient<W, T> = Query<W, T> | Input<W, T>;

interface Memo {
  /** A `Query` or an `Input`; its types are known where it is asked for. */
  readonly ingredient: { readonly kind: "query" | "input"; readonly name: string };
  readonly key: Key;
  value: unknown;
  changedAt: number;
  verifiedAt: number;
  dependencies: readonly Memo[];
  /** An input that must be loaded again before it is read. */
  stale: boolean;
  running: boolean;
}

export class CycleError extends Error {}

export function query<W, T>(
  name: string,
  compute: (db: Database<W>, key: Key) => T,
  options: { equals?: (left: T, right: T) => boolean; onCycle?: (key: Key) => T } = {},
): Query<W, T> {
  return {
    kind: "query",
    name,
    compute,
    equals: options.equals ?? deepEquals,
    onCycle:
      options.onCycle ??
      ((key) => {
        throw new CycleError(`query ${name}(${key}) depends on itself`);
      }),
  };
}

export function input<W, T>(
  name: string,
  load: (world: W, key: Key) => T,
  options: { equals?: (left: T, right: T) => boolean } = {},
): Input<W, T> {
  return { kind: "input", name, load, equals: options.equals ?? deepEquals };
}

export interface RunRecord {
  readonly query: string;
  readonly key: Key;
  readonly changed: boolean;
}

export class Database<W> {
  readonly world: W;
  revision = 1;
  readonly #memos = new Map<object, Map<Key, Memo>>();
  #active: Memo[][] = [];
  /** Set to collect which queries really ran: for tests and for "why was this recomputed". */
  runs: RunRecord[] | undefined;

  constructor(world: W) {
    this.world = world;
  }

  get<T>(ingredient: Ingredient<W, T>, key: Key = ""): T {
    const memo = this.#memo(ingredient, key);
    this.#active.at(-1)?.push(memo);
    if (memo.running) return (ingredient as Query<W, T>).onCycle(key);
    this.#refresh(memo);
    return memo.value as T;
  }

  /** When the value last changed; verifies it first. */
  changedAt<T>(ingredient: Ingredient<W, T>, key: Key = ""): number {
    const memo = this.#memo(ingredient, key);
    this.#refresh(memo);
    return memo.changedAt;
  }

  /** Writes an input. Returns whether the value differs from the one before. */
  set<T>(ingredient: Input<W, T>, key: Key, value: T): boolean {
    const memo = this.#memo(ingredient, key);
    const known = memo.verifiedAt > 0 && !memo.stale;
    memo.stale = false;
    if (known && ingredient.equals(memo.value as T, value)) return false;
    memo.value = value;
    memo.changedAt = memo.verifiedAt = ++this.revision;
    return true;
  }

  /** Says that what lies behind an input may have changed; it is loaded again when next asked for. */
  touch<T>(ingredient: Input<W, T>, key: Key): void {
    const memo = this.#memos.get(ingredient)?.get(key);
    if (memo === undefined || memo.stale) return;
    memo.stale = true;
    this.revision++;
  }

  /** The keys for which an input or query holds a value. */
  keysOf<T>(ingredient: Ingredient<W, T>): readonly Key[] {
    return [...(this.#memos.get(ingredient)?.keys() ?? [])];
  }

  /** Memo counts by name, for status reports. */
  sizes(): ReadonlyMap<string, number> {
    const sizes = new Map<string, number>();
    for (const memos of this.#memos.values()) {
      for (const memo of memos.values()) sizes.set(memo.ingredient.name, (sizes.get(memo.ingredient.name) ?? 0) + 1);
    }
    return sizes;
  }

  #memo<T>(ingredient: Ingredient<W, T>, key: Key): Memo {
    let memos = this.#memos.get(ingredient);
    if (memos === undefined) {
      memos = new Map();
      this.#memos.set(ingredient, memos);
    }
    let memo = memos.get(key);
    if (memo === undefined) {
      memo = {
        ingredient,
        key,
        value: undefined,
        changedAt: 0,
        verifiedAt: 0,
        dependencies: [],
        stale: ingredient.kind === "input",
        running: false,
      };
      memos.set(key, memo);
    }
    return memo;
  }

  #refresh(memo: Memo): void {
    if (memo.ingredient.kind === "input") {
      if (memo.stale) this.#load(memo);
      return;
    }
    if (memo.verifiedAt === this.revision || memo.running) return;
    if (memo.verifiedAt > 0 && !this.#dependencyChanged(memo)) {
      memo.verifiedAt = this.revision;
      return;
    }
    this.#run(memo);
  }

  #dependencyChanged(memo: Memo): boolean {
    // In order: a later dependency may exist only because of an earlier one's old value.
    memo.running = true;
    try {
      for (const dependency of memo.dependencies) {
        this.#refresh(dependency);
        if (dependency.changedAt > memo.verifiedAt) return true;
      }
      return false;
    } finally {
      memo.running = false;
    }
  }

  #load(memo: Memo): void {
    const ingredient = memo.ingredient as Input<W, unknown>;
    const value = ingredient.load(this.world, memo.key);
    memo.stale = false;
    if (memo.verifiedAt > 0 && ingredient.equals(memo.value, value)) return;
    memo.value = value;
    memo.changedAt = memo.verifiedAt = this.revision;
  }

  #run(memo: Memo): void {
    const ingredient = memo.ingredient as Query<W, unknown>;
    const dependencies: Memo[] = [];
    this.#active.push(dependencies);
    memo.running = true;
    let value: unknown;
    try {
      value = ingredient.compute(this, memo.key);
    } finally {
      memo.running = false;
      this.#active.pop();
    }
    memo.dependencies = [...new Set(dependencies)];
    const changed = memo.verifiedAt === 0 || !ingredient.equals(memo.value, value);
    if (changed) {
      memo.value = value;
      memo.changedAt = this.revision;
    }
    memo.verifiedAt = this.revision;
    this.runs?.push({ query: ingredient.name, key: memo.key, changed });
  }
}
