/** Files of the workspace's builds that ask for a shared file past its share key. */
import { containerGraph, containers } from "../graph/index.ts";
import { type FilePath, isInside, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/** Importers outside of the file's own package folder that do not go through the share scope. */
export function fallbackUsers(db: Db, file: FilePath): readonly FilePath[] {
  const users = new Set<FilePath>();
  for (const { id } of containers(db)) {
    const { modules, connections } = containerGraph(db, id);
    for (const { from, to } of connections) {
      if (to === file && modules.get(from)?.type === "normal" && !isInside(from, parentPath(file))) users.add(from);
    }
  }
  return [...users];
}
