/** Version ranges that are wider or narrower than what is installed makes sense of, and keys in several versions. */
import semver from "semver";
import { canMeetById } from "../../analysis/meeting.ts";
import { shareResolutions } from "../../analysis/resolveShare.ts";
import type { ShareConsumer, ShareProvider, ShareResolution } from "../../analysis/shareResolution.ts";
import { containerById, containerGraph } from "../../graph/index.ts";
import type { ConsumeShared } from "../../model/shared.ts";
import { withEntryOption } from "../../syntax/sharedEntryEdit.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { ownEntryFix } from "../entryFix.ts";
import { appName } from "../evidence.ts";
import type { Recommendation } from "../recommendation.ts";

export function rangeChanges(db: Db): readonly Recommendation[] {
  return shareResolutions(db).flatMap((resolution) => [...widened(db, resolution), ...narrowed(db, resolution)]);
}

/** The newest version that is provided. */
function newest(providers: readonly ShareProvider[]): string | undefined {
  const versions = providers.flatMap(({ version }) =>
    version !== false && semver.valid(version) !== null ? [version] : [],
  );
  return versions.sort(semver.rcompare)[0];
}

/** A consumer that excludes a version of the same major, and so keeps a copy of its own. */
function widened(db: Db, resolution: ShareResolution): readonly Recommendation[] {
  return resolution.consumers.flatMap((consumer): readonly Recommendation[] => {
    const { requiredVersion: range } = consumer;
    const met = providersMet(db, resolution, consumer);
    const best = newest(met);
    if (best === undefined) return [];
    if (typeof range !== "string" || semver.validRange(range) === null || semver.satisfies(best, range)) return [];
    const least = semver.minVersion(range);
    if (least === null || least.major !== semver.major(best) || semver.gt(least, best)) return [];
    const wider = `^${least.version}`;
    return [
      {
        kind: "widen-range",
        priority: consumer.outcome === "error" ? "high" : "medium",
        title: `Widen the range of \`${resolution.shareKey}\` in ${appName(db, consumer.container)} to \`${wider}\``,
        evidence: [
          {
            text: `\`${range}\` excludes ${best}, provided by ${providersOf(db, met, best)}`,
            source: consumer.requiredVersionSource,
          },
          { text: outcomeText(db, consumer), source: entryOf(db, consumer)?.source },
        ],
        ...fixOf(db, consumer, wider),
      },
    ];
  });
}

/** A consumer that takes any version takes one with breaking changes too. */
function narrowed(db: Db, resolution: ShareResolution): readonly Recommendation[] {
  return resolution.consumers.flatMap((consumer): readonly Recommendation[] => {
    const { requiredVersion: range } = consumer;
    const met = providersMet(db, resolution, consumer);
    const best = newest(met);
    if (best === undefined) return [];
    const any = range === false || range === null || range.trim() === "*" || range.trim() === "";
    if (!any) return [];
    const narrow = `^${best}`;
    return [
      {
        kind: "narrow-range",
        priority: "low",
        title: `Require \`${narrow}\` of \`${resolution.shareKey}\` in ${appName(db, consumer.container)}`,
        evidence: [
          {
            text:
              range === null ? "no required version could be determined: any version is taken" : "any version is taken",
            source: consumer.requiredVersionSource,
          },
          { text: `${best} is provided by ${providersOf(db, met, best)}`, source: entryOf(db, consumer)?.source },
        ],
        ...(typeof range === "string" ? fixOf(db, consumer, narrow) : statedRange(db, consumer, narrow)),
      },
    ];
  });
}

/** Those that can stand on a page with the consumer. */
function providersMet(db: Db, { providers }: ShareResolution, { container }: ShareConsumer): readonly ShareProvider[] {
  return providers.filter((provider) => canMeetById(db, provider.container, container));
}

function entryOf(db: Db, { container, module }: ShareConsumer): ConsumeShared | undefined {
  const found = containerGraph(db, container).modules.get(module);
  return found?.type === "consume-shared" ? containerById(db, found.container)?.consumes[found.consume] : undefined;
}

function outcomeText(db: Db, { outcome, version, provider, container }: ShareConsumer): string {
  const app = appName(db, container);
  if (outcome === "unknown") return `which version ${app} gets depends on what is not known`;
  if (outcome === "error") return `${app} gets nothing: it fails at run time`;
  const what = `${version || "a copy without a version"}`;
  if (outcome === "fallback" || provider === container) return `${app} loads a copy of its own, ${what}`;
  return `${app} gets ${what} of ${provider === undefined ? "another app" : appName(db, provider)}`;
}

function providersOf(db: Db, providers: readonly ShareProvider[], version: string): string {
  const names = providers
    .filter((provider) => provider.version === version)
    .map(({ container }) => appName(db, container));
  return [...new Set(names)].join(", ");
}

/** Where the range stands as a text of its own. */
function fixOf(
  db: Db,
  { requiredVersion, requiredVersionSource }: ShareConsumer,
  newRange: string,
): Pick<Recommendation, "fix"> {
  if (requiredVersionSource === undefined || typeof requiredVersion !== "string") return {};
  const written = textOf(db, requiredVersionSource);
  const quote = written?.[0];
  if (written === undefined || (quote !== '"' && quote !== "'") || written.slice(1, -1) !== requiredVersion) return {};
  const edits = [{ source: requiredVersionSource, newText: `${quote}${newRange}${quote}` }];
  return { fix: { title: `Write \`${newRange}\``, edits } };
}

/** Where nothing states a range: into the entry. */
function statedRange(db: Db, consumer: ShareConsumer, range: string): Pick<Recommendation, "fix"> {
  const entry = entryOf(db, consumer);
  if (entry === undefined || consumer.requiredVersion !== null || entry.requiredVersion !== "infer") return {};
  if (entry.request.endsWith("/")) return {};
  return ownEntryFix(db, `Require \`${range}\``, entry.source, (file, text, key) =>
    withEntryOption(file, text, key, "requiredVersion", JSON.stringify(range)),
  );
}

function textOf(db: Db, { file, range }: SourceRange): string | undefined {
  return fileText(db, file)?.slice(range.start, range.end);
}

/** A page that holds several versions loads each of them. */
export function deduplicateVersions(db: Db): readonly Recommendation[] {
  return shareResolutions(db).flatMap(({ shareKey, providers, consumers }): readonly Recommendation[] => {
    const known = providers.filter(({ version }) => version !== false);
    const meeting = known.filter(({ container, version }) =>
      known.some((other) => other.version !== version && canMeetById(db, other.container, container)),
    );
    const best = newest(meeting);
    if (best === undefined) return [];
    const isSingleton = consumers.some(
      ({ singleton, container }) =>
        singleton && meeting.some((provider) => canMeetById(db, provider.container, container)),
    );
    return [
      {
        kind: "deduplicate",
        priority: isSingleton ? "high" : "medium",
        title: `Install one version of \`${shareKey}\`, ${best}`,
        evidence: meeting.map(({ container, version, source }) => ({
          text: `${appName(db, container)} provides ${version}, and can stand on a page with another version`,
          source,
        })),
      },
    ];
  });
}
