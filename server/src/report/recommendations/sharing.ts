/** Keys that are not worth sharing, and keys of which only a part is used. */
import { consumesOf, containerById, containers, providesOf, shareKeys, workspacePath } from "../../graph/index.ts";
import { savingsOf } from "../../usage/savings.ts";
import { decisionsOf, workspaceUsage } from "../../usage/sharedUsage.ts";
import { keptExports } from "../../usage/treeShaking.ts";
import type { Db } from "../../vfs/vfs.ts";
import { appName, type Evidence, sizeText } from "../evidence.ts";
import type { Recommendation } from "../recommendation.ts";

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
    // An app of another repository may be the other user.
    if (container === undefined || singleton || container.exposes.length > 0) return [];
    const entry = container.consumes.find((consume) => consume.shareKey === shareKey);
    return [
      {
        kind: "stop-sharing",
        priority: "low",
        title: `Stop sharing \`${shareKey}\` in ${appName(db, only)}`,
        evidence: [
          {
            text: "no other app of the workspace consumes or provides it, and this one exposes nothing",
            source: entry?.source,
          },
        ],
      },
    ];
  });
}

/** What only unused exports lead to must be worth a list. */
const WORTH_LISTING = 2_000;

/** The list that `treeShaking` of the 2.x plugins takes. */
export function keepUsedExports(db: Db): readonly Recommendation[] {
  const rows = workspaceUsage(db);
  return keptExports(db).flatMap(({ shareScope, shareKey, usedExports, reason, places }): readonly Recommendation[] => {
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
      ...places.map(({ container, source }) => ({ text: `shared by ${appName(db, container)}`, source })),
    ];
    return [
      {
        kind: "keep-used-exports",
        priority: row.confidence === "high" ? "medium" : "low",
        title: `Keep only the used exports of \`${shareKey}\``,
        evidence,
        estimatedSaving: saved,
      },
    ];
  });
}
