/**
 * Share scopes as a running page holds them, copied out of its console: `__webpack_share_scopes__`, one scope or one key
 * of it, `shareScopeMap` of an instance, or `__FEDERATION__` with all instances. JSON has lost the functions in them.
 */
import type { FederationRuntime } from "../../model/federationConfig.ts";
import type { ScopeEntry } from "./scope.ts";

/** What an entry of the 2.x runtime says of the consumer that declared it. */
export interface DeclaredShare {
  readonly requiredVersion: string | false | null;
  readonly singleton: boolean;
  readonly strictVersion: boolean;
}

export interface PastedEntry extends ScopeEntry {
  readonly declared: DeclaredShare | undefined;
  /** Containers that have loaded it; only the 2.x runtime keeps them. */
  readonly usedIn: readonly string[];
}

/** One share key of one share scope. */
export interface PastedKey {
  /** The instance whose scopes they are, where the copy tells. */
  readonly instance: string | undefined;
  readonly shareScope: string;
  readonly shareKey: string;
  readonly runtime: Exclude<FederationRuntime, "native-federation">;
  readonly entries: readonly PastedEntry[];
}

type Json = Readonly<Record<string, unknown>>;

/** Levels above an entry: 1 versions of a key, 2 keys of a scope, 3 scopes, 4 scopes by instance. */
const DEEPEST = 4;

/** Everything in a copy that is a share scope; nothing where it holds none. */
export function readPastedScopes(
  value: unknown,
  names: { readonly shareScope: string; readonly shareKey: string } = { shareScope: "default", shareKey: "?" },
): readonly PastedKey[] {
  if (Array.isArray(value)) return value.flatMap((item) => instanceScopes(item, names));
  if (!isObject(value)) return [];
  for (const wrapper of ["__webpack_share_scopes__", "__FEDERATION__"]) {
    if (wrapper in value) return readPastedScopes(value[wrapper], names);
  }
  // Both list the same scopes; the instances also tell their names.
  if (Array.isArray(value.__INSTANCES__)) return readPastedScopes(value.__INSTANCES__, names);
  if ("__SHARE__" in value) return readPastedScopes(value.__SHARE__, names);
  if ("shareScopeMap" in value) return instanceScopes(value, names);
  switch (levelsOf(value)) {
    case 1:
      return [keyOf(value, undefined, names.shareScope, names.shareKey)];
    case 2:
      return scopeKeys(value, undefined, names.shareScope);
    case 3:
      return scopesKeys(value, undefined);
    case 4:
      return objectsOf(value).flatMap(([instance, scopes]) => scopesKeys(scopes, instance));
    default:
      return [];
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEntry(value: Json): boolean {
  return typeof value.from === "string";
}

function objectsOf(value: Json): readonly (readonly [string, Json])[] {
  return Object.entries(value).filter((pair): pair is [string, Json] => isObject(pair[1]));
}

function levelsOf(value: Json, limit = DEEPEST): number | undefined {
  if (isEntry(value)) return 0;
  if (limit === 0) return undefined;
  for (const [, inner] of objectsOf(value)) {
    const levels = levelsOf(inner, limit - 1);
    if (levels !== undefined) return levels + 1;
  }
  return undefined;
}

function instanceScopes(
  value: unknown,
  names: { readonly shareScope: string; readonly shareKey: string },
): readonly PastedKey[] {
  if (!isObject(value)) return [];
  if (!isObject(value.shareScopeMap)) return readPastedScopes(value, names);
  return scopesKeys(value.shareScopeMap, typeof value.name === "string" ? value.name : undefined);
}

function scopesKeys(scopes: Json, instance: string | undefined): readonly PastedKey[] {
  return objectsOf(scopes).flatMap(([shareScope, keys]) => scopeKeys(keys, instance, shareScope));
}

function scopeKeys(keys: Json, instance: string | undefined, shareScope: string): readonly PastedKey[] {
  return objectsOf(keys).map(([shareKey, versions]) => keyOf(versions, instance, shareScope, shareKey));
}

function keyOf(versions: Json, instance: string | undefined, shareScope: string, shareKey: string): PastedKey {
  const found = objectsOf(versions).filter(([, entry]) => isEntry(entry));
  const isMf2 = found.some(([, entry]) => "shareConfig" in entry || "useIn" in entry || "strategy" in entry);
  return {
    instance,
    shareScope,
    shareKey,
    runtime: isMf2 ? "mf2" : "webpack",
    entries: found.map(([version, entry]) => entryOf(version, entry)),
  };
}

function entryOf(version: string, entry: Json): PastedEntry {
  const config = isObject(entry.shareConfig) ? entry.shareConfig : undefined;
  const { requiredVersion } = config ?? {};
  return {
    version,
    from: String(entry.from),
    eager: Boolean(entry.eager) || Boolean(config?.eager),
    loaded: Boolean(entry.loaded),
    loading: Boolean(entry.loading),
    ...(entry.strategy === "loaded-first" ? { strategy: "loaded-first" as const } : {}),
    declared:
      config === undefined
        ? undefined
        : {
            requiredVersion: typeof requiredVersion === "string" || requiredVersion === false ? requiredVersion : null,
            singleton: Boolean(config.singleton),
            strictVersion: Boolean(config.strictVersion),
          },
    usedIn: Array.isArray(entry.useIn) ? entry.useIn.filter((item) => typeof item === "string") : [],
  };
}
