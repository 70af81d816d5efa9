/** What the runtimes keep in share scopes: registered versions, who holds them, and what loading writes into them. */
import type { FederationRuntime } from "../../model/federationConfig.ts";
import { mf2Candidate } from "./mf2Negotiation.ts";
import type { PageContainer, PageEntry, PageProvide } from "./pageContainer.ts";
import type { Progress } from "./progress.ts";
import { inKeyOrder, type ShareStrategy, takesSlot } from "./scope.ts";

/** What a runtime keeps of one registered version; the same object can stand in several scopes. */
export interface Slot {
  /** The scope's key. */
  readonly version: string;
  readonly eager: boolean;
  readonly strategy?: ShareStrategy;
  /** The runtime that registered it, whose form it has. */
  readonly runtime: FederationRuntime;
  /** Share scopes that the 2.x runtime writes to when it loads the version. */
  readonly shareScopes: readonly string[];
  /** Version of the copy that it hands out. */
  readonly copyVersion: string;
  from: string;
  loaded: boolean;
  loading: boolean;
  /** The 2.x runtime has the loaded module at hand. */
  hasModule: boolean;
  /** Whose copy it hands out. */
  container: string;
}

/** By share key, then version, in the order of registration. */
type Scope = Map<string, Map<string, Slot>>;

export interface State {
  readonly container: PageContainer;
  /** What it provides, in that order. */
  readonly own: readonly { readonly provide: PageProvide; readonly slot: Slot }[];
  readonly scopes: Map<string, Scope>;
  /** Share scopes whose initialisation has begun. */
  readonly initialised: Map<string, Progress>;
  /** Remotes that have been handed a scope, by index. */
  readonly handedOver: Set<number>;
}

export function createState(container: PageContainer): State {
  const own = container.provides.map((provide) => ({ provide, slot: slotOf(provide, container) }));
  const state: State = { container, own, scopes: new Map(), initialised: new Map(), handedOver: new Set() };
  if (container.runtime !== "mf2") return state;
  // When an instance is made, it registers a copy of the first version of each key.
  for (const { provide, slot } of own) {
    const scope = scopeOf(state, provide.shareScope);
    if (!scope.has(provide.shareKey)) scope.set(provide.shareKey, new Map([[provide.version, { ...slot }]]));
  }
  return state;
}

function slotOf({ version, eager, shareScope }: PageProvide, { id, from, runtime, strategy }: PageContainer): Slot {
  return {
    version,
    eager,
    runtime,
    from,
    loaded: false,
    loading: false,
    hasModule: false,
    container: id,
    copyVersion: version,
    // What webpack's runtime registers says no scope, and the 2.x runtime then takes the default one.
    shareScopes: [runtime === "mf2" ? shareScope : "default"],
    ...(runtime === "mf2" ? { strategy } : {}),
  };
}

/** An entry as it is now; webpack's runtime does not see that one of the 2.x runtime is eager. */
export function seenBy(runtime: FederationRuntime, slot: Slot): PageEntry {
  return { ...slot, eager: slot.eager && (runtime === "mf2" || slot.runtime !== "mf2") };
}

export function scopeOf(state: State, shareScope: string): Scope {
  return entryOf(state.scopes, shareScope, () => new Map());
}

function entryOf<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

export function register(scope: Scope, shareKey: string, slot: Slot, runtime: FederationRuntime): void {
  const versions = entryOf(scope, shareKey, () => new Map<string, Slot>());
  const holder = versions.get(slot.version);
  if (holder === undefined || takesSlot(runtime, slot, seenBy(runtime, holder))) versions.set(slot.version, slot);
}

/**
 * The consumer's own copy of a key, of which the 2.x runtime reads the strategy and the consumer's name: without one, it
 * goes on as if neither were set.
 */
export function ownCopy({ own }: State, shareKey: string): Slot | undefined {
  const byVersion = new Map<string, Slot>();
  for (const { provide, slot } of own) if (provide.shareKey === shareKey) byVersion.set(provide.version, slot);
  return mf2Candidate("version-first", inKeyOrder([...byVersion.values()]));
}

/** Marks a version as loaded, as the consumer's runtime does. */
export function take(state: State, shareKey: string, slot: Slot): void {
  if (state.container.runtime !== "mf2") {
    slot.loaded = true;
    return;
  }
  const isUnderWay = slot.loading && !slot.loaded;
  if (!slot.hasModule && !isUnderWay) writeLoading(state, shareKey, slot);
  slot.loaded = true;
  slot.hasModule = true;
}

/** The 2.x runtime writes down, under the scopes and the version that an entry names, that it loads it. */
function writeLoading(state: State, shareKey: string, slot: Slot): void {
  // An entry of webpack's runtime names no version, and so becomes a further one of the name `undefined`.
  const version = slot.runtime === "mf2" ? slot.version : "undefined";
  for (const shareScope of slot.shareScopes) {
    const versions = entryOf(scopeOf(state, shareScope), shareKey, () => new Map<string, Slot>());
    const written = entryOf(versions, version, () => ({
      ...slot,
      version,
      shareScopes: [shareScope],
      hasModule: false,
    }));
    if (!written.loading) {
      written.loading = true;
      if (!written.loaded) written.container = slot.container;
    }
    // From now on the entry goes by the name of whoever loads it.
    written.from = state.container.from;
  }
}
