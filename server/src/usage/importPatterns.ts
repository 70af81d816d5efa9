/** How each file imports a shared module, what it takes of it, and how sure that is. */
import type { TextRange } from "../base/text.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import { type MatchKind, matchKind } from "../graph/matching.ts";
import { ASYNCHRONOUS, type Connection } from "../graph/module.ts";
import { steppedQuery } from "../query/database.ts";
import { factRanges, moduleFacts } from "../syntax/index.ts";
import { moduleUses } from "../syntax/treeFacts.ts";
import { unusedImports } from "../syntax/unusedImports.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { buildUsageOfShared } from "./usedExports.ts";

export type PatternKind =
  | "named"
  | "namespace"
  | "default"
  | "side-effect"
  | "re-export"
  | "dynamic"
  | "require"
  | "jsx";

/**
 * `high`: the names are those that a bundler takes; `medium`: the whole module escapes, so any export may be used; `low`:
 * the file is not understood.
 */
export type Confidence = "high" | "medium" | "low";

export interface ImportPattern {
  /** Of two builds that hold the file, one may use what the other leaves out. */
  readonly container: ContainerId;
  readonly file: FilePath;
  readonly range: TextRange;
  readonly kind: PatternKind;
  readonly request: string;
  /** How the request comes under the share key. */
  readonly match: MatchKind;
  /** The statement or call, on one line. */
  readonly statement: string;
  /** Names in the import clause; empty for calls. */
  readonly imported: readonly string[];
  /** Dotted names that the build references; `*` for the whole module. */
  readonly used: readonly string[];
  /** Imported, and named by types alone. */
  readonly typesOnly: readonly string[];
  /** Imported, and not used by code that counts: never named, named in dead code, or in declarations nobody uses. */
  readonly eliminable: readonly string[];
  readonly confidence: Confidence;
}

/** Keys are `<container>\0<module>`. */
const patterns = steppedQuery<World, readonly ImportPattern[]>("importPatterns", function* (db, key) {
  const [container = "", moduleId = ""] = key.split("\0");
  const { connections, modules } = containerGraph(db, container);
  const module = modules.get(moduleId);
  const consume =
    module?.type === "consume-shared" ? containerById(db, module.container)?.consumes[module.consume] : undefined;
  const usage = buildUsageOfShared(db, container);
  const found: ImportPattern[] = [];
  for (const [index, connection] of connections.entries()) {
    if (connection.to !== moduleId) continue;
    const pattern = patternOf(db, connection, usage.connections[index]);
    const match = consume === undefined ? "exact" : matchKind(consume, connection.request);
    if (pattern !== undefined) found.push({ container, ...pattern, match });
    yield;
  }
  return found;
});

/** Of the files that ask for a consume-shared module of a container. */
export function importPatterns(db: Db, container: ContainerId, moduleId: string): readonly ImportPattern[] {
  return db.get(patterns, `${container}\0${moduleId}`);
}

/** With pauses, for `importPatterns` to have them at hand. */
export function prepareImportPatterns(db: Db, container: ContainerId, moduleId: string): Generator<void, void> {
  return db.prepare(patterns, `${container}\0${moduleId}`);
}

function patternOf(
  db: Db,
  connection: Connection,
  used: readonly string[] | undefined,
): Omit<ImportPattern, "container" | "match"> | undefined {
  const { from: file, request, requestIndex, dependencyType } = connection;
  const facts = moduleFacts(db, file);
  if (facts === undefined) return undefined;
  const range = requestIndex === undefined ? { start: 0, end: 0 } : factRanges(db, file)!.statements[requestIndex]!;
  const { imports, uncertain } = moduleUses(db, file);
  const clause = imports.filter((item) => item.request === requestIndex);
  const imported = clause.map((item) => item.imported);
  const taken = (used ?? []).map((name) => (name === "" ? "*" : name));
  const heads = new Set(taken.map((name) => name.split(".")[0]!));
  const unnamed = new Set(unusedImports(db, file, [request]).map(({ local }) => local));
  const whole = heads.has("*");
  const isUsed = (name: string): boolean =>
    heads.has(name) || whole || (name === "*" && heads.size > 0) || (name === "default" && heads.size > 0);
  const typesOnly = clause.filter((item) => item.typeOnly).map((item) => item.imported);
  return {
    file,
    range,
    kind: kindOf(dependencyType, requestIndex, imported, facts.requests[requestIndex ?? -1]?.sideEffectOnly === true),
    request,
    statement: requestIndex === undefined ? request : oneLine(fileText(db, file)?.slice(range.start, range.end) ?? ""),
    imported,
    used: taken,
    typesOnly,
    eliminable: uncertain
      ? []
      : clause
          .filter((item) => !item.typeOnly && (unnamed.has(item.local) || !isUsed(item.imported)))
          .map((item) => item.imported),
    confidence: uncertain ? "low" : whole ? "medium" : "high",
  };
}

function kindOf(
  dependencyType: string,
  index: number | undefined,
  imported: readonly string[],
  bare: boolean,
): PatternKind {
  if (dependencyType === "provided") return "default";
  if (index === undefined) return "jsx";
  if (ASYNCHRONOUS.has(dependencyType)) return "dynamic";
  if (/require|define/.test(dependencyType)) return "require";
  if (dependencyType === "esm export") return "re-export";
  if (bare || imported.length === 0) return "side-effect";
  if (imported.includes("*")) return "namespace";
  return imported.includes("default") ? "default" : "named";
}

function oneLine(text: string): string {
  const short = text.replace(/\s+/g, " ").trim();
  return short.length > 120 ? `${short.slice(0, 119)}…` : short;
}
