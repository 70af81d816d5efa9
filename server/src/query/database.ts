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
import { atOnce } from "../base/steps.ts";
import { DROPPED, Memo, RUNNING, SHORT, STALE } from "./memo.ts";

export type Key = string;

export interface Query<W, T> {
  readonly kind: "query";
  /** Where a database keeps its memos. */
  readonly slot: number;
  readonly name: string;
  readonly compute: (db: Database<W>, key: Key) => T;
  readonly equals: (left: T, right: T) => boolean;
  /** What a query that asks for itself, directly or through others, gets. */
  readonly onCycle: (key: Key) => T;
}

/** A value from outside: written with `set`, or loaded on demand and loaded anew after `touch`. */
export interface Input<W, T> {
  readonly kind: "input";
  readonly slot: number;
  readonly name: string;
  readonly load: (world: W, key: Key) => T;
  readonly equals: (left: T, right: T) => boolean;
  /** How many values are held; beyond, the one longest unread is dropped and loaded again when asked for. */
  readonly keep: number;
}

type Ingredient<W, T> = Query<W, T> | Input<W, T>;

let slots = 0;

type Options<T> = { equals?: (left: T, right: T) => boolean; onCycle?: (key: Key) => T };

export class CycleError extends Error {}

export function query<W, T>(
  name: string,
  compute: (db: Database<W>, key: Key) => T,
  options: Options<T> = {},
): Query<W, T> {
  return {
    kind: "query",
    slot: slots++,
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

/** A query whose computation is long and can pause: `Database.prepare` runs it a step at a time, `get` all at once. */
export interface SteppedQuery<W, T> extends Query<W, T> {
  readonly steps: (db: Database<W>, key: Key) => Generator<void, T>;
}

export function steppedQuery<W, T>(name: string, steps: SteppedQuery<W, T>["steps"], options: Options<T> = {}) {
  return { ...query<W, T>(name, (db, key) => atOnce(steps(db, key)), options), steps };
}

export function input<W, T>(
  name: string,
  load: (world: W, key: Key) => T,
  options: { equals?: (left: T, right: T) => boolean; keep?: number } = {},
): Input<W, T> {
  const { equals = deepEquals, keep = Number.POSITIVE_INFINITY } = options;
  return { kind: "input", slot: slots++, name, load, equals, keep };
}

export interface RunRecord {
  readonly query: string;
  readonly key: Key;
  readonly changed: boolean;
}

/** A query that is being computed. */
class Frame {
  readonly memo: Memo;
  readonly dependencies: Memo[] = [];
  #known: Set<Memo> | undefined;
  /** It takes part in a cycle: its value is right for this run only. */
  provisional = false;

  constructor(memo: Memo) {
    this.memo = memo;
  }

  depend(memo: Memo): void {
    const { dependencies } = this;
    if (this.#known === undefined) {
      if (dependencies.includes(memo)) return;
      if (dependencies.length === SHORT) this.#known = new Set(dependencies);
    }
    if (this.#known !== undefined) {
      if (this.#known.has(memo)) return;
      this.#known.add(memo);
    }
    dependencies.push(memo);
  }
}

export class Database<W> {
  readonly world: W;
  revision = 1;
  readonly #tables: (Map<Key, Memo> | undefined)[] = [];
  readonly #stack: Frame[] = [];
  readonly #recent = new Map<object, Set<Memo>>();
  /** Set to collect which queries really ran: for tests and for "why was this recomputed". */
  runs: RunRecord[] | undefined;

  constructor(world: W) {
    this.world = world;
  }

  get<T>(ingredient: Ingredient<W, T>, key: Key = ""): T {
    const memo = this.#memo(ingredient, key);
    const { length } = this.#stack;
    if (length > 0) this.#stack[length - 1]!.depend(memo);
    if (memo.has(RUNNING)) {
      this.#taint(memo);
      return (ingredient as Query<W, T>).onCycle(key);
    }
    this.#refresh(memo);
    if (ingredient.kind === "input" && ingredient.keep !== Number.POSITIVE_INFINITY) {
      this.#keepRecent(ingredient, ingredient.keep, memo);
    }
    return memo.value as T;
  }

  /**
   * The value that is held, without loading or computing it; `undefined` where there is none or an input's is doubtful.
   * That of a query may be of an earlier revision: only for what will be looked at again.
   */
  peek<T>(ingredient: Ingredient<W, T>, key: Key): T | undefined {
    const memo = this.#tables[ingredient.slot]?.get(key);
    return memo === undefined || memo.has(STALE | DROPPED) ? undefined : (memo.value as T);
  }

  /** When the value last became another one; refreshes it first. */
  changedAt<T>(ingredient: Ingredient<W, T>, key: Key = ""): number {
    const memo = this.#memo(ingredient, key);
    this.#refresh(memo);
    return memo.changedAt;
  }

  /** Whether a query holds a value that is right; looks at what has changed below, but never computes the query itself. */
  stillHolds<T>(ingredient: Query<W, T>, key: Key): boolean {
    const memo = this.#tables[ingredient.slot]?.get(key);
    if (memo === undefined || memo.has(STALE | RUNNING)) return false;
    if (memo.suspects === undefined) return true;
    if (this.#suspectChanged(memo)) return false;
    memo.suspects = undefined;
    memo.verifiedAt = this.revision;
    return true;
  }

  /**
   * Computes a query that holds no value, or a wrong one, with pauses for something else. It ends without a value where
   * an input changes in a pause, and where somebody asks for the whole meanwhile.
   */
  *prepare<T>(ingredient: SteppedQuery<W, T>, key: Key): Generator<void, void> {
    if (this.stillHolds(ingredient, key)) return;
    const memo = this.#memo(ingredient, key);
    const { revision } = this;
    const { verifiedAt } = memo;
    const frame = new Frame(memo);
    const run = this.#inFrame(frame, () => ingredient.steps(this, key));
    for (;;) {
      const step = this.#inFrame(frame, () => run.next());
      if (step.done) {
        this.#settle(frame, step.value);
        memo.suspects = undefined;
        memo.verifiedAt = this.revision;
        return;
      }
      yield;
      if (this.revision !== revision || memo.verifiedAt !== verifiedAt) return;
    }
  }

  /** Writes an input. Returns whether the value differs from the one before. */
  set<T>(ingredient: Input<W, T>, key: Key, value: T): boolean {
    const memo = this.#memo(ingredient, key);
    const known = memo.changedAt > 0 && !memo.has(STALE);
    memo.flags &= ~STALE;
    if (known && ingredient.equals(memo.value as T, value)) return false;
    memo.value = value;
    memo.changedAt = memo.verifiedAt = ++this.revision;
    this.#markDependents(memo);
    return true;
  }

  /** Says that what lies behind an input may have changed; it is loaded again when next asked for. */
  touch<T>(ingredient: Input<W, T>, key: Key): void {
    const memo = this.#tables[ingredient.slot]?.get(key);
    if (memo === undefined || memo.changedAt === 0 || memo.has(STALE)) return;
    memo.flags |= STALE;
    this.revision++;
    this.#markDependents(memo);
  }

  /** Loads a held input again at once: where the value is the same, nothing that was computed from it is even looked at. */
  reload<T>(ingredient: Input<W, T>, key: Key): void {
    const memo = this.#tables[ingredient.slot]?.get(key);
    if (memo === undefined || memo.changedAt === 0 || memo.has(STALE)) return;
    const value = ingredient.load(this.world, key);
    if (!memo.has(DROPPED) && ingredient.equals(memo.value as T, value)) return;
    memo.value = value;
    memo.flags &= ~DROPPED;
    memo.changedAt = memo.verifiedAt = ++this.revision;
    this.#markDependents(memo);
  }

  /** The keys for which an input or query holds a value. */
  keysOf<T>(ingredient: Ingredient<W, T>): readonly Key[] {
    return [...(this.#tables[ingredient.slot]?.keys() ?? [])];
  }

  /** Memo counts by name, for status reports. */
  sizes(): ReadonlyMap<string, number> {
    const sizes = new Map<string, number>();
    for (const table of this.#tables) {
      const [first] = table?.values() ?? [];
      if (first !== undefined) sizes.set(first.ingredient.name, (sizes.get(first.ingredient.name) ?? 0) + table!.size);
    }
    return sizes;
  }

  #memo<T>(ingredient: Ingredient<W, T>, key: Key): Memo {
    let table = this.#tables[ingredient.slot];
    if (table === undefined) {
      table = new Map();
      this.#tables[ingredient.slot] = table;
    }
    let memo = table.get(key);
    if (memo === undefined) {
      memo = new Memo(ingredient, key);
      table.set(key, memo);
    }
    return memo;
  }

  #markDependents(changed: Memo): void {
    const marked = [changed];
    const mark = (dependent: Memo, by: Memo): void => {
      if (dependent.suspects === undefined) {
        dependent.suspects = [by];
        marked.push(dependent);
      } else dependent.suspects.push(by);
    };
    for (let memo = marked.pop(); memo !== undefined; memo = marked.pop()) {
      const { dependents } = memo;
      if (dependents instanceof Memo) mark(dependents, memo);
      else if (dependents !== undefined) for (const dependent of dependents) mark(dependent, memo);
    }
  }

  #refresh(memo: Memo): void {
    if (memo.ingredient.kind === "input") {
      if (memo.has(STALE | DROPPED)) this.#load(memo);
      return;
    }
    if (!memo.has(STALE) && memo.suspects === undefined) return;
    if (memo.has(STALE) || this.#suspectChanged(memo)) this.#run(memo);
    memo.suspects = undefined;
    memo.verifiedAt = this.revision;
  }

  #suspectChanged(memo: Memo): boolean {
    memo.flags |= RUNNING;
    this.#stack.push(new Frame(memo));
    try {
      return (memo.suspects ?? []).some((dependency) => {
        if (dependency.has(RUNNING)) return true;
        this.#refresh(dependency);
        return dependency.changedAt > memo.verifiedAt;
      });
    } finally {
      this.#stack.pop();
      memo.flags &= ~RUNNING;
    }
  }

  #load(memo: Memo): void {
    const ingredient = memo.ingredient as Input<W, unknown>;
    const value = ingredient.load(this.world, memo.key);
    const dropped = memo.has(DROPPED);
    const same = dropped ? !memo.has(STALE) : memo.changedAt > 0 && ingredient.equals(memo.value, value);
    if (!same || dropped) memo.value = value;
    if (!same) memo.changedAt = memo.verifiedAt = this.revision;
    memo.flags &= ~(STALE | DROPPED);
  }

  #run(memo: Memo): void {
    const ingredient = memo.ingredient as Query<W, unknown>;
    const frame = new Frame(memo);
    this.#settle(
      frame,
      this.#inFrame(frame, () => ingredient.compute(this, memo.key)),
    );
  }

  /** Notes in the frame what the work asks for. */
  #inFrame<T>(frame: Frame, work: () => T): T {
    const { memo } = frame;
    this.#stack.push(frame);
    memo.flags |= RUNNING;
    let finished = false;
    try {
      const result = work();
      finished = true;
      return result;
    } finally {
      memo.flags &= ~RUNNING;
      this.#stack.pop();
      // Half a run must be repeated whole, whatever its old dependencies say.
      if (!finished) memo.flags |= STALE;
    }
  }

  /** Takes over what a finished run has come to. */
  #settle({ memo, dependencies, provisional }: Frame, value: unknown): void {
    const ingredient = memo.ingredient as Query<W, unknown>;
    this.#replaceDependencies(memo, dependencies);
    const changed = memo.changedAt === 0 || !ingredient.equals(memo.value, value);
    if (changed) {
      memo.value = value;
      memo.changedAt = this.revision;
    }
    if (provisional) memo.flags |= STALE;
    else memo.flags &= ~STALE;
    this.runs?.push({ query: ingredient.name, key: memo.key, changed });
  }

  #replaceDependencies(memo: Memo, dependencies: readonly Memo[]): void {
    const before = memo.dependencies;
    if (
      before.length === dependencies.length &&
      before.every((dependency, index) => dependency === dependencies[index])
    )
      return;
    if (before.length > 0) {
      const kept = new Set(dependencies);
      for (const dependency of before) if (!kept.has(dependency)) dependency.removeDependent(memo);
    }
    for (const dependency of dependencies) dependency.addDependent(memo);
    // A copy takes no more room than it needs.
    memo.dependencies = dependencies.slice();
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
    oldest.flags |= DROPPED;
  }
}
