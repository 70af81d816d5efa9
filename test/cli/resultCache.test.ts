/** A kept result is used while everything that it was made of is as it was, and never afterwards. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CheckResult } from "../../server/src/ide/checkResult.ts";
import { builtCli, runCli } from "../fixture/builtCli.ts";
import { type DiskWorkspace, diskWorkspace } from "../fixture/diskWorkspace.ts";

const SOURCE = "apps/shell/src/bootstrap.js";

let cli: string;
let workspace: DiskWorkspace;
let folder: string;

beforeAll(() => {
  cli = builtCli("cli");
});
beforeEach(() => {
  workspace = diskWorkspace();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fedlens-cache-"));
  settle();
});
afterEach(() => {
  workspace.dispose();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Files that were written just now are not trusted: waits until they are older than that. */
function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
}

function check(...args: string[]): CheckResult {
  const { stdout } = runCli(cli, ["check", "--json", ...args], {
    cwd: workspace.root,
    env: { ...process.env, FEDLENS_CACHE_DIR: folder },
  });
  return JSON.parse(stdout) as CheckResult;
}

const stored = (): string[] => fs.readdirSync(folder).map((name) => path.join(folder, name));

/** Puts another result into the one stored file, as a mark of whether it is used. */
function mark(): void {
  const [file = ""] = stored();
  const text = fs.readFileSync(file, "utf8");
  const changed = text.slice(text.indexOf("\n") + 1).replace(/"result":.*$/s, `"result":${JSON.stringify(MARKED)}}`);
  const { createHash } = process.getBuiltinModule("node:crypto");
  fs.writeFileSync(file, `${createHash("sha256").update(changed).digest("hex")}\n${changed}`);
}

const MARKED: CheckResult = {
  schema: "federation-lens/check@1",
  findings: [],
  summary: { error: 0, warning: 0, info: 0, hint: 0, containers: 77, files: 0 },
};

describe("a kept result", () => {
  it("is used as long as nothing has changed", () => {
    const first = check();
    expect(first.summary.containers).toBe(2);
    expect(stored()).toHaveLength(1);
    expect(check()).toEqual(first);
    mark();
    expect(check()).toEqual(MARKED);
    expect(check("--no-cache")).toEqual(first);
    expect(check("--rule", "shared/unused-import=off").summary.containers).toBe(2);
  });

  const source = (): string => path.join(workspace.root, SOURCE);

  it.each<[string, () => void]>([
    ["a source file", () => fs.appendFileSync(source(), "\n")],
    [
      "a source file's bytes, with its size and times",
      () => {
        const { atime, mtime } = fs.statSync(source());
        const text = fs.readFileSync(source(), "utf8");
        fs.writeFileSync(source(), text.replace("map", "get"));
        fs.utimesSync(source(), atime, mtime);
      },
    ],
    ["a new file beside others", () => fs.writeFileSync(`${source()}on`, "{}")],
    ["a file that goes", () => fs.rmSync(source())],
    [
      "a file for another of the same name",
      () => {
        const text = fs.readFileSync(source(), "utf8");
        fs.rmSync(source());
        fs.writeFileSync(source(), text);
      },
    ],
    ["a manifest", () => fs.appendFileSync(path.join(workspace.root, "apps/cart/package.json"), "\n")],
    ["a lockfile that was not there", () => fs.writeFileSync(path.join(workspace.root, "package-lock.json"), "{}")],
  ])("is not used after a change of %s", (_what, change) => {
    check();
    mark();
    change();
    expect(check().summary.containers).toBe(2);
  });

  it("is not used when it is damaged", () => {
    const first = check();
    mark();
    const [file = ""] = stored();
    fs.truncateSync(file, fs.statSync(file).size - 10);
    expect(check()).toEqual(first);
    fs.writeFileSync(file, "");
    expect(check()).toEqual(first);
  });

  it("is not kept of files that were written while the clock stood still", () => {
    fs.writeFileSync(path.join(workspace.root, SOURCE), "export {};\n");
    const ahead = Date.now() / 1000 + 60;
    fs.utimesSync(path.join(workspace.root, SOURCE), ahead, ahead);
    check();
    expect(stored()).toHaveLength(0);
  });

  it("does not stand in the way where the folder cannot be written", () => {
    fs.rmSync(folder, { recursive: true });
    fs.writeFileSync(folder, "");
    expect(check().summary.containers).toBe(2);
  });

  it("is removed by a command", () => {
    check();
    const { code, stderr } = runCli(cli, ["cache", "clear"], {
      cwd: workspace.root,
      env: { ...process.env, FEDLENS_CACHE_DIR: folder },
    });
    expect([code, stderr]).toEqual([0, "1 kept results removed\n"]);
    expect(stored()).toHaveLength(0);
  });
});
