/** `include.version` / `exclude.version`: whether a module of some version is shared at all. */
import semver from "semver";
import type { Implementation } from "../model/federationConfig.ts";
import type { SharedFilter } from "../model/shared.ts";

interface Filtered {
  readonly include: SharedFilter | undefined;
  readonly exclude: SharedFilter | undefined;
}

interface Versioned {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/**
 * Whether a consumed module passes. webpack tests the fallback's version, and an unknown one fails `include`; enhanced
 * and Rspack test only a manifest whose name is the request, and know a `fallbackVersion`.
 */
export function versionPassesFilters(
  implementation: Implementation,
  { include, exclude }: Filtered,
  request: string,
  manifest: Versioned | undefined,
): boolean {
  const version = manifest?.version;
  if (implementation === "webpack") {
    if (include?.version !== undefined && (version === undefined || !satisfies(version, include.version))) return false;
    return exclude?.version === undefined || version === undefined || !satisfies(version, exclude.version);
  }
  const named = version !== undefined && manifest?.name === request;
  if (include?.version !== undefined) {
    if (!named || satisfies(version, include.version)) return true;
    return include.fallbackVersion !== undefined && satisfies(include.fallbackVersion, include.version);
  }
  if (exclude?.version === undefined) return true;
  if (exclude.fallbackVersion !== undefined) return !satisfies(exclude.fallbackVersion, exclude.version);
  return !named || !satisfies(version, exclude.version);
}

function satisfies(version: string, range: string): boolean {
  return semver.satisfies(version, range, { loose: true });
}
