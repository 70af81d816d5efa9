/** Whether a version satisfies a range, as each runtime decides it. None throws: what cannot be read does not satisfy. */
import semver from "semver";
import type { FederationRuntime } from "../../model/federationConfig.ts";

/** webpack's runtime follows npm, prereleases included only where the range names one. */
export function satisfiesWebpack(version: string, range: string): boolean {
  return semver.satisfies(version, range, { loose: true });
}

/**
 * The 2.x runtime compares with every bound of a range and has no rule about prereleases. A part that comes down to
 * "at least 0.0.0" is dropped by it, so that `>=0` is satisfied by nothing.
 */
export function satisfiesMf2(version: string, range: string): boolean {
  const parsed = semver.parse(version);
  if (parsed === null) return false;
  return range.split("||").some((part) => {
    const trimmed = part.trim();
    if (/^(?:|[*xX])$/.test(trimmed)) return true;
    let set: readonly (readonly semver.Comparator[])[];
    try {
      set = new semver.Range(trimmed).set;
    } catch {
      return false;
    }
    return set.some((comparators) => {
      const bounds = comparators.filter(({ value }) => value !== "" && value !== ">=0.0.0");
      if (bounds.length === 0) return !/\d/.test(trimmed);
      return bounds.every((comparator) => comparator.test(parsed));
    });
  });
}

export function satisfies(runtime: FederationRuntime, version: string, range: string): boolean {
  return runtime === "webpack" ? satisfiesWebpack(version, range) : satisfiesMf2(version, range);
}

/** Whether `left` is the lower version; texts that are no versions are lowest. */
export function isLower(left: string, right: string): boolean {
  const leftVersion = semver.parse(left, { loose: true });
  const rightVersion = semver.parse(right, { loose: true });
  if (leftVersion === null || rightVersion === null) return leftVersion === null && rightVersion !== null;
  return semver.lt(leftVersion, rightVersion);
}
