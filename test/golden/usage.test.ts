/**
 * Used exports of shared modules against what real builds flagged. Rspack's statistics list the specifiers as written,
 * dead ones too, and nothing of `require` and `import()`: of its builds only the set of share keys is compared.
 */
import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { usageDocument } from "../../server/src/ide/usageDocument.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import { BUNDLERS, type Bundler, caseFolder, caseNames, expectedBuilds, GOLDEN } from "./cases.ts";

interface Row {
  readonly used: readonly string[];
  readonly whole: boolean;
}

const names = caseNames();
const folders = new Map(names.map((name) => [name, caseFolder(name)]));

afterAll(() => {
  for (const folder of folders.values()) if (!folder.startsWith(GOLDEN)) fs.rmSync(folder, { recursive: true });
});

function rowText(bundler: Bundler, key: string, { used, whole }: Row): string {
  if (bundler === "rspack") return key;
  return `${key} ${whole ? "*" : [...used].sort().join(",")}`;
}

describe.each(BUNDLERS)("as %s flags it", (bundler) => {
  if (names.length === 0) test.skip("skipped: the reference builds are not beside the project");

  test.each(names.filter((name) => expectedBuilds(name, bundler) !== undefined))("%s", (name) => {
    const root = folders.get(name)!;
    const { db } = openWorkspace(createNodeHost(), [root], { ...defaultSettings, assumeBundler: bundler });
    const shared = usageDocument(db, root, true).shared as readonly (Row & { shareScope: string; shareKey: string })[];
    const builds = expectedBuilds(name, bundler)!.filter(({ ok }) => ok !== false);
    const expected = builds.flatMap(({ usage }) => Object.entries(usage ?? {}).map(([key, row]) => rowText(bundler, key, row)));
    const rows = shared.map((row) => rowText(bundler, `${row.shareScope}|${row.shareKey}`, row));
    expect([...new Set(rows)].sort()).toEqual([...new Set(expected)].sort());
  });
});
