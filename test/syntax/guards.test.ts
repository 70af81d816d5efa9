/** Which requests are in a build, given what its names stand for. */
import { describe, expect, it } from "vitest";
import { extractFacts } from "../../server/src/syntax/extractFacts.ts";
import { type Definitions, isLive } from "../../server/src/syntax/guards.ts";
import { scanModule } from "../../server/src/syntax/scanModule.ts";

const production: Definitions = new Map([["process.env.NODE_ENV", "production"]]);
const development: Definitions = new Map([["process.env.NODE_ENV", "development"]]);

function requests(text: string, definitions: Definitions): readonly (string | undefined)[] {
  const { facts } = scanModule(text) ?? extractFacts("/a.js", text);
  return facts.requests.filter(({ guards }) => isLive(guards, definitions)).map(({ specifier }) => specifier);
}

describe("a request behind a constant test", () => {
  it.each([
    [`if (process.env.NODE_ENV === "production") require("a"); else require("b");`, ["a"], ["b"]],
    [`if ("production" !== process.env.NODE_ENV) { require("b") } else { require("a") }`, ["a"], ["b"]],
    [`if (process.env["NODE_ENV"] == "production") require("a")`, ["a"], []],
    [`module.exports = process.env.NODE_ENV !== "production" ? require("b") : require("a")`, ["a"], ["b"]],
    [`process.env.NODE_ENV !== "production" && require("b")`, [], ["b"]],
    [`process.env.NODE_ENV === "production" || require("b")`, [], ["b"]],
    [`process.env.NODE_ENV ?? require("b")`, [], []],
    [`if (!(process.env.NODE_ENV === "production") && flag) require("b")`, [], ["b"]],
    [`if (flag && process.env.NODE_ENV !== "production") require("b")`, [], ["b"]],
    [`if (flag || process.env.NODE_ENV !== "production") require("b")`, ["b"], ["b"]],
    [`if (flag) require("b")`, ["b"], ["b"]],
    [`if (false) require("b"); if (0) require("c"); if (!0) require("d")`, ["d"], ["d"]],
    [`true ? require("a") : require("b")`, ["a"], ["a"]],
    [`const load = process.env.NODE_ENV === "test" ? () => import("t") : () => import("u")`, ["u"], ["u"]],
    [`function f() { if (process.env.NODE_ENV === "production") return; require("b") }`, [], ["b"]],
    [`function f() { return 1; require("b"); function g() { require("c") } }`, ["c"], ["c"]],
    [`function f() { if (x) { return 1 } else { throw 2 } require("b") }`, [], []],
    [`function f() { if (x) return; require("b") }`, ["b"], ["b"]],
    [`() => { if (process.env.NODE_ENV === "production") { return } else { go() } require("b") }`, [], ["b"]],
  ])("%s", (text, inProduction, inDevelopment) => {
    expect(requests(text, production)).toEqual(inProduction);
    expect(requests(text, development)).toEqual(inDevelopment);
  });

  it("counts where nothing is defined", () => {
    expect(requests(`process.env.NODE_ENV === "production" ? require("a") : require("b")`, new Map())).toEqual([
      "a",
      "b",
    ]);
  });

  it("keeps a return at the top of a module, where exports may follow", () => {
    expect(requests(`if (x) { return } require("a")`, production)).toEqual(["a"]);
  });
});
