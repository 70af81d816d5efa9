/** `fedlens usage`: what is taken from each shared module, in the contract's shape and as the `share-usage.json` form. */
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
    return { ...decision, provided: provided ?? null, canMangle, canInline, terminal: end, annotation };
  });
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

/** For people: one line a key. */
export function usageText(db: Db): string {
  const lines = workspaceUsage(db).map(({ shareScope, shareKey, used, whole, provided, importers }) => {
    const what = whole ? "the whole module" : used.length === 0 ? "side effects only" : used.join(", ");
    const count = provided === null ? "" : ` of ${provided.length} exports`;
    return `${shareKey} (${shareScope}): ${what}${count}, ${importers.length} importing files`;
  });
  return lines.length === 0 ? "nothing shared is imported\n" : `${lines.join("\n")}\n`;
}
