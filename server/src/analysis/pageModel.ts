/** A page of the workspace as the runtimes see it: names, what each container registers of a share key, who loads whom. */
import { append } from "../base/append.ts";
import type { Container, ContainerId } from "../graph/container.ts";
import { containerById, containerGraph, providesOf, remoteModules, shareKeys } from "../graph/index.ts";
import type { ProvideSharedModule } from "../graph/module.ts";
import { remoteAddress } from "../graph/remoteAddress.ts";
import { query } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { ofOneBuild, type PageMembers, withJoined } from "./pages.ts";
import type { PageContainer, PageRemote } from "./runtime/pageContainer.ts";

/** How a container calls itself in a share scope. */
export function nameInScope(container: Container | undefined): string {
  if (container === undefined) return "?";
  return (
    (container.runtime === "webpack" ? (container.uniqueName ?? container.name) : container.name) ?? container.project
  );
}

const scopesTable = query<World, ReadonlyMap<string, readonly string[]>>("scopesOfShareKeys", (db) => {
  const scopes = new Map<string, string[]>();
  for (const { shareScope, shareKey } of shareKeys(db)) {
    append(scopes, shareKey, shareScope);
  }
  return scopes;
});

/** Share scopes in which some container of the workspace provides or consumes a key. */
export function scopesOf(db: Db, shareKey: string): readonly string[] {
  return db.get(scopesTable).get(shareKey) ?? [];
}

export function pageContainers(db: Db, page: PageMembers, shareKey: string): readonly PageContainer[] {
  const provides = new Map<ContainerId, ProvideSharedModule[]>(page.map((id) => [id, []]));
  for (const shareScope of scopesOf(db, shareKey)) {
    for (const provide of providesOf(db, shareScope, shareKey)) {
      const container = containerById(db, provide.container);
      const registering = container === undefined ? [provide.container] : ofOneBuild(container);
      for (const id of registering) provides.get(id)?.push(provide);
    }
  }
  return page.flatMap((id) => {
    const container = containerById(db, id);
    return container === undefined ? [] : [pageContainer(db, container, provides.get(id) ?? [])];
  });
}

function pageContainer(db: Db, container: Container, provides: readonly ProvideSharedModule[]): PageContainer {
  return {
    id: container.id,
    from: nameInScope(container),
    runtime: container.runtime,
    strategy: container.shareStrategy,
    shareScopes: container.shareScopes,
    provides: inBundleOrder(provides).map(({ shareScope, shareKey, version, eager }) => ({
      shareScope,
      shareKey,
      version: version === false ? "0" : version,
      eager,
    })),
    remotes: pageRemotes(db, container),
  };
}

/** Bundlers register what they provide in the order of the modules' identifiers. */
function inBundleOrder(provides: readonly ProvideSharedModule[]): readonly ProvideSharedModule[] {
  if (provides.length < 2) return provides;
  const text = ({ shareScope, shareKey, version, resource }: ProvideSharedModule) =>
    `provide module (${shareScope}) ${shareKey}@${version} = ${resource}`;
  return [...provides].sort((left, right) => (text(left) < text(right) ? -1 : 1));
}

const IMMEDIATE = /^(?:var|assign|this|window|self|global|commonjs)/;

const remotesTable = query<World, readonly PageRemote[]>("pageRemotes", (db, id) => {
  const container = containerById(db, id);
  if (container === undefined) return [];
  return withJoined(db, container).flatMap((instance) => remotesOf(db, instance));
});

/** webpack initialises what its modules import from, by name; the 2.x runtime whatever is configured, as written. */
export function pageRemotes(db: Db, container: Container): readonly PageRemote[] {
  return db.get(remotesTable, container.id);
}

function remotesOf(db: Db, container: Container): readonly PageRemote[] {
  const imported = new Set(remoteModules(db, container.id).map(({ remote }) => remote));
  const { complete } = containerGraph(db, container.id);
  const isWebpack = container.runtime === "webpack";
  const remotes = container.remotes.flatMap((remote) => {
    const leadsTo = remote.container ?? remote.elsewhere;
    if (leadsTo === undefined) return [];
    const type = remoteAddress(remote.addresses[0] ?? "").externalType;
    const isExternal = isWebpack || (isBundled(container) && (type !== "script" || remote.addresses.length > 1));
    const pageRemote: PageRemote = {
      container: leadsTo,
      shareScopes: remote.shareScopes,
      immediate: IMMEDIATE.test(type),
      external: isExternal,
      ...(remote.entry === undefined ? {} : { entry: remote.entry }),
      dormant: isExternal && complete && !imported.has(remote.alias),
    };
    return [{ alias: remote.alias, pageRemote }];
  });
  if (isWebpack) remotes.sort((left, right) => (left.alias < right.alias ? -1 : 1));
  return remotes.map(({ pageRemote }) => pageRemote);
}

/** The plugins that leave remotes of other types than scripts to the bundle. */
function isBundled({ implementation }: Container): boolean {
  return implementation === "enhanced" || implementation === "rspack";
}
