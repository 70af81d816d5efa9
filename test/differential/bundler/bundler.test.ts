/**
 * Generated workspaces, built by real bundlers and compared with the graph row by row. The seeds are fixed;
 * FEDLENS_SEEDS=2000 (or 100-180) asks for other ones, FEDLENS_BUNDLERS=webpack,rspack for some bundlers.
 */
import { describe, expect, it } from "vitest";
import { BUNDLERS, type Bundler } from "../../golden/cases.ts";
import { type Comparison, compareSeed } from "./compare.ts";

const [first = 1, last = 12] = seedRange(process.env.FEDLENS_SEEDS);
const bundlers = (process.env.FEDLENS_BUNDLERS?.split(",") as Bundler[] | undefined) ?? BUNDLERS;

function seedRange(text: string | undefined): readonly number[] {
  const numbers = (text ?? "").match(/\d+/g)?.map(Number) ?? [];
  return numbers.length === 1 ? [1, numbers[0]!] : numbers;
}

async function compareAll(bundler: Bundler): Promise<readonly Comparison[]> {
  const results: Comparison[] = [];
  for (let seed = first; seed <= last; seed++) results.push(await compareSeed(seed, bundler));
  return results;
}

describe.each(bundlers)("generated workspaces as %s builds them", (bundler) => {
  it(`agree in every row, seeds ${first} to ${last}`, { timeout: 3_600_000 }, async () => {
    const results = await compareAll(bundler);
    const refused = results.filter(({ failure }) => failure !== undefined);
    const rows = results.reduce((sum, result) => sum + result.rows, 0);
    const differing = results.filter(({ differences }) => differences.length > 0);
    console.info(
      `${bundler}: ${results.length} workspaces, ${rows} rows, ${refused.length} refused, ${differing.length} differing`,
    );
    expect(rows).toBeGreaterThan(0);
    expect(Object.fromEntries(differing.map(({ seed, differences }) => [seed, differences]))).toEqual({});
  });
});
