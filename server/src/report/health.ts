/** How healthy each share scope is: which consumers get what they ask for, and what to do about those that do not. */

import { shareResolutions } from "../analysis/resolveShare.ts";
import type { ShareConsumer, ShareResolution } from "../analysis/shareResolution.ts";
import { append } from "../base/append.ts";
import { containerById, containerGraph } from "../graph/index.ts";
import type { Db } from "../vfs/vfs.ts";
import { appName, type Evidence } from "./evidence.ts";

export type HealthStatus = "healthy" | "degraded" | "critical";

/** One share key; rates as of its scope. */
export interface KeyHealth {
  readonly shareKey: string;
  readonly status: HealthStatus;
  readonly sharedRate: number;
  readonly fallbackRate: number;
  readonly failureRate: number;
}

export interface ScopeHealth {
  readonly shareScope: string;
  readonly status: HealthStatus;
  /** Share keys of the scope, and how many of them work, fail, or are provided in versions that exclude each other. */
  readonly totalModules: number;
  readonly healthyModules: number;
  readonly failedModules: number;
  readonly versionConflicts: number;
  /** Shares of the consumers' resolutions, from 0 to 1; over static outcomes, not calls at run time. */
  readonly sharedRate: number;
  readonly fallbackRate: number;
  readonly failureRate: number;
  readonly unknownRate: number;
  readonly modules: readonly KeyHealth[];
  readonly issues: readonly Evidence[];
  readonly recommendations: readonly string[];
}

export interface Health {
  readonly status: HealthStatus;
  readonly scopes: readonly ScopeHealth[];
}

/** Of every share scope that some module uses. */
export function health(db: Db): Health {
  const byScope = new Map<string, ShareResolution[]>();
  for (const resolution of shareResolutions(db)) append(byScope, resolution.shareScope, resolution);
  const scopes = [...byScope].map(([shareScope, resolutions]) => scopeHealth(db, shareScope, resolutions));
  return { status: worst(scopes.map(({ status }) => status)), scopes };
}

function worst(all: readonly HealthStatus[]): HealthStatus {
  return all.includes("critical") ? "critical" : all.includes("degraded") ? "degraded" : "healthy";
}

function scopeHealth(db: Db, shareScope: string, resolutions: readonly ShareResolution[]): ScopeHealth {
  const consumers = resolutions.flatMap((resolution) => resolution.consumers);
  const issues = resolutions.flatMap((resolution) => issuesOf(db, resolution));
  const isFailing = (consumer: ShareConsumer): boolean => consumer.outcome === "error" && !isMissing(db, consumer);
  const failed = resolutions.filter((resolution) => resolution.consumers.some(isFailing));
  const warned = resolutions.filter((resolution) => resolution.consumers.some(isWarned));
  const conflicts = resolutions.filter((resolution) => hasConflict(resolution, isFailing));
  return {
    shareScope,
    status: failed.length > 0 ? "critical" : warned.length > 0 || conflicts.length > 0 ? "degraded" : "healthy",
    totalModules: resolutions.length,
    healthyModules: resolutions.filter((item) => !failed.includes(item) && !warned.includes(item)).length,
    failedModules: failed.length,
    versionConflicts: conflicts.length,
    ...ratesOf(consumers, isFailing),
    unknownRate: rate(consumers, (consumer) => consumer.outcome === "unknown" || isMissing(db, consumer)),
    modules: resolutions.map((resolution) => ({
      shareKey: resolution.shareKey,
      status: failed.includes(resolution)
        ? "critical"
        : warned.includes(resolution) || conflicts.includes(resolution)
          ? "degraded"
          : "healthy",
      ...ratesOf(resolution.consumers, isFailing),
    })),
    issues,
    recommendations: recommendationsFor(failed, conflicts),
  };
}

type Judged = (consumer: ShareConsumer) => boolean;

function ratesOf(
  consumers: readonly ShareConsumer[],
  isFailing: Judged,
): Pick<KeyHealth, "sharedRate" | "fallbackRate" | "failureRate"> {
  return {
    sharedRate: rate(consumers, ({ outcome }) => outcome === "shared" || outcome === "shared-with-warning"),
    fallbackRate: rate(consumers, ({ outcome }) => outcome === "fallback"),
    failureRate: rate(consumers, isFailing),
  };
}

/** To three digits. */
function rate(consumers: readonly ShareConsumer[], of: Judged): number {
  return consumers.length === 0 ? 0 : Math.round((consumers.filter(of).length / consumers.length) * 1000) / 1000;
}

/** It wants a fallback that is not installed here: what it would get is not known. */
function isMissing(db: Db, { container, module, outcome }: ShareConsumer): boolean {
  const found = outcome === "error" ? containerGraph(db, container).modules.get(module) : undefined;
  if (found?.type !== "consume-shared" || found.fallback !== null) return false;
  return containerById(db, found.container)?.consumes[found.consume]?.import !== undefined;
}

function isWarned({ outcome }: ShareConsumer): boolean {
  return outcome === "shared-with-warning";
}

/** A singleton that several consumers cannot agree on, or that some get another version of than they require. */
function hasConflict(
  { providers, consumers }: ShareResolution,
  isFailing: (consumer: ShareConsumer) => boolean,
): boolean {
  const versions = new Set(providers.map(({ version }) => version));
  return (
    versions.size > 1 && consumers.some((consumer) => consumer.singleton && (isWarned(consumer) || isFailing(consumer)))
  );
}

function issuesOf(db: Db, { shareKey, consumers }: ShareResolution): readonly Evidence[] {
  return consumers.flatMap((consumer) => {
    if (consumer.message === undefined && consumer.outcome !== "error") return [];
    const what = isMissing(db, consumer)
      ? "its own copy is not installed here, so what it gets is not known"
      : (consumer.message ?? consumer.why.at(-1) ?? "fails at run time");
    return [
      { text: `${appName(db, consumer.container)}: ${shareKey}: ${what}`, source: consumer.requiredVersionSource },
    ];
  });
}

function recommendationsFor(
  failed: readonly ShareResolution[],
  conflicts: readonly ShareResolution[],
): readonly string[] {
  const names = (all: readonly ShareResolution[]): string => all.map(({ shareKey }) => shareKey).join(", ");
  return [
    ...(failed.length > 0
      ? [`Provide a version that the consumers of ${names(failed)} accept, or give them a fallback.`]
      : []),
    ...(conflicts.length > 0 ? [`Align the versions of ${names(conflicts)} over the apps that share a page.`] : []),
  ];
}
