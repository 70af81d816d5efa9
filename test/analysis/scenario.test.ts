/** Given share scopes: every shape in which one can be copied from a page, bad input, and very many versions. */
import { describe, expect, it } from "vitest";
import { negotiate } from "../../server/src/analysis/runtime/negotiate.ts";
import { answerScenarios, ScenarioProblem } from "../../server/src/analysis/runtime/scenario.ts";

const entry = (from: string, more: object = {}) => ({ from, eager: false, ...more });
const versions = { "17.0.2": entry("cart", { loaded: 1 }), "18.2.0": entry("shell") };
const consumer = { key: "react", from: "shell", requiredVersion: "^18.0.0", singleton: true, strictVersion: false };

describe("a consumer before a copied scope", () => {
  it.each([
    ["the versions of one key", versions],
    ["the keys of one scope", { react: versions, vue: {} }],
    ["all scopes", { default: { react: versions }, other: { react: { "1.0.0": entry("x") } } }],
    ["__webpack_share_scopes__", { __webpack_share_scopes__: { default: { react: versions } } }],
    ["a scope map of an instance", { name: "shell", shareScopeMap: { default: { react: versions } } }],
    ["__FEDERATION__.__SHARE__", { __FEDERATION__: { __SHARE__: { shell: { default: { react: versions } } } } }],
    ["instances", [{ name: "shell", shareScopeMap: { default: { react: versions } } }]],
  ])("%s", (_, scope) => {
    expect(answerScenarios({ runtime: "webpack", scope, consumer })).toMatchObject([
      {
        outcome: "shared",
        version: "17.0.2",
        provider: "cart",
        message: "Unsatisfied version 17.0.2 from cart of shared singleton module react (required ^18.0.0)",
      },
    ]);
  });

  it("prefers the scopes of the consumer's own instance", () => {
    const scope = [
      { name: "other", shareScopeMap: { default: { react: versions } } },
      { name: "shell", shareScopeMap: { default: { react: { "18.3.1": entry("lib") } } } },
    ];
    expect(answerScenarios({ runtime: "mf2", scope, consumer })).toMatchObject([{ version: "18.3.1" }]);
  });

  it("by another scope's name", () => {
    const scope = { default: { react: versions }, other: { react: { "18.0.1": entry("x") } } };
    const answers = answerScenarios({ runtime: "webpack", shareScope: "other", scope, consumer });
    expect(answers).toMatchObject([{ outcome: "shared", version: "18.0.1", provider: "x", message: null }]);
  });
});

describe("a copied scope alone", () => {
  it("tells for each registrar what it gets, and what is loaded", () => {
    const answers = answerScenarios({ default: { react: versions } });
    expect(answers.map(({ shareKey, consumer: asked, version }) => [shareKey, asked?.from, version])).toEqual([
      ["react", "cart", "18.2.0"],
      ["react", "shell", "18.2.0"],
    ]);
    expect(answers[0]?.why[0]).toBe("loaded on the page: 17.0.2 from cart");
  });

  it("counts the copies that are loaded", () => {
    const both = { "17.0.2": entry("cart", { loaded: 1 }), "18.2.0": entry("shell", { loaded: 1 }) };
    const [answer] = answerScenarios({ default: { react: both } });
    expect(answer?.why[0]).toBe(
      "loaded on the page: 17.0.2 from cart, 18.2.0 from shell; these are 2 copies of one module",
    );
  });

  it("reads what the 2.x runtime keeps of each share", () => {
    const shareConfig = { requiredVersion: "^19.0.0", singleton: true, strictVersion: true };
    const scope = { "18.2.0": entry("shell", { useIn: ["shell"], strategy: "loaded-first", shareConfig }) };
    expect(answerScenarios([{ name: "shell", shareScopeMap: { default: { react: scope } } }])).toMatchObject([
      {
        instance: "shell",
        consumer: { from: "shell", requiredVersion: "^19.0.0", singleton: true, strictVersion: true },
        outcome: "error",
        message:
          "[ Federation Runtime ]: Version 18.2.0 from shell of shared singleton module react does not satisfy the requirement of shell which needs ^19.0.0)",
      },
    ]);
  });
});

describe("bad input", () => {
  it.each([
    [null, "scenario 1 is no object"],
    [[consumer, 3], "scenario 1: `runtime`"],
    [{}, "`runtime`"],
    [{ runtime: "mf2", scope: versions }, "`consumer` is missing"],
    [{ runtime: "mf2", scope: {}, consumer: { key: "react" } }, "a `from`"],
    [{ runtime: "vite", scope: {}, consumer }, "`runtime`"],
  ])("%j", (document, problem) => {
    expect(() => answerScenarios(document)).toThrow(ScenarioProblem);
    expect(() => answerScenarios(document)).toThrow(problem);
  });

  it.each(["webpack", "mf2"])("versions and ranges that are none, in %s", (runtime) => {
    const odd = { latest: entry("a"), "": entry("b"), "1.0.0-": entry("c"), "🦀": entry("d") };
    for (const requiredVersion of ["workspace:*", "", "npm:x@^1", ">>1", "^".repeat(5000), null, 5]) {
      for (const scope of [odd, {}, null, "text", { "1.0.0": null }, { "1.0.0": { from: 5 } }]) {
        const [answer] = answerScenarios({ runtime, scope, consumer: { ...consumer, requiredVersion } });
        expect(["shared", "fallback", "error"]).toContain(answer?.outcome);
      }
    }
  });
});

describe("ten thousand versions of one key", () => {
  it.each(["webpack", "mf2"])("in %s: an answer for each", (runtime) => {
    const scope = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `1.${index % 100}.${Math.floor(index / 100)}`,
        entry(`app${index}`),
      ]),
    );
    const answers = answerScenarios(
      ["^1.50.0", "~1.99.0", "^2.0.0", false].map((requiredVersion) => ({
        runtime,
        scope,
        consumer: { ...consumer, requiredVersion, singleton: false, strictVersion: true },
      })),
    );
    expect(answers.map(({ outcome, version }) => [outcome, version])).toEqual([
      ["shared", "1.99.99"],
      ["shared", "1.99.99"],
      ["fallback", null],
      ["shared", "1.99.99"],
    ]);
    expect(answers.every(({ why }) => why.join("").length < 2000)).toBe(true);
  });

  it.each(["webpack", "mf2"] as const)("in %s: each version is read a few times", (runtime) => {
    let reads = 0;
    const scope = Array.from({ length: 10_000 }, (_, index) => ({
      get version() {
        reads++;
        return `1.${index % 100}.${Math.floor(index / 100)}`;
      },
      from: `app${index}`,
      eager: false,
      loaded: false,
    }));
    for (const singleton of [true, false]) {
      for (const requiredVersion of ["^1.50.0", "^2.0.0", false] as const) {
        for (const strategy of ["version-first", "loaded-first"] as const) {
          reads = 0;
          negotiate(runtime, strategy, scope, {
            shareScope: "default",
            shareKey: "kit",
            from: "shell",
            requiredVersion,
            singleton,
            strictVersion: true,
            eager: false,
            hasFallback: false,
          });
          expect(reads).toBeLessThan(10 * scope.length);
        }
      }
    }
  });
});
