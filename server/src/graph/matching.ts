/**
 * Which requests become consume-shared modules and which resources are provided: the matching of webpack's, enhanced's
 * and Rspack's sharing plugins. The request's text decides, before aliases.
 */

import type { ConsumeShared, ProvideShared } from "../model/shared.ts";
import { type FilePath, isAbsolutePath, isRelativePath, joinPath } from "../vfs/path.ts";
import type { PluginTables } from "./pluginTables.ts";
import { requestPasses } from "./versionFilters.ts";

export interface ConsumeMatch {
  /** Index in the `consumes` of the plugin instance. */
  readonly consume: number;
  /** The request as the plugin goes on with it: warnings name it, the package name is taken from it. */
  readonly request: string;
  readonly shareKey: string;
  readonly import: string | undefined;
}

/** Consumes or provides of one plugin instance by the kind of their key, as indexes. Of equal plain keys the last one counts. */
export interface RequestTable {
  readonly exact: ReadonlyMap<string, number>;
  readonly prefixes: readonly number[];
  /** All of them, matched by the resolved resource. */
  readonly relative: readonly number[];
  readonly absolute: readonly number[];
}

const LAYER_SEPARATOR = "\0";

function lookupKey(request: string, layer: string | undefined): string {
  return layer === undefined ? request : `${layer}${LAYER_SEPARATOR}${request}`;
}

function requestTable<T extends { readonly request: string }>(
  items: readonly T[],
  layerOf: (item: T) => string | undefined,
): RequestTable {
  const exact = new Map<string, number>();
  const prefixes = new Map<string, number>();
  const relative: number[] = [];
  const absolute: number[] = [];
  for (const [index, item] of items.entries()) {
    const key = lookupKey(item.request, layerOf(item));
    if (isRelativePath(item.request)) relative.push(index);
    else if (isAbsolutePath(item.request)) absolute.push(index);
    else (item.request.endsWith("/") ? prefixes : exact).set(key, index);
  }
  return { exact, prefixes: [...prefixes.values()], relative, absolute };
}

export function consumeTable(consumes: readonly ConsumeShared[]): RequestTable {
  return requestTable(consumes, ({ issuerLayer }) => issuerLayer);
}

/** The consume that takes a request before it is resolved. */
export function matchConsume(
  tables: PluginTables,
  table: RequestTable,
  request: string,
  directory: FilePath,
  issuerLayer: string | undefined,
): ConsumeMatch | undefined {
  const exact = table.exact.get(lookupKey(request, issuerLayer)) ?? table.exact.get(request);
  if (exact !== undefined) return exactMatch(tables, exact, request);
  const suffixes = !matchesEvery(tables) && isRelativePath(request);
  const suffix = suffixes ? afterNodeModules(joinPath(directory, request)) : undefined;
  if (suffix !== undefined) {
    const found = table.exact.get(lookupKey(suffix, issuerLayer)) ?? table.exact.get(suffix);
    if (found !== undefined && tables.consumes[found]!.allowNodeModulesSuffixMatch) {
      return exactMatch(tables, found, suffix);
    }
  }
  return (
    prefixMatch(tables, table, request, issuerLayer, false) ??
    (suffix === undefined ? undefined : prefixMatch(tables, table, suffix, issuerLayer, true))
  );
}

function exactMatch(tables: PluginTables, index: number, request: string): ConsumeMatch {
  const consume = tables.consumes[index]!;
  return { consume: index, request, shareKey: consume.shareKey, import: consume.import };
}

function prefixMatch(
  tables: PluginTables,
  table: RequestTable,
  request: string,
  issuerLayer: string | undefined,
  suffixOnly: boolean,
): ConsumeMatch | undefined {
  for (const index of table.prefixes) {
    const consume = tables.consumes[index]!;
    if (suffixOnly && !consume.allowNodeModulesSuffixMatch) continue;
    if (consume.issuerLayer !== undefined && consume.issuerLayer !== issuerLayer) continue;
    if (!request.startsWith(consume.request)) continue;
    const remainder = request.slice(consume.request.length);
    if (!requestPasses(consume, remainder)) continue;
    return {
      consume: index,
      request,
      shareKey: consume.shareKey + remainder,
      import: consume.import === undefined ? undefined : consume.import + remainder,
    };
  }
  return undefined;
}

/** How a request comes under a share key: by its text, by what the text begins with, or by the file that it leads to. */
export type MatchKind = "exact" | "prefix" | "resolved-file" | "node-modules-path";

/** Of a request that has become a module of this consume. */
export function matchKind({ request: key }: ConsumeShared, request: string): MatchKind {
  if (isRelativePath(key) || isAbsolutePath(key)) return "resolved-file";
  if (request === key) return "exact";
  return isRelativePath(request) ? "node-modules-path" : "prefix";
}

/** The part after the last `node_modules/`. */
export function afterNodeModules(path: FilePath): string | undefined {
  const at = path.lastIndexOf("/node_modules/");
  return at < 0 ? undefined : path.slice(at + "/node_modules/".length);
}

export interface ProvideMatch {
  readonly provide: number;
  /** What the bundler's warning calls it. */
  readonly request: string;
  readonly shareKey: string;
}

export function provideTable(provides: readonly ProvideShared[]): RequestTable {
  return requestTable(provides, ({ layer }) => layer);
}

/** webpack and Rspack go through all provides and know no suffixes; enhanced stops at the first that takes a module. */
export function matchesEvery(tables: PluginTables): boolean {
  return tables.implementation === "webpack" || tables.implementation === "rspack";
}

/**
 * The provides that a module made for (request, resource) may be registered under. In webpack and Rspack the last one
 * wins, in enhanced the first whose filters let it pass.
 */
export function matchProvides(
  tables: PluginTables,
  table: RequestTable,
  request: string,
  resource: FilePath,
  layer: string | undefined,
): readonly ProvideMatch[] {
  const every = matchesEvery(tables);
  const matches: ProvideMatch[] = [];
  const exact = table.exact.get(lookupKey(request, layer));
  if (exact !== undefined) {
    const provide = tables.provides[exact]!;
    if (every || requestPasses(provide, request)) {
      matches.push({ provide: exact, request, shareKey: provide.shareKey });
    }
  }
  matches.push(...prefixProvides(tables, table, request, resource, layer, false));
  const suffix = every ? undefined : afterNodeModules(resource);
  if (suffix === undefined) return matches;
  const found = table.exact.get(lookupKey(suffix, layer));
  if (found !== undefined && tables.provides[found]!.allowNodeModulesSuffixMatch)
    matches.push({ provide: found, request: suffix, shareKey: tables.provides[found]!.shareKey });
  return [...matches, ...prefixProvides(tables, table, suffix, resource, layer, true)];
}

function prefixProvides(
  tables: PluginTables,
  table: RequestTable,
  request: string,
  resource: FilePath,
  layer: string | undefined,
  suffixOnly: boolean,
): readonly ProvideMatch[] {
  const matches: ProvideMatch[] = [];
  for (const index of table.prefixes) {
    const provide = tables.provides[index]!;
    if (suffixOnly && !provide.allowNodeModulesSuffixMatch) continue;
    if (provide.layer !== undefined && provide.layer !== layer) continue;
    if (!request.startsWith(provide.request)) continue;
    const remainder = request.slice(provide.request.length);
    if (!requestPasses(provide, remainder)) continue;
    const named = tables.implementation === "webpack" ? resource : request;
    matches.push({ provide: index, request: named, shareKey: provide.shareKey + remainder });
    if (!matchesEvery(tables)) break;
  }
  return matches;
}
