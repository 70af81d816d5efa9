/** `fedlens usage`: what is taken from each shared module, in the contract's shape and as the `share-usage.json` form. */
import { counted } from "../base/counted.ts";
import { containers } from "../graph/index.ts";
import { appName } from "../report/evidence.ts";
import type { ExportDecision } from "../usage/decisions.ts";
import { exportsInfo } from "../usage/exportsInfo.ts";
import { savingsOf } from "../usage/savings.ts";
import { decisionsOf, mergeUsage, type SharedUsage, sharedUsage, workspaceUsage } from "../usage/sharedUsage.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { fallbackKind } from "./graphDocument.ts";
import { Places } from "./places.ts";

export interface UsageDocument {
  readonly schema: "federation-lens/usage@1";
  readonly shared: readonly object[];
}

/** `details`: with what may be done with each export, how each file imports, and what could be saved. */
export function usageDocument(db: Db, root: FilePath, perContainer: boolean, details = false): UsageDocument {
  const places = new Places(db, root);
  const names = new Map(containers(db).map(({ id, name, project }) => [id, name ?? project]));
  const shared = (perContainer ? rowsOfAll(db) : workspaceUsage(db)).map((row) => ({
    shareScope: row.shareScope,
    shareKey: row.shareKey,
    ...(perContainer ? { container: names.get(row.container) ?? row.container } : {}),
    used: row.written ?? row.used,
    whole: row.written === undefined && row.whole,
    provided: row.provided,
    importedButUnused: row.importedButUnused.map(({ file, name, range }) => ({
      file: places.path(file),
      range: places.range(file, range),
      name,
    })),
    importers: row.importers.map((file) => places.path(file)),
    ...(details ? detailsOf(db, places, row) : {}),
  }));
  return { schema: "federation-lens/usage@1", shared };
}

function detailsOf(db: Db, places: Places, row: SharedUsage): object {
  const kept = [...new Set(row.used.map((name) => name.split(".")[0]!))];
  const estimate = row.whole || row.exposed ? null : (savingsOf(db, row, kept) ?? null);
  return {
    confidence: row.confidence,
    sideEffects: row.sideEffects,
    exposed: row.exposed,
    fallbacks: row.fallbacks.map((file) => ({ file: places.path(file), kind: fallbackKind(file) })),
    exports: exportRows(db, places, row),
    patterns: row.patterns.map(({ container, file, range, ...pattern }) => ({
      container: appName(db, container),
      file: places.path(file),
      range: places.range(file, range),
      ...pattern,
    })),
    // Characters of source files, before minification.
    estimate,
  };
}

/** Decisions, with what is known of each export. */
function exportRows(db: Db, places: Places, row: SharedUsage): readonly object[] {
  const [fallback] = row.fallbacks;
  const infoOf = fallback === undefined ? undefined : exportsInfo(db, row.container, fallback);
  return decisionsOf(row).map((decision) => {
    const { provided, canMangle = null, canInline = null, terminal } = infoOf?.(decision.name) ?? {};
    const end = terminal === undefined ? null : { file: places.path(terminal.module), export: terminal.path.join(".") };
    const annotation = annotationOf(row.shareKey, decision);
    const usedBy = usersOf(row, decision.name).map((file) => places.path(file));
    return { ...decision, usedBy, provided: provided ?? null, canMangle, canInline, terminal: end, annotation };
  });
}

/** Files that take an export by name; those that take the whole are told by their patterns. */
function usersOf({ patterns }: SharedUsage, name: string): readonly FilePath[] {
  const taking = patterns.filter(({ used }) => used.some((path) => path.split(".")[0] === name));
  return [...new Set(taking.map(({ file }) => file))].sort();
}

/** What a build tool would write at the export; the condition names it for one that leaves it out. */
function annotationOf(shareKey: string, { name, action, state }: ExportDecision): object {
  const condition = action === "eliminate" ? `treeShake.${shareKey}.${name}` : null;
  if (condition !== null)
    return { condition, comment: `/* @common:if [condition="${condition}"] */ ${name} /* @common:endif */` };
  const what = state === "used" ? "used" : state === "unknown" ? "perhaps used" : "kept";
  return { condition, comment: `/* ${what} export of the shared module '${shareKey}' */` };
}

function rowsOfAll(db: Db): readonly SharedUsage[] {
  return containers(db).flatMap(({ id }) => sharedUsage(db, id));
}

interface ShareUsage {
  readonly used_exports: readonly string[];
  readonly unused_exports: readonly string[];
  readonly possibly_unused_exports: readonly string[];
}

/** Where the whole module is taken, which of the other exports are used cannot be told. */
export function shareUsageDocument(db: Db): { readonly consume_shared_modules: Readonly<Record<string, ShareUsage>> } {
  const modules: Record<string, ShareUsage> = {};
  const rows = new Map<string, SharedUsage>();
  for (const row of workspaceUsage(db)) {
    const known = rows.get(row.shareKey);
    rows.set(row.shareKey, known === undefined ? row : mergeUsage(known, row));
  }
  for (const [shareKey, { used, provided, ...row }] of rows) {
    const whole = row.whole || row.exposed;
    const taken = new Set(used.map((name) => name.split(".")[0]!));
    const rest = (provided ?? []).filter((name) => !taken.has(name));
    modules[shareKey] = {
      used_exports: [...taken].sort(),
      unused_exports: whole ? [] : rest,
      possibly_unused_exports: whole ? rest : [],
    };
  }
  return { consume_shared_modules: modules };
}

/** Names that a line of text has room for. */
const SHOWN = 12;

/** For people: a line for each key, and under it what is imported for nothing and what nobody imports. */
export function usageText(db: Db, root: FilePath, perContainer = false): string {
  const places = new Places(db, root);
  const lines = (perContainer ? rowsOfAll(db) : workspaceUsage(db)).flatMap((row) => {
    const { shareScope, shareKey, container, used, provided, importers } = row;
    const whole = row.whole || row.exposed;
    const what = whole ? "the whole module" : used.length === 0 ? "side effects only" : used.join(", ");
    const count = provided === null ? "" : ` of ${provided.length} exports`;
    const app = perContainer ? `${appName(db, container)}: ` : "";
    const files = counted(importers.length, "importing file");
    return [`${app}${shareKey} (${shareScope}): ${what}${count}, ${files}`, ...idleLines(places, row)];
  });
  return lines.length === 0 ? "nothing shared is imported\n" : `${lines.join("\n")}\n`;
}

function idleLines(places: Places, row: SharedUsage): readonly string[] {
  const lines = row.importedButUnused.map(({ file, name, range }) => {
    const { line, character } = places.range(file, range).start;
    return `  imported but unused: ${name} (${places.path(file)}:${line + 1}:${character + 1})`;
  });
  const never = decisionsOf(row).flatMap(({ state, name }) => (state === "unused" ? [name] : []));
  if (never.length === 0) return lines;
  const more = never.length > SHOWN ? ` and ${never.length - SHOWN} more` : "";
  return [...lines, `  never used: ${never.slice(0, SHOWN).join(", ")}${more}`];
}
