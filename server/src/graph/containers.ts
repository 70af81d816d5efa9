/** Containers of the workspace: evaluated configurations with the defaults of their implementation filled in. */
import { federationConfigs } from "../bundlers/federationConfigs.ts";
import { DYNAMIC, knownValue } from "../evaluate/evaluated.ts";
import type { ExposeItem, FederationConfig, Implementation, RemoteItem } from "../model/federationConfig.ts";
import { normaliseShared } from "../model/normaliseShared.ts";
import { textList } from "../model/options.ts";
import { nearestManifest } from "../project/manifest.ts";
import { resolveModule } from "../project/resolveModule.ts";
import { analysisSettings, workspaceRoots } from "../project/workspace.ts";
import { query, steppedQuery } from "../query/database.ts";
import { baseName, type FilePath, parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import type { Container, ContainerId, Expose, Platform, Remote } from "./container.ts";
import { otherContainers } from "./otherContainers.ts";
import { instancesOfBuilds, instancesOfContainers, inTurn, joined, registersTwice } from "./pluginParts.ts";
import { isEarly, type PluginTables } from "./pluginTables.ts";
import { remoteAddress } from "./remoteAddress.ts";
import { resolveOptionsOf } from "./resolveOptions.ts";
import { refusalOf } from "./validOptions.ts";

const WEBPACK_LIKE: readonly Implementation[] = ["webpack", "enhanced", "rspack"];

const containerTable = steppedQuery<World, ReadonlyMap<ContainerId, Container>>("containers", function* (db) {
  const table = new Map<ContainerId, Container>();
  for (const root of workspaceRoots(db)) {
    const built = federationConfigs(db, root).map((config) => asBuiltBy(db, config));
    for (const instances of instancesOfBuilds(built)) {
      for (const container of containersOf(db, instances)) {
        if (!table.has(container.id)) table.set(container.id, container);
      }
      yield;
    }
  }
  return linkRemotes(
    table,
    [...otherContainers(db).values()].map((other) => other.container),
  );
});

/** Those of other repositories, but for what the workspace has itself. */
const otherTable = query<World, ReadonlyMap<ContainerId, Container>>("linkedOtherContainers", (db) => {
  const own = containers(db);
  const names = new Set(own.map(({ name, project }) => name ?? project));
  const others = [...otherContainers(db).values()].map(({ container }) => container);
  const kept = others.filter(({ name, project }) => !names.has(name ?? project));
  const all = [...own, ...kept];
  return new Map(kept.map((container) => [container.id, ledElsewhere(container, all)]));
});

/** All containers, in the order in which their files are found. */
export function containers(db: Db): readonly Container[] {
  return [...db.get(containerTable).values()];
}

/** Puts them together with pauses, for `containers` to have them at hand. */
export function prepareContainers(db: Db): Generator<void, void> {
  return db.prepare(containerTable, "");
}

/** Containers that snapshots of other repositories tell of. */
export function containersElsewhere(db: Db): readonly Container[] {
  return analysisSettings(db).snapshots.length === 0 ? [] : [...db.get(otherTable).values()];
}

const oneContainer = query<World, Container | undefined>(
  "container",
  (db, id) => db.get(containerTable).get(id) ?? containersElsewhere(db).find((container) => container.id === id),
);

/** One container; a query of its own, so that a change of another one does not reach what was computed from it. */
export function containerById(db: Db, id: ContainerId): Container | undefined {
  return db.get(oneContainer, id);
}

/** The containers that one build makes. */
function containersOf(db: Db, instances: readonly FederationConfig[]): readonly Container[] {
  const groups = instancesOfContainers(instances);
  const made = groups.map((parts) => containerOf(db, parts));
  const refusal = refusalOfBuild(instances);
  const tables = new Map(groups.flatMap((parts, index) => tablesOfParts(parts, made[index]!)));
  const plugins = instances.length === 1 ? undefined : inTurn(instances).map((instance) => tables.get(instance)!);
  return made.map((container) => ({
    ...container,
    ...(plugins === undefined ? {} : { plugins }),
    ...(refusal === undefined ? {} : { refusal }),
  }));
}

function refusalOfBuild(instances: readonly FederationConfig[]): string | undefined {
  if (registersTwice(instances))
    return "Detect duplicate register RspackModuleFederationPlugin,please ensure RspackModuleFederationPlugin is singleton!";
  return instances.map(refusalOf).find((refusal) => refusal !== undefined);
}

/** Each part's share of the tables of its container. */
function tablesOfParts(
  parts: readonly FederationConfig[],
  container: Container,
): readonly (readonly [FederationConfig, PluginTables])[] {
  const consumes = inPieces(container.consumes);
  const provides = inPieces(container.provides);
  const remotes = inPieces(container.remotes);
  const exposes = inPieces(container.exposes);
  return parts.map((part) => {
    const shared = normaliseShared(part, scopesOf(part));
    const consumed = consumes(shared.consumes.length);
    const provided = provides(shared.provides.length);
    return [
      part,
      {
        owner: container.id,
        implementation: part.implementation,
        consumes: consumed.piece,
        firstConsume: consumed.first,
        provides: provided.piece,
        firstProvide: provided.first,
        remotes: remotes(part.remotes.entries.length).piece,
        name: knownValue(part.name),
        filename: knownValue(part.filename),
        exposes: exposes(part.exposes.entries.length).piece,
        shareScopes: scopesOf(part),
        early: isEarly(part),
      },
    ];
  });
}

/** Takes one piece after the other, each of a number of items. */
function inPieces<T>(all: readonly T[]): (count: number) => { readonly first: number; readonly piece: readonly T[] } {
  let taken = 0;
  return (count) => {
    const first = taken;
    taken += count;
    return { first, piece: all.slice(first, taken) };
  };
}

function containerOf(db: Db, parts: readonly FederationConfig[]): Container {
  const config = joined(parts);
  const scopes = scopesOf(config);
  const shared = parts.map((part) => normaliseShared(part, scopesOf(part)));
  const uniqueName = knownValue(config.build.options.get("output.uniqueName"));
  const manifest = nearestManifest(db, config.build.context);
  return {
    id: config.id,
    config,
    name: knownValue(config.name),
    filename: knownValue(config.filename),
    uniqueName: typeof uniqueName === "string" ? uniqueName : manifest?.name,
    implementation: config.implementation,
    runtime: config.runtime,
    platform: platformOf(config),
    shareStrategy: knownValue(config.shareStrategy) === "loaded-first" ? "loaded-first" : "version-first",
    context: config.build.context,
    shareScopes: scopes,
    consumes: shared.flatMap(({ consumes }) => consumes),
    provides: shared.flatMap(({ provides }) => provides),
    exposes: config.exposes.entries.map((entry) => exposeOf(db, config, entry)),
    remotes: parts.flatMap((part) => part.remotes.entries.map((entry) => remoteOf(entry, scopesOf(part)))),
    complete: {
      shared: config.shared.complete,
      exposes: config.exposes.complete,
      remotes: config.remotes.complete,
    },
    project: manifest?.name ?? baseName(config.build.context),
    elsewhere: false,
  };
}

function scopesOf({ shareScope }: FederationConfig): readonly string[] {
  return textList(knownValue(shareScope)) ?? ["default"];
}

/** `--assume-bundler`: the same options, built by another implementation. */
function asBuiltBy(db: Db, config: FederationConfig): FederationConfig {
  const { assumeBundler } = analysisSettings(db);
  if (assumeBundler === undefined || !WEBPACK_LIKE.includes(config.implementation)) return config;
  return { ...config, implementation: assumeBundler, runtime: assumeBundler === "webpack" ? "webpack" : "mf2" };
}

/** As `target` says; without one it is the browser's page. */
function platformOf(config: FederationConfig): Platform | undefined {
  const option = config.build.options.get("target");
  if (option !== undefined && !option.known) return undefined;
  const given = knownValue(option) ?? "web";
  const platforms = (Array.isArray(given) ? given : [given]).map((target): Platform | undefined => {
    if (/^(?:async-)?node|^electron-main/.test(String(target))) return "node";
    if (/^webworker/.test(String(target))) return "worker";
    return /^es(?:\d|x|next)/i.test(String(target)) ? undefined : "web";
  });
  const named = new Set(platforms.filter((platform) => platform !== undefined));
  const [first = "web", ...others] = named;
  return others.length === 0 ? first : undefined;
}

function exposeOf(db: Db, config: FederationConfig, entry: FederationConfig["exposes"]["entries"][number]): Expose {
  const item: ExposeItem = entry.value;
  const requests = item.requests.map((request) => (request.known ? request.value : (request.partial ?? DYNAMIC)));
  const options = resolveOptionsOf(config);
  const files = item.requests.map((request) => {
    if (!request.known) return undefined;
    const resolved = resolveModule(db, request.value, config.build.context, options, "esm");
    return typeof resolved === "object" ? resolved.file : undefined;
  });
  return {
    key: entry.key,
    requests,
    files,
    certain: item.requests.every((request) => request.known) && config.build.resolve.complete,
    keySource: entry.keySource,
    valueSource: entry.valueSource,
  };
}

function remoteOf(entry: FederationConfig["remotes"]["entries"][number], scopes: readonly string[]): Remote {
  const item: RemoteItem = entry.value;
  const addresses = item.addresses.map((address) => (address.known ? address.value : (address.partial ?? DYNAMIC)));
  const first = addresses[0] === undefined ? undefined : remoteAddress(addresses[0]);
  const name = knownValue(item.options.get("name"));
  return {
    alias: entry.key,
    addresses,
    remoteName: typeof name === "string" ? name : first?.remoteName,
    entry: first?.entry,
    shareScopes: textList(knownValue(item.options.get("shareScope"))) ?? scopes,
    container: undefined,
    elsewhere: undefined,
    certain: item.addresses.every((address) => address.known),
    keySource: entry.keySource,
    valueSource: entry.valueSource,
  };
}

/**
 * A remote is the workspace's container of its name (the address's, else the alias). Of several of that name, as in a
 * workspace with several products, it is the one that lies nearest; where that leaves a choice, it is not known.
 */
function linkRemotes(
  table: ReadonlyMap<ContainerId, Container>,
  others: readonly Container[],
): ReadonlyMap<ContainerId, Container> {
  const byName = new Map<string, Container[]>();
  for (const container of table.values()) {
    if (container.name === undefined || container.exposes.length === 0) continue;
    const named = byName.get(container.name) ?? [];
    named.push(container);
    byName.set(container.name, named);
  }
  const linked = new Map<ContainerId, Container>();
  for (const [id, container] of table) {
    const remotes = container.remotes.map((remote) => {
      const name = remote.remoteName ?? remote.alias;
      // A container that is its own remote asks for what it has anyway.
      const named = name === container.name ? [] : (byName.get(name) ?? []);
      return { ...remote, container: soleTarget(nearest(container, named)) };
    });
    const known = { ...container, remotes };
    linked.set(id, others.length === 0 ? known : ledElsewhere(known, others));
  }
  return linked;
}

/** A remote that is no container of its own workspace may be one of another. */
function ledElsewhere(container: Container, others: readonly Container[]): Container {
  const remotes = container.remotes.map((remote) => {
    const name = remote.remoteName ?? remote.alias;
    if (remote.container !== undefined || name === container.name) return remote;
    const named = others.filter((other) => other.name === name && other.exposes.length > 0);
    return { ...remote, elsewhere: soleTarget(nearest(container, named)) };
  });
  return { ...container, remotes };
}

/** Those that run where a container runs, if there are any, and of these those that share the most leading folders. */
function nearest(container: Container, all: readonly Container[]): readonly Container[] {
  const alike = all.filter(({ platform }) => platform === container.platform);
  const named = alike.length > 0 ? alike : all;
  const shared = named.map((other) => commonFolders(container.context, other.context));
  const most = Math.max(0, ...shared);
  return named.filter((_, index) => shared[index] === most);
}

function commonFolders(left: FilePath, right: FilePath): number {
  const rightParts = right.split("/");
  const differs = left.split("/").findIndex((part, index) => part !== rightParts[index]);
  return differs < 0 ? rightParts.length : differs;
}

/** Two configurations of one app (development and production) that expose the same are one target. */
function soleTarget(named: readonly Container[]): ContainerId | undefined {
  const [first, ...others] = named;
  if (first === undefined) return undefined;
  const exposed = first.exposes.map((expose) => expose.key).join("\0");
  const same = others.every(
    (other) =>
      parentPath(other.config.file) === parentPath(first.config.file) &&
      other.exposes.map((expose) => expose.key).join("\0") === exposed,
  );
  return same ? first.id : undefined;
}
