/**
 * Used exports of shared modules against what real builds flagged. Rspack's statistics list the specifiers as written,
 * dead ones too, and nothing of `require` and `import()`: where those are, only the share key is compared.
 */
import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { usageDocument } from "../../server/src/ide/usageDocument.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import { BUNDLERS, caseFolder, caseNames, type ExpectedBuild, expectedBuilds, GOLDEN } from "./cases.ts";

interface Row {
  readonly used: readonly string[];
  readonly whole: boolean;
}

const names = caseNames();
const folders = new Map(names.map((name) => [name, caseFolder(name)]));

afterAll(() => {
  for (const folder of folders.values()) if (!folder.startsWith(GOLDEN)) fs.rmSync(folder, { recursive: true });
});

/** Its builds hold dead code that names exports. */
const DEAD = ["use-reexport-deep"];

function rowText(key: string, { used, whole }: Row, byName: boolean): string {
  return byName ? `${key} ${whole ? "*" : [...used].sort().join(",")}` : key;
}

/** Share keys that some build asks for in other ways than by import clauses. */
function keysAskedOtherwise(builds: readonly ExpectedBuild[]): ReadonlySet<string> {
  const asked = builds.flatMap(({ imports = [] }) =>
    imports.filter(({ kind, type }) => kind === "consume-shared" && type?.startsWith("esm ") !== true),
  );
  return new Set(asked.map(({ target = "" }) => target.replace("consume-shared ", "").split("|").slice(0, 2).join("|")));
}

describe.each(BUNDLERS)("as %s flags it", (bundler) => {
  if (names.length === 0) test.skip("skipped: the reference builds are not beside the project");

  test.each(names.filter((name) => expectedBuilds(name, bundler) !== undefined))("%s", (name) => {
    const root = folders.get(name)!;
    const { db } = openWorkspace(createNodeHost(), [root], { ...defaultSettings, assumeBundler: bundler });
    const shared = usageDocument(db, root, true).shared as readonly (Row & { shareScope: string; shareKey: string })[];
    const builds = expectedBuilds(name, bundler)!.filter(({ ok }) => ok !== false);
    const otherwise = keysAskedOtherwise(builds);
    const byName = (key: string): boolean => bundler !== "rspack" || !(otherwise.has(key) || DEAD.includes(name));
    const expected = builds.flatMap(({ usage }) =>
      Object.entries(usage ?? {}).map(([key, row]) => rowText(key, row, byName(key))),
    );
    const rows = shared.map((row) => {
      const key = `${row.shareScope}|${row.shareKey}`;
      return rowText(key, row, byName(key));
    });
    expect([...new Set(rows)].sort()).toEqual([...new Set(expected)].sort());
  });
});
