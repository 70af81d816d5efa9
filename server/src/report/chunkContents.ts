/**
 * Which modules lie in which chunk of a build, before chunks are split: chunks begin at entries, at exposed modules and at
 * what is asked for by `import()`.
 */
import { MultiMap } from "../base/multiMap.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerGraph } from "../graph/index.ts";
import { ASYNCHRONOUS } from "../graph/module.ts";
import { buildUsage } from "../usage/usedExports.ts";
import type { Db } from "../vfs/vfs.ts";

/** As webpack makes chunk names of paths. */
export function chunkId(path: string): string {
  return path.replace(/^(\.\.?\/)+/, "").replace(/(^[.-]|[^a-zA-Z0-9_-])+/g, "_");
}

/** Which modules of one type lie in which chunk, and are not there already when it loads. */
export class ChunkContents {
  readonly #synchronous = new MultiMap<string, string>();
  readonly #entries: string[] = [];
  /** Module that begins a chunk of its own to the modules that ask for it. */
  readonly #asyncRoots = new MultiMap<string, string>();
  readonly #wanted = new Set<string>();
  readonly #provides = new Set<string>();
  #exposes = false;

  constructor(db: Db, id: ContainerId, type: "consume-shared" | "remote") {
    const graph = containerGraph(db, id);
    const active = buildUsage(db, id).connections;
    for (const [index, { from, to, dependencyType }] of graph.connections.entries()) {
      if (to === undefined || active[index] === undefined) continue;
      const origin = graph.modules.get(from);
      const isShared = origin?.type === "consume-shared" || origin?.type === "provide-shared";
      if (origin?.type === "provide-shared") this.#provides.add(from);
      if (origin?.type === "container-entry") this.#exposes = true;
      if (origin === undefined) this.#entries.push(to);
      else if (isShared ? !origin.eager : ASYNCHRONOUS.has(dependencyType) || origin.type === "container-entry") {
        this.#asyncRoots.add(to, from);
      } else this.#synchronous.add(from, to);
      if (graph.modules.get(to)?.type === type) this.#wanted.add(to);
    }
  }

  initial(): ReadonlySet<string> {
    return this.#wantedIn(this.#reach(this.#entries));
  }

  mapping(): ReadonlyMap<string, ReadonlySet<string>> {
    const contents = new Map<string, ReadonlySet<string>>();
    const entry = this.#reach(this.#entries);
    for (const root of this.#asyncRoots.keys()) contents.set(root, this.#reach([root]));
    const available = this.#available(contents, entry);
    const found = new Map<string, ReadonlySet<string>>();
    for (const [root, modules] of contents) {
      const there = available.get(root) ?? new Set();
      const waits = [...this.#wantedIn(modules)].filter((module) => !there.has(module));
      found.set(root, new Set(waits));
    }
    return found;
  }

  /** What is there in any case when a chunk is asked for: common to all that may ask. */
  #available(
    contents: ReadonlyMap<string, ReadonlySet<string>>,
    entry: ReadonlySet<string>,
  ): ReadonlyMap<string, ReadonlySet<string>> {
    const available = new Map<string, ReadonlySet<string>>();
    for (let changed = true; changed; ) {
      changed = false;
      for (const root of contents.keys()) {
        const askers = this.#asyncRoots.values(root);
        const ways: ReadonlySet<string>[] = [];
        for (const asker of askers) {
          // Provided modules belong to the entries.
          if (this.#provides.has(asker)) {
            ways.push(entry, ...(this.#exposes ? [new Set<string>()] : []));
            continue;
          }
          if (entry.has(asker)) ways.push(entry);
          let reached = entry.has(asker);
          for (const [other, modules] of contents) {
            const there = available.get(other);
            if (!modules.has(asker)) continue;
            reached = true;
            if (there !== undefined) ways.push(new Set([...there, ...modules]));
          }
          // Nothing leads to it but the container itself.
          if (!reached) ways.push(new Set());
        }
        if (ways.length === 0) continue;
        const common = new Set([...ways[0]!].filter((module) => ways.every((way) => way.has(module))));
        if (available.get(root)?.size === common.size) continue;
        available.set(root, common);
        changed = true;
      }
    }
    return available;
  }

  #wantedIn(modules: ReadonlySet<string>): ReadonlySet<string> {
    return new Set([...modules].filter((module) => this.#wanted.has(module)));
  }

  #reach(starts: Iterable<string>): ReadonlySet<string> {
    const reached = new Set<string>();
    const stack = [...starts];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      stack.push(...this.#synchronous.values(next));
    }
    return reached;
  }
}
