/**
 * Usage of generated programs against what webpack and Rspack flag in real builds of them. Where the analysis claims
 * single exports, they are the bundler's; where it claims more, the bundler's are among them. `USAGE_PROGRAMS` asks for a longer run, and
 * `USAGE_SEED` for another start.
 */
import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { compareUsage } from "./compareUsage.ts";
import { generateProgram } from "./generate.ts";
import { lensUsage } from "./lensUsage.ts";
import { rspackUsage } from "./rspackUsage.ts";
import { webpackUsage, writeProgram } from "./webpackUsage.ts";

const FIRST = Number(process.env.USAGE_SEED ?? 1);
const COUNT = Number(process.env.USAGE_PROGRAMS ?? 60);
const BATCH = 20;

/** Programs that once told of a difference. */
const KEPT = [
  12, 15, 21, 50, 115, 168, 261, 269, 283, 316, 342, 365, 370, 433, 1131, 1275, 1351, 1603, 1707, 10_007, 11_120,
  20_024, 500_153, 510_305, 805_573, 806_034, 807_551, 809_099,
];

const BUNDLERS = [
  { name: "webpack", bundler: "webpack", build: webpackUsage, seldom: 0.05 },
  { name: "Rspack", bundler: "rspack", build: rspackUsage, seldom: 0.15 },
] as const;

async function run({ bundler, build }: (typeof BUNDLERS)[number], seeds: readonly number[]) {
  const all = { programs: 0, exact: 0, wider: [] as string[], hidden: [] as string[] };
  for (const seed of seeds) {
    const program = generateProgram(seed);
    const folder = writeProgram(program);
    try {
      const built = await build(program, folder);
      if (built.errors.some((message) => /parse failed/i.test(message))) continue;
      const { exact, wider, hidden } = compareUsage(String(seed), built, lensUsage(folder, bundler));
      all.programs++;
      all.exact += exact;
      all.wider.push(...wider);
      all.hidden.push(...hidden);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }
  return all;
}

describe.each(BUNDLERS)("what generated programs use of modules, as $name flags it", (bundler) => {
  test("programs that once differed", async () => {
    const { hidden, programs } = await run(bundler, KEPT);
    expect(hidden).toEqual([]);
    expect(programs).toBeGreaterThan(KEPT.length / 2);
  }, 120_000);

  const batches = Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, index) => FIRST + index * BATCH);
  test.each(batches)(
    "programs from seed %i",
    async (first) => {
      const { hidden, wider, exact } = await run(
        bundler,
        Array.from({ length: BATCH }, (_, index) => first + index),
      );
      expect(hidden).toEqual([]);
      // A claim that is wider than need be is no mistake, and seldom.
      expect(wider.length).toBeLessThanOrEqual(exact * bundler.seldom);
    },
    120_000,
  );
});
