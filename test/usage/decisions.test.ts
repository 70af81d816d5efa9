/** The decision matrix, row by row, and the states that exports are in. */
import { describe, expect, test } from "vitest";
import { actionOf, exportDecisions } from "../../server/src/usage/decisions.ts";

describe("the decision matrix", () => {
  test.each([
    ["used", "high", false, "keep"],
    ["used", "low", true, "keep"],
    ["unused", "high", false, "eliminate"],
    ["unused", "medium", false, "warn"],
    ["unused", "low", false, "keep"],
    ["unused", "high", true, "keep"],
    ["imported-but-unused", "high", false, "eliminate"],
    ["imported-but-unused", "medium", false, "keep"],
    ["imported-but-unused", "high", true, "analyse-deeper"],
    ["only-properties-used", "high", true, "partial-elimination"],
    ["unknown", "high", false, "keep"],
  ] as const)("%s, confidence %s, effects %s: %s", (state, confidence, effects, action) => {
    expect(actionOf(state, confidence, effects)).toBe(action);
  });
});

describe("states of exports", () => {
  const facts = {
    provided: ["a", "b", "c", "d"],
    used: ["a", "b.x.y"],
    whole: false,
    importedButUnused: ["c"],
    sideEffects: false,
    confidence: "high",
  } as const;
  const states = (given: Parameters<typeof exportDecisions>[0]) =>
    Object.fromEntries(exportDecisions(given).map(({ name, state }) => [name, state]));

  test("of what is used in full, in part, imported alone, and not at all", () => {
    expect(states(facts)).toEqual({ a: "used", b: "only-properties-used", c: "imported-but-unused", d: "unused" });
    expect(exportDecisions(facts).find(({ name }) => name === "b")?.members).toEqual(["x.y"]);
  });

  test("where the whole is taken, what is not named may be used", () => {
    expect(states({ ...facts, whole: true })).toEqual({ a: "used", b: "used", c: "unknown", d: "unknown" });
  });

  test("what is used of unknown exports is still told", () => {
    expect(states({ ...facts, provided: null })).toEqual({
      a: "used",
      b: "only-properties-used",
      c: "imported-but-unused",
    });
  });

  test("every decision has a reason", () => {
    for (const { reason } of exportDecisions({ ...facts, sideEffects: true, confidence: "medium" }))
      expect(reason).not.toBe("");
  });
});
