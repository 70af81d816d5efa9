/** The language server in Neovim, headless. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { project } from "../tools/install.mjs";
import { systemProgram } from "../tools/systemPackages.mjs";
import { copyShop } from "./shopCopy.mjs";

/** @returns the results, or why it could not run */
export function runNeovim() {
  const nvim = systemProgram(["nvim"], "neovim");
  if (nvim === undefined) return { skipped: "no Neovim, and it cannot be installed" };
  const copy = copyShop();
  const report = path.join(copy.root, ".report.json");
  try {
    const env = {
      ...process.env,
      SHOP: copy.root,
      REPORT: report,
      NODE: process.execPath,
      CLI: path.join(project, "server/dist/cli.js"),
    };
    const script = path.join(project, "test/e2e/neovim.lua");
    const result = spawnSync(nvim, ["--headless", "-u", "NONE", "-c", `luafile ${script}`], {
      env,
      encoding: "utf8",
      timeout: 90_000,
    });
    if (!fs.existsSync(report)) return { problem: `Neovim wrote no report: ${result.stderr}` };
    return { results: JSON.parse(fs.readFileSync(report, "utf8")) };
  } finally {
    copy.remove();
  }
}
