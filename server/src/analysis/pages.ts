/**
 * Pages: a host and every container that its remotes lead to. Containers that nobody has as a remote are hosts; of
 * containers in a circle of remotes, any can be. A server's process and a worker count as pages of their own.
 */
import { append } from "../base/append.ts";
import type { Container, ContainerId } from "../graph/container.ts";
import { containerById, containers, containersElsewhere, remoteContainer } from "../graph/index.ts";
import { query } from "../query/database.ts";
import { isInside } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";

/** The containers of one page, the host first, then in the order in which remotes lead to them. */
export type PageMembers = readonly ContainerId[];

const pageTable = query<World, ReadonlyMap<ContainerId, readonly PageMembers[]>>("pages", (db) => {
  const joined = new Set([...db.get(joinedTable).values()].flat().map(({ id }) => id));
  const all = [...containers(db), ...containersElsewhere(db)].filter(({ id }) => !joined.has(id));
  const remoteOf = new Set(all.flatMap((container) => (isFirst(container) ? db.get(loadedBy, container.id) : [])));
  const byContainer = new Map<ContainerId, PageMembers[]>(all.map(({ id }) => [id, []]));
  for (const { id } of all) {
    if (!isFirst(containerById(db, id)!) || (remoteOf.has(id) && !leadsToItself(db, id))) continue;
    const page = membersFrom(db, [id]);
    for (const member of page) byContainer.get(member)?.push(page);
  }
  return byContainer;
});

/** Calls of `init` in the code of a build under the build's own name: the instance that there is takes their remotes. */
const joinedTable = query<World, ReadonlyMap<ContainerId, readonly Container[]>>("joinedInstances", (db) => {
  const all = containers(db);
  const joined = new Map<ContainerId, Container[]>();
  for (const call of all) {
    if (call.config.bundler !== "runtime" || call.name === undefined || sharesAnything(call)) continue;
    for (const build of all) {
      if (build.config.bundler === "runtime" || build.name !== call.name || build.runtime !== "mf2") continue;
      if (isInside(call.config.file, build.context) && runTogether(build, call)) append(joined, build.id, call);
    }
  }
  return joined;
});

/** A container, and the calls of `init` that add to its instance: all have remotes of it. */
export function withJoined(db: Db, container: Container): readonly Container[] {
  return [container, ...(db.get(joinedTable).get(container.id) ?? [])];
}

function sharesAnything({ consumes, provides, complete }: Container): boolean {
  return consumes.length > 0 || provides.length > 0 || !complete.shared;
}

/** The containers that one build makes for several plugin instances, from the first on: all register what all share. */
export function ofOneBuild({ id, plugins = [] }: Container): readonly ContainerId[] {
  return [...new Set([...plugins.map(({ owner }) => owner), id])];
}

function isFirst(container: Container): boolean {
  return ofOneBuild(container)[0] === container.id;
}

/** The containers that are its remotes and run where it runs, and those of its build. */
const loadedBy = query<World, readonly ContainerId[]>("loadedBy", (db, id) => {
  const container = containerById(db, id);
  if (container === undefined) return [];
  const beside = ofOneBuild(container).filter((id) => id !== container.id);
  return [...beside, ...remotesOf(db, container)];
});

function remotesOf(db: Db, container: Container): readonly ContainerId[] {
  const remotes = withJoined(db, container).flatMap((instance) => instance.remotes);
  return remotes.flatMap((remote) => {
    const loaded = remoteContainer(db, remote);
    return loaded === undefined || loaded.id === container.id || !runTogether(container, loaded) ? [] : [loaded.id];
  });
}

function membersFrom(db: Db, begin: readonly ContainerId[]): PageMembers {
  const page = new Set<ContainerId>(begin);
  for (const id of page) for (const loaded of db.get(loadedBy, id)) page.add(loaded);
  return [...page];
}

function leadsToItself(db: Db, id: ContainerId): boolean {
  return membersFrom(db, db.get(loadedBy, id)).includes(id);
}

/** A server does not run the browser's build of a remote. */
function runTogether({ platform: left }: Container, { platform: right }: Container): boolean {
  return left === undefined || right === undefined || left === right;
}

/** The pages on which a container can stand. */
export function pagesOf(db: Db, id: ContainerId): readonly PageMembers[] {
  return db.get(pageTable).get(id) ?? [];
}

/** The page of a host; without members where it is none. */
export function pageOf(db: Db, host: ContainerId): PageMembers {
  return pagesOf(db, host).find(([first]) => first === host) ?? [];
}
