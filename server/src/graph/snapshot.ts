/**
 * What one repository tells another about its containers: the document that `fedlens index` writes. Reading takes it and
 * `mf-manifest.json`, the file that the 2.x plugins write, and never fails: what is not there is not known.
 */
import type { FederationRuntime, Implementation } from "../model/federationConfig.ts";
import type { Platform } from "./container.ts";

export const SNAPSHOT_SCHEMA = "federation-lens/index@1";

export interface SnapshotConsume {
  /** As its bundler prints the module. */
  readonly id: string;
  readonly shareScope: string;
  /** All scopes that the bundler's one module is for. */
  readonly shareScopes: readonly string[];
  readonly shareKey: string;
  readonly requiredVersion: string | false | null;
  /** `null` where it is not known. */
  readonly singleton: boolean | null;
  readonly strictVersion: boolean;
  readonly eager: boolean;
  readonly layer?: string;
  /** The module that is taken where none is shared, from its repository's folder; `null` without one. */
  readonly fallback: string | null;
  /** Exports that are used; `null` for the whole module, or where they are not known. */
  readonly usedExports: readonly string[] | null;
}

export interface SnapshotProvide {
  readonly id: string;
  readonly shareScope: string;
  readonly shareScopes: readonly string[];
  readonly shareKey: string;
  readonly version: string | false;
  readonly resource: string;
  readonly eager: boolean;
  readonly layer?: string;
}

export interface SnapshotRemote {
  readonly alias: string;
  readonly addresses: readonly string[];
  readonly shareScopes: readonly string[];
  /** What its code asks of the remote: `./Button`. */
  readonly requests: readonly string[];
}

export interface SnapshotContainer {
  readonly name: string | null;
  readonly project: string;
  readonly filename: string | null;
  readonly uniqueName: string | null;
  readonly implementation: Implementation;
  readonly runtime: FederationRuntime;
  readonly platform: Platform | null;
  readonly shareStrategy: "version-first" | "loaded-first";
  readonly shareScopes: readonly string[];
  readonly exposes: readonly string[];
  readonly remotes: readonly SnapshotRemote[];
  readonly consumes: readonly SnapshotConsume[];
  readonly provides: readonly SnapshotProvide[];
  /** False where there may be more than is told. */
  readonly complete: { readonly shared: boolean; readonly exposes: boolean; readonly remotes: boolean };
}

export interface Snapshot {
  readonly schema: typeof SNAPSHOT_SCHEMA;
  readonly containers: readonly SnapshotContainer[];
}

/** `undefined` for a text that is neither a snapshot nor a manifest. */
export function readSnapshot(text: string): readonly SnapshotContainer[] | undefined {
  const data = parsed(text);
  if (data.schema === SNAPSHOT_SCHEMA) return records(data.containers).map(containerOf);
  const isManifest = typeof data.name === "string" && Array.isArray(data.exposes) && Array.isArray(data.shared);
  return isManifest ? [manifestContainer(data)] : undefined;
}

type JsonRecord = Readonly<Record<string, unknown>>;

function parsed(text: string): JsonRecord {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

function containerOf(data: JsonRecord): SnapshotContainer {
  const complete = record(data.complete);
  return {
    name: textOr(data.name, null),
    project: textOr(data.project, textOr(data.name, "?")),
    filename: textOr(data.filename, null),
    uniqueName: textOr(data.uniqueName, null),
    implementation: oneOf(data.implementation, ["webpack", "enhanced", "rspack", "vite", "native-federation"]),
    runtime: oneOf(data.runtime, ["webpack", "mf2", "native-federation"]),
    platform: data.platform === null ? null : oneOf<Platform>(data.platform, ["web", "worker", "node"]),
    shareStrategy: oneOf(data.shareStrategy, ["version-first", "loaded-first"]),
    shareScopes: scopesOf(data),
    exposes: texts(data.exposes),
    remotes: records(data.remotes).map((remote) => ({
      alias: textOr(remote.alias, ""),
      addresses: texts(remote.addresses),
      shareScopes: scopesOf(remote),
      requests: texts(remote.requests),
    })),
    consumes: records(data.consumes).map((consume) => ({
      ...sharedOf(consume),
      requiredVersion: consume.requiredVersion === false ? false : textOr(consume.requiredVersion, null),
      singleton: typeof consume.singleton === "boolean" ? consume.singleton : null,
      strictVersion: consume.strictVersion === true,
      fallback: textOr(consume.fallback, null),
      usedExports: Array.isArray(consume.usedExports) ? texts(consume.usedExports) : null,
    })),
    provides: records(data.provides).map((provide) => ({
      ...sharedOf(provide),
      version: textOr(provide.version, false),
      resource: textOr(provide.resource, textOr(provide.shareKey, "")),
    })),
    complete: {
      shared: complete.shared === true,
      exposes: complete.exposes === true,
      remotes: complete.remotes === true,
    },
  };
}

function sharedOf(data: JsonRecord) {
  const shareScopes = scopesOf(data);
  return {
    id: textOr(data.id, ""),
    shareScope: textOr(data.shareScope, shareScopes[0] ?? "default"),
    shareScopes,
    shareKey: textOr(data.shareKey, ""),
    eager: data.eager === true,
    ...(typeof data.layer === "string" ? { layer: data.layer } : {}),
  };
}

/** A manifest says neither in which scope something is shared nor, reliably, whether it is a singleton. */
function manifestContainer(data: JsonRecord): SnapshotContainer {
  const name = textOr(data.name, "");
  const meta = record(data.metaData);
  const shared = records(data.shared).filter((item) => typeof item.name === "string");
  const remotes = new Map<string, JsonRecord[]>();
  for (const remote of records(data.remotes)) {
    const alias = textOr(remote.alias, textOr(remote.federationContainerName, ""));
    remotes.set(alias, [...(remotes.get(alias) ?? []), remote]);
  }
  const base = (item: JsonRecord, type: string) => ({
    id: `${type} shared module (default) ${textOr(item.name, "")}`,
    shareScope: "default",
    shareScopes: ["default"],
    shareKey: textOr(item.name, ""),
    eager: false,
  });
  return {
    name,
    project: textOr(record(meta.buildInfo).buildName, name),
    filename: textOr(record(meta.remoteEntry).name, null) || null,
    uniqueName: null,
    implementation: "enhanced",
    runtime: "mf2",
    platform: null,
    shareStrategy: "version-first",
    shareScopes: ["default"],
    exposes: records(data.exposes).map((expose) => textOr(expose.path, `./${textOr(expose.name, "")}`)),
    remotes: [...remotes].map(([alias, all]) => ({
      alias,
      addresses: [`${textOr(all[0]!.federationContainerName, alias)}@${textOr(all[0]!.entry, "")}`],
      shareScopes: ["default"],
      requests: all.map((remote) => (remote.moduleName === "." ? "." : `./${textOr(remote.moduleName, "")}`)),
    })),
    consumes: shared.map((item) => ({
      ...base(item, "consume"),
      requiredVersion: textOr(item.requiredVersion, null),
      singleton: null,
      strictVersion: false,
      fallback: textOr(item.name, ""),
      usedExports: null,
    })),
    provides: shared.map((item) => ({
      ...base(item, "provide"),
      version: textOr(item.version, false),
      resource: textOr(item.name, ""),
    })),
    complete: { shared: false, exposes: true, remotes: false },
  };
}

function scopesOf({ shareScopes }: JsonRecord): readonly string[] {
  const given = texts(shareScopes);
  return given.length === 0 ? ["default"] : given;
}

function record(value: unknown): JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonRecord) : {};
}

function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === "string" ? value : otherwise;
}

/** The first of them where the value is none. */
function oneOf<T extends string>(value: unknown, all: readonly [T, ...T[]]): T {
  return all.find((item) => item === value) ?? all[0];
}
