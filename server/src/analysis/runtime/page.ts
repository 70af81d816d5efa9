/**
 * One page: containers that initialise each other's share scopes and then consume from them. Follows webpack's
 * `initializeSharing` and `container.init`, and the 2.x runtime's with its bundlers' code, in their order: a container
 * registers its own versions first, then its remotes, those that load a script after everything that is there at once.
 */
import type { FederationRuntime } from "../../model/federationConfig.ts";
import { negotiate } from "./negotiate.ts";
import type { Negotiated, NegotiatingConsumer } from "./outcome.ts";
import { type ScopeEntry, type ShareStrategy, takesSlot } from "./scope.ts";

export interface PageProvide {
  readonly shareScope: string;
  readonly shareKey: string;
  readonly version: string;
  readonly eager: boolean;
}

export interface PageRemote {
  /** Id of its container. */
  readonly container: string;
  /** The host's share scope that is handed over. */
  readonly shareScope: string;
  /** The container is there without waiting (`var`, `commonjs`), or comes with a script or a promise. */
  readonly immediate: boolean;
}

export interface PageContainer {
  readonly id: string;
  /** How it calls itself in a scope. */
  readonly from: string;
  readonly runtime: FederationRuntime;
  readonly strategy: ShareStrategy;
  /** The share scope under which it keeps what a host hands over. */
  readonly shareScope: string;
  readonly provides: readonly PageProvide[];
  readonly remotes: readonly PageRemote[];
}

/** An entry of a scope with the container whose copy it is; `from` is what the runtime says. */
export interface PageEntry extends ScopeEntry {
  readonly container: string;
}

/** `entry` is one of a page. */
export interface PageOutcome extends Negotiated {
  readonly container: string | undefined;
}

export interface Consumption extends Omit<NegotiatingConsumer, "from"> {
  readonly container: string;
}

/** By share key, then version, in the order of registration. */
type Scope = Map<string, Map<string, PageEntry>>;

interface State {
  readonly container: PageContainer;
  readonly scopes: Map<string, Scope>;
  /** Share scopes whose initialisation has begun. */
  readonly initialised: Map<string, Progress>;
  /** Remotes that have been handed a scope, by index. */
  readonly handedOver: Set<number>;
}

/** Share scopes, by container, that one chain of initialisations has been through. */
type Chain = Set<string>;

const OTHER_SCOPE = "Container initialization failed as it has already been initialized with a different share scope";

export class Page {
  readonly #states = new Map<string, State>();
  /** What waits for a script or a promise. */
  readonly #later: (() => void)[] = [];
  readonly #warnings: string[] = [];

  constructor(containers: readonly PageContainer[]) {
    for (const container of containers) {
      this.#states.set(container.id, {
        container,
        scopes: new Map(),
        initialised: new Map(),
        handedOver: new Set(),
      });
    }
  }

  /** What the runtimes have warned of while initialising, in their words. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Fills a scope before anything happens, as if other containers had been there. */
  preset(container: string, shareScope: string, shareKey: string, entries: readonly PageEntry[]): void {
    const scope = scopeOf(this.#state(container), shareScope);
    scope.set(shareKey, new Map(entries.map((entry) => [entry.version, entry])));
  }

  /** A container consumes: its share scope is initialised, a version chosen, and marked as loaded. */
  consume(consumption: Consumption): PageOutcome {
    const { container: id, shareScope, shareKey, eager } = consumption;
    const state = this.#state(id);
    const { container } = state;
    const progress = this.#initialise(state, shareScope, new Set());
    // An eager consumer of webpack's runtime does not wait for what comes with scripts.
    const waits = container.runtime !== "webpack" || !eager || consumption.implementation === "rspack";
    if (waits) this.#settle();
    if (waits && progress.failure !== undefined) {
      const why = [`the share scope \`${shareScope}\` could not be initialised`];
      return { outcome: "error", entry: undefined, container: undefined, message: progress.failure, why };
    }
    const scope = state.scopes.get(shareScope)?.get(shareKey);
    const entries = [...(scope?.values() ?? [])];
    const negotiated = negotiate(container.runtime, this.#strategyFor(container, shareKey), entries, {
      ...consumption,
      from: container.from,
    });
    const chosen = negotiated.outcome === "error" ? undefined : entries.find((entry) => entry === negotiated.entry);
    if (chosen !== undefined && scope !== undefined) scope.set(chosen.version, taken(chosen, container));
    this.#settle();
    return { ...negotiated, container: chosen?.container };
  }

  /** A container loads a module of a remote. */
  loadRemote(id: string, index: number): void {
    const state = this.#state(id);
    const remote = state.container.remotes[index];
    if (remote === undefined) return;
    const isMf2 = state.container.runtime === "mf2";
    if (!isMf2 || state.container.strategy === "version-first") this.#initialise(state, remote.shareScope, new Set());
    this.#settle();
    if (isMf2) this.#handOver(state, index, new Set());
    this.#settle();
  }

  #state(id: string): State {
    const state = this.#states.get(id);
    if (state === undefined) throw new Error(`no container ${id} on the page`);
    return state;
  }

  /** The 2.x runtime reads the strategy off the consumer's own copy; without one it does as by default. */
  #strategyFor(container: PageContainer, shareKey: string): ShareStrategy {
    return container.provides.some((provide) => provide.shareKey === shareKey) ? container.strategy : "version-first";
  }

  #settle(): void {
    for (let next = this.#later.shift(); next !== undefined; next = this.#later.shift()) next();
  }

  #initialise(state: State, shareScope: string, chain: Chain): Progress {
    const { container } = state;
    const token = `${container.id}\0${shareScope}`;
    if (chain.has(token)) return new Progress();
    chain.add(token);
    const begun = state.initialised.get(shareScope);
    if (container.runtime === "webpack" && begun !== undefined) return begun;
    const progress = new Progress();
    state.initialised.set(shareScope, progress);
    const scope = scopeOf(state, shareScope);
    for (const provide of container.provides) {
      if (provide.shareScope === shareScope) register(scope, provide, container);
    }
    if (container.runtime === "mf2" && container.strategy === "loaded-first") return progress;
    for (const [index, remote] of container.remotes.entries()) {
      if (remote.shareScope !== shareScope) continue;
      if (!remote.immediate) {
        this.#later.push(() => this.#handOver(state, index, chain).whenFailed((message) => progress.fail(message)));
      } else if (container.runtime === "webpack") {
        this.#handOver(state, index, chain).whenFailed((message) => {
          this.#warnings.push(`Initialization of sharing external failed: Error: ${message}`);
        });
      }
    }
    return progress;
  }

  /** The host's scope object becomes the remote's. */
  #handOver(host: State, index: number, chain: Chain): Progress {
    const remote = host.container.remotes[index]!;
    const state = this.#states.get(remote.container);
    if (state === undefined) return new Progress();
    if (host.container.runtime === "mf2" && host.handedOver.has(index)) return new Progress();
    host.handedOver.add(index);
    const { container } = state;
    const scope = scopeOf(host, remote.shareScope);
    const own = state.scopes.get(container.shareScope);
    if (container.runtime === "webpack" && own !== undefined && own !== scope) return new Progress(OTHER_SCOPE);
    state.scopes.set(container.shareScope, scope);
    return this.#initialise(state, container.shareScope, chain);
  }
}

/** The initialisation of a scope: once a remote that it waits for has failed, it has failed for good. */
class Progress {
  #failure: string | undefined;
  readonly #listeners: ((message: string) => void)[] = [];

  constructor(failure?: string) {
    this.#failure = failure;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  fail(message: string): void {
    if (this.#failure !== undefined) return;
    this.#failure = message;
    for (const listener of this.#listeners) listener(message);
  }

  whenFailed(listener: (message: string) => void): void {
    if (this.#failure !== undefined) listener(this.#failure);
    else this.#listeners.push(listener);
  }
}

function scopeOf(state: State, shareScope: string): Scope {
  const known = state.scopes.get(shareScope);
  if (known !== undefined) return known;
  const created: Scope = new Map();
  state.scopes.set(shareScope, created);
  return created;
}

function register(scope: Scope, provide: PageProvide, container: PageContainer): void {
  const { shareKey, version, eager } = provide;
  const entry: PageEntry = {
    version,
    from: container.from,
    eager,
    loaded: false,
    container: container.id,
    ...(container.runtime === "mf2" ? { strategy: container.strategy } : {}),
  };
  const versions = scope.get(shareKey) ?? new Map<string, PageEntry>();
  scope.set(shareKey, versions);
  const holder = versions.get(version);
  if (holder === undefined || takesSlot(container.runtime, entry, holder)) versions.set(version, entry);
}

/** Loaded; the 2.x runtime writes the name of whoever loads it into the entry. */
function taken(entry: PageEntry, by: PageContainer): PageEntry {
  if (by.runtime !== "mf2" || entry.loaded) return { ...entry, loaded: true };
  return { ...entry, loaded: true, from: by.from };
}
