/**
 * Times the analysis of which exports are used, over all containers of a workspace whose files are known: after an edit in
 * each container that changes what a module takes. Prints one line of JSON with milliseconds
 * of processor time.
 *
 *   node test/bench/usage.mjs DIRECTORY [runs]
 */
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const [directory, runs = "9"] = process.argv.slice(2);
const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../server/src");
const folder = fs.mkdtempSync(path.join(tmpdir(), "usage-bench-"));
const outfile = path.join(folder, "usage.cjs");
const face = [
  `export { containerGraph, containers } from "${source}/graph/index.ts";`,
  `export { createNodeHost } from "${source}/host/nodeHost.ts";`,
  `export { openWorkspace } from "${source}/ide/workspace.ts";`,
  `export { defaultSettings } from "${source}/project/workspace.ts";`,
  `export { buildUsage } from "${source}/usage/usedExports.ts";`,
  `export { normalizePath } from "${source}/vfs/path.ts";`,
].join("\n");
await build({
  stdin: { contents: face, resolveDir: source, loader: "ts" },
  outfile,
  bundle: true,
  platform: "node",
  format: "cjs",
  mainFields: ["module", "main"],
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
const { buildUsage, containerGraph, containers, createNodeHost, defaultSettings, normalizePath, openWorkspace } = (
  await import(pathToFileURL(outfile).href)
).default;
fs.rmSync(folder, { recursive: true, force: true });

const host = createNodeHost();
const root = host.realPath(normalizePath(path.resolve(directory)));
const workspace = openWorkspace(host, [root], defaultSettings);
const { db } = workspace;

/** Milliseconds of the processor, which other work on the machine does not stretch. */
function timed(run) {
  const start = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const graphs = () => containers(db).map(({ id }) => containerGraph(db, id));
const usage = () => containers(db).map(({ id }) => buildUsage(db, id));
const all = graphs();
const first = timed(usage);
/** A module of each build that takes a name of another, and a use of that name. */
const edited = all.flatMap(({ modules }) => {
  for (const module of modules.values()) {
    if (module.type !== "normal" || module.file.includes("/node_modules/")) continue;
    const text = fs.readFileSync(module.file, "utf8");
    const name = /^import \{ (?:\w+ as )?(\w+)/m.exec(text)?.[1];
    if (name !== undefined) return [{ file: module.file, text, name }];
  }
  return [];
});
const times = Array.from({ length: Number(runs) }, (_, run) => {
  for (const { file, text, name } of edited) {
    const changed = `${text}\nexport const added${run} = () => ${name};\n`;
    workspace.applyChanges([{ kind: "open", path: file, text: changed }]);
  }
  graphs();
  return timed(usage);
}).sort((left, right) => left - right);
const modules = all.reduce((sum, graph) => sum + graph.modules.size, 0);
process.stdout.write(
  `${JSON.stringify({ modules, first: Math.round(first), best: times[0], median: times[Math.floor(times.length / 2)] })}\n`,
);
