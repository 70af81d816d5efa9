/** The graph against what webpack, enhanced and Rspack really built: consumes, provides, containers, shared imports. */
import fs from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { graphDocument } from "../../server/src/ide/graphDocument.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";
import { BUNDLERS, caseFolder, caseNames, expectedBuilds, GOLDEN } from "./cases.ts";
import { expectedRows, graphRows } from "./rows.ts";

const names = caseNames();
const folders = new Map(names.map((name) => [name, caseFolder(name)]));

afterAll(() => {
  for (const folder of folders.values()) if (!folder.startsWith(GOLDEN)) fs.rmSync(folder, { recursive: true });
});

describe.each(BUNDLERS)("as %s builds it", (bundler) => {
  if (names.length === 0) test.skip("skipped: the reference builds are not beside the project");

  test.each(names.filter((name) => expectedBuilds(name, bundler) !== undefined))("%s", (name) => {
    const root = folders.get(name)!;
    const { db } = openWorkspace(createNodeHost(), [root], { ...defaultSettings, assumeBundler: bundler });
    const rows = graphRows(graphDocument(db, root), bundler);
    const wanted = expectedRows(expectedBuilds(name, bundler)!, bundler);
    expect(rows).toEqual(wanted);
  });
});
