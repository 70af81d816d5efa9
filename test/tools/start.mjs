/**
 * `npm start`: checks the demo workspace and opens it in VS Code with the extension running.
 *
 *   npm start                 the demo workspace
 *   npm start -- PATH         another workspace
 *   npm start -- --cli        only print the findings
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { installCodeServer, startCodeServer } from "./codeServer.mjs";
import { prepare, project, shop } from "./install.mjs";

const { values, positionals } = parseArgs({
  options: { cli: { type: "boolean", default: false } },
  allowPositionals: true,
});
const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0] ?? shop);
if (!fs.existsSync(folder)) {
  process.stderr.write(`no such folder: ${folder}\n`);
  process.exit(2);
}

prepare({ demo: positionals.length === 0 });
spawnSync(process.execPath, [path.join(project, "server/dist/cli.js"), "check", folder, "--fail-on", "never"], {
  stdio: "inherit",
});
if (!values.cli) await openEditor();

async function openEditor() {
  const probe = spawnSync("code", ["--version"], { stdio: "ignore", shell: process.platform === "win32" });
  if (probe.status === 0) {
    process.stdout.write(`opening ${folder} in VS Code\n`);
    spawnSync("code", ["--new-window", `--extensionDevelopmentPath=${project}`, folder], {
      stdio: "inherit",
      shell: process.platform === "win32",
    });
    return;
  }
  const installed = installCodeServer();
  if (installed.problem !== undefined) {
    process.stderr.write(`VS Code cannot be opened: \`code\` is not on the path, and ${installed.problem}\n`);
    process.exit(1);
  }
  const { packageExtension } = await import("./package.mjs");
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-"));
  const server = await startCodeServer({ ...installed, folder, dataDirectory, vsix: packageExtension() });
  process.stdout.write(
    `\nVS Code with Federation Lens: ${server.url}/?folder=${encodeURIComponent(folder)}\nPress Ctrl+C to end.\n`,
  );
  const end = () => {
    server.stop();
    fs.rmSync(dataDirectory, { recursive: true, force: true });
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
