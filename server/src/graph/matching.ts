/**
 * Which requests become consume-shared modules and which resources are provided: the matching of webpack's, enhanced's
 * and Rspack's sharing plugins. The request's text decides, before aliases.
 */

import type { ConsumeShared, ProvideShared, SharedFilter } from "../model/shared.ts";
import { type FilePath, isAbsolutePath, joinPath } from "../vfs/path.ts";
import type { Container } from "./container.ts";

export interface ConsumeMatch {
  /** Index in `Container.consumes`. */
  readonly consume: number;
  /** The request as the plugin goes on with it: warnings name it, the package name is taken from it. */
  readonly request: string;
  readonly shareKey: string;
  readonly import: string | undefined;
}

export function isRelativeRequest(request: string): boolean {
  return /^\.\.?(?:\/|$)/.test(request);
}

/** Keys of one container by kind. */
export interface ConsumeTable {
  readonly exact: ReadonlyMap<string, number>;
  readonly prefixes: readonly number[];
  /** Relative and absolute keys: matched by the resolved resource. */
  readonly paths: readonly number[];
}

const LAYER_SEPARATOR = "\0";

function lookupKey(request: string, layer: string | undefined): string {
  return layer === undefined ? request : `${layer}${LAYER_SEPARATOR}${request}`;
}

export function consumeTable(consumes: readonly ConsumeShared[]): ConsumeTable {
  const exact = new Map<string, number>();
  const prefixes: number[] = [];
  const paths: number[] = [];
  for (const [index, { request, issuerLayer }] of consumes.entries()) {
    if (isRelativeRequest(request) || isAbsolutePath(request)) paths.push(index);
    else if (request.endsWith("/")) prefixes.push(index);
    else exact.set(lookupKey(request, issuerLayer), index);
  }
  return { exact, prefixes, paths };
}

/** The consume that takes a request before it is resolved. */
export function matchConsume(
  container: Container,
  table: ConsumeTable,
  request: string,
  directory: FilePath,
  issuerLayer: string | undefined,
): ConsumeMatch | undefined {
  const exact = table.exact.get(lookupKey(request, issuerLayer)) ?? table.exact.get(request);
  if (exact !== undefined) return exactMatch(container, exact, request);
  const suffixes = !matchesEvery(container) && isRelativeRequest(request);
  const suffix = suffixes ? afterNodeModules(joinPath(directory, request)) : undefined;
  if (suffix !== undefined) {
    const found = table.exact.get(lookupKey(suffix, issuerLayer)) ?? table.exact.get(suffix);
    if (found !== undefined && container.consumes[found]!.allowNodeModulesSuffixMatch) {
      return exactMatch(container, found, suffix);
    }
  }
  return (
    prefixMatch(container, table, request, issuerLayer, false) ??
    (suffix === undefined ? undefined : prefixMatch(container, table, suffix, issuerLayer, true))
  );
}

function exactMatch(container: Container, index: number, request: string): ConsumeMatch {
  const consume = container.consumes[index]!;
  return { consume: index, request, shareKey: consume.shareKey, import: consume.import };
}

function prefixMatch(
  container: Container,
  table: ConsumeTable,
  request: string,
  issuerLayer: string | undefined,
  suffixOnly: boolean,
): ConsumeMatch | undefined {
  for (const index of table.prefixes) {
    const consume = container.consumes[index]!;
    if (suffixOnly && !consume.allowNodeModulesSuffixMatch) continue;
    if (consume.issuerLayer !== undefined && consume.issuerLayer !== issuerLayer) continue;
    if (!request.startsWith(consume.request)) continue;
    const remainder = request.slice(consume.request.length);
    if (!matchesRequestFilters(remainder, consume.include, consume.exclude)) continue;
    return {
      consume: index,
      request,
      shareKey: consume.shareKey + remainder,
      import: consume.import === undefined ? undefined : consume.import + remainder,
    };
  }
  return undefined;
}

/** The part after the last `node_modules/`. */
export function afterNodeModules(path: FilePath): string | undefined {
  const at = path.lastIndexOf("/node_modules/");
  return at < 0 ? undefined : path.slice(at + "/node_modules/".length);
}

export function matchesRequestFilters(
  remainder: string,
  include: SharedFilter | undefined,
  exclude: SharedFilter | undefined,
): boolean {
  if (include?.request !== undefined && !matchesPattern(include.request, remainder)) return false;
  return exclude?.request === undefined || !matchesPattern(exclude.request, remainder);
}

function matchesPattern(pattern: NonNullable<SharedFilter["request"]>, text: string): boolean {
  if (typeof pattern === "string") return text === pattern;
  try {
    return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")).test(text);
  } catch {
    return false;
  }
}

export interface ProvideMatch {
  readonly provide: number;
  /** What the bundler's warning calls it. */
  readonly request: string;
  readonly shareKey: string;
}

export interface ProvideTable {
  readonly exact: ReadonlyMap<string, number>;
  readonly prefixes: readonly number[];
  readonly paths: readonly number[];
}

export function provideTable(provides: readonly ProvideShared[]): ProvideTable {
  const exact = new Map<string, number>();
  const prefixes: number[] = [];
  const paths: number[] = [];
  for (const [index, { request, layer }] of provides.entries()) {
    if (isRelativeRequest(request) || isAbsolutePath(request)) paths.push(index);
    else if (request.endsWith("/")) prefixes.push(index);
    else exact.set(lookupKey(request, layer), index);
  }
  return { exact, prefixes, paths };
}

/** webpack and Rspack go through all provides and know no suffixes; enhanced stops at the first that takes a module. */
function matchesEvery(container: Container): boolean {
  return container.implementation === "webpack" || container.implementation === "rspack";
}

/** The provides that a module made for (request, resource) is registered under; the last one wins in webpack and Rspack. */
export function matchProvides(
  container: Container,
  table: ProvideTable,
  request: string,
  resource: FilePath,
  layer: string | undefined,
): readonly ProvideMatch[] {
  const every = matchesEvery(container);
  const matches: ProvideMatch[] = [];
  const exact = table.exact.get(lookupKey(request, layer));
  if (exact !== undefined) {
    const provide = container.provides[exact]!;
    if (every || matchesRequestFilters(request, provide.include, provide.exclude)) {
      matches.push({ provide: exact, request, shareKey: provide.shareKey });
    }
  }
  if (matches.length > 0 && !every) return matches;
  matches.push(...prefixProvides(container, table, request, resource, layer, false));
  if (every || matches.length > 0) return matches;
  const suffix = afterNodeModules(resource);
  if (suffix === undefined) return matches;
  const found = table.exact.get(lookupKey(suffix, layer));
  if (found !== undefined && container.provides[found]!.allowNodeModulesSuffixMatch) {
    return [{ provide: found, request: suffix, shareKey: container.provides[found]!.shareKey }];
  }
  return prefixProvides(container, table, suffix, resource, layer, true);
}

function prefixProvides(
  container: Container,
  table: ProvideTable,
  request: string,
  resource: FilePath,
  layer: string | undefined,
  suffixOnly: boolean,
): readonly ProvideMatch[] {
  const matches: ProvideMatch[] = [];
  for (const index of table.prefixes) {
    const provide = container.provides[index]!;
    if (suffixOnly && !provide.allowNodeModulesSuffixMatch) continue;
    if (provide.layer !== undefined && provide.layer !== layer) continue;
    if (!request.startsWith(provide.request)) continue;
    const remainder = request.slice(provide.request.length);
    if (!matchesRequestFilters(remainder, provide.include, provide.exclude)) continue;
    const named = container.implementation === "webpack" ? resource : request;
    matches.push({ provide: index, request: named, shareKey: provide.shareKey + remainder });
    if (!matchesEvery(container)) break;
  }
  return matches;
}
