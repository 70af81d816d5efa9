/**
 * What every consumer of a share key gets on one page, in the order of a page's life: the host consumes, loads its remotes
 * one after the other, and each of them consumes in turn.
 */
import { ownedText } from "../base/ownedText.ts";
import type { ContainerId } from "../graph/container.ts";
import { consumesOf, containerById, containers, shareKeys } from "../graph/index.ts";
import type { ConsumeSharedModule } from "../graph/module.ts";
import { query } from "../query/database.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { outsideOf } from "./outside.ts";
import { nameInScope, pageContainers, scopesOf } from "./pageModel.ts";
import { type PageMembers, pagesOf } from "./pages.ts";
import { isUnknown } from "./possibilities.ts";
import { type Consumption, Page, type PageOutcome } from "./runtime/page.ts";
import type { PageContainer, PageEntry } from "./runtime/pageContainer.ts";
import type { AskingConsumer } from "./runtime/scenario.ts";
import { sharedOutcome } from "./sharedOutcomes.ts";

/** A consumer's outcome; what its scope then held, where something that is not known may change the choice. */
export interface SeenConsumption {
  readonly outcome: PageOutcome;
  readonly entries: readonly PageEntry[];
  /** Another outcome, where it matters in which order remotes are loaded. */
  readonly otherwise?: PageOutcome;
}

/** By consumer. */
type Outcomes = ReadonlyMap<string, SeenConsumption>;

const outcomes = query<World, Outcomes>("pageOutcomes", (db, key) => {
  const [host = "", shareKey = ""] = key.split("\0");
  const members = pagesOf(db, host).find(([first]) => first === host) ?? [host];
  return simulate(db, members, shareKey);
});

/** Lives the pages through, one page and share key a step. */
export function* warmOutcomes(db: Db): Generator<void, void> {
  const hosts = new Set(containers(db).flatMap(({ id }) => pagesOf(db, id).map(([host = ""]) => host)));
  yield;
  const keys = new Set(shareKeys(db).map((key) => key.shareKey));
  yield;
  for (const shareKey of keys) {
    for (const host of hosts) {
      db.get(outcomes, `${host}\0${shareKey}`);
      yield;
    }
  }
}

/** What a consumer gets on a page. */
export function outcomeOn(db: Db, members: PageMembers, consume: ConsumeSharedModule): SeenConsumption | undefined {
  return db.get(outcomes, `${members[0] ?? ""}\0${consume.shareKey}`).get(consumerId(consume));
}

function consumerId({ container, id }: ConsumeSharedModule): string {
  // It stands on many pages.
  return ownedText(`${container}\0${id}`);
}

function simulate(db: Db, members: PageMembers, shareKey: string): Outcomes {
  const consumers = new Map<ContainerId, ConsumeSharedModule[]>(members.map((id) => [id, []]));
  for (const shareScope of scopesOf(db, shareKey)) {
    for (const consume of consumesOf(db, shareScope, shareKey)) consumers.get(consume.container)?.push(consume);
  }
  const hasOutside = outsideOf(db, members).length > 0;
  const containers = pageContainers(db, members, shareKey);
  const usual = live(db, containers, consumers, hasOutside);
  if (containers.every(({ remotes }) => remotes.length < 2)) return usual;
  const reversed = containers.map((container) => ({ ...container, remotes: [...container.remotes].reverse() }));
  const other = live(db, reversed, consumers, hasOutside);
  return new Map(
    [...usual].map(([id, seen]) => {
      const otherwise = other.get(id)?.outcome;
      return [id, otherwise === undefined || isAlike(seen.outcome, otherwise) ? seen : { ...seen, otherwise }];
    }),
  );
}

const NO_ENTRIES: readonly PageEntry[] = [];

const settledOutcomes = new WeakMap<PageOutcome, SeenConsumption>();

/** Nothing can change it any more. */
function settled(outcome: PageOutcome): SeenConsumption {
  const shared = sharedOutcome(outcome);
  const known = settledOutcomes.get(shared) ?? { outcome: shared, entries: NO_ENTRIES };
  settledOutcomes.set(shared, known);
  return known;
}

function isAlike(left: PageOutcome, right: PageOutcome): boolean {
  return left.outcome === right.outcome && left.entry?.version === right.entry?.version;
}

/** A page's life from its host on, which is the first container. */
function live(
  db: Db,
  containers: readonly PageContainer[],
  consumers: ReadonlyMap<ContainerId, readonly ConsumeSharedModule[]>,
  hasOutside: boolean,
): ReadonlyMap<string, SeenConsumption> {
  const byId = new Map(containers.map((container) => [container.id, container]));
  const page = new Page(containers);
  const seen = new Map<string, SeenConsumption>();
  const present = new Set<ContainerId>();
  const visit = (container: PageContainer): void => {
    present.add(container.id);
    for (const consume of consumers.get(container.id) ?? []) {
      const outcome = page.consume(consumptionOf(db, consume));
      const written = containerById(db, container.id)?.consumes[consume.consume];
      const isOpen = hasOutside || (written !== undefined && isUnknown(written));
      // The entries of an open choice are looked for by identity.
      const kept = isOpen ? { outcome, entries: page.choices } : settled(outcome);
      seen.set(consumerId(consume), kept);
    }
    for (const [index, remote] of container.remotes.entries()) {
      const next = byId.get(remote.container);
      if (next === undefined || present.has(next.id)) continue;
      page.loadRemote(container.id, index);
      visit(next);
    }
  };
  const [host] = containers;
  if (host !== undefined) visit(host);
  return seen;
}

export function consumptionOf(db: Db, consume: ConsumeSharedModule): Consumption {
  const container = containerById(db, consume.container);
  const scopes = container?.consumes[consume.consume]?.shareScopes ?? [];
  return {
    container: consume.container,
    shareScope: consume.shareScope,
    otherScopes: scopes.filter((scope) => scope !== consume.shareScope),
    shareKey: consume.shareKey,
    requiredVersion: consume.requiredVersion,
    singleton: consume.singleton,
    strictVersion: consume.strictVersion,
    eager: consume.eager,
    hasFallback: consume.fallback !== null,
    ...(container === undefined ? {} : { implementation: container.implementation }),
  };
}

/** The workspace's consumers of a share key, to ask for a share scope that is given. */
export function consumersFor(db: Db, shareScope: string, shareKey: string): readonly AskingConsumer[] {
  return consumesOf(db, shareScope, shareKey).map((consume) => {
    const container = containerById(db, consume.container);
    const own = container === undefined ? {} : { runtime: container.runtime, strategy: container.shareStrategy };
    return { ...consumptionOf(db, consume), ...own, from: nameInScope(container) };
  });
}
