/** `fedlens check`: reports the findings, applies safe fixes when asked to, and gives the exit code. */
import { version } from "../../package.json";
import { type CheckResult, check } from "../ide/checkResult.ts";
import type { Severity } from "../rules/rule.ts";
import { fixedFiles, writeFiles } from "./applyFixes.ts";
import { type CommonOptions, open } from "./open.ts";
import { print, runWithProgress } from "./output.ts";
import { github } from "./reporters/github.ts";
import { html } from "./reporters/html.ts";
import { pretty } from "./reporters/pretty.ts";
import { sarif } from "./reporters/sarif.ts";
import { UsageError } from "./usageError.ts";

const ORDER: readonly Severity[] = ["error", "warning", "info", "hint"];

export interface CheckOptions extends CommonOptions {
  readonly json?: boolean;
  readonly format: string;
  readonly failOn: Severity | "never";
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly maxWarnings?: string;
  readonly project?: string;
}

/** The exit code: 0 nothing at or above the failing severity, 1 findings. */
export function runCheck(directory: string | undefined, options: CheckOptions): number {
  const maxWarnings = maxWarningsOf(options);
  const { workspace, root } = open(directory, options);
  runWithProgress(workspace.index({ shortSteps: false }));
  if (options.fix || options.fixDryRun) {
    const files = fixedFiles(workspace.db);
    if (options.fix) {
      writeFiles(files);
      workspace.applyChanges(files.map(({ file }) => ({ kind: "disk", path: file })));
    }
    const edits = files.reduce((sum, file) => sum + file.edits, 0);
    process.stderr.write(`${edits} edits ${options.fix ? "made" : "possible"} in ${files.length} files\n`);
  }
  const result = check(workspace.db, root, options.project);
  print(reported(result, options.json ? "json" : options.format));
  return exitCode(result, options.failOn, maxWarnings);
}

function maxWarningsOf({ maxWarnings }: CheckOptions): number {
  if (maxWarnings === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(maxWarnings)) throw new UsageError("--max-warnings takes a number");
  return Number(maxWarnings);
}

function reported(result: CheckResult, format: string): string {
  if (format === "json") return `${JSON.stringify(result, null, 2)}\n`;
  if (format === "sarif") return sarif(result, version);
  if (format === "github") return github(result);
  if (format === "html") return html(result);
  return pretty(result, process.stdout.isTTY === true && process.env.NO_COLOR === undefined);
}

function exitCode({ summary }: CheckResult, failOn: CheckOptions["failOn"], maxWarnings: number): number {
  if (summary.warning > maxWarnings) return 1;
  if (failOn === "never") return 0;
  return ORDER.slice(0, ORDER.indexOf(failOn) + 1).some((severity) => summary[severity] > 0) ? 1 : 0;
}
