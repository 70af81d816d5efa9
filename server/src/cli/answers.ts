/** The commands that answer a question about the workspace: `config`, `graph`, `resolve`, `index`, `explain`. */

import fs from "node:fs";
import { configDocument } from "../ide/configDocument.ts";
import { explain } from "../ide/explain.ts";
import { explainDocument, explainText } from "../ide/explainDocument.ts";
import { graphDocument } from "../ide/graphDocument.ts";
import { graphDot, graphDrawing, graphMermaid } from "../ide/graphDrawing.ts";
import { indexDocument } from "../ide/indexDocument.ts";
import { resolveDocument, resolveText } from "../ide/resolveDocument.ts";
import type { CommonOptions } from "./asked.ts";
import { open } from "./open.ts";
import { print, printJson } from "./output.ts";
import { graphPage } from "./reporters/graphPage.ts";
import { UsageError } from "./usageError.ts";

export type GraphFormat = "json" | "mermaid" | "dot" | "html";

export interface AnswerOptions extends CommonOptions {
  readonly json?: boolean;
}

export interface ConfigOptions extends AnswerOptions {
  /** `[FILE:]PATH` of a value whose origin is asked for. */
  readonly explain?: string;
}

export function runConfig(directory: string | undefined, options: ConfigOptions): number {
  const { workspace, root } = open(directory, options);
  if (options.explain === undefined) printJson(configDocument(workspace.db, root));
  else if (options.json) printJson(explainDocument(workspace.db, root, options.explain));
  else {
    const text = explainText(workspace.db, root, options.explain);
    if (text === undefined) throw new UsageError(`no configuration has a value at ${options.explain}`);
    print(`${text}\n`);
  }
  return 0;
}

export function runGraph(
  directory: string | undefined,
  options: AnswerOptions & { readonly format: GraphFormat },
): number {
  const { workspace, root } = open(directory, options);
  if (options.json || options.format === "json") printJson(graphDocument(workspace.db, root));
  else if (options.format === "html") print(graphPage(graphDrawing(workspace.db)));
  else print(options.format === "dot" ? graphDot(workspace.db) : graphMermaid(workspace.db));
  return 0;
}

/** On standard output, or into a file. */
export function runIndex(directory: string | undefined, options: AnswerOptions & { readonly out?: string }): number {
  const { workspace, root } = open(directory, options);
  const text = `${JSON.stringify(indexDocument(workspace.db, root), null, 2)}\n`;
  if (options.out === undefined) print(text);
  else writeText(options.out, text);
  return 0;
}

function writeText(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function runResolve(key: string | undefined, options: AnswerOptions): number {
  const { workspace, root } = open(undefined, options);
  if (options.json) printJson(resolveDocument(workspace.db, root, key));
  else print(resolveText(workspace.db, key));
  return 0;
}

/** A place of which nothing is known is an answer; a file that is not there is wrong usage. */
export function runExplain(place: string, options: AnswerOptions): number {
  const { workspace, root } = open(undefined, options);
  const answer = explain(workspace.db, root, place);
  if (answer.problem !== undefined) throw new UsageError(answer.problem);
  if (options.json) printJson({ schema: "federation-lens/explain@1", text: answer.text ?? null });
  else print(`${answer.text ?? "nothing is known about this place"}\n`);
  return 0;
}
