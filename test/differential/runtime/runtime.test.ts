/**
 * What the real runtimes do with a page, and what this project says they do: outcome, version, whose copy, and the exact
 * text of warnings and errors, over scenarios made from seeds. A long run: `FEDLENS_SCENARIOS=20000 npx vitest run
 * test/differential/runtime`; each runtime then gets that many.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { Mf2Page } from "./mf2Runtime.ts";
import { type Answer, makeScenario, type PageScenario, type RealRuntime, type Step } from "./pageScenario.ts";
import { simulated } from "./simulated.ts";
import { emitWebpackRuntime, WebpackPage } from "./webpackRuntime.ts";

const WANTED = Number(process.env.FEDLENS_SCENARIOS ?? 0);
const MINUTE = 60_000;

/** Scenarios of the suite, and seeds beyond them that once came out differently. */
const SUITE: Record<RealRuntime, { readonly first: number; readonly once: readonly number[] }> = {
  webpack: { first: 300, once: [3386, 5448, 6446] },
  mf2: { first: 120, once: [125, 195, 237, 354, 738, 793, 1276, 1406, 1802, 6009, 9673, 9839, 13314, 20865] },
};

interface RealPage {
  run(step: Step): Promise<Answer | undefined>;
}

type MakePage = (scenario: PageScenario) => RealPage;

async function realAnswers(make: MakePage, scenario: PageScenario): Promise<readonly Answer[]> {
  const page = make(scenario);
  const answers: Answer[] = [];
  for (const step of scenario.steps) {
    const answer = await page.run(step);
    if (answer !== undefined) answers.push(answer);
  }
  return answers;
}

async function compare(runtime: RealRuntime, make: MakePage): Promise<void> {
  const { first, once } = SUITE[runtime];
  const seeds = [...Array.from({ length: Math.max(first, WANTED) }, (_, index) => index + 1), ...once];
  const different: unknown[] = [];
  const kinds: Record<string, number> = {};
  for (const seed of new Set(seeds)) {
    const scenario = makeScenario(runtime, seed);
    const [real, ours] = [await realAnswers(make, scenario), simulated(scenario)];
    for (const { kind, ...rest } of real) {
      const name = "warning" in rest && rest.warning !== undefined ? `${kind}, warned` : kind;
      kinds[name] = (kinds[name] ?? 0) + 1;
    }
    if (JSON.stringify(real) !== JSON.stringify(ours)) different.push({ seed, scenario, real, ours });
  }
  if (WANTED > 0)
    console.log(runtime, new Set(seeds).size, "scenarios, consumptions", kinds, "different", different.length);
  expect(different.slice(0, 3)).toEqual([]);
  // Every kind of answer is among them.
  expect(Object.keys(kinds).sort()).toEqual(["error", "fallback", "taken", "taken, warned"]);
}

describe("pages of containers", () => {
  let webpackRuntime: Awaited<ReturnType<typeof emitWebpackRuntime>>;
  beforeAll(async () => {
    webpackRuntime = await emitWebpackRuntime();
  }, MINUTE);

  it(
    "in webpack's own runtime",
    async () => {
      await compare("webpack", (scenario) => new WebpackPage(webpackRuntime, scenario));
    },
    MINUTE + WANTED * 20,
  );

  it(
    "in the 2.x runtime with its bundlers' code",
    async () => {
      await compare("mf2", (scenario) => new Mf2Page(scenario));
    },
    MINUTE + WANTED * 40,
  );
});
