/** `fedlens report` and `fedlens debug report`. */
import { performance } from "node:perf_hooks";
import { shareResolutions } from "../analysis/resolveShare.ts";
import { LineIndex } from "../base/text.ts";
import { containerGraph, containers } from "../graph/index.ts";
import { debugReport } from "../ide/debugReport.ts";
import { reportDocument, reportMarkdown } from "../ide/reportDocument.ts";
import { runtimePreview } from "../ide/runtimePreview.ts";
import { allFindings } from "../rules/run.ts";
import { buildUsage } from "../usage/usedExports.ts";
import { joinPath } from "../vfs/path.ts";
import { fileText } from "../vfs/vfs.ts";
import type { AnswerOptions } from "./answers.ts";
import { open } from "./open.ts";
import { print, printJson } from "./output.ts";
import { reportPage } from "./reporters/reportPage.ts";
import { UsageError } from "./usageError.ts";

export interface ReportOptions extends AnswerOptions {
  readonly format?: "json" | "markdown" | "html";
  readonly key?: string;
}

export function runReport(directory: string | undefined, options: ReportOptions): number {
  const { workspace, root } = open(directory, options);
  const { db } = workspace;
  if (options.json || options.format === "json") printJson(reportDocument(db, root, options.key));
  else if (options.format === "html") print(reportPage(reportMarkdown(db, root, options.key)));
  else print(reportMarkdown(db, root, options.key));
  return 0;
}

/** A place without a line is the whole file. */
export function runRuntimePreview(place: string, options: AnswerOptions): number {
  const { workspace, root } = open(undefined, options);
  const { db } = workspace;
  const [, name = place, line = "1", column = "1"] = /^(.*?)(?::(\d+)(?::(\d+))?)?$/.exec(place) ?? [];
  const file = joinPath(root, name);
  const text = fileText(db, file);
  if (text === undefined) throw new UsageError(`no such file: ${file}`);
  const position = { line: Number(line) - 1, character: Number(column) - 1 };
  print(`${runtimePreview(db, file, new LineIndex(text).offset(position))}\n`);
  return 0;
}

export function runDebugReport(directory: string | undefined, options: AnswerOptions): number {
  const { workspace, root } = open(directory, options);
  const { db } = workspace;
  const timings: Record<string, number> = {};
  const timed = (name: string, compute: () => unknown): void => {
    const start = performance.now();
    compute();
    timings[name] = Math.round((performance.now() - start) * 10) / 10;
  };
  timed("configurations", () => containers(db));
  timed("moduleGraph", () => containers(db).map(({ id }) => containerGraph(db, id)));
  timed("exportUsage", () => containers(db).map(({ id }) => buildUsage(db, id)));
  timed("shareResolution", () => shareResolutions(db));
  timed("findings", () => allFindings(db));
  timings.heapMegabytes = Math.round(process.memoryUsage().heapUsed / 100_000) / 10;
  printJson(debugReport(db, root, timings));
  return 0;
}
