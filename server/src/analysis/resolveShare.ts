/**
 * Who provides a share key and which version each consumer gets, over all pages that the workspace's containers can make.
 * Where pages differ, or a value is not known, the outcome is unknown, and the possibilities are told. Remotes and hosts
 * outside of the workspace leave the outcome as the workspace alone has it, with what they could change beside it.
 */
import { append } from "../base/append.ts";
import type { Container } from "../graph/container.ts";
import { consumesOf, containerById, providesOf, shareKeys } from "../graph/index.ts";
import type { ConsumeSharedModule, ProvideSharedModule } from "../graph/module.ts";
import { manifestOf, manifestPlace } from "../project/manifest.ts";
import { manifestFor } from "../project/resolveModule.ts";
import { query } from "../query/database.ts";
import { parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { type Outside, outsideOf } from "./outside.ts";
import { nameInScope } from "./pageModel.ts";
import { consumptionOf, outcomeOn, type SeenConsumption } from "./pageOutcomes.ts";
import { type PageMembers, pagesOf } from "./pages.ts";
import { type Assumed, outsideText, withEachValue, withMoreVersions } from "./possibilities.ts";
import type { Negotiated, NegotiatingConsumer } from "./runtime/outcome.ts";
import type { ShareConsumer, SharePossibility, ShareProvider, ShareResolution } from "./shareResolution.ts";

const resolution = query<World, ShareResolution>("shareResolution", (db, key) => {
  const [shareScope = "", shareKey = ""] = key.split("\0");
  return {
    shareScope,
    shareKey,
    providers: providesOf(db, shareScope, shareKey).map((provide) => providerOf(db, provide)),
    consumers: consumesOf(db, shareScope, shareKey).map((consume) => consumerOf(db, consume)),
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

/** What a consumer gets on the page of one host. */
interface OnPage {
  readonly members: PageMembers;
  readonly seen: SeenConsumption;
}

function consumerOf(db: Db, consume: ConsumeSharedModule): ShareConsumer {
  const container = containerById(db, consume.container)!;
  const pages = pagesOf(db, consume.container).flatMap((members): readonly OnPage[] => {
    const seen = outcomeOn(db, members, consume);
    return seen === undefined ? [] : [{ members, seen }];
  });
  // The fullest page explains best.
  pages.sort((left, right) => right.members.length - left.members.length);
  const [first, ...others] = pages;
  const base = {
    container: consume.container,
    module: consume.id,
    requiredVersion: consume.requiredVersion,
    requiredVersionSource: consume.requiredVersionSource,
    singleton: consume.singleton,
    strictVersion: consume.strictVersion,
    eager: consume.eager,
    layer: consume.layer,
    importFallback: consume.fallback !== null,
  };
  if (first === undefined)
    return { ...base, ...NOT_KNOWN, why: ["the container stands on no page"], possibilities: [] };
  const values = valuePossibilities(db, container, consume, first);
  const outside = uniqueOutside(pages.flatMap(({ members }) => outsideOf(db, members)));
  const outsideWhy = openWhy(container, outside);
  if (values.length > 0) {
    return { ...base, ...NOT_KNOWN, why: [...unknownWhy(container, consume), ...outsideWhy], possibilities: values };
  }
  if (others.some((other) => !sameOutcome(first.seen.outcome, other.seen.outcome))) {
    const possibilities = pagePossibilities(db, consume, pages);
    const each = possibilities.map((item) => `${item.version ?? item.outcome} ${item.when}`);
    const why = [`which version wins depends on the host of the page: ${each.join("; ")}`, ...outsideWhy];
    return { ...base, ...NOT_KNOWN, why, possibilities };
  }
  const { outcome } = first.seen;
  const known = told(db, consume, outcome, outcome.container);
  const further = [...orderPossibilities(db, consume, first), ...morePossibilities(db, container, consume, pages)];
  return {
    ...base,
    ...known,
    why: [...pageWhy(db, consume, pages), ...outcome.why, ...outsideWhy],
    possibilities: further.length === 0 ? [] : [{ ...known, when: "with what the workspace knows" }, ...further],
  };
}

/** Whether plugins of the runtime are configured, which may add remotes and change what is chosen. */
export function hasRuntimePlugins({ config }: Container): boolean {
  const plugins = config.options.get("runtimePlugins");
  return plugins !== undefined && (!plugins.known || !Array.isArray(plugins.value) || plugins.value.length > 0);
}

/** What may still change the choice. */
function openWhy(container: Container, outside: readonly Outside[]): readonly string[] {
  return [
    ...(outside.length === 0 ? [] : [`more versions may come from ${outsideText(outside, "and")}`]),
    ...(container.runtime === "mf2" && hasRuntimePlugins(container)
      ? ["runtime plugins are configured, and may change the choice"]
      : []),
  ];
}

/** Whose page the facts are of, where it is not the consumer's own alone. */
function pageWhy(db: Db, consume: ConsumeSharedModule, pages: readonly OnPage[]): readonly string[] {
  const host = pages[0]?.members[0] ?? "";
  if (pages.length === 1 && host === consume.container) return [];
  const alike = pages.length > 1 ? ` (it is the same on ${pages.length - 1} more)` : "";
  return [`on the page of \`${nameInScope(containerById(db, host))}\`${alike}`];
}

const NOT_KNOWN = { outcome: "unknown", version: undefined, provider: undefined, message: undefined } as const;

function told(
  db: Db,
  consume: ConsumeSharedModule,
  { outcome, entry, message }: Negotiated,
  provider: string | undefined,
): Omit<SharePossibility, "when"> {
  const isFallback = outcome === "fallback";
  return {
    outcome,
    version: isFallback ? ownVersion(db, consume) : entry?.version,
    provider: isFallback ? consume.container : provider,
    message,
  };
}

/** Hosts that are named; of more, the number is told. */
const NAMED_HOSTS = 4;

/** One for each outcome, with the hosts on whose pages it is so. */
function pagePossibilities(
  db: Db,
  consume: ConsumeSharedModule,
  pages: readonly OnPage[],
): readonly SharePossibility[] {
  const groups = new Map<string, OnPage[]>();
  for (const page of pages) {
    const { outcome, entry } = page.seen.outcome;
    append(groups, `${outcome} ${entry?.version}`, page);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const hosts = group.slice(0, NAMED_HOSTS).map(({ members: [host = ""] }) => {
      return `\`${nameInScope(containerById(db, host))}\``;
    });
    const more = group.length > NAMED_HOSTS ? ` and ${group.length - NAMED_HOSTS} more` : "";
    const { outcome } = first!.seen;
    const when = `on the ${group.length === 1 ? "page" : "pages"} of ${hosts.join(", ")}${more}`;
    return { ...told(db, consume, outcome, outcome.container), when };
  });
}

function negotiating(db: Db, container: Container, consume: ConsumeSharedModule): NegotiatingConsumer {
  return { ...consumptionOf(db, consume), from: nameInScope(container) };
}

function valuePossibilities(
  db: Db,
  container: Container,
  consume: ConsumeSharedModule,
  { seen }: OnPage,
): readonly SharePossibility[] {
  const written = container.consumes[consume.consume];
  if (written === undefined) return [];
  const assumed = withEachValue(container, negotiating(db, container, consume), written, seen);
  return assumed.length < 2 ? [] : assumed.map((item) => assumedPossibility(db, consume, item, seen));
}

function orderPossibilities(db: Db, consume: ConsumeSharedModule, { seen }: OnPage): readonly SharePossibility[] {
  const { otherwise } = seen;
  if (otherwise === undefined) return [];
  return [{ ...told(db, consume, otherwise, otherwise.container), when: "if remotes are loaded in another order" }];
}

/** Pages on which more versions are tried; further ones seldom bring another outcome. */
const TRIED_PAGES = 5;

function morePossibilities(
  db: Db,
  container: Container,
  consume: ConsumeSharedModule,
  pages: readonly OnPage[],
): readonly SharePossibility[] {
  const told = new Set<string>();
  const consumer = negotiating(db, container, consume);
  return pages.slice(0, TRIED_PAGES).flatMap(({ members, seen }) => {
    const assumed = withMoreVersions(container, consumer, seen, outsideOf(db, members), told);
    return assumed.map((item) => assumedPossibility(db, consume, item, seen));
  });
}

function assumedPossibility(
  db: Db,
  consume: ConsumeSharedModule,
  { when, negotiated, isOutside }: Assumed,
  { entries }: SeenConsumption,
): SharePossibility {
  const provider = entries.find((entry) => entry === negotiated.entry)?.container;
  const possibility = told(db, consume, negotiated, provider);
  return { ...possibility, version: isOutside ? undefined : possibility.version, when };
}

function unknownWhy(container: Container, consume: ConsumeSharedModule): readonly string[] {
  const written = container.consumes[consume.consume];
  if (written?.requiredVersion === "unknown") {
    return ["the required version in the configuration cannot be known statically"];
  }
  return [`options in the configuration cannot be known statically: ${written?.unknownOptions.join(", ")}`];
}

function uniqueOutside(all: readonly Outside[]): readonly Outside[] {
  return [...new Map(all.map((item) => [item.text, item])).values()];
}

function sameOutcome(left: Negotiated, right: Negotiated): boolean {
  return left.outcome === right.outcome && left.entry?.version === right.entry?.version;
}

/** The version of a consumer's fallback: as it is provided, else as its package says. */
function ownVersion(db: Db, consume: ConsumeSharedModule): string | false | undefined {
  if (consume.fallback === null) return undefined;
  const provided = providesOf(db, consume.shareScope, consume.shareKey).find(
    ({ container, resource }) => container === consume.container && resource === consume.fallback,
  );
  const manifest = manifestFor(db, parentPath(consume.fallback));
  return provided?.version ?? (manifest === undefined ? undefined : manifestOf(db, parentPath(manifest))?.version);
}
