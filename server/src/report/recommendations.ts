/** What could be better in how the workspace shares, each with the evidence for it and, where it is certain, the edit. */

import type { Db } from "../vfs/vfs.ts";
import type { Recommendation } from "./recommendation.ts";
import { importNames, splitBuilds } from "./recommendations/builds.ts";
import { bypassedKeys, duplicateCopies } from "./recommendations/duplicates.ts";
import { deduplicateVersions, rangeChanges } from "./recommendations/ranges.ts";
import { mergeScopes, unusedScopes } from "./recommendations/scopes.ts";
import { keepUsedExports, stopSharing } from "./recommendations/sharing.ts";

const ORDER = { high: 0, medium: 1, low: 2 };

/** Most urgent first; of one priority in a fixed order. */
export function recommendations(db: Db): readonly Recommendation[] {
  const all = [
    ...rangeChanges(db),
    ...deduplicateVersions(db),
    ...bypassedKeys(db),
    ...duplicateCopies(db),
    ...stopSharing(db),
    ...keepUsedExports(db),
    ...importNames(db),
    ...splitBuilds(db),
    ...mergeScopes(db),
    ...unusedScopes(db),
  ];
  return all.sort((left, right) => ORDER[left.priority] - ORDER[right.priority]);
}

/** Those with an edit that rest on the graph alone: for them nobody has to know which exports are used. */
export function sharingFixes(db: Db): readonly Recommendation[] {
  const all = [...rangeChanges(db), ...bypassedKeys(db), ...stopSharing(db), ...mergeScopes(db), ...unusedScopes(db)];
  return all.filter(({ fix }) => fix !== undefined);
}
