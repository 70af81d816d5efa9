/**
 * VS Code in the browser, from npm: code-server with the Node it needs, installed once into `.cache/code-server`. Nothing
 * is compiled: its optional native parts are not missed here.
 */
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { cache, run } from "./install.mjs";

const NODE_VERSION = "24.21.0";
const CODE_SERVER_VERSION = "4.139.1";
const home = path.join(cache, "code-server");

function nodePackage() {
  const system = { linux: "linux", darwin: "darwin", win32: "win" }[process.platform];
  return `node-${system}-${process.arch}`;
}

/** The path of Node 24, or why it cannot be had. */
export function installCodeServer() {
  const node = path.join(
    home,
    "node_modules",
    nodePackage(),
    process.platform === "win32" ? "bin/node.exe" : "bin/node",
  );
  const root = path.join(home, "node_modules/code-server");
  const stamp = path.join(home, `.installed-${CODE_SERVER_VERSION}`);
  if (fs.existsSync(stamp)) return { node, root };
  process.stderr.write("installing VS Code for the browser (about 480 MB, once)\n");
  fs.mkdirSync(home, { recursive: true });
  const npm = (directory, ...args) =>
    run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...args], { cwd: directory });
  fs.writeFileSync(path.join(home, "package.json"), '{ "private": true }\n');
  if (!npm(home, "--no-save", `${nodePackage()}@${NODE_VERSION}`, `code-server@${CODE_SERVER_VERSION}`))
    return { problem: "the packages code-server and node cannot be installed" };
  for (const folder of ["lib/vscode", "lib/vscode/extensions"]) {
    if (!npm(path.join(root, folder), "--omit=dev"))
      return { problem: `the packages of code-server's ${folder} cannot be installed` };
  }
  for (const [link, target] of [
    ["lib/vscode/bin/remote-cli/code-server", "code-linux.sh"],
    ["lib/vscode/bin/helpers/browser.sh", "browser-linux.sh"],
  ]) {
    const full = path.join(root, link);
    if (!fs.existsSync(full) && fs.existsSync(path.join(path.dirname(full), target))) fs.symlinkSync(target, full);
  }
  fs.writeFileSync(stamp, "");
  return { node, root };
}

/** Quiet, and without what is not wanted in a test. */
const USER_SETTINGS = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Default Dark Modern",
  "chat.disableAIFeatures": true,
  "git.enabled": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "editor.lightbulb.enabled": "on",
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
};

export async function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts it on the loopback interface. `vsix` is installed first.
 * @returns its address, and how to stop it
 */
export async function startCodeServer({ node, root, folder, dataDirectory, vsix, options = [] }) {
  const port = await freePort();
  const extensions = path.join(dataDirectory, "extensions");
  const user = path.join(dataDirectory, "User");
  fs.mkdirSync(user, { recursive: true });
  fs.mkdirSync(extensions, { recursive: true });
  fs.writeFileSync(path.join(user, "settings.json"), JSON.stringify(USER_SETTINGS, null, 2));
  const config = path.join(dataDirectory, "config.yaml");
  fs.writeFileSync(config, "");
  const entry = path.join(root, "out/node/entry.js");
  const directories = ["--config", config, "--user-data-dir", dataDirectory, "--extensions-dir", extensions];
  const env = { ...process.env };
  delete env.VSCODE_IPC_HOOK_CLI;
  if (vsix !== undefined) {
    const installed = spawnSync(node, [entry, ...directories, "--install-extension", vsix, "--force"], {
      encoding: "utf8",
      env,
    });
    if (installed.status !== 0) throw new Error(`the extension cannot be installed: ${installed.stderr}`);
  }
  const child = spawn(
    node,
    [
      entry,
      ...directories,
      "--auth",
      "none",
      "--bind-addr",
      `127.0.0.1:${port}`,
      "--disable-telemetry",
      "--disable-update-check",
      "--disable-workspace-trust",
      "--disable-getting-started-override",
      "--disable-proxy",
      ...options,
      folder,
    ],
    { stdio: ["ignore", "pipe", "pipe"], env },
  );
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const url = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) throw new Error(`code-server ended:\n${output}`);
    const healthy = await fetch(`${url}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return { url, port, child, stop: () => child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  child.kill();
  throw new Error(`code-server did not answer:\n${output}`);
}
