/** What code takes of a shared file past its share key, in builds that bundle it as it is. */
import { containerGraph, containers } from "../graph/index.ts";
import { type FilePath, isInside, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { buildUsage } from "./usedExports.ts";

/** Names that importers outside of the file's own folder take; `undefined` where some take the whole. */
export function namesUsedDirectly(db: Db, file: FilePath): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { id } of containers(db)) {
    const { modules, connections } = containerGraph(db, id);
    for (const [index, { from, to }] of connections.entries()) {
      if (to !== file || modules.get(from)?.type !== "normal" || isInside(from, parentPath(file))) continue;
      for (const name of buildUsage(db, id).connections.get(index) ?? []) {
        if (name === "") return undefined;
        names.add(name.split(".")[0]!);
      }
    }
  }
  return names;
}
