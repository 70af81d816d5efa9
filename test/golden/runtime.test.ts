/** Every stored answer of the real runtimes: does a version satisfy a range, and what does `loadShare` hand out. */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { satisfies } from "../../server/src/analysis/runtime/satisfy.ts";
import { answerScenarios } from "../../server/src/analysis/runtime/scenario.ts";
import { webpackRangeText, parseWebpackRange } from "../../server/src/model/webpackRange.ts";

const GOLDEN = path.resolve(import.meta.dirname, "../../../shared/golden/runtime");

function stored<T>(name: string): T | undefined {
  const file = path.join(GOLDEN, name);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as T) : undefined;
}

type SatisfyRow = readonly [version: string, range: string, npm: boolean, loose: boolean, webpack: boolean, mf2: boolean];
interface LoadShareRow {
  readonly scenario: unknown;
  readonly expected: {
    readonly outcome: string;
    readonly version?: string;
    readonly provider?: string;
    readonly message?: string;
  };
}

const satisfyRows = stored<{ readonly rows: readonly SatisfyRow[] }>("satisfy.json")?.rows;
const loadShareRows = stored<readonly LoadShareRow[]>("loadshare-mf2.json");

describe("satisfy", () => {
  if (satisfyRows === undefined) {
    it.skip("skipped: the reference data beside the project is not there");
    return;
  }
  it.each([
    ["webpack", 4],
    ["mf2", 5],
  ] as const)("of %s: all rows", (runtime, column) => {
    const wrong = satisfyRows.filter((row) => satisfies(runtime, row[0], row[1]) !== row[column]);
    expect(wrong).toEqual([]);
    expect(satisfyRows.length).toBeGreaterThanOrEqual(3000);
  });
});

describe("loadShare of the 2.x runtime", () => {
  if (loadShareRows === undefined) {
    it.skip("skipped: the reference data beside the project is not there");
    return;
  }
  it("outcome, version, provider and message of all rows", () => {
    const answers = answerScenarios(loadShareRows.map(({ scenario }) => scenario));
    const wrong = loadShareRows.flatMap(({ scenario, expected }, index) => {
      const { outcome, version, provider, message } = answers[index]!;
      const answer = { outcome, version, provider, message };
      const wanted = {
        outcome: expected.outcome,
        version: expected.version ?? null,
        provider: expected.provider ?? null,
        message: expected.message ?? null,
      };
      return JSON.stringify(answer) === JSON.stringify(wanted) ? [] : [{ scenario, wanted, answer }];
    });
    expect(wrong).toEqual([]);
    expect(loadShareRows.length).toBeGreaterThanOrEqual(1000);
  });
});

describe("ranges as webpack's messages print them", () => {
  it.each([
    ["^0.2.3", "~0.2.3"],
    ["^0.0.3", "=0.0.3"],
    ["1", "^1"],
    ["1.2.x", "~1.2"],
    [">1", ">=1 not(^1)"],
    ["1.0.0 - 2.0.0", ">=1.0.0 (<2.0.0 || =2.0.0)"],
    ["^1.0.0-beta.2 || 3", "^1.0.0-beta.2 || ^3"],
    ["x", "*"],
  ])("%s", (range, text) => {
    expect(webpackRangeText(parseWebpackRange(range))).toBe(text);
  });
});
