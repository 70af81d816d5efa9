/** The benchmark runs, on a workspace small enough for every test run. Nothing about time is asserted. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { builtCli, projectRoot, runCli } from "../fixture/builtCli.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-bench-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

describe("the generated workspace of the benchmark", () => {
  it("is federated, checks without failing, and answers edits", { timeout: 120_000 }, async () => {
    execFileSync(process.execPath, [path.join(projectRoot, "test/bench/generate.mjs"), root, "120", "1"]);
    const cli = builtCli("bench");
    const { code, stdout } = runCli(cli, ["check", root, "--json", "--fail-on", "never"]);
    expect(code).toBe(0);
    const { findings, summary } = JSON.parse(stdout) as { findings: unknown[]; summary: { containers: number } };
    expect(summary.containers).toBeGreaterThan(3);
    expect(findings.length).toBeGreaterThan(0);
    const { measureEdits } = (await import(path.join(projectRoot, "test/bench/edits.mjs"))) as {
      measureEdits(cli: string, root: string, node: string): Promise<Record<string, number>>;
    };
    const measured = await measureEdits(cli, root, process.execPath);
    expect(Object.keys(measured)).toContain("edit p95 ms");
    expect(Object.values(measured).every(Number.isFinite)).toBe(true);
  });
});
