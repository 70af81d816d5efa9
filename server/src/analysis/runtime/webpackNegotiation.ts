/**
 * The choice of webpack's own runtime (`lib/sharing/ConsumeSharedRuntimeModule.js`), step by step, and that of Rspack's
 * older port of it, which knows no eager consumption and checks a missing requirement as `*`.
 */

import { meetsWebpackRange, parseWebpackRange, type WebpackRange, webpackRangeText } from "../../model/webpackRange.ts";
import { webpackVersionLess } from "../../model/webpackVersion.ts";
import { failure, fallback, type Negotiated, type NegotiatingConsumer, shared, sharedWithWarning } from "./outcome.ts";
import { listed, type ScopeEntry, scopeFacts, shortlisted } from "./scope.ts";

/** What JavaScript says, in strict code, when the runtime takes 0 or nothing for an entry. */
const NO_VERSION = "Cannot create property 'loaded' on number '0'";
const NO_SINGLETON = "Cannot set properties of undefined (setting 'loaded')";

/** `scope` holds the versions in the order of the scope object's keys. */
export function negotiateWebpack(scope: readonly ScopeEntry[], consumer: NegotiatingConsumer): Negotiated {
  const why = scopeFacts(consumer.shareScope, scope);
  if (scope.length === 0) return absent(consumer, why);
  try {
    const text = requirementText(consumer);
    const reader = consumer.implementation === "rspack" ? "rspack" : "webpack";
    const range = text === undefined ? undefined : parseWebpackRange(text, reader);
    const candidates = isEager(consumer) ? scope.filter((entry) => entry.eager) : scope;
    if (candidates.length < scope.length) {
      why.push(`the consumer is eager, so only eager versions count: ${shortlisted(candidates)}`);
    }
    return consumer.singleton
      ? negotiateSingleton(scope, candidates, consumer, range, why)
      : negotiateVersion(scope, candidates, consumer, range, why);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return failure(message, [...why, "a version or the requirement is no text that the runtime can read"]);
  }
}

function isEager({ eager, implementation }: NegotiatingConsumer): boolean {
  return eager && implementation !== "rspack";
}

/** The range that is checked, when one is. */
function requirementText({ requiredVersion, implementation }: NegotiatingConsumer): string | undefined {
  if (implementation === "rspack") return requiredVersion || "*";
  return typeof requiredVersion === "string" ? requiredVersion : undefined;
}

function absent(consumer: NegotiatingConsumer, why: readonly string[]): Negotiated {
  const { shareKey, shareScope, hasFallback } = consumer;
  if (hasFallback) return fallback([...why, "nothing to take, so the own fallback is used"]);
  const message = `Shared module ${shareKey} doesn't exist in shared scope ${shareScope}`;
  return failure(message, [...why, "`import` is false, so there is no fallback"]);
}

function greatest(entries: readonly ScopeEntry[]): ScopeEntry | undefined {
  return entries.reduce<ScopeEntry | undefined>(
    (best, entry) => (best === undefined || webpackVersionLess(best.version, entry.version) ? entry : best),
    undefined,
  );
}

function negotiateVersion(
  scope: readonly ScopeEntry[],
  candidates: readonly ScopeEntry[],
  consumer: NegotiatingConsumer,
  range: WebpackRange | undefined,
  why: readonly string[],
): Negotiated {
  if (range === undefined) {
    const latest = greatest(candidates);
    if (latest === undefined) return noEagerVersion(NO_VERSION, why);
    return shared(latest, [...why, `no version is required, so the highest wins: ${latest.version}`]);
  }
  const text = webpackRangeText(range);
  const satisfying = greatest(candidates.filter((entry) => meetsWebpackRange(range, entry.version)));
  if (satisfying !== undefined) {
    return shared(satisfying, [
      ...why,
      `${satisfying.version} from ${satisfying.from} is the highest that satisfies ${text}`,
    ]);
  }
  const reasons = [...why, `no version there satisfies ${text}`];
  const eager = isEager(consumer) ? " for eager consumption" : "";
  const message = `No satisfying version (${text})${eager} of shared module ${consumer.shareKey} found in shared scope ${consumer.shareScope}.\nAvailable versions: ${listed(scope)}`;
  if (consumer.strictVersion) {
    return consumer.hasFallback
      ? fallback([...reasons, "`strictVersion` is on, so the own fallback is used"])
      : failure(message, [...reasons, "`strictVersion` is on and there is no fallback: the runtime throws"]);
  }
  const latest = greatest(candidates);
  if (latest === undefined) return noEagerVersion(NO_VERSION, [...reasons, `it warns: ${message}`]);
  return sharedWithWarning(latest, message, [
    ...reasons,
    "`strictVersion` is off: the runtime warns and uses the highest",
  ]);
}

function negotiateSingleton(
  scope: readonly ScopeEntry[],
  candidates: readonly ScopeEntry[],
  consumer: NegotiatingConsumer,
  range: WebpackRange | undefined,
  why: readonly string[],
): Negotiated {
  const chosen = singletonOf(candidates);
  if (chosen === undefined) return noEagerSingleton(scope, consumer, range, why);
  const reasons = [...why, singletonReason(scope, chosen)];
  if (range === undefined || meetsWebpackRange(range, chosen.version)) return shared(chosen, reasons);
  const text = webpackRangeText(range);
  const message = `Unsatisfied version ${chosen.version} from ${chosen.from} of shared singleton module ${consumer.shareKey} (required ${text})`;
  reasons.push(`${chosen.version} does not satisfy ${text}`);
  return consumer.strictVersion
    ? failure(message, [...reasons, "`strictVersion` is on: the runtime throws"], chosen)
    : sharedWithWarning(chosen, message, [...reasons, "`strictVersion` is off: the runtime warns and uses it"]);
}

/** In order of registration: a loaded choice stays, an unloaded one gives way to a higher version. */
function singletonOf(scope: readonly ScopeEntry[]): ScopeEntry | undefined {
  return scope.reduce<ScopeEntry | undefined>(
    (choice, entry) =>
      choice === undefined || (!choice.loaded && webpackVersionLess(choice.version, entry.version)) ? entry : choice,
    undefined,
  );
}

function singletonReason(scope: readonly ScopeEntry[], { version, from, loaded }: ScopeEntry): string {
  const name = `a singleton: ${version} from ${from}`;
  if (scope.length === 1) return `${name} is the only version`;
  return `${name} is ${loaded ? "loaded already, and no version before it stands above" : "the highest version"}`;
}

/** The runtime goes on with nothing in hand, and JavaScript stops it. */
function noEagerVersion(message: string, why: readonly string[]): Negotiated {
  return failure(message, [...why, "no eager version is registered, so there is nothing to take"]);
}

function noEagerSingleton(
  scope: readonly ScopeEntry[],
  consumer: NegotiatingConsumer,
  range: WebpackRange | undefined,
  why: readonly string[],
): Negotiated {
  // The runtime holds 0 instead of a version, and reads it as one: it finds what is registered without a version.
  const unversioned = scope.find((entry) => entry.version === "0");
  const unsatisfied = range !== undefined && !meetsWebpackRange(range, "0");
  if (unsatisfied) {
    const message = `Unsatisfied version 0 from 0 of shared singleton module ${consumer.shareKey} (required ${webpackRangeText(range)})`;
    if (consumer.strictVersion) return noEagerVersion(message, why);
    if (unversioned !== undefined) return sharedWithWarning(unversioned, message, why);
  } else if (unversioned !== undefined) return shared(unversioned, why);
  return noEagerVersion(NO_SINGLETON, why);
}
