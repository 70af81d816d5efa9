/** What people are told of the use of a shared module's exports: in a lens, on hover. */
import type { ContainerId } from "../graph/container.ts";
import { workspacePath } from "../graph/index.ts";
import type { ConsumeSharedModule } from "../graph/module.ts";
import { appName } from "../report/evidence.ts";
import { importPatterns } from "../usage/importPatterns.ts";
import { decisionsOf, type SharedUsage, sharedUsage, usageIsKnown, workspaceUsage } from "../usage/sharedUsage.ts";
import { keptExports } from "../usage/treeShaking.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/** Names that a line has room for. */
const SHOWN = 6;

function named(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(", ");
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}

/** `uses 3 of 322 exports: debounce, map, sortBy`; empty where nothing can be said. */
export function usageSummary({ used, whole, exposed, provided, importers }: SharedUsage): string {
  if (importers.length === 0) return "";
  if (whole || exposed) return "uses the whole module";
  if (used.length === 0) return "uses no export, only its side effects";
  const of = provided === null ? "" : ` of ${provided.length}`;
  return `uses ${used.length}${of} ${used.length === 1 && of === "" ? "export" : "exports"}: ${named(used)}`;
}

/** Of a share key in one container. */
export function usageLens(db: Db, container: ContainerId, shareScope: string, shareKey: string): string {
  const row = sharedUsage(db, container).find((item) => item.shareScope === shareScope && item.shareKey === shareKey);
  return row === undefined ? "" : usageSummary(row);
}

/**
 * For an import: what its file takes, what the workspace takes, and what could go. Markdown. Nothing is worked out for it:
 * the whole workspace may have to be read.
 */
export function usageMarkdown(db: Db, file: FilePath, module: ConsumeSharedModule): string {
  if (!usageIsKnown(db)) return "- what is used of it is not known yet: the workspace is being read";
  const lines: string[] = [];
  const own = importPatterns(db, module.container, module.id).filter((pattern) => pattern.file === file);
  const used = [...new Set(own.flatMap((pattern) => pattern.used))];
  if (own.length > 0) {
    const what = used.includes("*") ? "the whole module" : used.length === 0 ? "no export" : `\`${used.join("`, `")}\``;
    lines.push(`- this file uses ${what} (confidence: ${own.map(({ confidence }) => confidence).sort()[0]})`);
    const idle = [...new Set(own.flatMap(({ eliminable }) => eliminable))];
    const app = appName(db, module.container);
    if (idle.length > 0)
      lines.push(`- imported here and not used in the build of \`${app}\`: \`${idle.join("`, `")}\``);
  }
  const row = workspaceUsage(db).find(
    ({ shareScope, shareKey }) => shareScope === module.shareScope && shareKey === module.shareKey,
  );
  if (row === undefined) return lines.join("\n");
  lines.push(`- the workspace ${usageSummary(row)}, from ${row.importers.length} files${others(db, row, file)}`);
  const kept = keptExports(db).find(
    ({ shareScope, shareKey }) => shareScope === row.shareScope && shareKey === row.shareKey,
  );
  const gone = decisionsOf(row).filter(({ action }) => action === "eliminate").length;
  if (kept?.usedExports !== undefined && gone > 0) lines.push(`- ${gone} exports could be left out by tree shaking`);
  return lines.join("\n");
}

function others(db: Db, { importers }: SharedUsage, file: FilePath): string {
  const rest = importers.filter((item) => item !== file && !item.includes("/node_modules/"));
  return rest.length === 0
    ? ""
    : `: \`${rest
        .slice(0, 3)
        .map((item) => workspacePath(db, item))
        .join("`, `")}\`${rest.length > 3 ? ", …" : ""}`;
}
