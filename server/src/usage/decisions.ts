/**
 * What tree shaking may do with each export of a shared module: keep, eliminate, warn, eliminate in part, or look deeper,
 * by its use, the confidence in that, and the side effects of the module.
 */
import type { Confidence } from "./importPatterns.ts";

export type ExportState = "used" | "imported-but-unused" | "only-properties-used" | "unused" | "unknown";

export type ShakingAction = "keep" | "eliminate" | "warn" | "partial-elimination" | "analyse-deeper";

export interface ExportDecision {
  readonly name: string;
  readonly state: ExportState;
  readonly action: ShakingAction;
  readonly confidence: Confidence;
  /** For people. */
  readonly reason: string;
  /** Members that are used, where only some are. */
  readonly members: readonly string[];
}

export interface DecisionFacts {
  /** Names provided; `null` where more may be. */
  readonly provided: readonly string[] | null;
  /** Dotted names used. */
  readonly used: readonly string[];
  /** Some importer takes the whole module, or others than this workspace do. */
  readonly whole: boolean;
  readonly importedButUnused: readonly string[];
  /** Evaluating the module has effects. */
  readonly sideEffects: boolean;
  readonly confidence: Confidence;
}

/** One for each export that is provided, used or imported; sorted by name. */
export function exportDecisions(facts: DecisionFacts): readonly ExportDecision[] {
  const heads = facts.used.map((path) => path.split(".")[0]!);
  const names = new Set([...(facts.provided ?? []), ...heads, ...facts.importedButUnused]);
  names.delete("*");
  return [...names].sort().map((name) => {
    const state = stateOf(facts, name);
    const action = actionOf(state, facts.confidence, facts.sideEffects);
    const members = facts.used.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
    return { name, state, action, confidence: facts.confidence, reason: reasonOf(facts, state, action), members };
  });
}

function stateOf({ used, whole, importedButUnused }: DecisionFacts, name: string): ExportState {
  if (used.includes(name)) return "used";
  if (used.some((path) => path.startsWith(`${name}.`))) return whole ? "used" : "only-properties-used";
  if (whole) return "unknown";
  return importedButUnused.includes(name) ? "imported-but-unused" : "unused";
}

/** The decision matrix. */
export function actionOf(state: ExportState, confidence: Confidence, sideEffects: boolean): ShakingAction {
  if (state === "used" || state === "unknown") return "keep";
  if (state === "only-properties-used") return "partial-elimination";
  if (state === "unused") {
    if (sideEffects || confidence === "low") return "keep";
    return confidence === "high" ? "eliminate" : "warn";
  }
  if (sideEffects) return "analyse-deeper";
  return confidence === "high" ? "eliminate" : "keep";
}

const STATES: Readonly<Record<ExportState, string>> = {
  used: "code of the workspace uses it",
  unknown: "the whole module is taken, so it may be used",
  "only-properties-used": "only members of it are used",
  "imported-but-unused": "it is imported, and no code that counts uses it",
  unused: "no file imports it",
};

function reasonOf({ sideEffects, confidence }: DecisionFacts, state: ExportState, action: ShakingAction): string {
  const reasons = [STATES[state]];
  const undecided = state === "unused" || state === "imported-but-unused";
  if (undecided && sideEffects) reasons.push("evaluating the module may have effects, which are kept");
  if (undecided && confidence !== "high" && action !== "eliminate") {
    reasons.push(
      confidence === "low" ? "a file that imports it is not understood" : "a part of the build is not known",
    );
  }
  return reasons.join("; ");
}
