/**
 * Who consumes and provides a share key, over all containers. Every step is a memo of its own, so that an edit reaches
 * only the keys that it changes something of.
 */
import { append } from "../base/append.ts";
import { query } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";
import type { ContainerId } from "./container.ts";
import { containerGraph } from "./containerGraph.ts";
import { containers, containersElsewhere } from "./containers.ts";
import type { ConsumeSharedModule, ProvideSharedModule, RemoteModule } from "./module.ts";

/** Share scope and share key as one text, for maps. */
export function shareId(shareScope: string, shareKey: string): string {
  return `${shareScope}\0${shareKey}`;
}

/** What stands in a build beside files. */
interface FederatedModules {
  readonly consumes: readonly ConsumeSharedModule[];
  readonly provides: readonly ProvideSharedModule[];
  readonly remotes: readonly RemoteModule[];
}

const modulesOf = query<World, FederatedModules>("federatedModules", (db, id) => {
  const consumes: ConsumeSharedModule[] = [];
  const provides: ProvideSharedModule[] = [];
  const remotes: RemoteModule[] = [];
  for (const module of containerGraph(db, id).modules.values()) {
    // What a further plugin instance brings to the build is its own container's.
    if (module.type === "normal" || module.container !== id) continue;
    if (module.type === "consume-shared") consumes.push(module);
    else if (module.type === "provide-shared") provides.push(module);
    else if (module.type === "remote") remotes.push(module);
  }
  return { consumes, provides, remotes };
});

interface ShareTable {
  readonly consumes: ReadonlyMap<string, readonly ConsumeSharedModule[]>;
  readonly provides: ReadonlyMap<string, readonly ProvideSharedModule[]>;
}

const shareTable = query<World, ShareTable>("shareTable", (db) => {
  const consumes = new Map<string, ConsumeSharedModule[]>();
  const provides = new Map<string, ProvideSharedModule[]>();
  for (const { id } of [...containers(db), ...containersElsewhere(db)]) {
    const own = db.get(modulesOf, id);
    for (const module of own.consumes) append(consumes, shareId(module.shareScope, module.shareKey), module);
    for (const module of own.provides) append(provides, shareId(module.shareScope, module.shareKey), module);
  }
  return { consumes, provides };
});

const consumesTable = query<World, readonly ConsumeSharedModule[]>(
  "consumesOf",
  (db, id) => db.get(shareTable).consumes.get(id) ?? [],
);

const providesTable = query<World, readonly ProvideSharedModule[]>(
  "providesOf",
  (db, id) => db.get(shareTable).provides.get(id) ?? [],
);

export function consumesOf(db: Db, shareScope: string, shareKey: string): readonly ConsumeSharedModule[] {
  return db.get(consumesTable, shareId(shareScope, shareKey));
}

export function providesOf(db: Db, shareScope: string, shareKey: string): readonly ProvideSharedModule[] {
  return db.get(providesTable, shareId(shareScope, shareKey));
}

export interface ShareKey {
  readonly shareScope: string;
  readonly shareKey: string;
}

const keys = query<World, readonly ShareKey[]>("shareKeys", (db) => {
  const { consumes, provides } = db.get(shareTable);
  return [...new Set([...consumes.keys(), ...provides.keys()])].sort().map((id) => {
    const [shareScope = "", shareKey = ""] = id.split("\0");
    return { shareScope, shareKey };
  });
});

/** Every share scope and key that some module of the workspace consumes or provides, sorted. */
export function shareKeys(db: Db): readonly ShareKey[] {
  return db.get(keys);
}

const remotesTable = query<World, readonly RemoteModule[]>("remoteModules", (db, id) => db.get(modulesOf, id).remotes);

/** The remote modules that a container's code asks for. */
export function remoteModules(db: Db, id: ContainerId): readonly RemoteModule[] {
  return db.get(remotesTable, id);
}
