/**
 * Modules that a build holds because something shared asks for them: descendants of consume-shared modules. What they
 * import is only used through the share scope, so a bundler may mark those imports as pure.
 */
import { MultiMap } from "../base/multiMap.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerGraph } from "../graph/index.ts";
import { CHOSEN_REQUIRE } from "../graph/module.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";

export interface Descendant {
  readonly file: FilePath;
  /** Share keys whose fallback leads to it, sorted. */
  readonly shareKeys: readonly string[];
  /** Steps from the nearest consume-shared module: 1 for a fallback. */
  readonly depth: number;
  /** Requests of the imports and requires in it that a `#__PURE__` mark applies to, in order. */
  readonly pureImports: readonly string[];
}

const PURE_KINDS: ReadonlySet<string> = new Set([
  "esm import",
  "esm export",
  "cjs require",
  CHOSEN_REQUIRE,
  "cjs require context",
  "require.context",
]);

const descendants = query<World, readonly Descendant[]>("shareDescendants", (db, id) => {
  const graph = containerGraph(db, id);
  const outgoing = new MultiMap<string, string>();
  const imports = new MultiMap<string, string>();
  for (const { from, to, request, dependencyType } of graph.connections) {
    if (to === undefined || graph.modules.get(from)?.type !== "normal") continue;
    outgoing.add(from, to);
    if (PURE_KINDS.has(dependencyType)) imports.add(from, request);
  }
  const keys = new MultiMap<string, string>();
  const depths = new Map<string, number>();
  for (const module of graph.modules.values()) {
    if (module.type !== "consume-shared" || module.fallback === null) continue;
    let level = [module.fallback as string];
    const seen = new Set<string>();
    for (let depth = 1; level.length > 0; depth++) {
      const next: string[] = [];
      for (const file of level) {
        if (seen.has(file) || graph.modules.get(file)?.type !== "normal") continue;
        seen.add(file);
        keys.add(file, module.shareKey);
        depths.set(file, Math.min(depth, depths.get(file) ?? depth));
        next.push(...outgoing.values(file));
      }
      level = next;
    }
  }
  return [...keys.keys()].sort().map((file) => ({
    file,
    shareKeys: [...keys.values(file)].sort(),
    depth: depths.get(file)!,
    pureImports: [...imports.values(file)],
  }));
});

/** Of one container's build, sorted by file. */
export function shareDescendants(db: Db, container: ContainerId): readonly Descendant[] {
  return db.get(descendants, container);
}
