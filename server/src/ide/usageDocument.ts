/** `fedlens usage`: what is taken from each shared module, in the contract's shape and as the `share-usage.json` form. */
import { containers, shareId } from "../graph/index.ts";
import { mergeUsage, type SharedUsage, sharedUsage } from "../usage/sharedUsage.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Places } from "./places.ts";

export interface UsageDocument {
  readonly schema: "federation-lens/usage@1";
  readonly shared: readonly object[];
}

export function usageDocument(db: Db, root: FilePath, perContainer: boolean): UsageDocument {
  const places = new Places(db, root);
  const names = new Map(containers(db).map(({ id, name, project }) => [id, name ?? project]));
  const shared = (perContainer ? rowsOfAll(db) : mergedRows(db)).map((row) => ({
    shareScope: row.shareScope,
    shareKey: row.shareKey,
    ...(perContainer ? { container: names.get(row.container) ?? row.container } : {}),
    used: row.used,
    whole: row.whole,
    provided: row.provided,
    importedButUnused: row.importedButUnused.map(({ file, name, range }) => ({
      file: places.path(file),
      range: places.range(file, range),
      name,
    })),
    importers: row.importers.map((file) => places.path(file)),
  }));
  return { schema: "federation-lens/usage@1", shared };
}

function rowsOfAll(db: Db): readonly SharedUsage[] {
  return containers(db).flatMap(({ id }) => sharedUsage(db, id));
}

function mergedRows(db: Db): readonly SharedUsage[] {
  const rows = new Map<string, SharedUsage>();
  for (const row of rowsOfAll(db)) {
    const key = shareId(row.shareScope, row.shareKey);
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : mergeUsage(known, row));
  }
  return [...rows.keys()].sort().map((key) => rows.get(key)!);
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
  for (const row of mergedRows(db)) {
    const known = rows.get(row.shareKey);
    rows.set(row.shareKey, known === undefined ? row : mergeUsage(known, row));
  }
  for (const [shareKey, { used, whole, provided }] of rows) {
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
  const lines = mergedRows(db).map(({ shareScope, shareKey, used, whole, provided, importers }) => {
    const what = whole ? "the whole module" : used.length === 0 ? "side effects only" : used.join(", ");
    const count = provided === null ? "" : ` of ${provided.length} exports`;
    return `${shareKey} (${shareScope}): ${what}${count}, ${importers.length} importing files`;
  });
  return lines.length === 0 ? "nothing shared is imported\n" : `${lines.join("\n")}\n`;
}
