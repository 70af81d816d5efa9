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
import { appName } from "./evidence.ts";

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

/** A consume-shared module names its fallback, and is no copy of it. */
function isPackageFile(db: Db, container: ContainerId, module: string): boolean {
  return module.includes("/node_modules/") && containerGraph(db, container).modules.get(module)?.type === "normal";
}

/** Package files that lie behind a shared module and also in chunks that do not ask the share scope. */
export function duplicatesInBuild(db: Db, container: ContainerId): readonly Duplicate[] {
  const all = predictedChunks(db, container);
  const shared = new Set(all.filter(({ kind }) => kind === "shared").flatMap(({ modules }) => [...modules]));
  const found: Duplicate[] = [];
  for (const file of shared) {
    if (!isPackageFile(db, container, file)) continue;
    const others = all.filter(({ kind, modules }) => kind !== "shared" && modules.has(file));
    if (others.length === 0) continue;
    const places = others.map(({ kind, name }) => `${kind} ${name}`);
    found.push({ file, places: ["shared", ...places], size: fileText(db, file)?.length ?? 0 });
  }
  return found.sort((left, right) => right.size - left.size);
}

/** A package file, and the builds that hold it although none of them takes it from a share scope. */
export interface Copies {
  readonly file: FilePath;
  readonly containers: readonly ContainerId[];
  readonly size: number;
}

/** Of files that several builds hold; the largest first. */
export function copiesOverApps(db: Db): readonly Copies[] {
  const holders = new MultiMap<FilePath, ContainerId>();
  const shared = new Set<FilePath>();
  for (const { id } of containers(db)) {
    for (const { kind, modules } of predictedChunks(db, id)) {
      for (const file of modules) {
        if (!isPackageFile(db, id, file)) continue;
        if (kind === "shared") shared.add(file);
        else holders.add(file, id);
      }
    }
  }
  const found: Copies[] = [];
  for (const file of holders.keys()) {
    const held = [...holders.values(file)];
    if (held.length > 1 && !shared.has(file))
      found.push({ file, containers: held, size: fileText(db, file)?.length ?? 0 });
  }
  return found.sort((left, right) => right.size - left.size || (left.file < right.file ? -1 : 1));
}

/** The same, told by apps. */
export function duplicatesOverApps(db: Db): readonly Duplicate[] {
  return copiesOverApps(db).flatMap(({ file, containers: held, size }) => {
    const places = [...new Set(held.map((id) => appName(db, id)))].sort();
    return places.length > 1 ? [{ file, places, size }] : [];
  });
}
