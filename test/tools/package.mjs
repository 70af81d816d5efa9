/** `npm run package`: the extension as a VSIX, and the command line with the server as an npm package. */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cache, prepare, project } from "./install.mjs";

/** @returns the path of the VSIX */
export function packageExtension() {
  fs.mkdirSync(cache, { recursive: true });
  const vsix = path.join(cache, "federation-lens.vsix");
  const vsce = path.join(project, "node_modules/@vscode/vsce/vsce");
  const result = spawnSync(
    process.execPath,
    [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--out", vsix],
    { cwd: project, encoding: "utf8" },
  );
  if (result.status !== 0) throw new Error(`vsce: ${result.stdout}${result.stderr}`);
  return vsix;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  prepare({ demo: false });
  const vsix = packageExtension();
  const packed = spawnSync("npm", ["pack", "--json", "--pack-destination", cache], {
    cwd: path.join(project, "server"),
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (packed.status !== 0) throw new Error(packed.stderr);
  const [{ filename }] = JSON.parse(packed.stdout);
  for (const file of [vsix, path.join(cache, filename)]) {
    process.stdout.write(`${path.relative(project, file)}: ${Math.round(fs.statSync(file).size / 1024)} KB\n`);
  }
}
