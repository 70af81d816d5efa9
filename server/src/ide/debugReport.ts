/** `fedlens debug report`: the state of the analysis, for people who look for the cause of something. */
import { neverRecords } from "../base/assert.ts";
import { MultiMap } from "../base/multiMap.ts";
import type { Container } from "../graph/container.ts";
import { containerGraph, containers, providesOf, shareKeys } from "../graph/index.ts";
import type { GraphModule } from "../graph/module.ts";
import { chunkKindsOf } from "../report/chunks.ts";
import { shareDescendants } from "../report/descendants.ts";
import { appName } from "../report/evidence.ts";
import { recommendations } from "../report/recommendations.ts";
import { allFindings } from "../rules/run.ts";
import { exportFacts } from "../syntax/treeFacts.ts";
import { decisionsOf, workspaceUsage } from "../usage/sharedUsage.ts";
import { type BuildUsage, buildUsage } from "../usage/usedExports.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Places } from "./places.ts";

/** Milliseconds by what was computed; measured outside, where there is a clock. */
export type Timings = Readonly<Record<string, number>>;

export function debugReport(db: Db, root: FilePath, timings: Timings): object {
  const places = new Places(db, root);
  const all = containers(db);
  return {
    schema: "federation-lens/debug@1",
    moduleGraphSnapshot: all.map((container) => graphSnapshot(db, container)),
    dependencyAnalysis: all.flatMap((container) => dependencyChains(db, places, container)),
    consumeSharedDescendants: all.flatMap(({ id }) =>
      shareDescendants(db, id).map((item) => ({ container: appName(db, id), ...item, file: places.path(item.file) })),
    ),
    shareScopeState: shareScopeState(db, places),
    treeShaking: treeShakingState(db),
    performanceMetrics: timings,
    errorAnalysis: {
      build: all.flatMap(({ id }) =>
        containerGraph(db, id).problems.map(({ severity, subject, message }) => ({
          container: appName(db, id),
          severity,
          subject,
          message,
        })),
      ),
      findings: [...allFindings(db).values()]
        .flat()
        .filter(({ severity }) => severity === "error")
        .map(({ code, message, source }) => ({ code, message, file: places.path(source.file) })),
      unexpected: neverRecords(),
    },
    optimizationSuggestions: recommendations(db).map(({ kind, priority, title }) => ({ kind, priority, title })),
  };
}

function graphSnapshot(db: Db, { id, name, project, config, implementation, runtime }: Container): object {
  const { modules, connections, complete } = containerGraph(db, id);
  const usage = buildUsage(db, id);
  const types: Record<string, number> = {};
  for (const { type } of modules.values()) types[type] = (types[type] ?? 0) + 1;
  return {
    container: name ?? project,
    bundler: config.bundler,
    implementation,
    runtime,
    complete,
    modules: types,
    connections: connections.length,
    activeConnections: usage.connections.filter((names) => names !== undefined).length,
    modulesInBuild: usage.modules.size,
    exports: exportCounts(db, modules, usage),
  };
}

/** Of the plain modules that are in a build: names that their texts give, and how many of those are used. */
function exportCounts(db: Db, modules: ReadonlyMap<string, GraphModule>, build: BuildUsage): object {
  let provided = 0;
  let used = 0;
  let whole = 0;
  for (const [id, usage] of build.modules) {
    const module = modules.get(id);
    const names = module?.type === "normal" ? exportFacts(db, module.file)?.names : undefined;
    if (names === undefined) continue;
    const taken = new Set(usage.used.map((name) => name.split(".")[0]!));
    provided += names.length;
    used += usage.whole ? names.length : names.filter((name) => taken.has(name)).length;
    if (usage.whole) whole++;
  }
  return { provided, used, modulesTakenWhole: whole };
}

/** Of shared modules over the workspace: exports, and how many of them may go. */
function treeShakingState(db: Db): object {
  const decisions = workspaceUsage(db).flatMap(decisionsOf);
  const eliminable = decisions.filter(({ action }) => action === "eliminate").length;
  const ratio = decisions.length === 0 ? 0 : Math.round((eliminable / decisions.length) * 1000) / 1000;
  return { sharedExports: decisions.length, eliminable, eliminableRatio: ratio };
}

/** From an entry or expose to each shared module: the shortest way. */
function dependencyChains(db: Db, places: Places, { id }: Container): readonly object[] {
  const { modules, connections } = containerGraph(db, id);
  const outgoing = new MultiMap<string, string>();
  const cameFrom = new Map<string, string | undefined>();
  const level: string[] = [];
  for (const { from, to } of connections) {
    if (to === undefined) continue;
    outgoing.add(from, to);
    if (modules.has(from) && modules.get(from)?.type !== "container-entry") continue;
    if (!cameFrom.has(from)) cameFrom.set(from, undefined);
    level.push(from);
  }
  for (const from of level) {
    for (const to of outgoing.values(from)) {
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, from);
      level.push(to);
    }
  }
  return [...modules.values()].flatMap((module) => {
    if (module.type !== "consume-shared" && module.type !== "remote") return [];
    const chain: string[] = [];
    for (let at: string | undefined = module.id; at !== undefined; at = cameFrom.get(at)) {
      chain.unshift(modules.get(at)?.type === "normal" ? places.path(at) : at);
    }
    return [{ container: appName(db, id), to: module.id, chunks: chunkKindsOf(db, id, module.id), chain }];
  });
}

/** As the run-time's share scopes hold it once every container has registered. */
function shareScopeState(db: Db, places: Places): object {
  const scopes: Record<string, Record<string, Record<string, object[]>>> = {};
  for (const { shareScope, shareKey } of shareKeys(db)) {
    for (const { container, version, eager, resource } of providesOf(db, shareScope, shareKey)) {
      scopes[shareScope] ??= {};
      scopes[shareScope]![shareKey] ??= {};
      const versions = scopes[shareScope]![shareKey]!;
      const name = version || "0";
      versions[name] ??= [];
      versions[name]!.push({ from: appName(db, container), eager, resource: places.path(resource) });
    }
  }
  return scopes;
}
