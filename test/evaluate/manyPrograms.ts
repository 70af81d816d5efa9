/** Holds random programs against Node, in batches: what the property test does, and a long run in pieces. */
import fc from "fast-check";
import { OutOfFuel } from "../../server/src/evaluate/realm.ts";
import { wrongClaim } from "./compare.ts";
import { ProgramWriter } from "./programs.ts";
import { evaluateFiles, type NodeResult, type ProgramRuns, runAllInNode, runInNode } from "./runProgram.ts";

/** A tape of choices, and the first world that its program meets. */
export type Draw = readonly [tape: number[], world: number];

export const draws: fc.Arbitrary<[number[], number]> = fc.tuple(
  fc.array(fc.nat(9999), { minLength: 20, maxLength: 160 }),
  fc.nat(255),
);

type Evaluated = ReturnType<typeof evaluateFiles>;

const BATCH = 40;
/** Programs drawn with one seed; the next are drawn with the next seed. */
const DRAWN = 1000;

export function writeProgram([tape]: Draw): string {
  return new ProgramWriter(tape).program();
}

/** Evaluating a program takes longer than running it, so that it meets two worlds. */
function runsOf(draw: Draw): ProgramRuns {
  return { program: writeProgram(draw), worlds: [draw[1], draw[1] ^ 255] };
}

function evaluateWithinAllowance(program: string): Evaluated | undefined {
  try {
    return evaluateFiles({ "/config.js": program });
  } catch (error) {
    if (error instanceof OutOfFuel) return undefined;
    throw error;
  }
}

function claimAgainst({ realm, value }: Evaluated, results: readonly NodeResult[]): string | undefined {
  for (const result of results) {
    const wrong = result === undefined ? undefined : wrongClaim(realm, value, result.exports, "exports");
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** The wrong claim about one program; `undefined` when there is none. */
export function wrongClaimOf(draw: Draw): string | undefined {
  const runs = runsOf(draw);
  // A program that outgrows the evaluator's allowance could outgrow Node's memory.
  const evaluated = evaluateWithinAllowance(runs.program);
  return evaluated === undefined ? undefined : claimAgainst(evaluated, runInNode(runs));
}

export interface Outcome {
  /** Programs that both sides brought to an end. */
  readonly compared: number;
  /** What was drawn for programs about which too much is claimed. */
  readonly wrong: readonly Draw[];
}

function holdBatch(batch: readonly Draw[]): Outcome {
  const held = batch.flatMap((draw) => {
    const runs = runsOf(draw);
    const evaluated = evaluateWithinAllowance(runs.program);
    return evaluated === undefined ? [] : [{ draw, evaluated, runs }];
  });
  const results = runAllInNode(held.map(({ runs }) => runs));
  const ended = held.flatMap(({ draw, evaluated }, index) => {
    const own = results[index]!;
    return own.some((result) => result !== undefined) ? [{ draw, wrong: claimAgainst(evaluated, own) }] : [];
  });
  return {
    compared: ended.length,
    wrong: ended.filter(({ wrong }) => wrong !== undefined).map(({ draw }) => draw),
  };
}

/** Writes, runs and compares programs. A run of `count` with a seed is the same everywhere. */
export async function holdPrograms(count: number, seed: number): Promise<Outcome> {
  let compared = 0;
  const wrong: Draw[] = [];
  for (let done = 0; done < count; done += DRAWN) {
    const drawn = fc.sample(draws, { numRuns: Math.min(DRAWN, count - done), seed: seed + done / DRAWN });
    for (let at = 0; at < drawn.length; at += BATCH) {
      const outcome = holdBatch(drawn.slice(at, at + BATCH));
      compared += outcome.compared;
      wrong.push(...outcome.wrong);
    }
    // What the programs left for later runs, and is let go.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { compared, wrong };
}
