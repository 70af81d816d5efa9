/**
 * Pages: a host and every container that its remotes lead to. Containers that nobody has as a remote are hosts; of
 * containers that are each other's remotes, any can be.
 */
import type { Container, ContainerId } from "../graph/container.ts";
import { containerById, containers } from "../graph/index.ts";
import { query } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";

/** The containers of one page, the host first, then in the order in which remotes lead to them. */
export type PageMembers = readonly ContainerId[];

const pageTable = query<World, ReadonlyMap<ContainerId, readonly PageMembers[]>>("pages", (db) => {
  const all = containers(db);
  const remoteOf = new Set(all.flatMap((container) => container.remotes.map((remote) => remote.container)));
  const reached = new Set<ContainerId>();
  const byContainer = new Map<ContainerId, PageMembers[]>(all.map(({ id }) => [id, []]));
  const addPage = (host: Container): void => {
    const page = membersFrom(db, host.id);
    for (const id of page) {
      reached.add(id);
      byContainer.get(id)?.push(page);
    }
  };
  for (const host of all) if (!remoteOf.has(host.id)) addPage(host);
  // Containers that are each other's remotes: any of them can be the host.
  for (const container of all) {
    const leadsOn = container.remotes.some(({ container: to }) => to !== undefined);
    if (remoteOf.has(container.id) && (!reached.has(container.id) || leadsOn)) addPage(container);
  }
  return byContainer;
});

function membersFrom(db: Db, host: ContainerId): PageMembers {
  const page = new Set<ContainerId>([host]);
  for (const id of page) {
    for (const remote of containerById(db, id)?.remotes ?? []) {
      if (remote.container !== undefined) page.add(remote.container);
    }
  }
  return [...page];
}

/** The pages on which a container can stand. */
export function pagesOf(db: Db, id: ContainerId): readonly PageMembers[] {
  return db.get(pageTable).get(id) ?? [];
}
