/**
 * The choice of the 2.x runtime (`runtime-core/src/utils/share.ts`, `getRegisteredShare`), step by step, with what the
 * bundlers' code around it does when nothing is found.
 */
import { mf2LessOrEqual, satisfiesMf2Range } from "./mf2Semver.ts";
import { failure, fallback, type Negotiated, type NegotiatingConsumer, shared, sharedWithWarning } from "./outcome.ts";
import { type ScopeEntry, type ShareStrategy, scopeFacts } from "./scope.ts";

const CATEGORY = "[ Federation Runtime ]";

/** `scope` holds the versions in the order of the scope object's keys. */
export function negotiateMf2(
  strategy: ShareStrategy,
  scope: readonly ScopeEntry[],
  consumer: NegotiatingConsumer,
): Negotiated {
  const { shareKey, shareScope, from } = consumer;
  const why = scopeFacts(shareScope, scope);
  const candidate = mf2Candidate(strategy, scope);
  if (candidate === undefined) return nothingFound(consumer, [...why, "nothing to take"]);
  const range = requirementOf(consumer);
  why.push(candidateReason(strategy, scope, candidate));
  if (consumer.singleton) {
    if (range === false || satisfiesMf2Range(candidate.version, range)) {
      return shared(candidate, [...why, "a singleton: the candidate is used"]);
    }
    why.push(`a singleton: the candidate is used, and ${candidate.version} does not satisfy ${range}`);
    const message = `Version ${candidate.version} from ${candidate.from} of shared singleton module ${shareKey} does not satisfy the requirement of ${from} which needs ${range})`;
    return consumer.strictVersion
      ? failure(`${CATEGORY}: ${message}`, [...why, "`strictVersion` is on: the runtime throws"], candidate)
      : sharedWithWarning(candidate, `${CATEGORY} ${message}`, [...why, "`strictVersion` is off: the runtime warns"]);
  }
  if (range === false || range === "*") return shared(candidate, [...why, "any version will do"]);
  if (satisfiesMf2Range(candidate.version, range)) {
    return shared(candidate, [...why, `${candidate.version} satisfies ${range}`]);
  }
  why.push(`${candidate.version} does not satisfy ${range}`);
  const other = scope.find((entry) => satisfiesMf2Range(entry.version, range));
  if (other !== undefined) {
    return shared(other, [...why, `${other.version} from ${other.from} is the first registered version that does`]);
  }
  return nothingFound(consumer, [...why, "no other version does"]);
}

/** What the bundlers write where no version is required or none could be determined. */
function requirementOf({ requiredVersion, implementation }: NegotiatingConsumer): string | false {
  if (typeof requiredVersion === "string") return requiredVersion;
  return implementation === "rspack" || implementation === "vite" ? "*" : false;
}

function isTaken(entry: ScopeEntry): boolean {
  return entry.loaded || entry.loading === true;
}

/** Goes through the versions once: the choice so far gives way or stays. */
export function mf2Candidate<Entry extends ScopeEntry>(
  strategy: ShareStrategy,
  scope: readonly Entry[],
): Entry | undefined {
  return scope.reduce<Entry | undefined>((choice, entry) => {
    if (choice === undefined || choice.version === "0") return entry;
    if (strategy === "loaded-first" && isTaken(choice) !== isTaken(entry)) return isTaken(entry) ? entry : choice;
    if (strategy === "version-first" && choice.loaded) return choice;
    return mf2LessOrEqual(choice.version, entry.version) ? entry : choice;
  }, undefined);
}

function candidateReason(strategy: ShareStrategy, scope: readonly ScopeEntry[], candidate: ScopeEntry): string {
  const name = `${candidate.version} from ${candidate.from}`;
  if (scope.length === 1) return `${strategy}: the candidate is ${name}, the only version`;
  if (strategy === "loaded-first" && isTaken(candidate)) {
    const others = scope.filter(isTaken).length > 1 ? "the highest of those that are loaded" : "the one that is loaded";
    return `${strategy}: the candidate is ${name}, ${others}`;
  }
  const loaded = candidate.loaded ? "loaded already, so that later versions do not replace it" : "the highest version";
  return `${strategy}: the candidate is ${name}, ${loaded}`;
}

function nothingFound(consumer: NegotiatingConsumer, why: readonly string[]): Negotiated {
  const { shareKey, hasFallback, implementation } = consumer;
  if (hasFallback) return fallback([...why, "so the own copy is used, silently"]);
  const message = implementation === "enhanced" ? `Can not get '${shareKey}'` : missingGetter(shareKey);
  return failure(message, [...why, "`import` is false, so there is no fallback"]);
}

function missingGetter(shareKey: string): string {
  return [
    'The getter for the shared module is not a function. This may be caused by setting "shared.import: false" without the host providing the corresponding lib. #RUNTIME-012',
    `args: ${JSON.stringify({ shareKey })}`,
    "View the docs to see how to solve: https://module-federation.io/guide/troubleshooting/runtime#runtime-012",
  ].join("\n");
}
