/** What a bundle hands to the 2.x runtime beside its sharing: who it is, which remotes it knows, and which chunks ask them. */
import type { ContainerId } from "../graph/container.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import type { RemoteModule } from "../graph/module.ts";
import { remoteAddress } from "../graph/remoteAddress.ts";
import { query } from "../query/database.ts";
import { relativePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { ChunkContents, chunkId } from "./chunkContents.ts";

export interface RemoteInfo {
  readonly alias: string;
  readonly name: string;
  readonly entry: string;
  readonly externalType: string;
  readonly shareScope: string;
}

/** What a request for a remote's module asks for. */
export interface RemoteRequest {
  readonly shareScope: string;
  readonly name: string;
  readonly externalModuleId: string;
  readonly remoteName: string;
}

export interface RuntimeOptions {
  readonly name: string | undefined;
  readonly shareStrategy: "version-first" | "loaded-first";
  readonly remotes: readonly RemoteInfo[];
  /** By module. */
  readonly requests: Readonly<Record<string, RemoteRequest>>;
  /** By chunk, before chunks are split: the remotes' modules that it waits for. */
  readonly chunkMapping: Readonly<Record<string, readonly string[]>>;
}

const options = query<World, RuntimeOptions | undefined>("runtimeOptions", (db, id) => {
  const container = containerById(db, id);
  if (container === undefined) return undefined;
  const { modules } = containerGraph(db, id);
  const remoteModules = [...modules.values()].filter((module) => module.type === "remote");
  const idOf = (module: string): string | undefined => {
    const found = modules.get(module);
    return found?.type === "remote" ? requestId(found) : undefined;
  };
  const chunks = new ChunkContents(db, id, "remote");
  const entryName = container.config.build.entries[0]?.name ?? "main";
  const names = (ids: Iterable<string>): readonly string[] => [...ids].flatMap((module) => idOf(module) ?? []).sort();
  const waits = [[entryName, names(chunks.initial())] as const].concat(
    [...chunks.mapping()].map(([root, ids]) => {
      return [chunkId(idOf(root) ?? `./${relativePath(container.context, root)}`), names(ids)] as const;
    }),
  );
  return {
    name: container.name,
    shareStrategy: container.shareStrategy,
    remotes: container.remotes.flatMap(({ alias, addresses, shareScopes }) =>
      addresses.flatMap((address) => {
        const { remoteName, entry, externalType } = remoteAddress(address);
        const [shareScope = "default"] = shareScopes;
        return entry === undefined ? [] : [{ alias, name: remoteName ?? alias, entry, externalType, shareScope }];
      }),
    ),
    requests: Object.fromEntries(remoteModules.map((module) => [requestId(module), requestOf(module)])),
    chunkMapping: Object.fromEntries(waits.filter(([, ids]) => ids.length > 0)),
  };
});

/** `undefined` for no container. */
export function runtimeOptions(db: Db, container: ContainerId): RuntimeOptions | undefined {
  return db.get(options, container);
}

/** As the bundlers name the module. */
function requestId({ remote, internalRequest }: RemoteModule): string {
  return `webpack/container/remote/${remote}${internalRequest.slice(1)}`;
}

function requestOf({ remote, internalRequest, shareScopes: [shareScope = "default"] }: RemoteModule): RemoteRequest {
  return {
    shareScope,
    name: internalRequest,
    externalModuleId: `webpack/container/reference/${remote}`,
    remoteName: remote,
  };
}
