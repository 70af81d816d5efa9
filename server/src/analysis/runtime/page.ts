/**
 * One page: containers that initialise each other's share scopes and then consume from them. Follows webpack's
 * `initializeSharing` and `container.init`, and the 2.x runtime's with its bundlers' code, in their order: a container
 * registers its own versions first, then its remotes, those that load a script after everything that is there at once.
 */
import type { FederationRuntime } from "../../model/federationConfig.ts";
import { mf2Candidate } from "./mf2Negotiation.ts";
import { negotiate } from "./negotiate.ts";
import type { Negotiated, NegotiatingConsumer } from "./outcome.ts";
import { Progress } from "./progress.ts";
import { inKeyOrder, type ScopeEntry, type ShareStrategy, takesSlot } from "./scope.ts";
import { Waiting } from "./waiting.ts";

export interface PageProvide {
  readonly shareScope: string;
  readonly shareKey: string;
  readonly version: string;
  readonly eager: boolean;
}

export interface PageRemote {
  /** Id of its container. */
  readonly container: string;
  /** The host's share scopes that are handed over; more than one is a list in the configuration. */
  readonly shareScopes: readonly string[];
  /** The container is there without waiting (`var`, `commonjs`), or comes with a script or a promise. */
  readonly immediate: boolean;
  /** The bundle's own code loads it, not the 2.x runtime: every type of remote but a script. */
  readonly external?: boolean;
  /** Nothing in the build imports from it, so that only code that loads it by itself initialises it. */
  readonly dormant?: boolean;
}

export interface PageContainer {
  readonly id: string;
  /** How it calls itself in a scope. */
  readonly from: string;
  readonly runtime: FederationRuntime;
  readonly strategy: ShareStrategy;
  /** The share scopes under which it keeps what a host hands over; more than one is a list. */
  readonly shareScopes: readonly string[];
  readonly provides: readonly PageProvide[];
  readonly remotes: readonly PageRemote[];
}

/** An entry of a scope with the container whose copy it is; `from` is what the runtime says. */
export interface PageEntry extends ScopeEntry {
  readonly container: string;
}

export interface PageOutcome extends Negotiated {
  /** Whose copy is handed out, and its version; `undefined` where none of the scope is. */
  readonly container: string | undefined;
  readonly version: string | undefined;
}

export interface Consumption extends Omit<NegotiatingConsumer, "from"> {
  readonly container: string;
  /** Where the 2.x runtime looks next, when `shareScope` does not hold the key. */
  readonly otherScopes?: readonly string[];
}

/** What a runtime keeps of one registered version; the same object can stand in several scopes. */
interface Slot {
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

interface State {
  readonly container: PageContainer;
  /** What it provides, in that order. */
  readonly own: readonly { readonly provide: PageProvide; readonly slot: Slot }[];
  readonly scopes: Map<string, Scope>;
  /** Share scopes whose initialisation has begun. */
  readonly initialised: Map<string, Progress>;
  /** Remotes that have been handed a scope, by index. */
  readonly handedOver: Set<number>;
}

/** Share scopes, by container, that one chain of initialisations has been through. */
type Chain = Set<string>;

const NO_COPY = { container: undefined, version: undefined };

const OTHER_SCOPE = "Container initialization failed as it has already been initialized with a different share scope";

export class Page {
  readonly #states = new Map<string, State>();
  /** What waits for a script or a promise. */
  readonly #waiting = new Waiting();
  /** Containers whose entry the 2.x runtime has at hand. */
  readonly #entries = new Set<string>();
  readonly #warnings: string[] = [];
  #choices: readonly PageEntry[] = [];

  constructor(containers: readonly PageContainer[]) {
    for (const container of containers) this.#states.set(container.id, createState(container));
  }

  /** What the runtimes have warned of while initialising, in their words. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** The entries that the last consumer chose from, in the order of registration, as they were then. */
  get choices(): readonly PageEntry[] {
    return this.#choices;
  }

  /** Gives a container a scope that other containers have filled with one key before anything happens. */
  preset(container: string, shareScope: string, shareKey: string, entries: readonly PageEntry[]): void {
    const { runtime } = this.#state(container).container;
    const slots = entries.map((entry): Slot => {
      const { version, loaded } = entry;
      return {
        loading: false,
        ...entry,
        runtime,
        shareScopes: [shareScope],
        copyVersion: version,
        hasModule: loaded && runtime === "mf2",
      };
    });
    const versions = new Map(slots.map((slot) => [slot.version, slot]));
    this.#state(container).scopes.set(shareScope, new Map([[shareKey, versions]]));
  }

  /** A container consumes: its share scope is initialised, a version chosen, and marked as loaded. */
  consume(consumption: Consumption): PageOutcome {
    const { container: id, shareKey, eager, otherScopes = [] } = consumption;
    const state = this.#state(id);
    const { container } = state;
    const progress = this.#initialise(state, consumption.shareScope, new Set());
    for (const other of otherScopes) this.#initialise(state, other, new Set());
    // An eager consumer of webpack's runtime does not wait for what comes with scripts.
    const waits = container.runtime !== "webpack" || !eager || consumption.implementation === "rspack";
    if (waits) this.#waiting.settle();
    if (waits && progress.failure !== undefined) {
      this.#choices = [];
      const why = [`the share scope \`${consumption.shareScope}\` could not be initialised`];
      return { outcome: "error", entry: undefined, ...NO_COPY, message: progress.failure, why };
    }
    const shareScope =
      [consumption.shareScope, ...otherScopes].find((name) => state.scopes.get(name)?.has(shareKey)) ??
      consumption.shareScope;
    const slots = [...(state.scopes.get(shareScope)?.get(shareKey)?.values() ?? [])];
    const entries = slots.map((slot) => seenBy(container.runtime, slot));
    const own = ownCopy(state, shareKey);
    const negotiated = negotiate(container.runtime, own?.strategy ?? "version-first", entries, {
      ...consumption,
      shareScope,
      from: container.runtime === "mf2" ? String(own?.from) : container.from,
    });
    this.#choices = entries;
    const { outcome, entry } = negotiated;
    const chosen = outcome === "error" ? undefined : slots.find((_, index) => entries[index] === entry);
    if (chosen !== undefined) take(state, shareKey, chosen);
    this.#waiting.settle();
    if (chosen === undefined) return { ...negotiated, ...NO_COPY };
    return { ...negotiated, container: chosen.container, version: chosen.copyVersion };
  }

  /** A container loads a module of a remote. */
  loadRemote(id: string, index: number): void {
    const state = this.#state(id);
    const remote = state.container.remotes[index];
    if (remote === undefined) return;
    const isMf2 = state.container.runtime === "mf2";
    if (isMf2 && remote.external && !remote.dormant) {
      if (!this.#states.has(remote.container)) return;
      for (const shareScope of remote.shareScopes) this.#initialise(state, shareScope, new Set(), true);
      this.#waiting.settle();
      return;
    }
    if (!isMf2 || state.container.strategy === "version-first") {
      for (const shareScope of remote.shareScopes) this.#initialise(state, shareScope, new Set());
    }
    // The 2.x runtime does not wait for the other remotes, and the one that is asked for is ready first.
    if (isMf2 || remote.dormant) this.#wait(state, remote, "asked", () => this.#handOver(state, index, new Set()));
    this.#waiting.settle();
  }

  #state(id: string): State {
    const state = this.#states.get(id);
    if (state === undefined) throw new Error(`no container ${id} on the page`);
    return state;
  }

  /** A script that nobody has asked for yet takes longest, a promise of webpack's runtime none of the runtime's time. */
  #wait({ container }: State, remote: PageRemote, reason: "asked" | "initialised", run: () => void): void {
    const isKnown = this.#entries.has(remote.container);
    const delay =
      container.runtime === "mf2" && !remote.external ? (isKnown ? 20 : 30) - (reason === "asked" ? 2 : 0) : 1;
    this.#waiting.add(delay, run);
  }

  /** The 2.x runtime does it before each consumption; a bundler's code, which a host calls, once a scope. */
  #initialise(state: State, shareScope: string, chain: Chain, byHost = false): Progress {
    const { container } = state;
    const isCore = container.runtime === "mf2" && !byHost;
    const token = `${container.id}\0${shareScope}${isCore ? "\0core" : ""}`;
    if (chain.has(token)) return new Progress();
    chain.add(token);
    const begun = state.initialised.get(shareScope);
    if (!isCore && begun !== undefined) return begun;
    const progress = new Progress();
    if (!isCore) state.initialised.set(shareScope, progress);
    const scope = scopeOf(state, shareScope);
    for (const { provide, slot } of state.own) {
      if (provide.shareScope === shareScope) register(scope, provide.shareKey, slot, container.runtime);
    }
    for (const [index, remote] of container.remotes.entries()) {
      if (!isInitialisedWith(container, remote, shareScope, isCore)) continue;
      const handOver = (): Progress => this.#handOver(state, index, chain, remote.external ? shareScope : undefined);
      if (!remote.immediate) {
        this.#wait(state, remote, "initialised", () => {
          handOver().whenFailed((message) => progress.fail(message));
        });
      } else {
        handOver().whenFailed((message) => {
          this.#warnings.push(`Initialization of sharing external failed: Error: ${message}`);
        });
      }
    }
    return progress;
  }

  /** The host's scope object becomes the remote's; `given` is the host's scope where it is not the remote's option. */
  #handOver(host: State, index: number, chain: Chain, given?: string): Progress {
    const remote = host.container.remotes[index]!;
    const state = this.#states.get(remote.container);
    if (state === undefined) return new Progress();
    const byRuntime = host.container.runtime === "mf2" && given === undefined;
    if (byRuntime && host.handedOver.has(index)) return new Progress();
    host.handedOver.add(index);
    if (byRuntime) this.#entries.add(remote.container);
    const { container } = state;
    const hostScopes = given === undefined ? remote.shareScopes : [given];
    const first = scopeOf(host, hostScopes[0] ?? "default");
    const [ownScope = "default"] = container.shareScopes;
    if (container.runtime === "webpack") {
      const own = state.scopes.get(ownScope);
      if (own !== undefined && own !== first) return new Progress(OTHER_SCOPE);
      state.scopes.set(ownScope, first);
      return this.#initialise(state, ownScope, chain, true);
    }
    const sendsMap = host.container.runtime === "mf2";
    if (container.shareScopes.length > 1) {
      for (const name of container.shareScopes) state.scopes.set(name, sendsMap ? scopeOf(host, name) : first);
    } else if (sendsMap && hostScopes.length > 1) {
      for (const name of hostScopes) state.scopes.set(name, scopeOf(host, name));
    } else state.scopes.set(ownScope, first);
    const all = new Progress();
    for (const name of container.shareScopes) {
      this.#initialise(state, name, chain, true).whenFailed((message) => all.fail(message));
    }
    return all;
  }
}

/** Whether the initialisation of a scope also initialises a remote. */
function isInitialisedWith(
  { runtime, strategy }: PageContainer,
  remote: PageRemote,
  shareScope: string,
  isCore: boolean,
): boolean {
  if (remote.dormant) return false;
  // A bundle of the 2.x runtime offers each scope to each remote that it loads by itself.
  if (runtime === "mf2" && remote.external) return !isCore;
  if (runtime === "mf2" && strategy === "loaded-first") return false;
  // The 2.x runtime compares a list with the scope's name, so that its remote waits until something loads it.
  return remote.shareScopes.length === 1 && remote.shareScopes[0] === shareScope;
}

function createState(container: PageContainer): State {
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
function seenBy(runtime: FederationRuntime, slot: Slot): PageEntry {
  return { ...slot, eager: slot.eager && (runtime === "mf2" || slot.runtime !== "mf2") };
}

function scopeOf(state: State, shareScope: string): Scope {
  return entryOf(state.scopes, shareScope, () => new Map());
}

function entryOf<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}

function register(scope: Scope, shareKey: string, slot: Slot, runtime: FederationRuntime): void {
  const versions = entryOf(scope, shareKey, () => new Map<string, Slot>());
  const holder = versions.get(slot.version);
  if (holder === undefined || takesSlot(runtime, slot, seenBy(runtime, holder))) versions.set(slot.version, slot);
}

/**
 * The consumer's own copy of a key, of which the 2.x runtime reads the strategy and the consumer's name: without one, it
 * goes on as if neither were set.
 */
function ownCopy({ own }: State, shareKey: string): Slot | undefined {
  const byVersion = new Map<string, Slot>();
  for (const { provide, slot } of own) if (provide.shareKey === shareKey) byVersion.set(provide.version, slot);
  return mf2Candidate("version-first", inKeyOrder([...byVersion.values()]));
}

/** Marks a version as loaded, as the consumer's runtime does. */
function take(state: State, shareKey: string, slot: Slot): void {
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
