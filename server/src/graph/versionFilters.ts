/** `include` / `exclude`: whether a module of some version, or asked for by some request, is shared at all. */
import { statelessRegExp } from "../base/regExp.ts";
import type { Implementation } from "../model/federationConfig.ts";
import type { SharedFilter } from "../model/shared.ts";
import { meetsWebpackRange, parseWebpackRange } from "../model/webpackRange.ts";

export interface Filtered {
  readonly include: SharedFilter | undefined;
  readonly exclude: SharedFilter | undefined;
}

interface Versioned {
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/**
 * Whether a consumed module passes. webpack tests the fallback's version, and an unknown one fails `include`; enhanced
 * tests only a manifest whose name is the request, and knows a `fallbackVersion`.
 */
export function consumePassesFilters(
  implementation: Implementation,
  { include, exclude }: Filtered,
  request: string,
  manifest: Versioned | undefined,
): boolean {
  if (implementation === "webpack") return versionPasses({ include, exclude }, manifest?.version);
  const version = manifest?.version;
  const named = version !== undefined && version !== "" && manifest?.name === request;
  if (include?.version !== undefined) {
    if (!named || satisfies(version, include.version)) return true;
    return include.fallbackVersion !== undefined && satisfies(include.fallbackVersion, include.version);
  }
  if (exclude?.version === undefined) return true;
  if (exclude.fallbackVersion !== undefined) return !satisfies(exclude.fallbackVersion, exclude.version);
  return !named || !satisfies(version, exclude.version);
}

/** An unknown version fails `include` and passes `exclude`. */
export function versionPasses({ include, exclude }: Filtered, version: string | false | undefined): boolean {
  if (include?.version !== undefined && !(version && satisfies(version, include.version))) return false;
  return exclude?.version === undefined || !version || !satisfies(version, exclude.version);
}

/** The part of a request after a prefix key; enhanced also asks the whole resource. */
export function requestPasses({ include, exclude }: Filtered, text: string): boolean {
  if (include?.request !== undefined && !matchesPattern(include.request, text)) return false;
  return exclude?.request === undefined || !matchesPattern(exclude.request, text);
}

function matchesPattern(pattern: NonNullable<SharedFilter["request"]>, text: string): boolean {
  if (typeof pattern === "string") return text === pattern;
  return statelessRegExp(pattern.source, pattern.flags)?.test(text) === true;
}

function satisfies(version: string, range: string): boolean {
  try {
    return meetsWebpackRange(parseWebpackRange(range), version);
  } catch {
    return false;
  }
}
