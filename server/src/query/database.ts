/**
 * Keyed memos with automatic dependency capture, dirty marking and equality cut-off ("salsa in the small").
 *
 * A changed input marks what was computed from it as suspect, transitively and no further than what is marked already.
 * Asking for a suspect memo first refreshes the dependencies that made it so; only when one of them has a new value is it
 * computed again, and when the new value equals the old one, the old is kept and nothing above reruns. An unmarked memo
 * costs one look. So the work after an edit is proportional to what depends on it, not to the workspace.
 *
 * Invariants: nothing here knows files or federation; a value read inside a compute function without going through
 * `Database.get` is a bug in that function; a compute function never writes inputs and answers for every key, also for
 * one that has meanwhile become meaningless.
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
  /** How many values are held; beyond, the one longest unread is dropped and loaded again when asked for. */
  readonly keep: number;
}

type Ingredient<W, T> = Query<W, T> | Input<W, T>;

interface Memo {
  /** A `Query` or an `Input`; its types are known where it is asked for. */
  readonly ingredient: { readonly kind: "query" | "input"; readonly name: string };
  readonly key: Key;
  value: unknown;
  /** The revision in which the value last became another one; 0 while there is none. */
  changedAt: number;
  /** The revision in which the value was last known to be right. */
  verifiedAt: number;
  dependencies: readonly Memo[];
  dependents: Set<Memo> | undefined;
  /** Dependencies that may have changed since `verifiedAt`; present exactly while the memo is suspect. */
  suspects: Memo[] | undefined;
  /** Must be loaded or computed before it is read, whatever its dependencies say. */
  stale: boolean;
  /** The value of an input was dropped to save memory; loading it again does not change it. */
  dropped: boolean;
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
  options: { equals?: (left: T, right: T) => boolean; keep?: number } = {},
): Input<W, T> {
  const { equals = deepEquals, keep = Number.POSITIVE_INFINITY } = options;
  return { kind: "input", name, load, equals, keep };
}

export interface RunRecord {
  readonly query: string;
  readonly key: Key;
  readonly changed: boolean;
}

/** A query that is being computed. */
interface Frame {
  readonly memo: Memo;
  readonly dependencies: Set<Memo>;
  /** It takes part in a cycle: its value is right for this run only. */
  provisional: boolean;
}

export class Database<W> {
  readonly world: W;
  revision = 1;
  readonly #memos = new Map<object, Map<Key, Memo>>();
  readonly #stack: Frame[] = [];
  readonly #recent = new Map<object, Set<Memo>>();
  /** Set to collect which queries really ran: for tests and for "why was this recomputed". */
  runs: RunRecord[] | undefined;

  constructor(world: W) {
    this.world = world;
  }

  get<T>(ingredient: Ingredient<W, T>, key: Key = ""): T {
    const memo = this.#memo(ingredient, key);
    this.#stack.at(-1)?.dependencies.add(memo);
    if (memo.running) {
      this.#taint(memo);
      return (ingredient as Query<W, T>).onCycle(key);
    }
    this.#refresh(memo);
    if (ingredient.kind === "input" && ingredient.keep !== Number.POSITIVE_INFINITY) {
      this.#keepRecent(ingredient, ingredient.keep, memo);
    }
    return memo.value as T;
  }

  /** The value that an input holds, without loading it; `undefined` where it holds none or a doubtful one. */
  peek<T>(ingredient: Input<W, T>, key: Key): T | undefined {
    const memo = this.#memos.get(ingredient)?.get(key);
    return memo === undefined || memo.stale || memo.dropped ? undefined : (memo.value as T);
  }

  /** When the value last became another one; refreshes it first. */
  changedAt<T>(ingredient: Ingredient<W, T>, key: Key = ""): number {
    const memo = this.#memo(ingredient, key);
    this.#refresh(memo);
    return memo.changedAt;
  }

  /** Whether a query holds a value that is right; looks at what has changed below, but never computes the query itself. */
  stillHolds<T>(ingredient: Query<W, T>, key: Key): boolean {
    const memo = this.#memos.get(ingredient)?.get(key);
    if (memo === undefined || memo.stale || memo.running) return false;
    if (memo.suspects === undefined) return true;
    if (this.#suspectChanged(memo)) return false;
    memo.suspects = undefined;
    memo.verifiedAt = this.revision;
    return true;
  }

  /** Writes an input. Returns whether the value differs from the one before. */
  set<T>(ingredient: Input<W, T>, key: Key, value: T): boolean {
    const memo = this.#memo(ingredient, key);
    const known = memo.changedAt > 0 && !memo.stale;
    memo.stale = false;
    if (known && ingredient.equals(memo.value as T, value)) return false;
    memo.value = value;
    memo.changedAt = memo.verifiedAt = ++this.revision;
    this.#markDependents(memo);
    return true;
  }

  /** Says that what lies behind an input may have changed; it is loaded again when next asked for. */
  touch<T>(ingredient: Input<W, T>, key: Key): void {
    const memo = this.#memos.get(ingredient)?.get(key);
    if (memo === undefined || memo.changedAt === 0 || memo.stale) return;
    memo.stale = true;
    this.revision++;
    this.#markDependents(memo);
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
        dependents: undefined,
        suspects: undefined,
        stale: true,
        dropped: false,
        running: false,
      };
      memos.set(key, memo);
    }
    return memo;
  }

  #markDependents(changed: Memo): void {
    const marked = [changed];
    for (let memo = marked.pop(); memo !== undefined; memo = marked.pop()) {
      for (const dependent of memo.dependents ?? []) {
        if (dependent.suspects === undefined) {
          dependent.suspects = [memo];
          marked.push(dependent);
        } else {
          dependent.suspects.push(memo);
        }
      }
    }
  }

  #refresh(memo: Memo): void {
    if (memo.ingredient.kind === "input") {
      if (memo.stale || memo.dropped) this.#load(memo);
      return;
    }
    if (!memo.stale && memo.suspects === undefined) return;
    if (memo.stale || this.#suspectChanged(memo)) this.#run(memo);
    memo.suspects = undefined;
    memo.verifiedAt = this.revision;
  }

  #suspectChanged(memo: Memo): boolean {
    memo.running = true;
    this.#stack.push({ memo, dependencies: new Set(), provisional: false });
    try {
      return (memo.suspects ?? []).some((dependency) => {
        if (dependency.running) return true;
        this.#refresh(dependency);
        return dependency.changedAt > memo.verifiedAt;
      });
    } finally {
      this.#stack.pop();
      memo.running = false;
    }
  }

  #load(memo: Memo): void {
    const ingredient = memo.ingredient as Input<W, unknown>;
    const value = ingredient.load(this.world, memo.key);
    const same = memo.dropped ? !memo.stale : memo.changedAt > 0 && ingredient.equals(memo.value, value);
    if (!same || memo.dropped) memo.value = value;
    if (!same) memo.changedAt = memo.verifiedAt = this.revision;
    memo.stale = memo.dropped = false;
  }

  #run(memo: Memo): void {
    const ingredient = memo.ingredient as Query<W, unknown>;
    const frame: Frame = { memo, dependencies: new Set(), provisional: false };
    this.#stack.push(frame);
    memo.running = true;
    let value: unknown;
    let finished = false;
    try {
      value = ingredient.compute(this, memo.key);
      finished = true;
    } finally {
      memo.running = false;
      this.#stack.pop();
      // Half a run must be repeated whole, whatever its old dependencies say.
      if (!finished) memo.stale = true;
    }
    this.#replaceDependencies(memo, frame.dependencies);
    const changed = memo.changedAt === 0 || !ingredient.equals(memo.value, value);
    if (changed) {
      memo.value = value;
      memo.changedAt = this.revision;
    }
    memo.stale = frame.provisional;
    this.runs?.push({ query: ingredient.name, key: memo.key, changed });
  }

  #replaceDependencies(memo: Memo, dependencies: ReadonlySet<Memo>): void {
    for (const dependency of memo.dependencies) {
      if (!dependencies.has(dependency)) dependency.dependents?.delete(memo);
    }
    for (const dependency of dependencies) {
      dependency.dependents ??= new Set();
      dependency.dependents.add(memo);
    }
    memo.dependencies = [...dependencies];
  }

  /**
   * What takes part in a cycle holds values that are right for this run only: each member is computed anew when it is
   * asked for, so that its value does not depend on who was asked first.
   */
  #taint(head: Memo): void {
    for (let index = this.#stack.length - 1; index >= 0; index--) {
      const frame = this.#stack[index]!;
      frame.provisional = true;
      if (frame.memo === head) return;
    }
  }

  #keepRecent(ingredient: object, keep: number, memo: Memo): void {
    let recent = this.#recent.get(ingredient);
    if (recent === undefined) {
      recent = new Set();
      this.#recent.set(ingredient, recent);
    }
    recent.delete(memo);
    recent.add(memo);
    if (recent.size <= keep) return;
    const [oldest] = recent;
    if (oldest === undefined) return;
    recent.delete(oldest);
    oldest.value = undefined;
    oldest.dropped = true;
  }
}
