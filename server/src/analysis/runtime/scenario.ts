/**
 * What a consumer gets from a share scope that is given, not computed: the scenario of `fedlens resolve --scenario`. The
 * scope is written by hand or copied from a running page.
 */
import type { FederationRuntime, Implementation } from "../../model/federationConfig.ts";
import { negotiate } from "./negotiate.ts";
import type { Negotiated, NegotiatingConsumer } from "./outcome.ts";
import { type PastedKey, readPastedScopes } from "./pastedScope.ts";
import { type ScopeEntry, type ShareStrategy, withRegistered } from "./scope.ts";

export interface ScenarioResult {
  /** `shared`: another container's copy; `fallback`: the consumer's own. */
  readonly outcome: "shared" | "fallback" | "error";
  readonly version: string | null;
  readonly provider: string | null;
  readonly message: string | null;
  readonly why: readonly string[];
  /** Where a scope was pasted without a consumer: what the answer is about. */
  readonly shareScope?: string;
  readonly shareKey?: string;
  readonly instance?: string;
  readonly consumer?: Pick<NegotiatingConsumer, "from" | "requiredVersion" | "singleton" | "strictVersion" | "eager">;
}

/** What is wrong with a scenario, for people. */
export class ScenarioProblem extends Error {}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A consumer of a workspace; without runtime and strategy, those of the copy stand for its own. */
export interface AskingConsumer extends NegotiatingConsumer {
  readonly runtime?: FederationRuntime;
  readonly strategy?: ShareStrategy;
}

/** Consumers that a page's copied scopes are asked for; none: those that the copy itself declares. */
export type ConsumersOf = (shareScope: string, shareKey: string) => readonly AskingConsumer[];

/** Answers for one document: a scenario, a list of them, or a share scope copied from a page. */
export function answerScenarios(document: unknown, consumersOf: ConsumersOf = () => []): readonly ScenarioResult[] {
  const items = Array.isArray(document) ? document : [document];
  if (items.length > 0 && !items.some(isScenario)) {
    const pasted = readPastedScopes(document);
    if (pasted.length > 0) return distinct(pasted).flatMap((key) => answerPasted(key, consumersOf));
  }
  return items.map((item, index) => {
    if (!isObject(item)) throw new ScenarioProblem(`scenario ${index + 1} is no object`);
    return answerOne(item, items.length > 1 ? `scenario ${index + 1}: ` : "");
  });
}

/** Anything else is looked through for share scopes. */
function isScenario(item: unknown): boolean {
  return isObject(item) && ("consumer" in item || typeof item.runtime === "string");
}

/** Containers of a page that share one scope object each have it. */
function distinct(pasted: readonly PastedKey[]): readonly PastedKey[] {
  const seen = new Set<string>();
  return pasted.filter(({ shareScope, shareKey, entries }) => {
    const same = JSON.stringify([shareScope, shareKey, entries]);
    return !seen.has(same) && seen.add(same);
  });
}

interface OwnCopy {
  readonly version: string | undefined;
  readonly consumer: NegotiatingConsumer;
}

function answerOne(scenario: Json, label: string): ScenarioResult {
  const { runtime } = scenario;
  if (runtime !== "webpack" && runtime !== "mf2") {
    throw new ScenarioProblem(
      `${label}\`runtime\` is "webpack" or "mf2", and \`scope\` and \`consumer\` stand beside it`,
    );
  }
  if (!isObject(scenario.consumer)) throw new ScenarioProblem(`${label}\`consumer\` is missing`);
  const { version, consumer } = consumerOf(scenario.consumer, scenario, label);
  const strategy: ShareStrategy = scenario.strategy === "loaded-first" ? "loaded-first" : "version-first";
  const scope = scopeOf(scenario.scope, consumer);
  if (version !== undefined && consumer.hasFallback) {
    const own = { version, from: consumer.from, eager: consumer.eager, loaded: false, strategy };
    const registered = withRegistered(runtime, scope, own);
    return resultOf(negotiate(runtime, strategy, registered, consumer), consumer.from, version);
  }
  // Strategy and name are read off the own copy by the 2.x runtime.
  const nameless = runtime === "mf2" ? { ...consumer, from: "undefined" } : consumer;
  return resultOf(negotiate(runtime, "version-first", scope, nameless), consumer.from, version);
}

function consumerOf(written: Json, scenario: Json, label: string): OwnCopy {
  const { key, from, version, requiredVersion } = written;
  if (typeof key !== "string" || typeof from !== "string") {
    throw new ScenarioProblem(`${label}\`consumer\` has a \`key\` and a \`from\``);
  }
  const implementation = scenario.implementation ?? (scenario.runtime === "webpack" ? "webpack" : undefined);
  const ownVersion = typeof version === "string" ? version : undefined;
  // The 2.x runtime fills in what is not said.
  const omitted = scenario.runtime === "mf2" && ownVersion !== undefined ? `^${ownVersion}` : null;
  return {
    version: ownVersion,
    consumer: {
      shareScope: typeof scenario.shareScope === "string" ? scenario.shareScope : "default",
      shareKey: key,
      from,
      requiredVersion:
        typeof requiredVersion === "string" || requiredVersion === false || requiredVersion === null
          ? requiredVersion
          : omitted,
      singleton: Boolean(written.singleton),
      strictVersion: Boolean(written.strictVersion),
      eager: Boolean(written.eager),
      hasFallback: written.hasFallback !== false,
      ...(isImplementation(implementation) ? { implementation } : {}),
    },
  };
}

function isImplementation(value: unknown): value is Implementation {
  return value === "webpack" || value === "enhanced" || value === "rspack" || value === "vite";
}

/** Versions of the consumer's key: a map of them as in the contract, or any copy that holds the key. */
function scopeOf(written: unknown, { shareScope, shareKey, from }: NegotiatingConsumer): readonly ScopeEntry[] {
  const versions = isObject(written) ? written : {};
  const matching = readPastedScopes(written, { shareScope, shareKey }).filter(
    (key) => key.shareKey === shareKey && key.shareScope === shareScope,
  );
  const found = matching.find((key) => key.instance === from) ?? matching[0];
  return (found?.entries ?? []).map((entry) => {
    const original = versions[entry.version];
    const strategy = isObject(original) ? original.shareStrategy : undefined;
    return strategy === "loaded-first" || strategy === "version-first" ? { ...entry, strategy } : entry;
  });
}

function resultOf(negotiated: Negotiated, from: string, ownVersion: string | undefined): ScenarioResult {
  const { outcome, entry, message, why } = negotiated;
  if (outcome === "error") return { outcome, version: null, provider: null, message: message ?? null, why };
  const own = entry === undefined || entry.from === from;
  return {
    outcome: own ? "fallback" : "shared",
    version: entry?.version ?? ownVersion ?? null,
    provider: entry?.from ?? from,
    message: message ?? null,
    why,
  };
}

function answerPasted(key: PastedKey, consumersOf: ConsumersOf): readonly ScenarioResult[] {
  const known = consumersOf(key.shareScope, key.shareKey);
  const strategy = key.entries.some((entry) => entry.strategy === "loaded-first") ? "loaded-first" : "version-first";
  const seen = stateOf(key);
  const asking: readonly AskingConsumer[] = known.length > 0 ? known : declaredConsumers(key);
  return asking.map((consumer) => {
    const { runtime = key.runtime } = consumer;
    const negotiated = negotiate(runtime, consumer.strategy ?? strategy, key.entries, consumer);
    const own = key.entries.find((entry) => entry.from === consumer.from);
    const { from, requiredVersion, singleton, strictVersion, eager } = consumer;
    const result = resultOf(negotiated, from, own?.version);
    return {
      shareScope: key.shareScope,
      shareKey: key.shareKey,
      ...(key.instance === undefined ? {} : { instance: key.instance }),
      consumer: { from, requiredVersion, singleton, strictVersion, eager },
      ...result,
      why: [...seen, ...result.why],
    };
  });
}

/** What the page shows already. */
function stateOf({ entries }: PastedKey): readonly string[] {
  const loaded = entries.filter((entry) => entry.loaded);
  if (loaded.length === 0) return ["no version is loaded yet"];
  const names = loaded.map(({ version, from, usedIn }) => {
    return `${version} from ${from}${usedIn.length > 0 ? ` (used in ${usedIn.join(", ")})` : ""}`;
  });
  return [
    `loaded on the page: ${names.join(", ")}${loaded.length > 1 ? `; these are ${loaded.length} copies of one module` : ""}`,
  ];
}

/** The 2.x runtime keeps what each registrar requires; webpack's keeps nothing, so any version will do there. */
function declaredConsumers({ shareScope, shareKey, entries }: PastedKey): readonly NegotiatingConsumer[] {
  const seen = new Set<string>();
  return entries.flatMap((entry) => {
    const consumer: NegotiatingConsumer = {
      shareScope,
      shareKey,
      from: entry.from,
      requiredVersion: entry.declared?.requiredVersion ?? null,
      singleton: entry.declared?.singleton ?? false,
      strictVersion: entry.declared?.strictVersion ?? false,
      eager: entry.eager,
      hasFallback: true,
    };
    const same = JSON.stringify([consumer.from, consumer.requiredVersion, consumer.singleton]);
    if (seen.has(same)) return [];
    seen.add(same);
    return [consumer];
  });
}
