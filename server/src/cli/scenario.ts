/** `fedlens resolve --scenario`: the outcome for a given share scope, as the real runtime would have it. */
import fs from "node:fs";
import {
  answerScenarios,
  type ConsumersOf,
  ScenarioProblem,
  type ScenarioResult,
} from "../analysis/runtime/scenario.ts";
import { printJson } from "./output.ts";
import { UsageError } from "./usageError.ts";

export function scenarioDocument(
  text: string,
  consumersOf?: ConsumersOf,
): { readonly schema: string; readonly results: readonly ScenarioResult[] } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`the scenario is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return { schema: "federation-lens/scenario@1", results: answerScenarios(data, consumersOf) };
  } catch (error) {
    if (error instanceof ScenarioProblem) throw new UsageError(error.message);
    throw error;
  }
}

/** Answers for the scenarios of a file, or of standard input for `-`. */
export function runScenario(file: string, consumersOf?: ConsumersOf): number {
  printJson(scenarioDocument(readInput(file), consumersOf));
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
