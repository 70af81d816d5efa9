/** `fedlens resolve --scenario`: the outcome for a given share scope, as the real runtime would have it. */
import fs from "node:fs";
import { consumersFor } from "../analysis/pageOutcomes.ts";
import {
  answerScenarios,
  type ConsumersOf,
  ScenarioProblem,
  type ScenarioResult,
} from "../analysis/runtime/scenario.ts";
import type { CommonOptions } from "./asked.ts";
import { open } from "./open.ts";
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

/**
 * Answers for the scenarios of a file, or of standard input for `-`. With `--root`, a share scope copied from a page is
 * asked for the consumers of that workspace; `key` keeps one share key of it.
 */
export function runScenario(file: string, key: string | undefined, options: CommonOptions): number {
  const text = readInput(file);
  const db = options.root === undefined ? undefined : open(undefined, options).workspace.db;
  const { schema, results } = scenarioDocument(text, (shareScope, shareKey) =>
    db === undefined ? [] : consumersFor(db, shareScope, shareKey),
  );
  const kept = key === undefined ? results : results.filter(({ shareKey = key }) => shareKey === key);
  printJson({ schema, results: kept });
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
