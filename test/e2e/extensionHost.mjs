/**
 * Runs the mocha suite in an extension host: code-server's, or with `--desktop` in a VS Code that
 * `@vscode/test-electron` downloads. Prints a line a test and the closing counts.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { installCodeServer, startCodeServer } from "../tools/codeServer.mjs";
import { project } from "../tools/install.mjs";
import { systemProgram } from "../tools/systemPackages.mjs";
import { launchBrowser } from "./browser.mjs";
import { copyShop } from "./shopCopy.mjs";

const suite = path.join(project, "test/e2e/suite.cjs");

/** @returns the results, or why it could not run */
export async function runExtensionHost({ desktop = false } = {}) {
  const copy = copyShop();
  try {
    if (desktop) {
      const { runTests } = await import("@vscode/test-electron");
      await runTests({
        extensionDevelopmentPath: project,
        extensionTestsPath: suite,
        launchArgs: [copy.root, "--disable-workspace-trust"],
      }).catch(() => {});
      return readReport(copy.root);
    }
    return await inCodeServer(copy.root);
  } finally {
    copy.remove();
  }
}

function readReport(root) {
  const report = path.join(root, ".report.json");
  return fs.existsSync(report)
    ? { results: JSON.parse(fs.readFileSync(report, "utf8")) }
    : { problem: "the suite wrote no report" };
}

async function inCodeServer(root) {
  const executable = systemProgram(["chromium", "chromium-browser", "google-chrome"], "chromium");
  if (executable === undefined) return { skipped: "no Chromium, and it cannot be installed" };
  const installed = installCodeServer();
  if (installed.problem !== undefined) return { skipped: installed.problem };
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-host-"));
  const server = await startCodeServer({
    ...installed,
    folder: root,
    dataDirectory,
    options: ["--vscode-option", "enable-smoke-test-driver"],
  });
  const browser = await launchBrowser(executable);
  try {
    const page = await browser.newPage();
    const finished = new Promise((resolve) => {
      void page.exposeFunction("codeAutomationLog", () => {});
      void page.exposeFunction("codeAutomationExit", (code) => resolve(code));
    });
    const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${file}`;
    const payload = [
      ["extensionDevelopmentPath", remote(project)],
      ["extensionTestsPath", remote(suite)],
      ["skipWelcome", "true"],
    ];
    await page.goto(
      `${server.url}/?folder=${encodeURIComponent(root)}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    );
    await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 240_000))]);
    return readReport(root);
  } finally {
    await browser.close();
    server.stop();
    fs.rmSync(dataDirectory, { recursive: true, force: true });
  }
}

if (process.argv[1] === path.join(project, "test/e2e/extensionHost.mjs")) {
  const { results, problem, skipped } = await runExtensionHost({ desktop: process.argv.includes("--desktop") });
  if (skipped !== undefined) process.stdout.write(`skipped: ${skipped}\n`);
  if (problem !== undefined) process.stdout.write(`failed: ${problem}\n`);
  for (const { title, state, error } of results ?? [])
    process.stdout.write(`${state}: ${title}\n${error === undefined ? "" : `${error}\n`}`);
  process.exit(problem !== undefined || (results ?? []).some((result) => result.state === "failed") ? 1 : 0);
}
