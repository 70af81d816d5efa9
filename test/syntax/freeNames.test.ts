/** Names that `ProvidePlugin` would replace are those that code uses and nothing declares. */
import { describe, expect, it } from "vitest";
import { freeNames } from "../../server/src/syntax/freeNames.ts";

const NAMES = ["$", "window.jQuery", "process", "React"];

function free(text: string, file = "/a.ts"): readonly string[] {
  return freeNames(file, text, NAMES, ["process.env.NODE_ENV"]);
}

describe("free names", () => {
  it.each([
    "$(document)",
    "$.ajax()",
    "f({ $ })",
    "f(...$)",
    "$ = 1",
    "typeof $ === 'function'",
    "{ let $ = 1; } $;",
    "declare const $: () => void; $();",
    "const { a = $ } = b;",
  ])("finds a value: %s", (text) => expect(free(text)).toEqual(["$"]));

  it.each([
    "import $ from 'jquery'; $();",
    "function f($) { return $; }",
    "a.$; b.$ = 1; ({ $: 1 }); class A { $ = 1; }",
    "const { $: c } = d;",
    "type T = typeof $;",
    "// $\n'$';",
    "$a + b$",
    "window.other; window[jQuery];",
    "console.log(process.env.NODE_ENV)",
  ])("finds none: %s", (text) => expect(free(text)).toEqual([]));

  it("follows members, written either way", () => {
    expect(free("window.jQuery.fn; window['jQuery']")).toEqual(["window.jQuery"]);
    expect(free("function f(window) { return window.jQuery; }")).toEqual([]);
    expect(free("process.env.NODE_ENV; process.cwd()")).toEqual(["process"]);
  });

  it("takes an element's name for a value", () => {
    expect(free("const a = <React.Fragment />;", "/a.tsx")).toEqual(["React"]);
  });
});
