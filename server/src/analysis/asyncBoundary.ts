/** Shared modules that an entry reaches without an `import()` between: they are not ready when the page starts. */
import { append } from "../base/append.ts";
import type { Container } from "../graph/container.ts";
import { containerGraph } from "../graph/index.ts";
import { CHOSEN_REQUIRE, type Connection } from "../graph/module.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

export interface BoundaryViolation {
  /** The file that asks for the shared module, and its request. */
  readonly file: FilePath;
  readonly requestIndex: number | undefined;
  readonly shareKey: string;
  /** The entry's file, and its static request on the way there. */
  readonly entry: FilePath;
  readonly entryRequestIndex: number | undefined;
}

const SYNCHRONOUS = new Set([
  "esm import",
  "esm export",
  "cjs require",
  CHOSEN_REQUIRE,
  "import() eager",
  "cjs require context",
  "require.context",
  "amd define",
  "provided",
]);

/** One violation for each share key, at the first place in the order of loading. */
export function asyncBoundaryViolations(db: Db, container: Container): readonly BoundaryViolation[] {
  const graph = containerGraph(db, container.id);
  const outgoing = new Map<string, Connection[]>();
  for (const connection of graph.connections) {
    if (!SYNCHRONOUS.has(connection.dependencyType)) continue;
    append(outgoing, connection.from, connection);
  }
  const exposed = new Set(container.exposes.flatMap((expose) => expose.files));
  const violations = new Map<string, BoundaryViolation>();
  for (const origin of outgoing.keys()) {
    if (!origin.startsWith("entry ")) continue;
    for (const { to: entry } of outgoing.get(origin) ?? []) {
      // An entry that is also exposed need not be loaded as an entry at all.
      if (entry !== undefined && !exposed.has(entry)) walk(entry);
    }
  }
  return [...violations.values()];

  function walk(entry: FilePath): void {
    const seen = new Set([entry]);
    const queue: { readonly file: FilePath; readonly first: number | undefined }[] = [
      { file: entry, first: undefined },
    ];
    for (let at = 0; at < queue.length; at++) {
      const { file, first } = queue[at]!;
      // What stands in an installed package is not this app's to change.
      if (file.includes("/node_modules/")) continue;
      for (const { to, requestIndex } of outgoing.get(file) ?? []) {
        const target = to === undefined ? undefined : graph.modules.get(to);
        const entryRequestIndex = file === entry ? requestIndex : first;
        if (target?.type === "consume-shared" && !target.eager && requestIndex !== undefined) {
          if (!violations.has(target.shareKey)) {
            violations.set(target.shareKey, {
              file,
              requestIndex,
              shareKey: target.shareKey,
              entry,
              entryRequestIndex,
            });
          }
        } else if (target?.type === "normal" && !seen.has(target.file)) {
          seen.add(target.file);
          queue.push({ file: target.file, first: entryRequestIndex });
        }
      }
    }
  }
}
