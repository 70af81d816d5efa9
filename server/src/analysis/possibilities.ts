/**
 * Where something is not known statically, a consumer has several outcomes: on different pages, with remotes of elsewhere
 * that register more versions, for each value that an option can have. This finds them by negotiating again with each.
 */
import semver from "semver";
import type { Container } from "../graph/container.ts";
import type { ConsumeShared } from "../model/shared.ts";
import type { Outside } from "./outside.ts";
import type { SeenConsumption } from "./pageOutcomes.ts";
import { negotiate } from "./runtime/negotiate.ts";
import type { Negotiated, NegotiatingConsumer } from "./runtime/outcome.ts";
import type { ScopeEntry } from "./runtime/scope.ts";

/** An outcome that is possible, and when. */
export interface Assumed {
  readonly when: string;
  readonly negotiated: Negotiated;
  /** The version is not one of the workspace. */
  readonly isOutside: boolean;
}

/** Versions that an unknown container might register: around those that are there and those that the range names. */
const MOST_VERSIONS = 60;

function versionsAround(entries: readonly ScopeEntry[], range: string | false | null): readonly string[] {
  const named = typeof range === "string" ? (range.match(/\d+(?:\.\d+){0,2}(?:-[\w.-]+)?/g) ?? []) : [];
  const around = new Set<string>();
  for (const text of [...entries.slice(0, MOST_VERSIONS).map(({ version }) => version), ...named]) {
    const version = semver.coerce(text, { includePrerelease: true });
    if (version === null) continue;
    around.add(version.version);
    for (const step of ["patch", "minor", "major"] as const) {
      const next = semver.inc(version.version, step);
      if (next !== null) around.add(next);
    }
  }
  const known = new Set(entries.map(({ version }) => version));
  return [...around].filter((version) => !known.has(version)).slice(0, MOST_VERSIONS);
}

/** Outcomes beside the known one that more versions in the scope would bring, one for each kind that is not `told`. */
export function withMoreVersions(
  container: Container,
  consumer: NegotiatingConsumer,
  { entries, outcome }: SeenConsumption,
  outside: readonly Outside[],
  told: Set<string>,
): readonly Assumed[] {
  const [first] = outside;
  if (first === undefined) return [];
  // An eager consumer of webpack's runtime chooses before anything else is loaded.
  if (container.runtime === "webpack" && consumer.eager && consumer.implementation !== "rspack") return [];
  told.add(kindOf(outcome, false));
  const found: Assumed[] = [];
  for (const version of versionsAround(entries, consumer.requiredVersion)) {
    const entry: ScopeEntry = { version, from: first.from, eager: false, loaded: false };
    const negotiated = negotiate(container.runtime, container.shareStrategy, [...entries, entry], consumer);
    const isOutside = negotiated.entry === entry;
    const kind = kindOf(negotiated, isOutside);
    if (told.has(kind)) continue;
    told.add(kind);
    found.push({ when: `if ${outsideText(outside, "or")} provides ${version}`, negotiated, isOutside });
  }
  return found;
}

const NAMED_OUTSIDE = 3;

/** Some by name, and how many more. */
export function outsideText(outside: readonly Outside[], conjunction: "and" | "or"): string {
  const names = outside.slice(0, NAMED_OUTSIDE).map(({ text }) => text);
  if (outside.length > NAMED_OUTSIDE) names.push(`${outside.length - NAMED_OUTSIDE} more`);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} ${conjunction} ${last}`;
}

function kindOf({ outcome, entry }: Negotiated, isOutside: boolean): string {
  return `${outcome} ${isOutside ? "outside" : entry?.version}`;
}

/** What an unknown value of a consume can be; the required version stands for one that is met and one that is not. */
function assumptions(written: ConsumeShared): readonly {
  readonly when: string;
  readonly change: Partial<NegotiatingConsumer>;
}[] {
  if (written.requiredVersion === "unknown") {
    return [
      { when: "if the required version, which is not known, is met", change: { requiredVersion: false } },
      { when: "if the required version, which is not known, is not met", change: { requiredVersion: UNMET } },
    ];
  }
  const option = (["singleton", "strictVersion"] as const).find((name) => written.unknownOptions.includes(name));
  if (option === undefined) return [];
  return [true, false].map((value) => ({ when: `if \`${option}\` is ${value}`, change: { [option]: value } }));
}

/** A range that no version meets. */
const UNMET = "<0.0.0";

/** Whether something in the configuration that decides is unknown. */
export function isUnknown(written: ConsumeShared): boolean {
  return assumptions(written).length > 0;
}

/** The outcomes that the unknown values of a consume can bring; fewer than two where it makes no difference. */
export function withEachValue(
  container: Container,
  consumer: NegotiatingConsumer,
  written: ConsumeShared,
  { entries }: SeenConsumption,
): readonly Assumed[] {
  const known = new Set<string>();
  return assumptions(written).flatMap(({ when, change }) => {
    const negotiated = negotiate(container.runtime, container.shareStrategy, entries, { ...consumer, ...change });
    const kind = kindOf(negotiated, false);
    if (known.has(kind)) return [];
    known.add(kind);
    // A message would name the range that was made up.
    const told = change.requiredVersion === undefined ? negotiated : { ...negotiated, message: undefined };
    return [{ when, negotiated: told, isOutside: false }];
  });
}
