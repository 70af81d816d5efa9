/** The same facts of a program as this project tells them. */
import { containerById, containerGraph, containers } from "../../../server/src/graph/index.ts";
import { resolveOptionsOf } from "../../../server/src/graph/resolveOptions.ts";
import { createNodeHost } from "../../../server/src/host/nodeHost.ts";
import { openWorkspace } from "../../../server/src/ide/workspace.ts";
import { defaultSettings } from "../../../server/src/project/workspace.ts";
import { providedExports } from "../../../server/src/usage/providedExports.ts";
import { buildUsage } from "../../../server/src/usage/usedExports.ts";
import type { FoundUsage } from "./compareUsage.ts";
import { headsOf } from "./rspackUsage.ts";
import { rowOf } from "./webpackUsage.ts";

export function lensUsage(folder: string, bundler: "webpack" | "rspack"): FoundUsage {
  const { db } = openWorkspace(createNodeHost(), [folder], { ...defaultSettings, assumeBundler: bundler });
  const [container] = containers(db);
  if (container === undefined) throw new Error("no container found");
  const graph = containerGraph(db, container.id);
  const options = resolveOptionsOf(containerById(db, container.id)!.config);
  const shared: Record<string, readonly string[]> = {};
  const own: Record<string, readonly string[]> = {};
  const provided: Record<string, readonly string[] | null> = {};
  for (const [id, { used, whole, importers, written }] of buildUsage(db, container.id).modules) {
    const module = graph.modules.get(id);
    if (module?.type === "consume-shared" && importers.length > 0)
      shared[module.shareKey] =
        written !== undefined
          ? headsOf(module.shareKey, written, [])
          : whole
            ? ["*"]
            : bundler === "rspack"
              ? headsOf(module.shareKey, used, ["*"])
              : rowOf(used);
    else if (module?.type === "normal") {
      const file = module.file.slice(folder.length + 1);
      provided[file] = providedExports(db, module.file, options);
      const heads = used.map((path) => path.split(".")[0]!);
      if (!file.startsWith("node_modules/")) own[file] = rowOf(whole ? ["*"] : heads);
    }
  }
  return { shared, own, provided };
}
