/**
 * `npm test`: everything, set-up included. Parts that cannot be set up here are reported as skipped, in words.
 *
 *   npm test                  all
 *   npm test -- --quick       without editors and browsers
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { cache, prepare, project } from "./install.mjs";

const quick = process.argv.includes("--quick");
const totals = { passed: 0, failed: 0, skipped: 0 };

function record(title, state, detail) {
  totals[state]++;
  if (state !== "passed")
    process.stdout.write(
      `${state}: ${title}${detail === undefined ? "" : `\n  ${String(detail).replaceAll("\n", "\n  ")}`}\n`,
    );
}

function heading(text) {
  process.stdout.write(`\n== ${text}\n`);
}

/** A command that is one test: it passes when it ends with 0. */
function command(title, program, args) {
  heading(title);
  const result = spawnSync(program, args, { cwd: project, encoding: "utf8", maxBuffer: 1 << 28 });
  record(
    title,
    result.status === 0 ? "passed" : "failed",
    result.status === 0 ? undefined : `${result.stdout}${result.stderr}`.slice(-6000),
  );
}

const bin = (name) => path.join(project, "node_modules", name);

function unitTests() {
  heading("unit, golden, property, language server over stdio");
  const report = path.join(cache, "vitest.json");
  fs.rmSync(report, { force: true });
  spawnSync(
    process.execPath,
    [bin("vitest/vitest.mjs"), "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
    { cwd: project, stdio: ["ignore", "inherit", "inherit"] },
  );
  if (!fs.existsSync(report)) {
    record("vitest", "failed", "it wrote no report");
    return;
  }
  for (const file of JSON.parse(fs.readFileSync(report, "utf8")).testResults) {
    if (file.assertionResults.length === 0 && file.status === "failed")
      record(path.relative(project, file.name), "failed", file.message);
    for (const test of file.assertionResults) {
      const state = test.status === "passed" ? "passed" : test.status === "failed" ? "failed" : "skipped";
      record(test.fullName, state, state === "failed" ? test.failureMessages[0]?.slice(0, 2000) : undefined);
    }
  }
}

/** An editor's run: its results, or why there are none. */
function editorRun(title, outcome) {
  if (outcome.skipped !== undefined) record(title, "skipped", outcome.skipped);
  else if (outcome.problem !== undefined) record(title, "failed", outcome.problem);
  else for (const result of outcome.results) record(`${title}: ${result.title}`, result.state, result.error);
}

async function editors() {
  heading("Neovim");
  const { runNeovim } = await import("../e2e/neovim.mjs");
  editorRun("Neovim", runNeovim());
  heading("VS Code, extension host");
  const { runExtensionHost } = await import("../e2e/extensionHost.mjs");
  editorRun("extension host", await runExtensionHost());
  heading("VS Code, driven in a browser");
  const { runUi } = await import("../e2e/ui.mjs");
  const outcome = await runUi();
  editorRun("VS Code", outcome);
  if (outcome.figures?.firstSquiggle !== undefined)
    process.stdout.write(`from opening the page to the first squiggle: ${outcome.figures.firstSquiggle} ms\n`);
}

prepare({ demo: true });
command("types", process.execPath, [bin("typescript/bin/tsc"), "-b"]);
command("lint and format", process.execPath, [bin("@biomejs/biome/bin/biome"), "ci", "--colors=off", "."]);
unitTests();
if (!quick) await editors();
process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(totals.failed > 0 ? 1 : 0);
