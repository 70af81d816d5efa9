/**
 * Who provides a share key and which version each consumer gets, over all pages that the workspace's containers can make:
 * a page begins with a host and holds every container that its remotes lead to. Where pages differ, the outcome is
 * unknown and the facts say so.
 */
import type { Container, ContainerId } from "../graph/container.ts";
import { consumesOf, containerById, containers, providesOf, shareKeys } from "../graph/index.ts";
import type { ConsumeSharedModule, ProvideSharedModule } from "../graph/module.ts";
import { manifestPlace } from "../project/manifest.ts";
import { manifestFor } from "../project/resolveModule.ts";
import { query } from "../query/database.ts";
import { parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { negotiate } from "./runtime/negotiate.ts";
import type { Negotiated } from "./runtime/outcome.ts";
import { isLower } from "./runtime/satisfy.ts";
import type { ScopeEntry } from "./runtime/scope.ts";
import type { ShareConsumer, ShareProvider, ShareResolution } from "./shareResolution.ts";

/** The containers that can stand on one page, the host first. */
const pageTable = query<World, readonly (readonly ContainerId[])[]>("pages", (db) => {
  const all = containers(db);
  const remoteOf = new Set(all.flatMap((container) => container.remotes.map((remote) => remote.container)));
  const hosts = all.filter(({ id }) => !remoteOf.has(id));
  const reached = new Set<ContainerId>();
  const pages: ContainerId[][] = [];
  const addPage = (host: Container): void => {
    const page: ContainerId[] = [];
    const queue: ContainerId[] = [host.id];
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
      if (page.includes(id)) continue;
      page.push(id);
      reached.add(id);
      for (const remote of containerById(db, id)?.remotes ?? [])
        if (remote.container !== undefined) queue.push(remote.container);
    }
    pages.push(page);
  };
  for (const host of hosts) addPage(host);
  // Containers that are each other's remotes: any of them can be the host.
  for (const container of all)
    if (!reached.has(container.id) || container.remotes.some(({ container: to }) => to !== undefined)) {
      if (remoteOf.has(container.id)) addPage(container);
    }
  return pages;
});

/** The pages on which a container can stand, each with its host first. */
export function pagesOf(db: Db, id: ContainerId): readonly (readonly ContainerId[])[] {
  return db.get(pageTable).filter((page) => page.includes(id));
}

const resolution = query<World, ShareResolution>("shareResolution", (db, key) => {
  const [shareScope = "", shareKey = ""] = key.split("\0");
  const provides = providesOf(db, shareScope, shareKey);
  const consumes = consumesOf(db, shareScope, shareKey);
  return {
    shareScope,
    shareKey,
    providers: provides.map((provide) => providerOf(db, provide)),
    consumers: consumes.map((consume) => consumerOf(db, consume, provides)),
  };
});

export function shareResolution(db: Db, shareScope: string, shareKey: string): ShareResolution {
  return db.get(resolution, `${shareScope}\0${shareKey}`);
}

/** Of every share scope and key. */
export function shareResolutions(db: Db): readonly ShareResolution[] {
  return shareKeys(db).map(({ shareScope, shareKey }) => shareResolution(db, shareScope, shareKey));
}

function providerOf(db: Db, provide: ProvideSharedModule): ShareProvider {
  const container = containerById(db, provide.container);
  const written = container?.provides[provide.provide];
  const manifest = manifestFor(db, parentPath(provide.resource));
  const place = manifest === undefined ? undefined : manifestPlace(db, manifest, ["version"]);
  return {
    container: provide.container,
    version: provide.version,
    eager: provide.eager,
    loaded: false,
    source: typeof written?.version === "object" ? written.source : place,
  };
}

/** How a container calls itself in a share scope. */
export function nameInScope(container: Container | undefined): string {
  if (container === undefined) return "?";
  return (
    (container.runtime === "webpack" ? (container.uniqueName ?? container.name) : container.name) ?? container.project
  );
}

/** Registered versions of a page, in order: the host's first; of equal versions the runtime's choice remains. */
function scopeOfPage(
  db: Db,
  page: readonly ContainerId[],
  consumer: Container,
  provides: readonly ProvideSharedModule[],
): Registered[] {
  const slots = new Map<string, Registered>();
  for (const id of page) {
    const container = containerById(db, id);
    if (container === undefined) continue;
    for (const provide of provides.filter((item) => item.container === id)) {
      const version = provide.version === false ? "0" : provide.version;
      const entry: Registered = {
        version,
        from: nameInScope(container),
        eager: provide.eager,
        loaded: consumer.shareStrategy === "loaded-first" && id === page[0] && consumer.id !== id,
        container: id,
      };
      const holder = slots.get(version);
      if (holder === undefined) slots.set(version, entry);
      else if (consumer.runtime === "webpack" && takesSlot(entry, holder)) slots.set(version, entry);
    }
  }
  return [...slots.values()];
}

interface Registered extends ScopeEntry {
  readonly container: ContainerId;
}

function takesSlot(entry: Registered, holder: Registered): boolean {
  if (holder.loaded) return false;
  return entry.eager === holder.eager ? entry.from > holder.from : entry.eager;
}

interface PageOutcome {
  readonly negotiated: Negotiated;
  readonly provider: ContainerId | undefined;
}

function consumerOf(db: Db, consume: ConsumeSharedModule, provides: readonly ProvideSharedModule[]): ShareConsumer {
  const container = containerById(db, consume.container)!;
  const written = container.consumes[consume.consume]!;
  const pages = pagesOf(db, consume.container);
  const outcomes = (pages.length === 0 ? [[consume.container]] : pages).map((page) =>
    outcomeOn(db, page, container, consume, provides),
  );
  const first = outcomes[0]!;
  const same = outcomes.every((other) => sameOutcome(first, other));
  const outside = container.remotes.filter((remote) => remote.container === undefined).map((remote) => remote.alias);
  const why = same
    ? [...first.negotiated.why]
    : [`which version wins depends on the host of the page: ${[...new Set(outcomes.map(describe))].join("; ")}`];
  if (outside.length > 0)
    why.push(`remotes outside of the workspace may register more versions: ${outside.join(", ")}`);
  if (written.requiredVersion === "unknown")
    why.push("the required version in the configuration cannot be known statically");
  const known = same && written.requiredVersion !== "unknown";
  const { negotiated } = first;
  return {
    container: consume.container,
    module: consume.id,
    requiredVersion: consume.requiredVersion,
    requiredVersionSource: consume.requiredVersionSource,
    singleton: consume.singleton,
    strictVersion: consume.strictVersion,
    eager: consume.eager,
    importFallback: consume.fallback !== null,
    outcome: known ? negotiated.outcome : "unknown",
    version: known ? (negotiated.entry?.version ?? ownVersion(consume, provides)) : undefined,
    provider: known
      ? (first.provider ?? (negotiated.outcome === "fallback" ? consume.container : undefined))
      : undefined,
    message: known ? negotiated.message : undefined,
    why,
  };
}

function outcomeOn(
  db: Db,
  page: readonly ContainerId[],
  container: Container,
  consume: ConsumeSharedModule,
  provides: readonly ProvideSharedModule[],
): PageOutcome {
  const scope = scopeOfPage(db, page, container, provides);
  const negotiated = negotiate(container.runtime, container.shareStrategy, scope, {
    shareScope: consume.shareScope,
    shareKey: consume.shareKey,
    from: nameInScope(container),
    requiredVersion: consume.requiredVersion,
    singleton: consume.singleton,
    strictVersion: consume.strictVersion,
    eager: consume.eager,
    hasFallback: consume.fallback !== null,
  });
  return { negotiated, provider: scope.find((entry) => entry === negotiated.entry)?.container };
}

function sameOutcome(left: PageOutcome, right: PageOutcome): boolean {
  return (
    left.negotiated.outcome === right.negotiated.outcome &&
    left.negotiated.entry?.version === right.negotiated.entry?.version
  );
}

function describe({ negotiated }: PageOutcome): string {
  return negotiated.entry === undefined
    ? negotiated.outcome
    : `${negotiated.entry.version} from ${negotiated.entry.from}`;
}

function ownVersion(
  consume: ConsumeSharedModule,
  provides: readonly ProvideSharedModule[],
): string | false | undefined {
  return provides
    .filter((provide) => provide.container === consume.container)
    .map((provide) => provide.version)
    .reduce<string | false | undefined>(
      (best, version) =>
        typeof best === "string" && typeof version === "string" && isLower(version, best) ? best : version,
      undefined,
    );
}
