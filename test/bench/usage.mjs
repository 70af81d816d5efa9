/**
 * Times the analysis of which exports are used, over all containers of a workspace whose files are known: after an edit in
 * each container that changes what a module takes. Prints one line of JSON with milliseconds
 * of processor time.
 *
 *   node test/bench/usage.mjs DIRECTORY [runs]
 */
import fs from "node:fs";
import path from "node:path";
import { bundledCore } from "./bundledCore.mjs";

const [directory, runs = "25"] = process.argv.slice(2);
const {
  buildUsage,
  containerGraph,
  containers,
  createNodeHost,
  defaultSettings,
  normalizePath,
  openWorkspace,
  treeFacts,
} = await bundledCore({
  "graph/index.ts": ["containerGraph", "containers"],
  "host/nodeHost.ts": ["createNodeHost"],
  "ide/workspace.ts": ["openWorkspace"],
  "project/workspace.ts": ["defaultSettings"],
  "syntax/treeFacts.ts": ["treeFacts"],
  "usage/usedExports.ts": ["buildUsage"],
  "vfs/path.ts": ["normalizePath"],
});

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
  for (const { file } of edited) treeFacts(db, file);
  return timed(usage);
}).sort((left, right) => left - right);
const modules = all.reduce((sum, graph) => sum + graph.modules.size, 0);
process.stdout.write(
  `${JSON.stringify({ modules, first: Math.round(first), best: times[0], median: times[Math.floor(times.length / 2)] })}\n`,
);
