/** Wherever the evaluator claims to know, it says what Node gives. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { OutOfFuel } from "../../server/src/evaluate/realm.ts";
import { wrongClaim } from "./compare.ts";
import { mysteryOf, ProgramWriter } from "./programs.ts";
import { evaluateFiles, runInNode } from "./runProgram.ts";

/** More programs, from another seed: `FEDLENS_PROGRAMS=100000 FEDLENS_SEED=7`. */
const runs = Number(process.env.FEDLENS_PROGRAMS ?? 1500);
const seed = Number(process.env.FEDLENS_SEED ?? 20240917);

function withinAllowance(program: string): ReturnType<typeof evaluateFiles> | undefined {
  try {
    return evaluateFiles({ "/config.js": program });
  } catch (error) {
    if (error instanceof OutOfFuel) return undefined;
    throw error;
  }
}

test(`no wrong claim in ${runs} programs`, { timeout: 3_600_000 }, () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(fc.nat(9999), { minLength: 20, maxLength: 160 }), fc.nat(255), (tape, world) => {
      const program = new ProgramWriter(tape).program();
      // A program that outgrows the evaluator's allowance could outgrow Node's memory.
      const evaluated = withinAllowance(program);
      const real = evaluated === undefined ? undefined : runInNode(program, mysteryOf(world));
      if (evaluated === undefined || real === undefined) return;
      compared++;
      const { realm, value } = evaluated;
      expect(wrongClaim(realm, value, real.exports, "exports"), program).toBeUndefined();
    }),
    { numRuns: runs, seed },
  );
  expect(compared).toBeGreaterThan(runs / 3);
});
