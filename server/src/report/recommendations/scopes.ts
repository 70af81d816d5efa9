/** Share scopes that could be one, and scopes that nothing uses. */
import { containers, shareKeys } from "../../graph/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { appName, type Evidence } from "../evidence.ts";
import type { Recommendation } from "../recommendation.ts";

/** Of the smaller scope's keys, how many must stand in the other. */
const SIMILAR = 0.5;

function keysByScope(db: Db): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { shareScope, shareKey } of shareKeys(db)) {
    const known = found.get(shareScope);
    if (known === undefined) found.set(shareScope, new Set([shareKey]));
    else known.add(shareKey);
  }
  return found;
}

/** Two scopes that share the same libraries load each of them twice. */
export function mergeScopes(db: Db): readonly Recommendation[] {
  const scopes = [...keysByScope(db)];
  return scopes.flatMap(([left, leftKeys], index) =>
    scopes.slice(index + 1).flatMap(([right, rightKeys]): readonly Recommendation[] => {
      const common = [...leftKeys].filter((key) => rightKeys.has(key));
      const similar = common.length / Math.min(leftKeys.size, rightKeys.size);
      if (common.length === 0 || similar < SIMILAR) return [];
      const users = containers(db)
        .filter(({ consumes }) =>
          consumes.some(({ shareScopes }) => shareScopes.includes(left) || shareScopes.includes(right)),
        )
        .map(({ id }) => appName(db, id));
      return [
        {
          kind: "merge-scopes",
          priority: "medium",
          title: `Merge the share scopes \`${left}\` and \`${right}\``,
          evidence: [
            {
              text: `both hold ${common.sort().join(", ")}: a copy in one is never taken by the other`,
              source: undefined,
            },
            { text: `used by ${[...new Set(users)].join(", ")}`, source: undefined },
          ],
        },
      ];
    }),
  );
}

/** Named in a configuration, and no module of the workspace consumes or provides in it. */
export function unusedScopes(db: Db): readonly Recommendation[] {
  const used = keysByScope(db);
  const named = new Map<string, Evidence[]>();
  for (const { id, consumes } of containers(db)) {
    for (const { shareScopes, source, request } of consumes) {
      for (const scope of shareScopes) {
        if (used.has(scope)) continue;
        const evidence = named.get(scope) ?? [];
        evidence.push({ text: `${appName(db, id)} shares ${request} in it, and imports it nowhere`, source });
        named.set(scope, evidence);
      }
    }
  }
  return [...named].map(([scope, evidence]) => ({
    kind: "drop-scope",
    priority: "low",
    title: `Drop the share scope \`${scope}\``,
    evidence,
  }));
}
