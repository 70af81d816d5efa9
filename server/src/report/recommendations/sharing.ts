/** Keys that are not worth sharing, and keys of which only a part is used. */

import { outsideOf } from "../../analysis/outside.ts";
import { pagesOf } from "../../analysis/pages.ts";
import type { Container } from "../../graph/container.ts";
import {
  consumesOf,
  containerById,
  containerGraph,
  containers,
  providesOf,
  shareKeys,
  workspacePath,
} from "../../graph/index.ts";
import { withoutEntry } from "../../syntax/sharedEntryEdit.ts";
import { savingsOf } from "../../usage/savings.ts";
import { decisionsOf, workspaceUsage } from "../../usage/sharedUsage.ts";
import { type KeptExports, keptExports } from "../../usage/treeShaking.ts";
import type { Db } from "../../vfs/vfs.ts";
import { entryFix, ownEntryFix } from "../entryFix.ts";
import { appName, type Evidence, sizeText } from "../evidence.ts";
import type { Recommendation } from "../recommendation.ts";
import { takesUsedExports, usedExportsEdit } from "../usedExportsEdit.ts";

/** A key that one app alone uses costs tree shaking and a request, and nobody shares it. */
export function stopSharing(db: Db): readonly Recommendation[] {
  if (containers(db).length < 2) return [];
  return shareKeys(db).flatMap(({ shareScope, shareKey }): readonly Recommendation[] => {
    const consumers = new Set(consumesOf(db, shareScope, shareKey).map(({ container }) => container));
    const providers = new Set(providesOf(db, shareScope, shareKey).map(({ container }) => container));
    const [only] = consumers;
    const users = new Set([...consumers, ...providers]);
    if (only === undefined || users.size !== 1) return [];
    const singleton = consumesOf(db, shareScope, shareKey).some((consume) => consume.singleton);
    const container = containerById(db, only);
    if (container === undefined || singleton || mayHaveOtherUsers(db, container, shareKey)) return [];
    const entries = container.consumes.filter((consume) => consume.shareKey === shareKey);
    const [entry, ...others] = entries;
    return [
      {
        kind: "stop-sharing",
        priority: "low",
        title: `Stop sharing \`${shareKey}\` in ${appName(db, only)}`,
        evidence: [
          {
            text: "no other app consumes or provides it: this one exposes nothing, and all of its remotes are known",
            source: entry?.source,
          },
        ],
        ...(entry !== undefined && others.length === 0
          ? ownEntryFix(db, `Remove \`${entry.request}\` from \`shared\``, entry.source, withoutEntry)
          : {}),
      },
    ];
  });
}

/** An app of another repository, or one of which not all is known. */
function mayHaveOtherUsers(db: Db, container: Container, shareKey: string): boolean {
  if (container.exposes.length > 0) return true;
  if (pagesOf(db, container.id).some((page) => outsideOf(db, page).length > 0)) return true;
  return containers(db).some(({ id, complete, consumes }) => {
    if (id === container.id) return false;
    if (!complete.shared) return true;
    const graph = containerGraph(db, id);
    return (!graph.complete || graph.modules.size === 0) && consumes.some((consume) => consume.shareKey === shareKey);
  });
}

/** What only unused exports lead to must be worth a list. */
const WORTH_LISTING = 2_000;

/** The list that `treeShaking` of the 2.x plugins takes. */
export function keepUsedExports(db: Db): readonly Recommendation[] {
  const rows = workspaceUsage(db);
  return keptExports(db).flatMap((list): readonly Recommendation[] => {
    const { shareScope, shareKey, usedExports, reason, places } = list;
    const row = rows.find((item) => item.shareScope === shareScope && item.shareKey === shareKey)!;
    if (usedExports === undefined || row.provided === null) return [];
    const { saved = 0, total = 0 } = savingsOf(db, row, usedExports) ?? {};
    if (saved < WORTH_LISTING) return [];
    const gone = decisionsOf(row).filter(({ action }) => action === "eliminate" || action === "warn").length;
    const evidence: Evidence[] = [
      {
        text: `${usedExports.length} of ${row.provided.length} exports are used: ${usedExports.join(", ") || "none"}; ${reason}`,
        source: undefined,
      },
      {
        text: `about ${sizeText(saved)} of ${sizeText(total)} of source lie behind ${gone} unused exports`,
        source: undefined,
      },
      ...row.importers
        .slice(0, 5)
        .map((file) => ({ text: `imported by ${workspacePath(db, file)}`, source: undefined })),
      ...places.map((place) => ({
        text: `shared by ${appName(db, place.container)}${takesUsedExports(db, place) ? "" : ", whose plugin has no option for it: `treeShaking` is one of the 2.x plugins"}`,
        source: place.source,
      })),
    ];
    const able = places.filter((place) => takesUsedExports(db, place));
    return [
      {
        kind: "keep-used-exports",
        priority: row.confidence === "high" && able.length > 0 ? "medium" : "low",
        title: `Keep only the used exports of \`${shareKey}\``,
        evidence,
        estimatedSaving: saved,
        ...(usedExports.length > 0 ? usedExportsFix(db, list, able) : {}),
      },
    ];
  });
}

function usedExportsFix(db: Db, list: KeptExports, able: KeptExports["places"]): Pick<Recommendation, "fix"> {
  const byKey = new Map(able.map((place) => [`${place.source.file}:${place.source.range.start}`, place]));
  const title = "Write `treeShaking.usedExports` into the entries";
  return entryFix(
    db,
    title,
    [...byKey.values()].map(({ source }) => source),
    (file, _text, { start }) => usedExportsEdit(db, list, byKey.get(`${file}:${start}`)!),
  );
}
