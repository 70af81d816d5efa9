/** What stands on a page and is not in the workspace: it may register versions that nobody here knows of. */
import { containerById } from "../graph/index.ts";
import { query } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { nameInScope } from "./pageModel.ts";
import { type PageMembers, pageOf, pagesOf, withJoined } from "./pages.ts";

export interface Outside {
  /** For people: ``the remote `search` of `shell` ``. */
  readonly text: string;
  /** How it would call itself in a share scope. */
  readonly from: string;
}

const outsideOfPage = query<World, readonly Outside[]>("outsideOfPage", (db, hostId) => {
  const found: Outside[] = [];
  const members = pageOf(db, hostId);
  for (const id of members) {
    const container = containerById(db, id);
    if (container === undefined) continue;
    const instances = withJoined(db, container);
    for (const { alias, remoteName, container: own, elsewhere } of instances.flatMap(({ remotes }) => remotes)) {
      if (own !== undefined || elsewhere !== undefined) continue;
      found.push({ text: `the remote \`${alias}\` of \`${nameInScope(container)}\``, from: remoteName ?? alias });
    }
    if (!instances.every(({ complete }) => complete.remotes)) {
      found.push({
        text: `another remote of \`${nameInScope(container)}\` that cannot be known statically`,
        from: "a remote",
      });
    }
  }
  const host = containerById(db, hostId);
  if (host !== undefined && host.exposes.length > 0 && pagesOf(db, host.id).every(([first]) => first === host.id)) {
    found.push({ text: `a host of \`${nameInScope(host)}\` that is not in the workspace`, from: "the host" });
  }
  return found;
});

/** Of one of the workspace's pages. */
export function outsideOf(db: Db, [host = ""]: PageMembers): readonly Outside[] {
  return db.get(outsideOfPage, host);
}
