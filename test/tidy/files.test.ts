/** Small files, each with a word of why, that speak of the product alone. */
import { describe, expect, it } from "vitest";
import { projectRoot, sourceFiles } from "./sources.ts";

const LIMIT = 400;
/** Longer ones that have been looked at; none may grow beyond its number, and one that shrinks leaves the list. */
const LONGER: Readonly<Record<string, number>> = {
  "server/src/evaluate/expression.ts": 600,
  "server/src/evaluate/builtins/array.ts": 500,
  "server/src/evaluate/members.ts": 430,
};

const product = ["server/src", "client/src", "shared/src"].flatMap(sourceFiles);
const all = [...product, ...sourceFiles("test")];

function linesOf(text: string): number {
  return text.split("\n").length - 1;
}

describe("files", () => {
  it(`have at most ${LIMIT} lines`, () => {
    const long = product.filter(({ path, text }) => linesOf(text) > (LONGER[path] ?? LIMIT));
    expect(long.map(({ path, text }) => `${path}: ${linesOf(text)}`)).toEqual([]);
  });

  it("are short for the most part", () => {
    const lengths = product.map(({ text }) => linesOf(text)).sort((left, right) => left - right);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(120);
    expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(260);
  });

  it("have a name in camelCase, a rule in kebab-case", () => {
    const wrong = product.filter(({ path }) => {
      const name = path.replace(/^.*\//, "").replace(/(?:\.d)?\.ts$/, "");
      const isRule = /^server\/src\/rules\/[^/]+\//.test(path);
      return !(isRule ? /^[a-z]+(?:-[a-z]+)*$/ : /^[a-z][A-Za-z0-9]*$/).test(name);
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("no file is called utils, helper, manager or service", () => {
    const wrong = all.filter(({ path }) => /(?:utils?|helpers?|manager|service|misc|common)\.ts$/i.test(path));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("hold no note of unfinished work, no debugging, no path of the machine that they were written on", () => {
    const marks = [
      /\bTODO\b/,
      /\bFIXME\b/,
      /\bXXX\b/,
      /\bHACK\b/,
      /^\s*debugger;/m,
      /\/work\/(?:main|shared)\b/,
      /\.only\(/,
    ];
    const wrong = all
      .filter(({ path }) => path !== "test/tidy/files.test.ts")
      .flatMap(({ path, text }) => marks.filter((mark) => mark.test(text)).map((mark) => `${path}: ${mark}`));
    expect(wrong).toEqual([]);
  });

  it("write to the console at the edge alone", () => {
    const wrong = product.filter(
      ({ path, text }) =>
        !/^server\/src\/(?:cli|lsp)\/|^client\//.test(path) &&
        /(?<![.\w])console\.(?:log|error|warn)\(/.test(text.replace(/`(?:\\[\s\S]|[^`\\])*`/g, "")),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("begin with why they are there", () => {
    const wrong = product.filter(({ text }) => {
      const comment = text.indexOf("/**");
      const code = text.search(/^(?:export|const|function|class|interface|type) /m);
      return comment < 0 || comment > (code < 0 ? text.length : code + 1);
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(projectRoot).not.toBe("");
  });
});
