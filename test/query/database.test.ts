/** The query engine: reuse, cut-off, cycles, dropped values; any sequence of changes equals a fresh computation. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CycleError, Database, input, query, steppedQuery } from "../../server/src/query/database.ts";

interface Cells {
  readonly values: Map<string, number>;
  loads: number;
}

const cell = input<Cells, number>("cell", (world, key) => {
  world.loads++;
  return world.values.get(key) ?? 0;
});

function open(values: Record<string, number> = {}): Database<Cells> {
  return new Database<Cells>({ values: new Map(Object.entries(values)), loads: 0 });
}

function change(db: Database<Cells>, key: string, value: number): void {
  db.world.values.set(key, value);
  db.touch(cell, key);
}

function runsOf<T>(db: Database<Cells>, action: () => T): { value: T; runs: string[] } {
  db.runs = [];
  const value = action();
  const runs = db.runs.map((run) => `${run.query}(${run.key})`);
  db.runs = undefined;
  return { value, runs };
}

const parity = query<Cells, number>("parity", (db, key) => db.get(cell, key) % 2);
const label = query<Cells, string>("label", (db, key) => (db.get(parity, key) === 0 ? "even" : "odd"));

const sum = steppedQuery<Cells, number>("sum", function* (db, keys) {
  let total = 0;
  for (const key of keys.split(",")) {
    total += db.get(parity, key);
    yield;
  }
  return total;
});

describe("steps", () => {
  it("computes between pauses what is then at hand, with all that it depends on", () => {
    const db = open({ a: 1, b: 1 });
    const steps = db.prepare(sum, "a,b");
    expect(runsOf(db, () => steps.next()).runs).toEqual(["parity(a)"]);
    expect(runsOf(db, () => [...steps]).runs).toEqual(["parity(b)", "sum(a,b)"]);
    expect(runsOf(db, () => db.get(sum, "a,b"))).toEqual({ value: 2, runs: [] });
    expect([...db.prepare(sum, "a,b")]).toEqual([]);
    change(db, "a", 2);
    expect(db.get(sum, "a,b")).toBe(1);
    change(db, "b", 2);
    expect(runsOf(db, () => [...db.prepare(sum, "a,b")]).runs).toEqual(["parity(b)", "sum(a,b)"]);
    expect(db.get(sum, "a,b")).toBe(0);
  });

  it("gives up where an input changes in a pause", () => {
    const db = open({ a: 1, b: 1 });
    const steps = db.prepare(sum, "a,b");
    steps.next();
    change(db, "a", 2);
    expect(runsOf(db, () => [...steps]).runs).toEqual([]);
    expect(db.get(sum, "a,b")).toBe(1);
  });

  it("gives up where somebody asks for the whole in a pause", () => {
    const db = open({ a: 1, b: 1 });
    const steps = db.prepare(sum, "a,b");
    steps.next();
    expect(db.get(sum, "a,b")).toBe(2);
    expect(runsOf(db, () => [...steps]).runs).toEqual([]);
  });

  it("depends on what is read before the first step too", () => {
    const db = open({ a: 1 });
    function* twice(value: number): Generator<void, number> {
      yield;
      return 2 * value;
    }
    const doubled = steppedQuery<Cells, number>("doubled", (base, key) => twice(base.get(cell, key)));
    expect([...db.prepare(doubled, "a")]).toHaveLength(1);
    change(db, "a", 2);
    expect(db.get(doubled, "a")).toBe(4);
  });

  it("leaves no value behind where a step throws", () => {
    const db = open({ a: 1 });
    const failing = steppedQuery<Cells, number>("failing", function* (base, key) {
      yield;
      if (base.get(cell, key) === 1) throw new Error("one");
      return 0;
    });
    expect(() => [...db.prepare(failing, "a")]).toThrow("one");
    expect(() => db.get(failing, "a")).toThrow("one");
    change(db, "a", 2);
    expect(db.get(failing, "a")).toBe(0);
  });
});

describe("reuse", () => {
  it("computes once and answers from the memo afterwards", () => {
    const db = open({ a: 1 });
    expect(runsOf(db, () => db.get(label, "a")).runs).toEqual(["parity(a)", "label(a)"]);
    expect(runsOf(db, () => db.get(label, "a")).runs).toEqual([]);
  });

  it("stops where a new value equals the old one", () => {
    const db = open({ a: 1 });
    db.get(label, "a");
    change(db, "a", 3);
    const { value, runs } = runsOf(db, () => db.get(label, "a"));
    expect(value).toBe("odd");
    expect(runs).toEqual(["parity(a)"]);
  });

  it("does not run anything for a change elsewhere", () => {
    const db = open({ a: 1, b: 1 });
    db.get(label, "a");
    db.get(label, "b");
    change(db, "b", 2);
    expect(runsOf(db, () => db.get(label, "a")).runs).toEqual([]);
  });

  it("does not run anything when a touched input loads the same value", () => {
    const db = open({ a: 1 });
    db.get(label, "a");
    db.touch(cell, "a");
    expect(runsOf(db, () => db.get(label, "a")).runs).toEqual([]);
  });

  it("forgets dependencies that a rerun no longer has", () => {
    const choose = query<Cells, number>("choose", (database) =>
      database.get(cell, "which") === 0 ? database.get(cell, "left") : database.get(cell, "right"),
    );
    const db = open({ which: 0, left: 1, right: 2 });
    expect(db.get(choose)).toBe(1);
    change(db, "which", 1);
    expect(db.get(choose)).toBe(2);
    change(db, "left", 7);
    expect(runsOf(db, () => db.get(choose)).runs).toEqual([]);
  });

  it("tells by changedAt whether a result is another one", () => {
    const db = open({ a: 1 });
    const first = db.changedAt(label, "a");
    change(db, "a", 3);
    expect(db.changedAt(label, "a")).toBe(first);
    change(db, "a", 4);
    expect(db.changedAt(label, "a")).toBeGreaterThan(first);
  });
});

describe("dropped values", () => {
  const kept = input<Cells, number>(
    "kept",
    (world, key) => {
      world.loads++;
      return world.values.get(key) ?? 0;
    },
    { keep: 2 },
  );
  const doubled = query<Cells, number>("doubled", (db, key) => db.get(kept, key) * 2);

  it("loads again without rerunning what was computed from it", () => {
    const db = open({ a: 1, b: 2, c: 3 });
    for (const key of ["a", "b", "c"]) db.get(doubled, key);
    expect(db.world.loads).toBe(3);
    expect(db.get(kept, "a")).toBe(1);
    expect(db.world.loads).toBe(4);
    expect(runsOf(db, () => db.get(doubled, "a")).runs).toEqual([]);
  });

  it("sees a change of a dropped value", () => {
    const db = open({ a: 1, b: 2, c: 3 });
    for (const key of ["a", "b", "c"]) db.get(doubled, key);
    db.world.values.set("a", 5);
    db.touch(kept, "a");
    expect(db.get(doubled, "a")).toBe(10);
  });
});

describe("failures", () => {
  it("computes again what threw, and keeps working", () => {
    let broken = true;
    const fragile = query<Cells, number>("fragile", (db) => {
      const value = db.get(cell, "a");
      if (broken) throw new Error("no");
      return value;
    });
    const db = open({ a: 1 });
    expect(() => db.get(fragile)).toThrow("no");
    broken = false;
    expect(db.get(fragile)).toBe(1);
  });

  it("names the query of an undeclared cycle", () => {
    const loop = query<Cells, number>("loop", (db): number => db.get(loop));
    expect(() => open().get(loop)).toThrow(CycleError);
  });

  it("gives each member of a declared cycle the same value whoever is asked first", () => {
    const next: Record<string, string> = { a: "b", b: "c", c: "a" };
    const walk = query<Cells, string>("walk", (db, key): string => `${key}${db.get(walk, next[key])}`, {
      onCycle: () => ".",
    });
    const forwards = open();
    const backwards = open();
    const there = ["a", "b", "c"].map((key) => forwards.get(walk, key));
    const back = ["c", "b", "a"].map((key) => backwards.get(walk, key)).reverse();
    expect(there).toEqual(["abc.", "bca.", "cab."]);
    expect(back).toEqual(there);
  });
});

describe("any sequence of changes", () => {
  const names = ["a", "b", "c", "d"];
  /** Reads cells that depend on the values of cells, so that the dependencies themselves change. */
  const follow = query<Cells, number>("follow", (db, key) => {
    const value = db.get(cell, key);
    return value % 3 === 0 ? db.get(parity, names[value % names.length]!) : value;
  });
  const total = query<Cells, number>("total", (db) => names.reduce((sum, name) => sum + db.get(follow, name), 0));

  it("equals a fresh computation", () => {
    const step = fc.record({ key: fc.constantFrom(...names), value: fc.nat(12), ask: fc.constantFrom("", ...names) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const db = open();
        for (const { key, value, ask } of steps) {
          change(db, key, value);
          if (ask !== "") db.get(follow, ask);
        }
        expect(db.get(total)).toBe(open(Object.fromEntries(db.world.values)).get(total));
      }),
      { numRuns: 500 },
    );
  });
});
