/** The registry and the rules' pages are as the rules' files make them. `UPDATE=1` rewrites them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Rule } from "../../server/src/rules/rule.ts";
import { projectRoot, registryText, ruleFiles, rulePageText, rulesIndexText } from "./generate.ts";

const UPDATE = process.env.UPDATE === "1";
const docsFolder = join(projectRoot, "server/docs/rules");
const ids = ruleFiles();
const rules = await Promise.all(
  ids.map(async (id) => {
    const file = join(projectRoot, "server/src/rules", `${id}.ts`);
    return ((await import(/* @vite-ignore */ file)) as { readonly default: Rule }).default;
  }),
);

function expectFresh(file: string, text: string): void {
  if (UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const found = existsSync(file) ? readFileSync(file, "utf8").replaceAll("\r\n", "\n") : "";
  expect(found, `${file} is not fresh: run UPDATE=1 npm test`).toBe(text);
}

describe("generated from the rules", () => {
  it("every file of a category is a rule of that id", () => {
    expect(rules.map((rule) => rule.id)).toEqual(ids);
  });

  it("the registry", () => {
    expectFresh(join(projectRoot, "server/src/rules/index.ts"), registryText(ids));
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))("the page of %s", (id, rule) => {
    expectFresh(join(docsFolder, `${id}.md`), rulePageText(rule));
  });

  it("the index of pages", () => {
    expectFresh(join(docsFolder, "README.md"), rulesIndexText(rules));
  });

  it("no page is left of a rule that is gone", () => {
    const pages = readdirSync(docsFolder, { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => path.includes("/") && path.endsWith(".md"))
      .map((path) => path.slice(0, -".md".length));
    const stale = pages.filter((id) => !ids.includes(id));
    if (UPDATE) for (const id of stale) rmSync(join(docsFolder, `${id}.md`));
    else expect(stale).toEqual([]);
  });
});
