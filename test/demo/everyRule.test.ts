/** The demo workspace shows every rule, and its README says where. */
import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { type CheckFinding, check } from "../../server/src/ide/checkResult.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import { rules } from "../../server/src/rules/index.ts";

const shop = path.resolve(import.meta.dirname, "../workspaces/shop");
const installed = fs.existsSync(path.join(shop, "node_modules/webpack"));

describe.skipIf(!installed)("the demo workspace (skipped where its packages are not installed)", () => {
  let findings: readonly CheckFinding[] = [];
  beforeAll(() => {
    findings = check(openWorkspace(createNodeHost(), [shop], defaultSettings).db, shop).findings;
  }, 60_000);

  it.each(rules.map(({ id }) => id))("has an example of %s", (id) => {
    expect(findings.map(({ code }) => code)).toContain(id);
  });

  it("names in its README a place where each rule finds something", () => {
    const table = [
      ...fs.readFileSync(path.join(shop, "README.md"), "utf8").matchAll(/^\| `(\S+)` \| `(\S+):(\d+)` \|$/gm),
    ];
    expect(table.map(([, id]) => id)).toEqual(rules.map(({ id }) => id));
    const places = findings.map(({ code, file, range }) => `${code} ${file}:${range.start.line + 1}`);
    for (const [, id, file, line] of table) expect(places).toContain(`${id} ${file}:${line}`);
  });
});
