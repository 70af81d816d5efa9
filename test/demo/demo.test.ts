/** The graph of the demo workspace against what its real bundlers build. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Container } from "../../server/src/graph/container.ts";
import { containerGraph, containers } from "../../server/src/graph/index.ts";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";
import { openWorkspace } from "../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../server/src/project/workspace.ts";

const shop = path.resolve(import.meta.dirname, "../workspaces/shop");
const installed = fs.existsSync(path.join(shop, "node_modules/webpack"));

interface BuiltModule {
  readonly type: string;
  readonly name: string;
  readonly identifier: string;
}

function built(app: string, bundler: "webpack" | "rspack"): readonly BuiltModule[] {
  const script = path.resolve(import.meta.dirname, "buildStats.mjs");
  const result = spawnSync(process.execPath, [script, path.join(shop, "apps", app), bundler], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return JSON.parse(result.stdout) as BuiltModule[];
}

const workspace = openWorkspace(createNodeHost(), [shop], defaultSettings);

function ours(name: string, type: string): readonly string[] {
  const container = containers(workspace.db).find((item: Container) => item.name === name && item.exposes.length > 0)!;
  return [...containerGraph(workspace.db, container.id).modules.values()]
    .filter((module) => module.type === type)
    .map((module) => module.id)
    .sort();
}

/** Paths as seen from the app's folder, however the bundler shortens them. */
function rowsOf(
  modules: readonly BuiltModule[],
  type: string,
  text: (module: BuiltModule) => string,
): readonly string[] {
  return modules
    .filter((module) => module.type === type)
    .map(text)
    .sort();
}

describe.skipIf(!installed)("the demo workspace (skipped where its packages are not installed)", () => {
  it("shell: consumes, provides and remotes are webpack's own", () => {
    const modules = built("shell", "webpack");
    expect(ours("shell", "consume-shared").length).toBeGreaterThan(3);
    expect(ours("shell", "consume-shared")).toEqual(rowsOf(modules, "consume-shared", ({ name }) => name));
    expect(ours("shell", "provide-shared")).toEqual(rowsOf(modules, "provide-shared", ({ name }) => name));
    expect(ours("shell", "remote")).toEqual(rowsOf(modules, "remote", ({ identifier }) => identifier));
  });

  it("catalog: consumes, provides and remotes are Rspack's own", () => {
    const modules = built("catalog", "rspack");
    const keyAndVersion = (id: string) => /\) (\S+?@\S*)/.exec(id)?.[1];
    for (const type of ["consume-shared", "provide-shared"]) {
      expect(ours("catalog", type).map(keyAndVersion)).toEqual(
        rowsOf(modules, type, ({ identifier }) => identifier).map(keyAndVersion),
      );
    }
    expect(ours("catalog", "remote")).toEqual(rowsOf(modules, "remote", ({ identifier }) => identifier));
  });
});
