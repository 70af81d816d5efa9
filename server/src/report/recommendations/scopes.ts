/** Share scopes that could be one, and scopes that nothing uses. */

import { canMeet } from "../../analysis/meeting.ts";
import type { Container } from "../../graph/container.ts";
import { containerGraph, containers, shareKeys } from "../../graph/index.ts";
import type { ConsumeShared } from "../../model/shared.ts";
import { withEntryOption, withoutEntry } from "../../syntax/sharedEntryEdit.ts";
import type { Db } from "../../vfs/vfs.ts";
import { entryFix } from "../entryFix.ts";
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

function entriesIn({ consumes }: Container, scope: string): readonly ConsumeShared[] {
  return consumes.filter(({ shareScopes }) => shareScopes.includes(scope));
}

/** Two scopes that share the same libraries on one page load each of them twice. */
export function mergeScopes(db: Db): readonly Recommendation[] {
  const scopes = [...keysByScope(db)];
  return scopes.flatMap(([left, leftKeys], index) =>
    scopes.slice(index + 1).flatMap(([right, rightKeys]): readonly Recommendation[] => {
      const common = [...leftKeys].filter((key) => rightKeys.has(key));
      const similar = common.length / Math.min(leftKeys.size, rightKeys.size);
      if (common.length === 0 || similar < SIMILAR) return [];
      const ofLeft = containers(db).filter((container) => entriesIn(container, left).length > 0);
      const ofRight = containers(db).filter((container) => entriesIn(container, right).length > 0);
      if (!ofLeft.some((one) => ofRight.some((other) => one.id === other.id || canMeet(db, one, other)))) return [];
      const [kept, given] = right === "default" ? [right, left] : [left, right];
      const users = given === right ? ofRight : ofLeft;
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
            ...users.flatMap((container) =>
              entriesIn(container, given).map(({ source, request }) => ({
                text: `${appName(db, container.id)} shares ${request} in \`${given}\``,
                source,
              })),
            ),
            {
              text: `used by ${[...new Set([...ofLeft, ...ofRight])].map(({ id }) => appName(db, id)).join(", ")}`,
              source: undefined,
            },
          ],
          ...moved(db, users, given, kept),
        },
      ];
    }),
  );
}

/** Where the entries alone name the scope that is given up, and none of them stands in the kept one already. */
function moved(db: Db, users: readonly Container[], given: string, kept: string): Pick<Recommendation, "fix"> {
  const named = containers(db).some(
    ({ shareScopes, remotes, elsewhere }) =>
      elsewhere || shareScopes.includes(given) || remotes.some((remote) => remote.shareScopes.includes(given)),
  );
  const entries = users.flatMap((container) => {
    const present = new Set(entriesIn(container, kept).map(({ shareKey }) => shareKey));
    return entriesIn(container, given).map((entry) => ({ entry, twice: present.has(entry.shareKey) }));
  });
  if (named || entries.some(({ entry, twice }) => twice || entry.shareScopes.length > 1)) return {};
  return entryFix(
    db,
    `Share in \`${kept}\`, not in \`${given}\``,
    entries.map(({ entry: { source } }) => source),
    (file, text, key) => withEntryOption(file, text, key, "shareScope", JSON.stringify(kept)),
  );
}

/** Named in a configuration, and no module of the workspace consumes or provides in it. */
export function unusedScopes(db: Db): readonly Recommendation[] {
  const used = keysByScope(db);
  const named = new Map<string, { readonly container: Container; readonly entry: ConsumeShared }[]>();
  const uncertain = new Set<string>();
  for (const container of containers(db)) {
    const { complete, modules } = containerGraph(db, container.id);
    for (const entry of container.consumes) {
      for (const scope of entry.shareScopes) {
        if (used.has(scope)) continue;
        // What is not all known may import it after all.
        if (!complete || modules.size === 0 || entry.unknownOptions.length > 0) uncertain.add(scope);
        named.set(scope, [...(named.get(scope) ?? []), { container, entry }]);
      }
    }
  }
  return [...named].flatMap(([scope, entries]): readonly Recommendation[] => {
    if (uncertain.has(scope)) return [];
    const evidence = entries.map(
      ({ container, entry }): Evidence => ({
        text: `${appName(db, container.id)} shares ${entry.request} in it, and imports it nowhere`,
        source: entry.source,
      }),
    );
    const keys = entries.map(({ entry: { source } }) => source);
    const alone = entries.every(({ entry }) => entry.shareScopes.length === 1);
    return [
      {
        kind: "drop-scope",
        priority: "low",
        title: `Drop the share scope \`${scope}\``,
        evidence,
        ...(alone ? entryFix(db, `Remove what is shared in \`${scope}\``, keys, withoutEntry) : {}),
      },
    ];
  });
}
