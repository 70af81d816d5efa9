/**
 * Which version of a shared module a consumer gets, once a share scope is filled: the choice of webpack's own runtime
 * and of the 2.x runtime, with the runtime's own messages and the facts that decided.
 */
import type { FederationRuntime } from "../../model/federationConfig.ts";
import { isLower, satisfies } from "./satisfy.ts";

export type ShareStrategy = "version-first" | "loaded-first";

/** One registered version of a share key, in the order of registration. */
export interface ScopeEntry {
  readonly version: string;
  /** The container (its unique name or name) that registered it. */
  readonly from: string;
  readonly eager: boolean;
  readonly loaded: boolean;
}

export interface NegotiatingConsumer {
  readonly shareScope: string;
  readonly shareKey: string;
  /** The consumer's container, as it stands in `ScopeEntry.from`. */
  readonly from: string;
  readonly requiredVersion: string | false | null;
  readonly singleton: boolean;
  readonly strictVersion: boolean;
  readonly eager: boolean;
  readonly hasFallback: boolean;
}

export interface Negotiated {
  /** `shared`: another container's copy or the own registered one; `fallback`: the own copy outside of the scope's choice. */
  readonly outcome: "shared" | "fallback" | "shared-with-warning" | "error";
  readonly entry: ScopeEntry | undefined;
  readonly message: string | undefined;
  readonly why: readonly string[];
}

export function negotiate(
  runtime: FederationRuntime,
  strategy: ShareStrategy,
  scope: readonly ScopeEntry[],
  consumer: NegotiatingConsumer,
): Negotiated {
  if (runtime === "webpack") return negotiateWebpack(scope, consumer);
  if (runtime === "mf2") return negotiateMf2(strategy, scope, consumer);
  return negotiateNative(scope, consumer);
}

function listed(scope: readonly ScopeEntry[]): string {
  return scope.map(({ version, from }) => `${version} from ${from}`).join(", ");
}

function highest(entries: readonly ScopeEntry[]): ScopeEntry | undefined {
  return entries.reduce<ScopeEntry | undefined>(
    (best, entry) => (best === undefined || isLower(best.version, entry.version) ? entry : best),
    undefined,
  );
}

function negotiateWebpack(all: readonly ScopeEntry[], consumer: NegotiatingConsumer): Negotiated {
  const { requiredVersion, singleton, strictVersion, hasFallback, shareKey, shareScope } = consumer;
  const range = typeof requiredVersion === "string" ? requiredVersion : undefined;
  const why = [`the share scope \`${shareScope}\` holds ${all.length === 0 ? "nothing" : listed(all)}`];
  if (all.length === 0)
    return absent(consumer, why, `Shared module ${shareKey} doesn't exist in shared scope ${shareScope}`);
  const scope = consumer.eager ? all.filter((entry) => entry.eager) : all;
  if (singleton) {
    const chosen = webpackSingleton(scope);
    if (chosen === undefined) return absent(consumer, why, invalidVersion(consumer, all));
    why.push(
      `a singleton: ${chosen.version} from ${chosen.from} is ${chosen.loaded ? "already loaded" : "the highest version"}`,
    );
    return singletonOutcome(
      "webpack",
      consumer,
      chosen,
      why,
      `Unsatisfied version ${chosen.version} from ${chosen.from} of shared singleton module ${shareKey} (required ${range})`,
    );
  }
  if (range === undefined) {
    const chosen = highest(scope);
    if (chosen === undefined) return absent(consumer, why, invalidVersion(consumer, all));
    return {
      outcome: "shared",
      entry: chosen,
      message: undefined,
      why: [...why, `no version is required, so the highest wins: ${chosen.version}`],
    };
  }
  const satisfying = highest(scope.filter((entry) => satisfies("webpack", entry.version, range)));
  if (satisfying !== undefined) {
    why.push(`${satisfying.version} from ${satisfying.from} is the highest that satisfies ${range}`);
    return { outcome: "shared", entry: satisfying, message: undefined, why };
  }
  why.push(`no version there satisfies ${range}`);
  if (strictVersion) {
    if (!hasFallback)
      return {
        outcome: "error",
        entry: undefined,
        message: invalidVersion(consumer, all),
        why: [...why, "`strictVersion` is on and there is no fallback"],
      };
    return {
      outcome: "fallback",
      entry: undefined,
      message: undefined,
      why: [...why, "`strictVersion` is on, so the own fallback is used"],
    };
  }
  const latest = highest(scope);
  return {
    outcome: "shared-with-warning",
    entry: latest,
    message: invalidVersion(consumer, all),
    why: [...why, "`strictVersion` is off, so the highest is used all the same"],
  };
}

function invalidVersion(consumer: NegotiatingConsumer, scope: readonly ScopeEntry[]): string {
  const eager = consumer.eager ? " for eager consumption" : "";
  return `No satisfying version (${consumer.requiredVersion || "*"})${eager} of shared module ${consumer.shareKey} found in shared scope ${consumer.shareScope}.\nAvailable versions: ${listed(scope)}`;
}

function absent(consumer: NegotiatingConsumer, why: readonly string[], message: string): Negotiated {
  if (consumer.hasFallback) {
    return {
      outcome: "fallback",
      entry: undefined,
      message: undefined,
      why: [...why, "nothing to take, so the own fallback is used"],
    };
  }
  return { outcome: "error", entry: undefined, message, why: [...why, "`import` is false, so there is no fallback"] };
}

/** In order of registration: a loaded choice stays, an unloaded one gives way to a higher version. */
function webpackSingleton(scope: readonly ScopeEntry[]): ScopeEntry | undefined {
  return scope.reduce<ScopeEntry | undefined>((choice, entry) => {
    if (choice === undefined) return entry;
    return !choice.loaded && isLower(choice.version, entry.version) ? entry : choice;
  }, undefined);
}

function singletonOutcome(
  runtime: FederationRuntime,
  consumer: NegotiatingConsumer,
  chosen: ScopeEntry,
  why: readonly string[],
  message: string,
): Negotiated {
  const { requiredVersion, strictVersion } = consumer;
  if (typeof requiredVersion !== "string" || satisfies(runtime, chosen.version, requiredVersion)) {
    return { outcome: "shared", entry: chosen, message: undefined, why };
  }
  const reasons = [...why, `${chosen.version} does not satisfy ${requiredVersion}`];
  if (strictVersion)
    return { outcome: "error", entry: chosen, message, why: [...reasons, "`strictVersion` is on: the runtime throws"] };
  return {
    outcome: "shared-with-warning",
    entry: chosen,
    message,
    why: [...reasons, "`strictVersion` is off: the runtime warns and uses it"],
  };
}

function negotiateMf2(
  strategy: ShareStrategy,
  scope: readonly ScopeEntry[],
  consumer: NegotiatingConsumer,
): Negotiated {
  const { shareKey, shareScope, from, hasFallback } = consumer;
  const why = [`the share scope \`${shareScope}\` holds ${scope.length === 0 ? "nothing" : listed(scope)}`];
  const candidate = mf2Candidate(strategy, scope);
  if (candidate === undefined) {
    return absent(
      consumer,
      why,
      `The getter for the shared module is not a function. This may be caused by setting "shared.import: false" without the host providing the corresponding lib. #RUNTIME-012 args: {"shareKey":"${shareKey}"}`,
    );
  }
  why.push(
    `${strategy}: ${candidate.version} from ${candidate.from} ${candidate.loaded ? "is loaded already" : "is the highest version"}`,
  );
  // The 2.x plugins write `^<own version>` where no version is required.
  const range = consumer.requiredVersion === null ? undefined : consumer.requiredVersion;
  if (consumer.singleton) {
    return singletonOutcome(
      "mf2",
      consumer,
      candidate,
      why,
      `Version ${candidate.version} from ${candidate.from} of shared singleton module ${shareKey} does not satisfy the requirement of ${from} which needs ${range})`,
    );
  }
  if (range === undefined || range === false || range === "*" || satisfies("mf2", candidate.version, range)) {
    return { outcome: "shared", entry: candidate, message: undefined, why };
  }
  why.push(`${candidate.version} does not satisfy ${range}`);
  const other = scope.find((entry) => satisfies("mf2", entry.version, range));
  if (other !== undefined) {
    return {
      outcome: "shared",
      entry: other,
      message: undefined,
      why: [...why, `${other.version} from ${other.from} is the first registered version that does`],
    };
  }
  if (hasFallback)
    return {
      outcome: "fallback",
      entry: undefined,
      message: undefined,
      why: [...why, "no other version does, so the own copy is used, silently"],
    };
  return absent(
    consumer,
    why,
    `The getter for the shared module is not a function. This may be caused by setting "shared.import: false" without the host providing the corresponding lib. #RUNTIME-012 args: {"shareKey":"${shareKey}"}`,
  );
}

function mf2Candidate(strategy: ShareStrategy, scope: readonly ScopeEntry[]): ScopeEntry | undefined {
  return scope.reduce<ScopeEntry | undefined>((choice, entry) => {
    if (choice === undefined || choice.version === "0") return entry;
    const lowerOrEqual = !isLower(entry.version, choice.version);
    if (strategy === "version-first") return !choice.loaded && lowerOrEqual ? entry : choice;
    if (choice.loaded !== entry.loaded) return entry.loaded ? entry : choice;
    return lowerOrEqual ? entry : choice;
  }, undefined);
}

/** Native federation 3.x knows a module by its exact version. */
function negotiateNative(scope: readonly ScopeEntry[], consumer: NegotiatingConsumer): Negotiated {
  const own = scope.find((entry) => entry.from === consumer.from);
  if (own === undefined) return absent(consumer, [], `Shared module ${consumer.shareKey} is not provided`);
  const same = scope.find((entry) => entry.version === own.version) ?? own;
  return {
    outcome: "shared",
    entry: same,
    message: undefined,
    why: [`native federation shares exactly equal versions: ${own.version}`],
  };
}
