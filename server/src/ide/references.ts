/** Every place that asks for a share key, an exposed module or a remote, over all builds of the workspace. */
import type { Container } from "../graph/container.ts";
import { consumesOf, containers, importersOf, remoteModules } from "../graph/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { importersOfExpose, importTargets, requestPlaces, type Target, targetsAt } from "./targets.ts";

/** `declarations` adds the entries of the configurations. Each place once, by file and offset. */
export function references(db: Db, file: FilePath, offset: number, declarations: boolean): readonly SourceRange[] {
  const places = new Map<string, SourceRange>();
  for (const target of targetsAt(db, file, offset)) {
    for (const place of referencesTo(db, target, declarations))
      places.set(`${place.file}\0${place.range.start}`, place);
  }
  return [...places.values()].sort((left, right) =>
    left.file === right.file ? left.range.start - right.range.start : left.file < right.file ? -1 : 1,
  );
}

function referencesTo(db: Db, target: Target, declarations: boolean): readonly SourceRange[] {
  switch (target.kind) {
    case "shared import":
      return shareReferences(db, target.module.shareScope, target.module.shareKey, declarations);
    case "shared key":
      return shareReferences(db, target.shareScope, target.shareKey, declarations);
    case "remote import": {
      const { provider, expose, remote } = target.target;
      if (provider !== undefined) return exposeReferences(db, provider, expose, declarations);
      return requestReferences(db, target.container, target.request, declarations ? [remote.keySource] : []);
    }
    case "expose":
      return exposeReferences(db, target.container, target.expose.key, declarations);
    case "remote":
      return remoteReferences(db, target.container, target.remote.alias, declarations ? [target.remote.keySource] : []);
  }
}

/** The imports of a share key, and the entries that share it. */
export function shareReferences(
  db: Db,
  shareScope: string,
  shareKey: string,
  declarations: boolean,
): readonly SourceRange[] {
  const places: SourceRange[] = [];
  for (const module of consumesOf(db, shareScope, shareKey)) {
    for (const file of importersOf(db, module.container, module.id)) {
      for (const target of importTargets(db, file)) {
        if (target.kind === "shared import" && target.module.id === module.id)
          places.push({ file, range: target.range });
      }
    }
  }
  if (!declarations) return places;
  const entries = containers(db).flatMap(({ consumes }) =>
    consumes.filter((item) => item.shareKey === shareKey && item.shareScopes.includes(shareScope)),
  );
  return [...places, ...entries.map(({ source }) => source)];
}

/** The imports of an exposed module. */
export function exposeReferences(
  db: Db,
  provider: Container,
  key: string,
  declarations: boolean,
): readonly SourceRange[] {
  const places = importersOfExpose(db, provider, key).flatMap(({ file, request }) => requestPlaces(db, file, request));
  const keys = provider.exposes.filter((expose) => expose.key === key).map(({ keySource }) => keySource);
  return declarations ? [...places, ...keys] : places;
}

function requestReferences(
  db: Db,
  container: Container,
  request: string,
  declarations: readonly SourceRange[],
): readonly SourceRange[] {
  return [
    ...remoteReferences(db, container, undefined, []).filter((place) => isRequest(db, place, request)),
    ...declarations,
  ];
}

function isRequest(db: Db, place: SourceRange, request: string): boolean {
  return requestPlaces(db, place.file, request).some(({ range }) => range.start === place.range.start);
}

/** The imports through one remote of a container; through all of them without an alias. */
export function remoteReferences(
  db: Db,
  container: Container,
  alias: string | undefined,
  declarations: readonly SourceRange[],
): readonly SourceRange[] {
  const files = new Set(remoteModules(db, container.id).flatMap((module) => importersOf(db, container.id, module.id)));
  const places = [...files].flatMap((file) =>
    importTargets(db, file).flatMap((target) =>
      target.kind === "remote import" &&
      target.container.id === container.id &&
      (alias === undefined || target.target.remote.alias === alias)
        ? [{ file, range: target.range }]
        : [],
    ),
  );
  return [...places, ...declarations];
}
