/** What is known of the key or value of a configuration under the cursor, for hovers and for explaining a result. */
import { containsOffset } from "../base/text.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import type { ConfigEntry, ConfigTable, FederationConfig } from "../model/federationConfig.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { federationConfigs } from "./federationConfigs.ts";

/** One evaluated place of a configuration. */
export interface EvaluatedPlace {
  readonly config: FederationConfig;
  /** `remotes.cart`, `shared.react.requiredVersion`, `name`. */
  readonly path: string;
  /** The key or value under the cursor. */
  readonly source: SourceRange;
  readonly value: Evaluated<Json>;
  /** What would make an unknown value known. */
  readonly remedy?: string;
}

/** Everything that a configuration says, with the places of keys and values. */
export function* placesOf(config: FederationConfig): Generator<EvaluatedPlace> {
  const at = (path: string, value: Evaluated<Json>, source: SourceRange = value.source): EvaluatedPlace => {
    const remedy = value.known ? undefined : remedyFor(value.reason);
    return { config, path, source, value, ...(remedy === undefined ? {} : { remedy }) };
  };
  if (config.name !== undefined) yield at("name", config.name);
  if (config.filename !== undefined) yield at("filename", config.filename);
  if (config.shareScope !== undefined) yield at("shareScope", config.shareScope);
  if (config.shareStrategy !== undefined) yield at("shareStrategy", config.shareStrategy);
  for (const [name, value] of config.options) yield at(name, value);
  yield* tablePlaces(
    "remotes",
    config.remotes,
    (item) => (item.options.size > 0 ? item.options : listed(item.addresses)),
    at,
  );
  yield* tablePlaces(
    "exposes",
    config.exposes,
    (item) => (item.options.size > 0 ? item.options : listed(item.requests)),
    at,
  );
  yield* tablePlaces("shared", config.shared, (item) => item.options, at);
  for (const row of config.unresolved) yield at(row.path, { known: false, reason: row.reason, source: row.source });
}

function listed(values: readonly Evaluated<string>[]): ReadonlyMap<string, Evaluated<Json>> {
  return new Map(values.map((value, index) => [values.length === 1 ? "" : String(index), value]));
}

function* tablePlaces<T>(
  name: string,
  table: ConfigTable<T>,
  parts: (item: T) => ReadonlyMap<string, Evaluated<Json>>,
  at: (path: string, value: Evaluated<Json>, source?: SourceRange) => EvaluatedPlace,
): Generator<EvaluatedPlace> {
  for (const entry of table.entries) {
    const path = `${name}.${entry.key}`;
    const options = parts(entry.value);
    for (const [key, value] of options) yield at(key === "" ? path : `${path}.${key}`, value);
    yield at(path, entryValue(entry, options), entry.keySource);
  }
}

/** The whole of an entry: one value, or an object of its options. */
function entryValue<T>(entry: ConfigEntry<T>, options: ReadonlyMap<string, Evaluated<Json>>): Evaluated<Json> {
  const only = options.get("");
  if (only !== undefined) return only;
  const doubtful = [...options.values()].find((value) => !value.known);
  if (doubtful !== undefined) return { ...doubtful, source: entry.valueSource };
  const known = [...options].flatMap(([key, value]) => (value.known ? [[key, value.value] as const] : []));
  return { known: true, value: Object.fromEntries(known), source: entry.valueSource };
}

/** A step by which the user can make a value known. */
export function remedyFor(reason: string): string | undefined {
  const variable = /depends on (?:process\.env|import\.meta\.env|env|argv)\.(\w+)/.exec(reason)?.[1];
  if (reason.includes(".env file")) return "turn on federationLens.readDotEnv";
  if (variable !== undefined) return `set ${variable} in federationLens.env`;
  if (reason.includes("differs between development and production")) return "set mode in federationLens.env";
  return reason.includes("is not installed") ? "install the workspace's packages" : undefined;
}

/** The narrowest key or value at an offset that a configuration of the workspace evaluates; `undefined` for other text. */
export function evaluatedAt(db: Db, root: FilePath, file: FilePath, offset: number): EvaluatedPlace | undefined {
  let best: EvaluatedPlace | undefined;
  for (const config of federationConfigs(db, root)) {
    if (!config.files.includes(file)) continue;
    for (const place of placesOf(config)) {
      const { source } = place;
      if (source.file !== file || !containsOffset(source.range, offset)) continue;
      const width = source.range.end - source.range.start;
      if (best === undefined || width < best.source.range.end - best.source.range.start) best = place;
    }
  }
  return best;
}
