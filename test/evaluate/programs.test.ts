/** Wherever the evaluator claims to know, it says what Node gives. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { draws, holdPrograms, writeProgram, wrongClaimOf } from "./manyPrograms.ts";

/** More programs, from another seed: `FEDLENS_PROGRAMS=100000 FEDLENS_SEED=7`. A thousand programs use up one seed. */
const count = Number(process.env.FEDLENS_PROGRAMS ?? 3000);
const seed = Number(process.env.FEDLENS_SEED ?? 20240917);

test(`no wrong claim in ${count} programs`, { timeout: 3_600_000 }, async () => {
  const { compared, wrong } = await holdPrograms(count, seed);
  console.log(`${compared} of ${count} programs compared, from seed ${seed}`);
  if (wrong.length > 0) {
    // The smallest program with the same fault says most.
    const fault = fc.property(draws, (draw) => {
      expect(wrongClaimOf(draw), writeProgram(draw)).toBeUndefined();
    });
    fc.assert(fault, { examples: wrong.map(([tape, world]) => [[tape, world]]), numRuns: wrong.length });
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(count * 0.9);
});
