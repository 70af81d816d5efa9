/**
 * One page: containers that initialise each other's share scopes and then consume from them. Follows webpack's
 * `initializeSharing` and `container.init`, and the 2.x runtime's with its bundlers' code, in their order: a container
 * registers its own versions first, then its remotes, those that load a script after everything that is there at once.
 */
import { negotiate } from "./negotiate.ts";
import type { Negotiated, NegotiatingConsumer } from "./outcome.ts";
import type { PageContainer, PageEntry, PageRemote } from "./pageContainer.ts";
import { Progress } from "./progress.ts";
import { createState, ownCopy, register, type Slot, type State, scopeOf, seenBy, take } from "./slots.ts";
import { Waiting } from "./waiting.ts";

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

/** Share scopes, by container, that one chain of initialisations has been through. */
type Chain = Set<string>;

/** What a bundle passes to a remote: one scope object, and the names of all scopes that it was asked for itself. */
interface GivenScopes {
  readonly shareScope: string;
  readonly all: readonly string[];
}

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
      this.#initialiseByBundle(state, remote.shareScopes, new Set());
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

  /** What a bundler's code does when it is asked for one scope or for a list of them. */
  #initialiseByBundle(state: State, shareScopes: readonly string[], chain: Chain): Progress {
    const all = new Progress();
    for (const name of shareScopes) {
      this.#initialise(state, name, chain, shareScopes).whenFailed((message) => all.fail(message));
    }
    return all;
  }

  /**
   * The 2.x runtime does it before each consumption; a bundler's code once a scope, `asked` for all of those that its
   * caller names, which it tells the remotes that it loads.
   */
  #initialise(state: State, shareScope: string, chain: Chain, asked?: readonly string[]): Progress {
    const { container } = state;
    const isCore = container.runtime === "mf2" && asked === undefined;
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
      const given = remote.external ? { shareScope, all: asked ?? [shareScope] } : undefined;
      const handOver = (): Progress => this.#handOver(state, index, chain, given);
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

  /** The host's scope object becomes the remote's; `given` are the host's scopes where they are not the remote's option. */
  #handOver(host: State, index: number, chain: Chain, given?: GivenScopes): Progress {
    const remote = host.container.remotes[index]!;
    const state = this.#states.get(remote.container);
    if (state === undefined) return new Progress();
    const byRuntime = host.container.runtime === "mf2" && given === undefined;
    if (byRuntime && host.handedOver.has(index)) return new Progress();
    host.handedOver.add(index);
    if (byRuntime) this.#entries.add(remote.container);
    const { container } = state;
    const hostScopes = given?.all ?? remote.shareScopes;
    const first = scopeOf(host, given?.shareScope ?? hostScopes[0] ?? "default");
    const [ownScope = "default"] = container.shareScopes;
    if (container.runtime === "webpack") {
      const own = state.scopes.get(ownScope);
      if (own !== undefined && own !== first) {
        if (!byRuntime) return new Progress(OTHER_SCOPE);
        // The 2.x runtime tries again whenever it initialises the scope.
        host.handedOver.delete(index);
        return new Progress(initialisationFailed(host.container.from, container.from, remote, `Error: ${OTHER_SCOPE}`));
      }
      state.scopes.set(ownScope, first);
      return this.#initialise(state, ownScope, chain, [ownScope]);
    }
    const sendsMap = host.container.runtime === "mf2";
    if (container.shareScopes.length > 1) {
      for (const name of container.shareScopes) state.scopes.set(name, sendsMap ? scopeOf(host, name) : first);
    } else if (sendsMap && hostScopes.length > 1) {
      for (const name of hostScopes) state.scopes.set(name, scopeOf(host, name));
    } else state.scopes.set(ownScope, first);
    return this.#initialiseByBundle(state, container.shareScopes, chain);
  }
}

/** As the 2.x runtime words that a remote's `init` threw. */
function initialisationFailed(hostName: string, name: string, remote: PageRemote, cause: string): string {
  const { shareScopes, entry: remoteEntryUrl } = remote;
  const shareScope = shareScopes.length > 1 ? shareScopes : shareScopes[0];
  return [
    "[ Federation Runtime ]: Remote container initialization failed. #RUNTIME-015",
    `args: ${JSON.stringify({ hostName, remoteName: name, remoteEntryUrl, remoteEntryKey: name, shareScope })}`,
    "View the docs to see how to solve: https://module-federation.io/guide/troubleshooting/runtime#runtime-015",
    `Original Error Message:\n ${cause}`,
  ].join("\n");
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
