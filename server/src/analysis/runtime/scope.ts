/**
 * A share scope for one share key: which versions are registered, by whom, in which order, and who keeps a slot that two
 * containers want. Every runtime registers by a rule of its own.
 */
import type { FederationRuntime } from "../../model/federationConfig.ts";

export type ShareStrategy = "version-first" | "loaded-first";

/** One registered version of a share key. */
export interface ScopeEntry {
  readonly version: string;
  /** The container (its unique name or name) that registered it. */
  readonly from: string;
  readonly eager: boolean;
  readonly loaded: boolean;
  /** It is being loaded: the 2.x runtime prefers it as it does a loaded one. */
  readonly loading?: boolean;
  /** The strategy that it was registered with; only the 2.x runtime keeps one. */
  readonly strategy?: ShareStrategy;
}

/** Whether a newcomer takes the slot of its version from the entry that holds it. */
export function takesSlot(runtime: FederationRuntime, newcomer: ScopeEntry, holder: ScopeEntry): boolean {
  if (runtime === "native-federation") return false;
  if (holder.loaded) return false;
  if (runtime === "mf2") {
    // The runtime looks for the newcomer's `eager` where bundlers do not write it, so an eager holder stays.
    return holder.strategy !== "loaded-first" && !holder.eager && newcomer.from > holder.from;
  }
  return newcomer.eager === holder.eager ? newcomer.from > holder.from : newcomer.eager;
}

/** The scope once `newcomer` has registered itself. */
export function withRegistered<Entry extends ScopeEntry>(
  runtime: FederationRuntime,
  scope: readonly Entry[],
  newcomer: Entry,
): readonly Entry[] {
  const slot = scope.findIndex((entry) => entry.version === newcomer.version);
  if (slot < 0) return [...scope, newcomer];
  return takesSlot(runtime, newcomer, scope[slot]!) ? scope.with(slot, newcomer) : scope;
}

/**
 * The order in which the runtimes meet the versions: that of an object's keys, so that whole numbers come first, by
 * size, and the rest as registered.
 */
export function inKeyOrder<Entry extends ScopeEntry>(scope: readonly Entry[]): readonly Entry[] {
  const numbered = scope.filter(({ version }) => isArrayIndex(version));
  if (numbered.length === 0) return scope;
  numbered.sort((left, right) => Number(left.version) - Number(right.version));
  return [...numbered, ...scope.filter(({ version }) => !isArrayIndex(version))];
}

function isArrayIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4294967295;
}

/** As the runtimes list them in messages. */
export function listed(scope: readonly ScopeEntry[]): string {
  return scope.map(({ version, from }) => `${version} from ${from}`).join(", ");
}

const TOLD = 8;

/** What a share scope holds for a key, for people. */
export function scopeFacts(shareScope: string, scope: readonly ScopeEntry[]): string[] {
  const facts = [`the share scope \`${shareScope}\` holds ${shortlisted(scope)}`];
  if (scope.some(({ version }) => version === "undefined")) {
    facts.push("`undefined` is what the 2.x runtime writes when it loads a version that webpack's runtime registered");
  }
  return facts;
}

/** A few, and how many more. */
export function shortlisted(scope: readonly ScopeEntry[]): string {
  if (scope.length === 0) return "nothing";
  if (scope.length <= TOLD) return listed(scope);
  return `${listed(scope.slice(0, TOLD))} and ${scope.length - TOLD} more`;
}
