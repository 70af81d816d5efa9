/** Which containers can stand on one page: what happens to one matters to another only then. */
import type { Container, ContainerId } from "../graph/container.ts";
import { containerById, containers } from "../graph/index.ts";
import { query } from "../query/database.ts";
import { parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { pagesOf } from "./pages.ts";

const anyEdge = query<World, boolean>("anyRemoteEdge", (db) =>
  containers(db).some((container) =>
    container.remotes.some((remote) => (remote.container ?? remote.elsewhere) !== undefined),
  ),
);

/** Their folders lie side by side, as those of one product's apps do. */
export function areSiblings(left: Container, right: Container): boolean {
  return parentPath(left.context) === parentPath(right.context);
}

/** Some page holds both. Where no remote of the workspace is known, apps side by side are taken to meet. */
export function canMeet(db: Db, left: Container, right: Container): boolean {
  if (onOnePage(db, left.id, right.id)) return true;
  return !db.get(anyEdge) && areSiblings(left, right);
}

export function onOnePage(db: Db, left: ContainerId, right: ContainerId): boolean {
  return pagesOf(db, left).some((page) => page.includes(right));
}

/** Of some containers, those that can meet another of them. */
export function meetingOthers(db: Db, ids: readonly ContainerId[]): readonly ContainerId[] {
  return ids.filter((id) => ids.some((other) => other !== id && canMeetById(db, id, other)));
}

export function canMeetById(db: Db, left: ContainerId, right: ContainerId): boolean {
  if (left === right) return true;
  const [one, other] = [containerById(db, left), containerById(db, right)];
  return one !== undefined && other !== undefined && canMeet(db, one, other);
}
