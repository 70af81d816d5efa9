/** Installs what a command needs and is not there yet. Only Node's own modules: this runs on a fresh clone. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const cache = path.join(project, ".cache");
export const shop = path.join(project, "test/workspaces/shop");

/** Runs a command; its output goes to standard error so that a caller's own output stays clean. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: project,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
    ...options,
  });
  return result.status === 0;
}

/** `npm ci` where `node_modules` is missing or older than the lock file. */
export function installPackages(directory, args = []) {
  const lock = path.join(directory, "package-lock.json");
  const installed = path.join(directory, "node_modules/.package-lock.json");
  const fresh = fs.existsSync(installed) && fs.statSync(installed).mtimeMs >= fs.statSync(lock).mtimeMs;
  if (fresh) return true;
  process.stderr.write(`installing packages of ${path.relative(project, directory) || "the project"}\n`);
  return run("npm", ["ci", "--no-audit", "--no-fund", ...args], { cwd: directory });
}

/** The project, built; the demo workspace, installed. Install scripts of packages are never run. */
export function prepare({ demo }) {
  if (!installPackages(project, ["--ignore-scripts"])) throw new Error("npm ci failed");
  if (demo && !installPackages(shop, ["--ignore-scripts"])) throw new Error("npm ci failed in the demo workspace");
  if (!run("npm", ["run", "--silent", "build"])) throw new Error("the build failed");
}
