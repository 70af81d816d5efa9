/** What of the federation stands at a place: in an import's specifier, or at an entry of a configuration. */
import { containsOffset, type TextRange } from "../base/text.ts";
import type { Container, Expose, Remote } from "../graph/container.ts";
import {
  containerById,
  containerGraph,
  containers,
  federatedRequests,
  importersOf,
  type RemoteTarget,
  remoteModules,
  remoteTarget,
} from "../graph/index.ts";
import type { ConsumeSharedModule } from "../graph/module.ts";
import { factRanges, moduleFacts } from "../syntax/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";

export type Target =
  | { readonly kind: "shared import"; readonly range: TextRange; readonly module: ConsumeSharedModule }
  | {
      readonly kind: "remote import";
      readonly range: TextRange;
      readonly container: Container;
      readonly request: string;
      readonly target: RemoteTarget;
    }
  | {
      readonly kind: "shared key";
      readonly range: TextRange;
      readonly container: Container;
      readonly shareScope: string;
      readonly shareKey: string;
    }
  | { readonly kind: "expose"; readonly range: TextRange; readonly container: Container; readonly expose: Expose }
  | { readonly kind: "remote"; readonly range: TextRange; readonly container: Container; readonly remote: Remote };

/** One target for each build that the place belongs to. */
export function targetsAt(db: Db, file: FilePath, offset: number): readonly Target[] {
  return [...importTargets(db, file), ...configTargets(db, file)].filter(({ range }) => containsOffset(range, offset));
}

/** Every shared and remote import of a file. */
export function importTargets(db: Db, file: FilePath): readonly Target[] {
  const ranges = factRanges(db, file)?.requests;
  return federatedRequests(db, file).flatMap(({ container: id, request, requestIndex, to }): readonly Target[] => {
    const range = requestIndex === undefined ? undefined : ranges?.[requestIndex];
    const container = containerById(db, id);
    if (range === undefined || container === undefined) return [];
    const module = containerGraph(db, id).modules.get(to);
    if (module?.type === "consume-shared") return [{ kind: "shared import", range, module }];
    const target = remoteTarget(db, container, request);
    return target === undefined ? [] : [{ kind: "remote import", range, container, request, target }];
  });
}

/** Every entry of the federation configurations in a file. */
export function configTargets(db: Db, file: FilePath): readonly Target[] {
  const targets: Target[] = [];
  const add = (source: SourceRange, make: (range: TextRange) => Target): void => {
    if (source.file === file) targets.push(make(source.range));
  };
  for (const container of containers(db)) {
    for (const { source, shareScopes, shareKey } of container.consumes) {
      const shareScope = shareScopes[0] ?? "default";
      add(source, (range) => ({ kind: "shared key", range, container, shareScope, shareKey }));
    }
    for (const expose of container.exposes) {
      for (const source of [expose.keySource, expose.valueSource])
        add(source, (range) => ({ kind: "expose", range, container, expose }));
    }
    for (const remote of container.remotes) {
      for (const source of [remote.keySource, remote.valueSource])
        add(source, (range) => ({ kind: "remote", range, container, remote }));
    }
  }
  return targets;
}

/** The files that import an exposed module, with the container that they belong to and the request in their text. */
export interface ExposeImporter {
  readonly container: Container;
  readonly remote: Remote;
  readonly request: string;
  readonly file: FilePath;
}

export function importersOfExpose(db: Db, provider: Container, key: string): readonly ExposeImporter[] {
  return containers(db).flatMap((container) => importersOfRemotes(db, container, provider, key));
}

function importersOfRemotes(db: Db, container: Container, provider: Container, key: string): ExposeImporter[] {
  return remoteModules(db, container.id).flatMap((module) => {
    return importersOf(db, container.id, module.id).flatMap((file) =>
      remoteRequests(db, container, file)
        .filter(({ target, moduleId }) => {
          return moduleId === module.id && target.remote.container === provider.id && target.expose === key;
        })
        .map(({ target, request }) => ({ container, remote: target.remote, request, file })),
    );
  });
}

function remoteRequests(
  db: Db,
  container: Container,
  file: FilePath,
): readonly { readonly request: string; readonly moduleId: string; readonly target: RemoteTarget }[] {
  const seen = new Set<string>();
  return federatedRequests(db, file).flatMap(({ container: id, request, to }) => {
    const target = id === container.id && !seen.has(request) ? remoteTarget(db, container, request) : undefined;
    if (target === undefined) return [];
    seen.add(request);
    return [{ request, moduleId: to, target }];
  });
}

/** Where the literals of one request stand in a file. */
export function requestPlaces(db: Db, file: FilePath, request: string): readonly SourceRange[] {
  const ranges = factRanges(db, file)?.requests ?? [];
  return (moduleFacts(db, file)?.requests ?? []).flatMap(({ specifier }, index) => {
    const range = ranges[index];
    return specifier === request && range !== undefined ? [{ file, range }] : [];
  });
}
