/** Whether a version satisfies a range, as each runtime decides it. None throws: what cannot be read does not satisfy. */
import semver from "semver";
import type { FederationRuntime } from "../../model/federationConfig.ts";
import { meetsWebpackRange, parseWebpackRange } from "../../model/webpackRange.ts";
import { satisfiesMf2Range } from "./mf2Semver.ts";

/** By webpack's runtime, of a range that webpack's build has read. */
export function satisfiesWebpack(version: string, range: string): boolean {
  try {
    return meetsWebpackRange(parseWebpackRange(range), version);
  } catch {
    return false;
  }
}

export function satisfies(runtime: FederationRuntime, version: string, range: string): boolean {
  if (runtime === "webpack") return satisfiesWebpack(version, range);
  if (runtime === "mf2") return satisfiesMf2Range(version, range);
  return semver.satisfies(version, range);
}
