/** Brings together what a file gives in development and in production: differing values become alternatives. */
import { deepEquals } from "../base/equals.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import type {
  ConfigEntry,
  ConfigTable,
  ExposeItem,
  FederationConfig,
  RemoteItem,
  SharedItem,
  UnresolvedValue,
} from "../model/federationConfig.ts";

const REASON = "differs between development and production";

/** Instances are matched by their place; one that exists in production only is added. */
export function mergeWorlds(
  development: readonly FederationConfig[],
  production: readonly FederationConfig[],
): readonly FederationConfig[] {
  const rest = [...production];
  const merged = development.map((config) => {
    const index = rest.findIndex((other) => samePlace(config, other));
    const [twin] = index < 0 ? [] : rest.splice(index, 1);
    return twin === undefined ? alone(config) : mergeConfig(config, twin);
  });
  const only = rest.map((config, index) => ({ ...alone(config), id: `${config.file}#${merged.length + index}` }));
  return [...merged, ...only];
}

/** What is there in one world only stands beside nothing that is there in the other only. */
function alone({ compilation, ...config }: FederationConfig): FederationConfig {
  return config;
}

function samePlace(left: FederationConfig, right: FederationConfig): boolean {
  return (
    left.plugin === right.plugin &&
    left.source.file === right.source.file &&
    left.source.range.start === right.source.range.start
  );
}

function mergeConfig(config: FederationConfig, other: FederationConfig): FederationConfig {
  const rows: UnresolvedValue[] = [...config.unresolved];
  const merge = <T extends Json>(
    path: string,
    left: Evaluated<T> | undefined,
    right: Evaluated<T> | undefined,
  ): Evaluated<T> | undefined => {
    const value = mergeValue(left, right);
    if (value !== left && value !== undefined && !value.known)
      rows.push({ path, reason: value.reason, source: value.source });
    return value;
  };
  const name = merge("name", config.name, other.name);
  const filename = merge("filename", config.filename, other.filename);
  const shareScope = merge("shareScope", config.shareScope, other.shareScope);
  const shareStrategy = merge("shareStrategy", config.shareStrategy, other.shareStrategy);
  noteLone("remotes", config.remotes, other.remotes, rows);
  noteLone("exposes", config.exposes, other.exposes, rows);
  noteLone("shared", config.shared, other.shared, rows);
  return {
    ...config,
    ...(name === undefined ? {} : { name }),
    ...(filename === undefined ? {} : { filename }),
    ...(shareScope === undefined ? {} : { shareScope }),
    ...(shareStrategy === undefined ? {} : { shareStrategy }),
    remotes: mergeTable(config.remotes, other.remotes, (left: RemoteItem, right, key) => ({
      addresses: left.addresses.map(
        (address, index) => merge(`remotes.${key}`, address, right.addresses[index]) ?? address,
      ),
      options: mergeMap(left.options, right.options),
    })),
    exposes: mergeTable(config.exposes, other.exposes, (left: ExposeItem, right, key) => ({
      requests: left.requests.map(
        (request, index) => merge(`exposes.${key}`, request, right.requests[index]) ?? request,
      ),
      options: mergeMap(left.options, right.options),
    })),
    shared: mergeTable(config.shared, other.shared, (left: SharedItem, right) => ({
      ...left,
      options: mergeMap(left.options, right.options),
      complete: left.complete && right.complete && [...right.options.keys()].every((key) => left.options.has(key)),
    })),
    options: mergeMap(config.options, other.options),
    unresolved: rows,
    files: [...new Set([...config.files, ...other.files])],
    build: { ...config.build, options: mergeMap(config.build.options, other.build.options) },
  };
}

/** Says of entries that they are there in one world only. */
function noteLone<T>(name: string, left: ConfigTable<T>, right: ConfigTable<T>, rows: UnresolvedValue[]): void {
  const note = (entries: ConfigTable<T>["entries"], others: ConfigTable<T>["entries"], world: string): void => {
    const keys = new Set(others.map(({ key }) => key));
    for (const { key, keySource } of entries)
      if (!keys.has(key)) rows.push({ path: `${name}.${key}`, reason: `is there in ${world} only`, source: keySource });
  };
  if (!left.complete || !right.complete) return;
  note(left.entries, right.entries, "development");
  note(right.entries, left.entries, "production");
}

function mergeTable<T>(
  left: ConfigTable<T>,
  right: ConfigTable<T>,
  merge: (left: T, right: T, key: string) => T,
): ConfigTable<T> {
  // A key that is named again is merged with its own counterpart.
  const placeOf = (all: ConfigTable<T>["entries"], index: number): string => {
    const { key } = all[index]!;
    return `${all.slice(0, index).filter((entry) => entry.key === key).length} ${key}`;
  };
  const others = new Map(right.entries.map((entry, index) => [placeOf(right.entries, index), entry]));
  const entries = left.entries.map((entry, index): ConfigEntry<T> => {
    const other = others.get(placeOf(left.entries, index));
    return other === undefined ? entry : { ...entry, value: merge(entry.value, other.value, entry.key) };
  });
  const sameKeys =
    left.entries.length === right.entries.length &&
    left.entries.every((_, index) => others.has(placeOf(left.entries, index)));
  return { ...left, entries, complete: left.complete && right.complete && sameKeys };
}

function mergeMap(
  left: ReadonlyMap<string, Evaluated<Json>>,
  right: ReadonlyMap<string, Evaluated<Json>>,
): ReadonlyMap<string, Evaluated<Json>> {
  const merged = new Map(left);
  for (const [key, value] of left) merged.set(key, mergeValue(value, right.get(key)) ?? value);
  return merged;
}

function mergeValue<T extends Json>(
  left: Evaluated<T> | undefined,
  right: Evaluated<T> | undefined,
): Evaluated<T> | undefined {
  if (left === undefined || right === undefined || !left.known || !right.known || deepEquals(left.value, right.value))
    return left;
  return { known: false, reason: REASON, source: left.source, alternatives: [left.value, right.value] };
}
