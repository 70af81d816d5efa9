/** Builds that are large, and imports that keep tree shaking from helping. */

import { containerGraph, containers, workspacePath } from "../../graph/index.ts";
import { exportFacts } from "../../syntax/treeFacts.ts";
import type { ImportPattern } from "../../usage/importPatterns.ts";
import { type SharedUsage, workspaceUsage } from "../../usage/sharedUsage.ts";
import { isInside } from "../../vfs/path.ts";
import type { Db } from "../../vfs/vfs.ts";
import { appName, type Evidence } from "../evidence.ts";
import { packageOf } from "../packageOf.ts";
import type { Recommendation } from "../recommendation.ts";

/** Modules of one build beyond which its time is worth a split. */
const LARGE_BUILD = 10_000;

/** Parts of a build, or files, that are named. */
const SHOWN = 5;

/** A build whose own part could be another app's, which is then built by itself. */
export function splitBuilds(db: Db, large = LARGE_BUILD): readonly Recommendation[] {
  return containers(db).flatMap(({ id, context, config }): readonly Recommendation[] => {
    const files = [...containerGraph(db, id).modules.values()].flatMap((module) =>
      module.type === "normal" ? [module.file] : [],
    );
    if (files.length <= large) return [];
    const own = files.filter((file) => packageOf(file) === undefined);
    const counts = new Map<string, number>();
    for (const file of own) {
      const folder = isInside(file, context)
        ? file
            .slice(context.length + 1)
            .split("/")
            .slice(0, -1)
        : [];
      const part = folder.length === 0 ? context : `${context}/${folder.slice(0, 2).join("/")}`;
      counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    const largest = [...counts].sort(([, left], [, right]) => right - left).slice(0, SHOWN);
    return [
      {
        kind: "split-build",
        priority: "high",
        title: `Split the build of ${appName(db, id)}, which has ${files.length} modules`,
        evidence: [
          { text: `${own.length} of them are not of packages`, source: config.source },
          ...largest.map(
            ([folder, count]): Evidence => ({
              text: `${count} lie in ${workspacePath(db, folder) || "."}`,
              source: undefined,
            }),
          ),
        ],
      },
    ];
  });
}

/** Of exports that are listed, this many make a list of the used ones worth it. */
const MANY_EXPORTS = 5;

/** A shared ES module without effects that some imports hand on as a whole: nothing of it can be left out. */
export function importNames(db: Db): readonly Recommendation[] {
  return workspaceUsage(db).flatMap((row): readonly Recommendation[] => {
    const { shareKey, provided, patterns } = row;
    if (!row.whole || row.exposed || row.sideEffects || row.confidence === "low") return [];
    if (provided === null || provided.length < MANY_EXPORTS || !isEsm(db, row)) return [];
    const taking = patterns.filter(({ used }) => used.includes("*"));
    if (taking.length === 0) return [];
    return [
      {
        kind: "import-names",
        priority: "low",
        title: `Import names of \`${shareKey}\`, not the whole of it`,
        evidence: [
          {
            text: `all of its ${provided.length} exports are kept, since ${taking.length} of ${patterns.length} imports take the whole`,
            source: undefined,
          },
          ...taking.slice(0, SHOWN).map(takenBy),
        ],
      },
    ];
  });
}

function takenBy({ statement, file, range }: ImportPattern): Evidence {
  return { text: `\`${statement}\``, source: { file, range } };
}

function isEsm(db: Db, { fallbacks }: SharedUsage): boolean {
  return fallbacks.length > 0 && fallbacks.every((file) => exportFacts(db, file)?.type === "namespace");
}
