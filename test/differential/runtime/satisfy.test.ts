/**
 * Versions and ranges of all shapes, the odd ones too: what webpack's `semver` and that of the 2.x runtime answer, and
 * what this project answers. A long run: `FEDLENS_SCENARIOS=500000`.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { satisfiesMf2Range } from "../../../server/src/analysis/runtime/mf2Semver.ts";
import { meetsWebpackRange, parseWebpackRange, webpackRangeText } from "../../../server/src/model/webpackRange.ts";
import { webpackVersionLess } from "../../../server/src/model/webpackVersion.ts";
import { random } from "./pageScenario.ts";
import { webpackSemver } from "./webpackRuntime.ts";

const COUNT = Math.max(8000, Number(process.env.FEDLENS_SCENARIOS ?? 0));
const require = createRequire(import.meta.url);

const ODD_VERSIONS = [
  "latest",
  "",
  "1.0.0-",
  "workspace:*",
  "1",
  "1.2",
  "1.2.3.4",
  "v1.2.3",
  "Infinity",
  "NaN",
  "1e3",
  "+x",
];
const ODD_PARTS = [
  "*",
  "x",
  "",
  "latest",
  "workspace:*",
  "npm:x@^1",
  "-",
  "^",
  "^*",
  "~*",
  ">=0",
  ">=0.0.0",
  ">*",
  "<*",
];
const OPERATORS = ["", "", "^", "^", "~", ">=", "<=", "<", ">", "=", "v", "!", "~>", "=v", "==", "^v", "~=", "<>"];

class Texts {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = random(seed);
  }

  #chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#next() * items.length)]!;
  }

  #many(most: number, make: () => string): readonly string[] {
    return Array.from({ length: 1 + Math.floor(this.#next() * most) }, make);
  }

  #number(): string {
    return this.#pick(["0", "0", "1", "1", "2", "3", "10", "01", "19"]);
  }

  #tail(): string {
    const atoms = ["alpha", "beta", "rc", "0", "1", "5", "10", "x", "0x1", "1e2", "-", "a-b"];
    const prerelease = this.#chance(0.35) ? `-${this.#many(3, () => this.#pick(atoms)).join(".")}` : "";
    return prerelease + (this.#chance(0.08) ? "+build.5" : "");
  }

  version(): string {
    if (this.#chance(0.04)) return this.#pick(ODD_VERSIONS);
    const numbers = [this.#number(), this.#number(), this.#number()];
    return (this.#chance(0.08) ? this.#many(4, () => this.#number()) : numbers).join(".") + this.#tail();
  }

  #partial(): string {
    const parts = this.#many(3, () => (this.#chance(0.15) ? this.#pick(["x", "X", "*"]) : this.#number()));
    return parts.join(".") + (parts.length === 3 || this.#chance(0.05) ? this.#tail() : "");
  }

  #simple(): string {
    if (this.#chance(0.03)) return this.#pick(ODD_PARTS);
    return this.#pick(OPERATORS) + this.#pick(["", "", "", " "]) + this.#partial();
  }

  range(): string {
    const alternative = () =>
      this.#chance(0.12)
        ? this.#partial() + this.#pick([" - ", "  -  ", "-"]) + this.#partial()
        : this.#many(this.#chance(0.3) ? 3 : 1, () => this.#simple()).join(this.#pick([" ", " ", "  ", ","]));
    return this.#many(this.#chance(0.3) ? 3 : 1, alternative).join(this.#pick(["||", " || "]));
  }
}

/** The answer, or what is thrown. */
function answer(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
}

describe(`${COUNT} versions and ranges`, () => {
  const pairs = new Texts(20260801);
  const samples = Array.from({ length: COUNT }, () => [pairs.version(), pairs.range(), pairs.version()] as const);
  let satisfyMf2: (version: string, range: string) => boolean;
  beforeAll(async () => {
    const main = require.resolve("@module-federation/runtime-core");
    const file = path.join(path.dirname(main), "utils/semver/index.js");
    ({ satisfy: satisfyMf2 } = (await import(pathToFileURL(file).href)) as { satisfy: typeof satisfyMf2 });
  });

  it("satisfy in webpack's runtime, or are not read by it", () => {
    const { parseRange, satisfy } = webpackSemver;
    const wrong = samples.filter(([version, range]) => {
      const real = answer(() => satisfy(parseRange(range), version));
      return real !== answer(() => meetsWebpackRange(parseWebpackRange(range), version));
    });
    expect(wrong).toEqual([]);
  });

  it("print in webpack's messages", () => {
    const { parseRange, rangeToString } = webpackSemver;
    const wrong = samples.filter(
      ([, range]) =>
        answer(() => rangeToString(parseRange(range))) !== answer(() => webpackRangeText(parseWebpackRange(range))),
    );
    expect(wrong).toEqual([]);
  });

  it("order in webpack's runtime", () => {
    const wrong = samples.filter(
      ([left, , right]) =>
        answer(() => webpackSemver.versionLt(left, right)) !== answer(() => webpackVersionLess(left, right)),
    );
    expect(wrong).toEqual([]);
  });

  it("satisfy in the 2.x runtime", () => {
    const wrong = samples.filter(
      ([version, range]) => satisfyMf2(version, range) !== satisfiesMf2Range(version, range),
    );
    expect(wrong).toEqual([]);
  });
});
