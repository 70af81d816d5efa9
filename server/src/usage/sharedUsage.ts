/** Which exports each importer of a shared key references, and over all importers: the shape of `usage --json`. */

import type { TextRange } from "../base/text.ts";
import type { Container, ContainerId } from "../graph/container.ts";
import { containerById, containerGraph, containers, federatedRequestsIn, shareId } from "../graph/index.ts";
import { resolveOptionsOf } from "../graph/resolveOptions.ts";
import { steppedQuery } from "../query/database.ts";
import { unusedImports } from "../syntax/unusedImports.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { type ExportDecision, exportDecisions } from "./decisions.ts";
import { type Confidence, type ImportPattern, importPatterns, prepareImportPatterns } from "./importPatterns.ts";
import { providedExports } from "./providedExports.ts";
import { sideEffectsOf } from "./sideEffects.ts";
import { buildUsageOfShared, prepareUsageOfShared } from "./usedExports.ts";

export interface UnusedImport {
  readonly file: FilePath;
  /** The exported name: `map`, `default`, `*`. */
  readonly name: string;
  readonly local: string;
  /** The specifier in the import clause. */
  readonly range: TextRange;
}

export interface SharedUsage {
  readonly shareScope: string;
  readonly shareKey: string;
  readonly container: ContainerId;
  /** Exports referenced, sorted. */
  readonly used: readonly string[];
  /** The whole module is referenced: a namespace that escapes, `require`, `export *` of an unknown. */
  readonly whole: boolean;
  /** Exports of the fallback or provided module; `null` when they cannot be known. */
  readonly provided: readonly string[] | null;
  readonly importedButUnused: readonly UnusedImport[];
  readonly importers: readonly FilePath[];
  /** What Rspack lists in the place of `used` and `whole`: names as the code writes them, where all uses have one. */
  readonly written: readonly string[] | undefined;
  /** Some build hands the module out as it is: who uses it there is not known. */
  readonly exposed: boolean;
  /** The module that is taken where no other is shared; `null` without one. */
  readonly fallbacks: readonly FilePath[];
  /** Evaluating the fallback has effects, or it is not known. */
  readonly sideEffects: boolean;
  readonly patterns: readonly ImportPattern[];
  readonly confidence: Confidence;
}

const usage = steppedQuery<World, readonly SharedUsage[]>("sharedUsage", function* (db, id) {
  const container = containerById(db, id);
  if (container === undefined) return [];
  const graph = containerGraph(db, id);
  const options = resolveOptionsOf(container.config);
  const rows = new Map<string, SharedUsage>();
  yield* prepareUsageOfShared(db, id);
  for (const [moduleId, { used, whole, exposed, importers, written }] of buildUsageOfShared(db, id).modules) {
    const module = graph.modules.get(moduleId);
    if (module?.type !== "consume-shared" || module.container !== id) continue;
    const { shareScope, shareKey, fallback } = module;
    yield* prepareImportPatterns(db, id, moduleId);
    const patterns = importPatterns(db, id, moduleId);
    const row: SharedUsage = {
      shareScope,
      shareKey,
      container: id,
      used,
      whole,
      provided: fallback === null ? null : providedExports(db, fallback, options),
      importedButUnused: importers.flatMap((file) => unusedIn(db, file, id, moduleId)),
      importers,
      written,
      exposed,
      fallbacks: fallback === null ? [] : [fallback],
      sideEffects: fallback === null || sideEffectsOf(db, fallback) === "some",
      patterns,
      confidence: patterns.some(({ confidence }) => confidence === "low") ? "low" : graph.complete ? "high" : "medium",
    };
    const known = rows.get(shareId(shareScope, shareKey));
    rows.set(shareId(shareScope, shareKey), known === undefined ? row : mergeUsage(known, row));
  }
  return [...rows.keys()].sort().map((key) => rows.get(key)!);
});

/** One row for each share scope and key that the container's reached code asks for, sorted. */
export function sharedUsage(db: Db, container: ContainerId): readonly SharedUsage[] {
  return db.get(usage, container);
}

/** Whether the rows of all containers have been worked out; after a change it takes little to do so again. */
export function usageIsKnown(db: Db): boolean {
  return containers(db).every(({ id }) => db.peek(usage, id) !== undefined);
}

/** Works out the rows of some containers with pauses, for `sharedUsage` to have them at hand. */
export function* prepareUsage(db: Db, among: readonly Pick<Container, "id">[] = containers(db)): Generator<void, void> {
  for (const { id } of among) yield* db.prepare(usage, id);
}

/** Two rows of one key as one; the exports of different copies are those of any. */
export function mergeUsage(left: SharedUsage, right: SharedUsage): SharedUsage {
  const both = (one: readonly string[], other: readonly string[]): readonly string[] =>
    [...new Set([...one, ...other])].sort();
  return {
    ...left,
    used: both(left.used, right.used),
    whole: left.whole || right.whole,
    provided: mergeProvided(left, right),
    importedButUnused: [...left.importedButUnused, ...right.importedButUnused],
    importers: both(left.importers, right.importers),
    written: left.written && right.written && both(left.written, right.written),
    exposed: left.exposed || right.exposed,
    fallbacks: both(left.fallbacks, right.fallbacks),
    sideEffects:
      (left.fallbacks.length > 0 && left.sideEffects) ||
      (right.fallbacks.length > 0 && right.sideEffects) ||
      left.fallbacks.length + right.fallbacks.length === 0,
    patterns: [...left.patterns, ...right.patterns],
    confidence: leastOf(left.confidence, right.confidence),
  };
}

/** A consumer without a fallback says nothing about what there is. */
function mergeProvided(left: SharedUsage, right: SharedUsage): readonly string[] | null {
  if (left.fallbacks.length === 0) return right.provided;
  if (right.fallbacks.length === 0) return left.provided;
  if (left.provided === null || right.provided === null) return null;
  return [...new Set([...left.provided, ...right.provided])].sort();
}

/** What may be done with each export of a row's module. */
export function decisionsOf(row: SharedUsage): readonly ExportDecision[] {
  return exportDecisions({
    provided: row.provided,
    used: row.used,
    whole: row.whole || row.exposed,
    importedButUnused: [
      ...row.importedButUnused.map(({ name }) => name),
      ...row.patterns.flatMap(({ eliminable }) => eliminable),
    ],
    sideEffects: row.sideEffects,
    confidence: row.provided === null && row.confidence === "high" ? "medium" : row.confidence,
  });
}

/** Rows of all containers, or of those given; those of one share scope and key as one. */
export function workspaceUsage(
  db: Db,
  among: readonly Pick<Container, "id">[] = containers(db),
): readonly SharedUsage[] {
  const rows = new Map<string, SharedUsage>();
  for (const { id } of among) {
    for (const row of sharedUsage(db, id)) {
      const key = shareId(row.shareScope, row.shareKey);
      const known = rows.get(key);
      rows.set(key, known === undefined ? row : mergeUsage(known, row));
    }
  }
  return [...rows.keys()].sort().map((key) => rows.get(key)!);
}

function leastOf(left: Confidence, right: Confidence): Confidence {
  const order: readonly Confidence[] = ["low", "medium", "high"];
  return order[Math.min(order.indexOf(left), order.indexOf(right))]!;
}

function unusedIn(db: Db, file: FilePath, container: ContainerId, moduleId: string): readonly UnusedImport[] {
  if (file.includes("/node_modules/")) return [];
  const requests = federatedRequestsIn(db, container, file).filter((item) => item.to === moduleId);
  const specifiers = requests.map(({ request }) => request);
  return unusedImports(db, file, specifiers).map(({ imported, local, range }) => ({
    file,
    name: imported,
    local,
    range,
  }));
}
