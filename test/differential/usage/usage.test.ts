/**
 * Usage of generated programs against what webpack flags in real builds of them. Where the analysis claims single exports,
 * they are webpack's; where it claims more, webpack's are among them. `USAGE_PROGRAMS` asks for a longer run, and
 * `USAGE_SEED` for another start.
 */
import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { generateProgram } from "./generate.ts";
import { lensUsage } from "./lensUsage.ts";
import { type BuiltUsage, webpackUsage, writeProgram } from "./webpackUsage.ts";

const FIRST = Number(process.env.USAGE_SEED ?? 1);
const COUNT = Number(process.env.USAGE_PROGRAMS ?? 60);
const BATCH = 20;

/** Programs that once told of a difference. */
const KEPT = [12, 15, 21, 115, 261, 269, 342, 365, 370, 1131, 1275, 10_007, 11_120, 20_024];

/** Which rows are exactly webpack's, and which hide a use that webpack flags. */
function compare(seed: number, built: BuiltUsage, lens: ReturnType<typeof lensUsage>) {
  const exact: string[] = [];
  const wider: string[] = [];
  const hidden: string[] = [];
  for (const [key, expected] of Object.entries(built.shared)) {
    const found = lens.shared[key];
    const row = `${seed} ${key}: webpack ${expected.join()}, found ${found?.join() ?? "nothing"}`;
    if (JSON.stringify(found) === JSON.stringify(expected)) exact.push(row);
    else if (found !== undefined && covers(found, expected)) wider.push(row);
    else hidden.push(row);
  }
  for (const [key, found] of Object.entries(lens.shared)) {
    if (built.shared[key] === undefined) wider.push(`${seed} ${key}: webpack nothing, found ${found.join()}`);
  }
  return { exact, wider, hidden };
}

function covers(found: readonly string[], expected: readonly string[]): boolean {
  if (found.includes("*")) return true;
  return expected.every((name) => found.some((item) => name === item || name.startsWith(`${item}.`)));
}

async function run(seeds: readonly number[]) {
  const all = { programs: 0, exact: 0, wider: [] as string[], hidden: [] as string[] };
  for (const seed of seeds) {
    const program = generateProgram(seed);
    const folder = writeProgram(program);
    try {
      const built = await webpackUsage(program, folder);
      if (built.errors.some((message) => message.includes("Module parse failed"))) continue;
      const { exact, wider, hidden } = compare(seed, built, lensUsage(folder));
      all.programs++;
      all.exact += exact.length;
      all.wider.push(...wider);
      all.hidden.push(...hidden);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }
  return all;
}

describe("what generated programs use of shared modules", () => {
  test("programs that once differed", async () => {
    const { hidden, programs } = await run(KEPT);
    expect(hidden).toEqual([]);
    expect(programs).toBeGreaterThan(KEPT.length / 2);
  }, 120_000);

  const batches = Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, index) => FIRST + index * BATCH);
  test.each(batches)(
    "programs from seed %i",
    async (first) => {
      const { hidden, wider, exact } = await run(Array.from({ length: BATCH }, (_, index) => first + index));
      expect(hidden).toEqual([]);
      // A claim that is wider than need be is no mistake, and seldom.
      expect(wider.length).toBeLessThanOrEqual(exact / 5);
    },
    120_000,
  );
});
