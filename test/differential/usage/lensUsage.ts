/** The same facts of a program as this project tells them. */
import { containerGraph, containers } from "../../../server/src/graph/index.ts";
import { createNodeHost } from "../../../server/src/host/nodeHost.ts";
import { openWorkspace } from "../../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../../server/src/project/workspace.ts";
import { buildUsage } from "../../../server/src/usage/usedExports.ts";
import { type BuiltUsage, rowOf } from "./webpackUsage.ts";

export function lensUsage(folder: string): Pick<BuiltUsage, "shared" | "own"> {
  const { db } = openWorkspace(createNodeHost(), [folder], defaultSettings);
  const [container] = containers(db);
  if (container === undefined) throw new Error("no container found");
  const graph = containerGraph(db, container.id);
  const shared: Record<string, readonly string[]> = {};
  const own: Record<string, readonly string[]> = {};
  for (const [id, { used, whole, importers }] of buildUsage(db, container.id).modules) {
    const module = graph.modules.get(id);
    if (module?.type === "consume-shared" && importers.length > 0)
      shared[module.shareKey] = rowOf(whole ? ["*"] : used);
    else if (module?.type === "normal" && !module.file.includes("/node_modules/")) {
      const heads = used.map((path) => path.split(".")[0]!);
      own[module.file.slice(folder.length + 1)] = rowOf(whole ? ["*"] : heads);
    }
  }
  return { shared, own };
}
