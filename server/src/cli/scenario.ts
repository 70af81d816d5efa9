/** `fedlens resolve --scenario`: the outcome for a given share scope, as the real runtime would have it. */
import fs from "node:fs";
import { negotiate, type ScopeEntry, type ShareStrategy } from "../analysis/runtime/negotiate.ts";
import { printJson } from "./output.ts";
import { UsageError } from "./usageError.ts";

interface Scenario {
  readonly runtime: "webpack" | "mf2";
  readonly strategy?: ShareStrategy;
  readonly scope: Readonly<
    Record<string, { readonly from: string; readonly eager?: boolean; readonly loaded?: boolean }>
  >;
  readonly consumer: {
    readonly key: string;
    readonly requiredVersion?: string | false | null;
    readonly singleton?: boolean;
    readonly strictVersion?: boolean;
    readonly eager?: boolean;
    readonly hasFallback?: boolean;
    readonly version?: string;
    readonly from: string;
  };
}

export interface ScenarioResult {
  readonly outcome: "shared" | "fallback" | "error";
  readonly version: string | null;
  readonly provider: string | null;
  readonly message: string | null;
  readonly why: readonly string[];
}

export function scenarioDocument(text: string): {
  readonly schema: string;
  readonly results: readonly ScenarioResult[];
} {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the scenario is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const scenarios = (Array.isArray(data) ? data : [data]) as readonly Scenario[];
  return { schema: "federation-lens/scenario@1", results: scenarios.map(answer) };
}

function answer(scenario: Scenario): ScenarioResult {
  const { consumer, runtime, strategy = "version-first" } = scenario;
  if (consumer === undefined || (runtime !== "webpack" && runtime !== "mf2")) {
    throw new UsageError("a scenario has `runtime`, `scope` and `consumer`");
  }
  const scope = registered(scenario);
  const { outcome, entry, message, why } = negotiate(runtime, strategy, scope, {
    shareScope: "default",
    shareKey: consumer.key,
    from: consumer.from,
    requiredVersion: consumer.requiredVersion ?? null,
    singleton: consumer.singleton ?? false,
    strictVersion: consumer.strictVersion ?? false,
    eager: consumer.eager ?? false,
    hasFallback: consumer.hasFallback ?? true,
  });
  if (outcome === "error") return { outcome, version: null, provider: null, message: message ?? null, why };
  const own = entry === undefined || entry.from === consumer.from;
  return {
    outcome: own ? "fallback" : "shared",
    version: entry?.version ?? consumer.version ?? null,
    provider: entry?.from ?? consumer.from,
    message: message ?? null,
    why,
  };
}

/** The consumer's own copy registers itself too, where its slot is free or its runtime lets it take the slot. */
function registered({ scope, consumer, runtime }: Scenario): readonly ScopeEntry[] {
  const entries = Object.entries(scope ?? {}).map(([version, { from, eager = false, loaded = false }]) => ({
    version,
    from,
    eager,
    loaded,
  }));
  if (consumer.version === undefined || consumer.hasFallback === false) return entries;
  const own: ScopeEntry = {
    version: consumer.version,
    from: consumer.from,
    eager: consumer.eager ?? false,
    loaded: false,
  };
  const holder = entries.findIndex((entry) => entry.version === own.version);
  if (holder < 0) return [...entries, own];
  const held = entries[holder]!;
  const takes = runtime === "webpack" && !held.loaded && (own.eager === held.eager ? own.from > held.from : own.eager);
  return takes ? entries.with(holder, own) : entries;
}

/** Answers for the scenarios of a file, or of standard input for `-`. */
export function runScenario(file: string): number {
  printJson(scenarioDocument(readInput(file)));
  return 0;
}

/** The text of a file, or of standard input for `-`. */
function readInput(file: string): string {
  try {
    return fs.readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
