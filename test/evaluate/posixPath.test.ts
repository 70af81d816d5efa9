/** Node's `path` as configurations see it, held against Node's own: with POSIX paths, and with those of a drive. */
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { posix } from "../../server/src/evaluate/packages/posixPath.ts";

const OF_ONE = ["normalize", "dirname", "basename", "extname", "isAbsolute"] as const;

function slashed(result: string | boolean): string | boolean {
  return typeof result === "string" ? result.replaceAll("\\", "/") : result;
}

function agrees(cwd: string, reference: path.PlatformPath, first: readonly string[], later: readonly string[]): void {
  const own = posix(cwd);
  const rest = fc.array(fc.constantFrom(...later), { maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom(...first), rest, (begin, others) => {
      const list = [begin, ...others];
      expect(own.join(...list)).toBe(slashed(reference.join(...list)));
      expect(own.resolve(...list)).toBe(slashed(reference.resolve(cwd, ...list)));
      for (const item of list)
        for (const name of OF_ONE)
          expect([name, item, own[name](item)]).toEqual([name, item, slashed(reference[name](item))]);
      const [from, to] = [reference.resolve(cwd, list[0]!), reference.resolve(cwd, list.at(-1)!)];
      expect(own.relative(list[0]!, list.at(-1)!)).toBe(slashed(reference.relative(from, to)));
    }),
    { numRuns: 2000 },
  );
}

const USUAL = ["", "a", "b.c", ".", "..", "a/b", "x/", "../..", "a/../b", "./d"];

describe("the functions of path", () => {
  it("are Node's", () => {
    const all = [...USUAL, "/", "/x", "//", "a//b", "x//a", "/a/..", "c:/d", "c:/"];
    agrees("/ws/app", path.posix, all, all);
  });

  it("are Node's where the process works on a drive, with slashes", () => {
    agrees("c:/ws/app", path.win32, [...USUAL, "/x", "/", "c:/d", "c:/", "c:/e/f.g", "c:/a/.."], USUAL);
  });
});
