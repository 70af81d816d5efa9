/** What `treeShaking` of the 2.x plugins would keep of each shared key, and the list for the configuration. */
import type { ContainerId } from "../graph/container.ts";
import { consumesOf, containerById, usedElsewhere } from "../graph/index.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { decisionsOf, type SharedUsage, workspaceUsage } from "./sharedUsage.ts";

export interface KeptExports {
  readonly shareScope: string;
  readonly shareKey: string;
  /** First members of what the workspace uses, sorted; `undefined` where the whole is taken, so nothing can go. */
  readonly usedExports: readonly string[] | undefined;
  /** Why there is no list, or what it rests on. */
  readonly reason: string;
  /** Entries of `shared` that the list is for. */
  readonly places: readonly { readonly container: ContainerId; readonly source: SourceRange }[];
}

/** Of every shared key that some code imports. */
export function keptExports(db: Db): readonly KeptExports[] {
  return workspaceUsage(db).map((row) => keptOf(db, row));
}

function keptOf(db: Db, row: SharedUsage): KeptExports {
  const { shareScope, shareKey } = row;
  const places = consumesOf(db, shareScope, shareKey).flatMap(({ container, consume }) => {
    const owner = containerById(db, container);
    const written = owner?.elsewhere ? undefined : owner?.consumes[consume];
    return written === undefined ? [] : [{ container, source: written.source }];
  });
  const unique = places.filter(
    (place, index) => places.findIndex(({ source }) => sameSource(source, place.source)) === index,
  );
  const base = { shareScope, shareKey, places: unique };
  if (row.exposed) return { ...base, usedExports: undefined, reason: "a container exposes the module itself" };
  if (row.whole) return { ...base, usedExports: undefined, reason: "some importer takes the whole module" };
  const elsewhere = usedElsewhere(db, shareScope, shareKey);
  if (elsewhere?.whole)
    return { ...base, usedExports: undefined, reason: "another repository may take the whole module" };
  if (row.confidence === "low")
    return { ...base, usedExports: undefined, reason: "a file that imports it is not understood" };
  const kept = decisionsOf(row).filter(({ action }) => action === "keep" || action === "partial-elimination");
  const used = new Set([...row.used, ...(elsewhere?.used ?? [])].map((path) => path.split(".")[0]!));
  const names = [...kept.map(({ name }) => name), ...(elsewhere?.used ?? []).map((path) => path.split(".")[0]!)];
  const usedExports = [...new Set(names)].filter((name) => used.has(name)).sort();
  const certain =
    row.confidence === "high" ? "every build of the workspace is known" : "a part of the build is not known";
  return { ...base, usedExports, reason: certain };
}

function sameSource(left: SourceRange, right: SourceRange): boolean {
  return left.file === right.file && left.range.start === right.range.start;
}
