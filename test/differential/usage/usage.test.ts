/**
 * Usage of generated programs against what webpack and Rspack flag in real builds of them. Where the analysis claims
 * single exports, they are the bundler's; where it claims more, the bundler's are among them. `USAGE_PROGRAMS` asks for a longer run, and
 * `USAGE_SEED` for another start.
 */
import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { compareUsage } from "./compareUsage.ts";
import { generateProgram, WIDE_SEEDS } from "./generate.ts";
import { lensUsage } from "./lensUsage.ts";
import { RSPACK_OPTIMIZATION, rspackUsage } from "./rspackUsage.ts";
import { webpackUsage, writeProgram } from "./webpackUsage.ts";

const FIRST = Number(process.env.USAGE_SEED ?? 1);
const COUNT = Number(process.env.USAGE_PROGRAMS ?? 60);
const BATCH = 20;

/** Programs that once told of a difference. */
const KEPT = [
  12, 15, 21, 50, 115, 168, 261, 269, 283, 316, 342, 365, 370, 433, 1131, 1275, 1351, 1603, 1707, 10_007, 11_120,
  20_024, 500_153, 510_305, 805_573, 806_034, 807_551, 809_099, 911_183, 912_246, 1_000_003, 1_000_023, 1_000_039,
  1_000_047, 1_000_048, 1_000_065, 1_000_074, 1_000_158, 1_000_176, 1_000_624, 1_000_722, 1_001_063, 1_001_076,
  1_001_121, 1_001_391, 1_001_716, 1_000_293, 1_000_302, 1_000_380, 1_000_381, 1_000_440, 1_000_555, 1_000_558,
  1_000_609, 1_010_191, 1_011_675, 1_011_725, 1_011_885, 1_011_941, 1_020_101, 1_020_800, 1_101_098, 1_101_403,
];

const BUNDLERS = [
  { name: "webpack", bundler: "webpack", build: webpackUsage, seldom: 0.1, optimization: {} },
  { name: "Rspack", bundler: "rspack", build: rspackUsage, seldom: 0.15, optimization: RSPACK_OPTIMIZATION },
] as const;

async function run({ bundler, build, optimization }: (typeof BUNDLERS)[number], seeds: readonly number[]) {
  const all = { programs: 0, exact: 0, wider: [] as string[], hidden: [] as string[] };
  for (const seed of seeds) {
    const program = generateProgram(seed);
    const folder = writeProgram(program, optimization);
    try {
      const built = await build(program, folder);
      if (built.errors.some((message) => /(?:parse|build) failed/i.test(message))) continue;
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

  const starts = FIRST === 1 ? [FIRST, WIDE_SEEDS] : [FIRST];
  const batches = starts.flatMap((start) =>
    Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, index) => start + index * BATCH),
  );
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
