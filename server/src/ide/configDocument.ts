/** `fedlens config`: every federation configuration of a workspace, evaluated, as the contract's JSON. */
import { federationConfigs } from "../bundlers/federationConfigs.ts";
import { DYNAMIC, type Evaluated, FUNCTION, type Json } from "../evaluate/evaluated.ts";
import type { ConfigTable, ExposeItem, FederationConfig, RemoteItem, SharedItem } from "../model/federationConfig.ts";
import { type FilePath, relativePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

export interface ConfigDocumentOptions {
  /** The workspace's source files, when they have been listed already. */
  readonly files?: readonly FilePath[];
}

type JsonObject = { readonly [key: string]: Json };

/** The document that `fedlens config --json` prints. */
export function configDocument(db: Db, root: FilePath, options: ConfigDocumentOptions = {}): JsonObject {
  const configs = federationConfigs(db, root, options.files);
  const configJson = (config: FederationConfig): Json => withoutRoot(configData(config, root), root);
  const inBuilds = configs.filter((config) => config.bundler !== "runtime");
  const atRuntime = configs.filter((config) => config.bundler === "runtime");
  return {
    schema: "federation-lens/config@1",
    configs: inBuilds.map(configJson),
    ...(atRuntime.length === 0 ? {} : { runtime: atRuntime.map(configJson) }),
  };
}

/** A value; of several possible ones that of development; of a partly known text its known parts. */
function valueJson(value: Evaluated<Json>): Json {
  if (value.known) return value.value;
  const [first] = value.alternatives ?? [];
  return first ?? value.partial ?? DYNAMIC;
}

/** Absolute paths below the root are printed the same on every machine. */
function withoutRoot(data: Json, root: FilePath): Json {
  if (typeof data === "string") return data === root ? "<root>" : data.replaceAll(`${root}/`, "<root>/");
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map((item: Json) => withoutRoot(item, root));
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withoutRoot(value, root)]));
}

function configData(config: FederationConfig, root: FilePath): JsonObject {
  const alternatives = alternativesOf(config);
  return {
    configPath: relativePath(root, config.file),
    bundler: config.bundler,
    plugin: config.plugin,
    ...(config.name === undefined ? {} : { name: valueJson(config.name) }),
    ...(config.filename === undefined ? {} : { filename: valueJson(config.filename) }),
    ...tableJson("remotes", config.remotes, remoteJson),
    ...tableJson("exposes", config.exposes, exposeJson),
    ...tableJson("shared", config.shared, sharedJson),
    ...(config.shareScope === undefined ? {} : { shareScope: valueJson(config.shareScope) }),
    ...(config.shareStrategy === undefined ? {} : { shareStrategy: valueJson(config.shareStrategy) }),
    unresolved: config.unresolved.map((row) => ({ path: row.path, reason: row.reason })),
    ...(alternatives.length === 0 ? {} : { alternatives }),
  };
}

function tableJson<T>(name: string, table: ConfigTable<T>, item: (value: T) => Json): JsonObject {
  if (table.source === undefined) return {};
  if (table.isFunction) return { [name]: FUNCTION };
  if (!table.complete && table.entries.length === 0) return { [name]: DYNAMIC };
  return { [name]: Object.fromEntries(table.entries.map((entry) => [entry.key, item(entry.value)])) };
}

function optionsJson(options: ReadonlyMap<string, Evaluated<Json>>): JsonObject {
  return Object.fromEntries([...options].map(([key, value]) => [key, valueJson(value)]));
}

function oneOrMany(values: readonly Evaluated<string>[]): Json {
  const [only] = values;
  return values.length === 1 && only !== undefined ? valueJson(only) : values.map(valueJson);
}

function remoteJson(remote: RemoteItem): Json {
  return remote.options.size > 0 ? optionsJson(remote.options) : oneOrMany(remote.addresses);
}

function exposeJson(expose: ExposeItem): Json {
  return expose.options.size > 0 ? optionsJson(expose.options) : oneOrMany(expose.requests);
}

function sharedJson(shared: SharedItem): Json {
  return optionsJson(shared.options);
}

/** Values that depend on the environment, with all that they may be; the first is the one printed in place. */
function alternativesOf(config: FederationConfig): readonly Json[] {
  const rows: Json[] = [];
  const add = (path: string, value: Evaluated<Json> | undefined): void => {
    if (value !== undefined && !value.known && value.alternatives !== undefined)
      rows.push({ path, reason: value.reason, values: value.alternatives });
    if (value?.known && value.assumes !== undefined)
      rows.push({ path, reason: `holds as long as ${value.assumes.join(" and ")}`, values: [value.value] });
  };
  add("name", config.name);
  add("filename", config.filename);
  for (const { key, value } of config.remotes.entries)
    for (const address of value.addresses) add(`remotes.${key}`, address);
  for (const { key, value } of config.exposes.entries)
    for (const request of value.requests) add(`exposes.${key}`, request);
  for (const { key, value } of config.shared.entries)
    for (const [name, option] of value.options) add(`shared.${key}.${name}`, option);
  return rows;
}
