/** What a container's exposed modules load later, by an `import()`. */
import { append } from "../base/append.ts";
import type { Container } from "../graph/container.ts";
import { containerGraph } from "../graph/index.ts";
import type { Connection } from "../graph/module.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/** The first `import()` of a file of the build that a host reaches through the exposes; installed packages aside. */
export function firstLazyPart(db: Db, container: Container): Connection | undefined {
  const { connections, modules } = containerGraph(db, container.id);
  const outgoing = new Map<string, Connection[]>();
  for (const connection of connections) {
    const isFile = connection.to !== undefined && modules.get(connection.to)?.type === "normal";
    if (isFile && connection.state === "active") append(outgoing, connection.from, connection);
  }
  const seen = new Set<FilePath>(container.exposes.flatMap(({ files }) => files.filter((file) => file !== undefined)));
  for (const file of seen) {
    if (file.includes("/node_modules/")) continue;
    for (const connection of outgoing.get(file) ?? []) {
      if (connection.dependencyType === "import()" && connection.requestIndex !== undefined) return connection;
      seen.add(connection.to!);
    }
  }
  return undefined;
}
