/**
 * Small workspaces, built by the real bundlers and run in Node, against what `resolve` says of their configurations: the
 * way from files to a page is compared, not only the runtimes. More of them: `FEDLENS_WORKSPACES=50`.
 */
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { shareResolution } from "../../../server/src/analysis/resolveShare.ts";
import { containers } from "../../../server/src/graph/index.ts";
import { createNodeHost } from "../../../server/src/host/nodeHost.ts";
import { openWorkspace } from "../../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../../server/src/project/workspace.ts";
import { random } from "./pageScenario.ts";

const COUNT = Number(process.env.FEDLENS_WORKSPACES ?? 2);
const NAMES = ["host", "shop", "cart"] as const;
const run = promisify(execFile);

const PLUGINS = {
  webpack: 'require("webpack").container',
  enhanced: 'require("@module-federation/enhanced/webpack")',
};

/** Loads what the configurations build, then the host, and prints what each app got. */
const RUNNER = `
const path = require("node:path");
// enhanced asks for files of webpack that have moved since.
if (process.argv[2] === "enhanced") process.env.FEDERATION_WEBPACK_PATH = require.resolve("webpack-5.111");
const webpack = require(process.argv[2] === "enhanced" ? "webpack-5.111" : "webpack");
const seen = {};
const warnings = [];
console.warn = (...parts) => warnings.push(parts.join(" "));
console.log = console.info = console.error = () => {};
globalThis.report = (app, result) => { seen[app] = result; };
globalThis.load = (app) => require(path.join(__dirname, app, "dist/remoteEntry.js"));
const build = (app) => new Promise((resolve, reject) =>
  webpack(require(path.join(__dirname, app, "webpack.config.js"))).run((error, stats) =>
    error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve()));
(async () => {
  for (const app of ["cart", "shop", "host"]) await build(app);
  require(path.join(__dirname, "host/dist/main.js"));
  for (let turn = 0; turn < 200 && !seen.end; turn++) await new Promise((resolve) => setTimeout(resolve, 10));
  process.stdout.write(JSON.stringify({ seen, warnings }), () => process.exit(0));
})().catch((error) => { process.stdout.write(JSON.stringify({ failed: String(error.stack) }), () => process.exit(0)); });
`;

interface Seen {
  readonly version?: string;
  readonly owner?: string;
  readonly error?: string;
}

interface Result {
  readonly failed?: string;
  readonly seen: Readonly<Record<string, Seen>>;
  readonly warnings: readonly string[];
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

function writeWorkspace(seed: number): { readonly folder: string; readonly kind: keyof typeof PLUGINS } {
  const next = random(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-built-"));
  folders.push(folder);
  fs.symlinkSync(path.resolve(import.meta.dirname, "../../../node_modules"), path.join(folder, "node_modules"));
  fs.writeFileSync(path.join(folder, "run.cjs"), RUNNER);
  const kind = pick(["webpack", "enhanced"] as const);
  const strategy = pick(["version-first", "loaded-first"]);
  for (const name of NAMES) {
    const version = pick(["1.0.0", "1.2.0", "1.2.3", "2.0.0", "2.1.0-beta.1"]);
    const options = [
      pick(["singleton: true", "singleton: false", "singleton: true"]),
      ...pick([[], ["strictVersion: true"], ["strictVersion: false"]]),
      `requiredVersion: "${pick(["^1.0.0", "~1.2.0", "^2.0.0", ">=1.2.0", "*"])}"`,
    ];
    const remotes = name === "host" ? ["shop", "cart"] : [];
    const table = remotes.map((remote) => `${remote}: 'promise Promise.resolve(globalThis.load("${remote}"))'`);
    const extra = kind === "enhanced" ? `shareStrategy: "${strategy}", dts: false, manifest: false,` : "";
    const files = {
      "webpack.config.js": `
        const { ModuleFederationPlugin } = ${PLUGINS[kind]};
        module.exports = {
          mode: "development", devtool: false, target: "node", context: __dirname, entry: "./index.js",
          output: { path: __dirname + "/dist", uniqueName: "${name}" },
          plugins: [new ModuleFederationPlugin({
            name: "${name}", filename: "remoteEntry.js", library: { type: "commonjs-module" }, ${extra}
            ${name === "host" ? "" : 'exposes: { "./App": "./app.js" },'}
            remotes: { ${table.join(", ")} },
            shared: { kit: { ${options.join(", ")} } },
          })],
        };`,
      "package.json": JSON.stringify({ name, dependencies: { kit: "*" } }),
      "app.js": `import { version, owner } from "kit"; globalThis.report("${name}", { version, owner });`,
      "index.js": `${["./app", ...remotes.map((remote) => `${remote}/App`)].reduce(
        (chain, request) =>
          `${chain}.then(() => import("${request}")).catch((error) => globalThis.report("${/^\w+/.exec(request)?.[0] ?? name}", { error: error.message }))`,
        "Promise.resolve()",
      )}.then(() => globalThis.report("end", {}));`,
      "node_modules/kit/package.json": JSON.stringify({ name: "kit", version }),
      "node_modules/kit/index.js": `exports.version = "${version}"; exports.owner = "${name}";`,
    };
    for (const [file, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, name, file), text);
    }
  }
  return { folder, kind };
}

describe("built workspaces", () => {
  it.each(Array.from({ length: COUNT }, (_, index) => index + 1))(
    "number %d",
    async (seed) => {
      const { folder, kind } = writeWorkspace(seed);
      const { stdout } = await run(process.execPath, [path.join(folder, "run.cjs"), kind], { cwd: folder });
      const real = JSON.parse(stdout) as Result;
      expect(real.failed).toBeUndefined();
      const { db } = openWorkspace(createNodeHost(), [folder], defaultSettings);
      const byId = new Map(containers(db).map((container) => [container.id, container.name]));
      const { consumers } = shareResolution(db, "default", "kit");
      expect(consumers.map(({ container }) => byId.get(container)).sort()).toEqual([...NAMES].sort());
      const ours: Record<string, Seen> = {};
      const messages: string[] = [];
      for (const { container, outcome, version, provider, message } of consumers) {
        const name = byId.get(container)!;
        ours[name] =
          outcome === "error"
            ? { error: String(message) }
            : { version: String(version), owner: String(byId.get(provider ?? "")) };
        if (outcome === "shared-with-warning") messages.push(String(message));
      }
      const { end: _, ...seen } = real.seen;
      expect({ seed, seen: ours }).toEqual({ seed, seen });
      expect(messages.sort()).toEqual(real.warnings.filter((text) => / kit /.test(text)).sort());
    },
    60_000,
  );
});
