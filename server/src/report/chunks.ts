/**
 * In which kind of chunk each module of a build comes to lie: with an entry, with what the container exposes, behind a
 * shared module, or loaded on demand; and what lies in several.
 */
import { MultiMap } from "../base/multiMap.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerGraph, containers } from "../graph/index.ts";
import { ASYNCHRONOUS, type Connection } from "../graph/module.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";

export type ChunkKind = "entry" | "shared" | "remote" | "async";

export interface PredictedChunk {
  readonly kind: ChunkKind;
  /** The entry, the expose, the share key, or the module that is loaded on demand. */
  readonly name: string;
  readonly modules: ReadonlySet<string>;
}

export interface Duplicate {
  readonly file: FilePath;
  /** Chunks of one build, or apps, that each hold a copy. */
  readonly places: readonly string[];
  readonly size: number;
}

const chunks = query<World, readonly PredictedChunk[]>("predictedChunks", (db, id) => {
  const graph = containerGraph(db, id);
  const synchronous = new MultiMap<string, string>();
  const starts = new Map<string, { readonly kind: ChunkKind; readonly name: string; readonly start: string }>();
  for (const connection of graph.connections) {
    const { from, to } = connection;
    if (to === undefined) continue;
    const start = startOf(connection, graph.modules.get(from)?.type);
    if (start === undefined) synchronous.add(from, to);
    else starts.set(`${start.kind}\0${start.name}\0${to}`, { ...start, start: to });
  }
  const byName = new Map<string, { kind: ChunkKind; name: string; modules: Set<string> }>();
  for (const { kind, name, start } of starts.values()) {
    const key = `${kind}\0${name}`;
    const chunk = byName.get(key) ?? { kind, name, modules: new Set() };
    byName.set(key, chunk);
    const stack = [start];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (chunk.modules.has(next)) continue;
      chunk.modules.add(next);
      stack.push(...synchronous.values(next));
    }
  }
  return [...byName.values()];

  /** What begins a chunk; an eager fallback lies where its consumer does. */
  function startOf(connection: Connection, fromType: string | undefined) {
    const { from, request, dependencyType } = connection;
    if (fromType === undefined) return { kind: "entry" as const, name: from.replace(/^entry /, "") };
    if (fromType === "container-entry") return { kind: "remote" as const, name: request };
    const module = graph.modules.get(from);
    if (module?.type === "consume-shared" || module?.type === "provide-shared") {
      return module.eager ? undefined : { kind: "shared" as const, name: module.shareKey };
    }
    return ASYNCHRONOUS.has(dependencyType) ? { kind: "async" as const, name: request } : undefined;
  }
});

/** Predicted from the graph, before any splitting that a configuration asks for. */
export function predictedChunks(db: Db, container: ContainerId): readonly PredictedChunk[] {
  return db.get(chunks, container);
}

/** Kinds of the chunks that hold a module. */
export function chunkKindsOf(db: Db, container: ContainerId, module: string): readonly ChunkKind[] {
  return [
    ...new Set(
      predictedChunks(db, container)
        .filter((chunk) => chunk.modules.has(module))
        .map(({ kind }) => kind),
    ),
  ];
}

/** Package files that lie behind a shared module and also in chunks that do not ask the share scope. */
export function duplicatesInBuild(db: Db, container: ContainerId): readonly Duplicate[] {
  const all = predictedChunks(db, container);
  const shared = new Set(all.filter(({ kind }) => kind === "shared").flatMap(({ modules }) => [...modules]));
  const found: Duplicate[] = [];
  for (const file of shared) {
    if (!file.includes("/node_modules/")) continue;
    const others = all.filter(({ kind, modules }) => kind !== "shared" && modules.has(file));
    if (others.length === 0) continue;
    const places = others.map(({ kind, name }) => `${kind} ${name}`);
    found.push({ file, places: ["shared", ...places], size: fileText(db, file)?.length ?? 0 });
  }
  return found.sort((left, right) => right.size - left.size);
}

/** Package files that several apps bundle although none of them takes them from a share scope. */
export function duplicatesOverApps(db: Db): readonly Duplicate[] {
  const apps = new MultiMap<FilePath, string>();
  const shared = new Set<FilePath>();
  for (const { id, name, project } of containers(db)) {
    for (const { kind, modules } of predictedChunks(db, id)) {
      for (const file of modules) {
        if (!file.includes("/node_modules/")) continue;
        if (kind === "shared") shared.add(file);
        else apps.add(file, name ?? project);
      }
    }
  }
  const found: Duplicate[] = [];
  for (const file of apps.keys()) {
    const places = [...apps.values(file)].sort();
    if (places.length > 1 && !shared.has(file)) found.push({ file, places, size: fileText(db, file)?.length ?? 0 });
  }
  return found.sort((left, right) => right.size - left.size || (left.file < right.file ? -1 : 1));
}
