/** Version ranges that are wider or narrower than what is installed makes sense of, and keys in several versions. */
import semver from "semver";
import { shareResolutions } from "../../analysis/resolveShare.ts";
import type { ShareConsumer, ShareResolution } from "../../analysis/shareResolution.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { appName } from "../evidence.ts";
import type { Recommendation } from "../recommendation.ts";

export function rangeChanges(db: Db): readonly Recommendation[] {
  return shareResolutions(db).flatMap((resolution) => [...widened(db, resolution), ...narrowed(db, resolution)]);
}

/** The newest version that the workspace provides. */
function newest({ providers }: ShareResolution): string | undefined {
  const versions = providers.flatMap(({ version }) =>
    version !== false && semver.valid(version) !== null ? [version] : [],
  );
  return versions.sort(semver.rcompare)[0];
}

/** A consumer that excludes a version of the same major, and so keeps a copy of its own. */
function widened(db: Db, resolution: ShareResolution): readonly Recommendation[] {
  const best = newest(resolution);
  if (best === undefined) return [];
  return resolution.consumers.flatMap((consumer): readonly Recommendation[] => {
    const { requiredVersion: range } = consumer;
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
            text: `\`${range}\` excludes ${best}, provided by ${providersOf(db, resolution, best)}`,
            source: consumer.requiredVersionSource,
          },
          { text: `the consumer gets: ${consumer.outcome}`, source: undefined },
        ],
        ...fixOf(db, consumer, wider),
      },
    ];
  });
}

/** A consumer that takes any version takes one with breaking changes too. */
function narrowed(db: Db, resolution: ShareResolution): readonly Recommendation[] {
  const best = newest(resolution);
  if (best === undefined) return [];
  return resolution.consumers.flatMap((consumer): readonly Recommendation[] => {
    const { requiredVersion: range } = consumer;
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
          { text: `${best} is provided by ${providersOf(db, resolution, best)}`, source: undefined },
        ],
        ...(typeof range === "string" ? fixOf(db, consumer, narrow) : {}),
      },
    ];
  });
}

function providersOf(db: Db, { providers }: ShareResolution, version: string): string {
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

function textOf(db: Db, { file, range }: SourceRange): string | undefined {
  return fileText(db, file)?.slice(range.start, range.end);
}

/** A page that holds several versions loads each of them. */
export function deduplicateVersions(db: Db): readonly Recommendation[] {
  return shareResolutions(db).flatMap((resolution): readonly Recommendation[] => {
    const versions = [...new Set(resolution.providers.flatMap(({ version }) => (version === false ? [] : [version])))];
    const best = newest(resolution);
    if (versions.length < 2 || best === undefined) return [];
    return [
      {
        kind: "deduplicate",
        priority: resolution.consumers.some(({ singleton }) => singleton) ? "high" : "medium",
        title: `Install one version of \`${resolution.shareKey}\`, ${best}`,
        evidence: resolution.providers.map(({ container, version, source }) => ({
          text: `${appName(db, container)} provides ${version || "a copy without a version"}`,
          source,
        })),
      },
    ];
  });
}
