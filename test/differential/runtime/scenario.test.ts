/** Scenarios of `fedlens resolve --scenario`, answered by it and by the real runtimes. */
import { beforeAll, describe, expect, it } from "vitest";
import { answerScenarios } from "../../../server/src/analysis/runtime/scenario.ts";
import { Mf2Page } from "./mf2Runtime.ts";
import { type Answer, makeScenario, type PageScenario, type Step } from "./pageScenario.ts";
import { emitWebpackRuntime, WebpackPage } from "./webpackRuntime.ts";

type Consuming = Extract<Step, { kind: "consume" }>;

/** A page of one container that provides one version at most, and consumes it once. */
function singlePage(runtime: "webpack" | "mf2", seed: number): PageScenario | undefined {
  const { containers, presets, steps } = makeScenario(runtime, seed);
  const [made, ...others] = containers;
  const [preset] = presets;
  if (made === undefined || others.length > 0 || preset === undefined) return undefined;
  const last = steps.at(-1) as Consuming;
  const provides = last.hasFallback ? made.provides.slice(0, 1) : [];
  const eager = runtime === "webpack" && last.eager;
  const container = { ...made, remotes: [], provides: provides.map((provide) => ({ ...provide, eager })) };
  const { shareScope, shareKey } = preset;
  const { otherScopes: _, ...step } = { ...last, shareScope, shareKey, eager };
  return {
    runtime,
    containers: [container],
    presets: [preset],
    steps: [{ ...step, hasFallback: provides.length > 0 }],
  };
}

/** The same, as the command line takes it. */
function asScenario({ runtime, containers, presets, steps }: PageScenario): object {
  const { from, strategy, provides } = containers[0]!;
  const { shareScope, shareKey, entries } = presets[0]!;
  const { requiredVersion, singleton, strictVersion, eager, hasFallback, implementation } = steps[0] as Consuming;
  return {
    runtime,
    strategy,
    implementation,
    shareScope,
    scope: Object.fromEntries(
      entries.map((entry) => [
        entry.version,
        { from: entry.from, eager: entry.eager, loaded: entry.loaded, shareStrategy: entry.strategy },
      ]),
    ),
    consumer: {
      key: shareKey,
      requiredVersion,
      singleton,
      strictVersion,
      eager,
      hasFallback,
      version: provides[0]?.version,
      from,
    },
  };
}

function expected(answer: Answer, { containers, presets }: PageScenario): object {
  if (answer.kind === "error") return { outcome: "error", version: null, provider: null, message: answer.message };
  const own = containers[0]!;
  const message = answer.warning ?? null;
  if (answer.kind === "fallback" || answer.container === own.id) {
    const version = answer.kind === "taken" ? answer.version : (own.provides[0]?.version ?? null);
    return { outcome: "fallback", version, provider: own.from, message };
  }
  const from = presets[0]!.entries.find((entry) => entry.container === answer.container)?.from;
  return { outcome: "shared", version: answer.version, provider: from, message };
}

describe("scenarios of the command line", () => {
  let webpackRuntime: Awaited<ReturnType<typeof emitWebpackRuntime>>;
  beforeAll(async () => {
    webpackRuntime = await emitWebpackRuntime();
  }, 60_000);

  it.each(["webpack", "mf2"] as const)(
    "as the real runtime of %s answers them",
    async (runtime) => {
      let count = 0;
      for (let seed = 1; count < 250; seed++) {
        const scenario = singlePage(runtime, seed);
        if (scenario === undefined) continue;
        count++;
        const page = runtime === "mf2" ? new Mf2Page(scenario) : new WebpackPage(webpackRuntime, scenario);
        const real = await page.run(scenario.steps[0]!);
        const [{ outcome, version, provider, message }] = answerScenarios(asScenario(scenario)) as [
          ReturnType<typeof answerScenarios>[number],
        ];
        expect({ seed, outcome, version, provider, message }).toEqual({ seed, ...expected(real!, scenario) });
      }
    },
    120_000,
  );

  const consume = {
    kind: "consume",
    shareScope: "default",
    shareKey: "kit",
    singleton: true,
    strictVersion: false,
    eager: false,
    hasFallback: true,
  } as const;

  function twoApps(runtime: "webpack" | "mf2"): PageScenario {
    const base = { runtime, strategy: "version-first", shareScopes: ["default"] } as const;
    const provide = { shareScope: "default", shareKey: "kit", eager: false };
    const shop = { container: "shop", shareScopes: ["default"], immediate: false };
    return {
      runtime,
      presets: [],
      containers: [
        { ...base, id: "host", from: "host", provides: [{ ...provide, version: "17.0.2" }], remotes: [shop] },
        { ...base, id: "shop", from: "shop", provides: [{ ...provide, version: "18.2.0" }], remotes: [] },
      ],
      steps: [{ ...consume, container: "host", requiredVersion: "^17.0.0" }],
    };
  }

  it("explain what is copied from a page of webpack's runtime", async () => {
    const page = new WebpackPage(webpackRuntime, twoApps("webpack"));
    await page.run(twoApps("webpack").steps[0]!);
    const wanted = { ...consume, from: "admin", requiredVersion: "^17.0.0" };
    const [answer] = answerScenarios(JSON.parse(page.copied("host")), (scope, key) =>
      scope === "default" && key === "kit" ? [wanted] : [],
    );
    expect(answer).toMatchObject({
      shareScope: "default",
      shareKey: "kit",
      outcome: "shared",
      version: "18.2.0",
      provider: "shop",
      message: "Unsatisfied version 18.2.0 from shop of shared singleton module kit (required ^17.0.0)",
    });
    expect(answer?.why[0]).toBe("loaded on the page: 18.2.0 from shop");
  });

  it("explain what is copied from a page of the 2.x runtime", async () => {
    const page = new Mf2Page(twoApps("mf2"));
    await page.run(twoApps("mf2").steps[0]!);
    const copied = JSON.parse(page.copied()) as unknown;
    const answers = answerScenarios(copied);
    expect(answers.map(({ instance, consumer }) => [instance, consumer?.from, consumer?.requiredVersion])).toEqual([
      ["host", "host", "^17.0.2"],
      ["host", "host", "^18.2.0"],
    ]);
    // The host has loaded the shop's copy, which now goes by the host's name.
    expect(answers[0]?.why[0]).toBe("loaded on the page: 18.2.0 from host (used in host)");
    const whole = { __FEDERATION__: { __INSTANCES__: copied } };
    expect(answerScenarios(whole)).toEqual(answers);
    const consumer = { key: "kit", from: "admin", requiredVersion: "^17.0.0", singleton: true, hasFallback: false };
    const [asked] = answerScenarios({ runtime: "mf2", scope: copied, consumer });
    expect(asked).toMatchObject({ outcome: "shared", version: "18.2.0" });
  });

  it("fail in the 2.x runtime where an entry asks at once", () => {
    const page = new Mf2Page(twoApps("mf2"));
    expect(page.askAtOnce("host", "kit")).toContain("Invalid loadShareSync function call from runtime #RUNTIME-006");
    expect(page.askAtOnce("host", "other")).toContain("Invalid loadShareSync function call from runtime #RUNTIME-006");
  });
});
