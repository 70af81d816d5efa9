/**
 * What the real runtimes do with a page, and what this project says they do: outcome, version, whose copy, and the exact
 * text of warnings and errors, over scenarios made from seeds. A long run: `FEDLENS_SCENARIOS=20000 npx vitest run
 * test/differential/runtime`; each runtime then gets that many.
 */
import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Mf2Page } from "./mf2Runtime.ts";
import { type Answer, makeScenario, type PageScenario, type RealRuntime, type Step } from "./pageScenario.ts";
import { emitRspackRuntime } from "./rspackRuntime.ts";
import { simulated } from "./simulated.ts";
import { emitWebpackRuntime, type RealContainer, WebpackPage } from "./webpackRuntime.ts";

const WANTED = Number(process.env.FEDLENS_SCENARIOS ?? 0);
const MINUTE = 60_000;

/** Seeds of the suite. */
const FIRST: Record<RealRuntime, number> = { webpack: 300, rspack: 200, mf2: 120, mixed: 120 };

/** Scenarios that once came out differently, one a line. */
const CASES = fs
  .readFileSync(path.join(import.meta.dirname, "cases.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as PageScenario);

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
  const scenarios = CASES.filter((scenario) => scenario.runtime === runtime);
  for (let seed = 1; seed <= Math.max(FIRST[runtime], WANTED); seed++) scenarios.push(makeScenario(runtime, seed));
  const different: unknown[] = [];
  const kinds: Record<string, number> = {};
  for (const scenario of scenarios) {
    const [real, ours] = [await realAnswers(make, scenario), simulated(scenario)];
    for (const { kind, ...rest } of real) {
      const name = "warning" in rest && rest.warning !== undefined ? `${kind}, warned` : kind;
      kinds[name] = (kinds[name] ?? 0) + 1;
    }
    if (JSON.stringify(real) !== JSON.stringify(ours)) different.push({ scenario, real, ours });
  }
  if (WANTED > 0)
    console.log(runtime, scenarios.length, "scenarios, consumptions", kinds, "different", different.length);
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
    "in Rspack's port of it",
    async () => {
      const runtime = await emitRspackRuntime();
      await compare("rspack", (scenario) => new WebpackPage(runtime, scenario));
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

  it(
    "of both runtimes",
    async () => {
      await compare("mixed", (scenario) => {
        const made = new Map<string, RealContainer>();
        const pages = { webpack: new WebpackPage(webpackRuntime, scenario, made), mf2: new Mf2Page(scenario, made) };
        const runtimes = new Map(scenario.containers.map(({ id, runtime }) => [id, runtime]));
        return { run: (step) => (runtimes.get(step.container) === "mf2" ? pages.mf2 : pages.webpack).run(step) };
      });
    },
    MINUTE + WANTED * 40,
  );
});
