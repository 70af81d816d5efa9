/**
 * `fedlens check`: reports the findings, of a run before where nothing has changed since, and gives the exit code. The
 * analysis itself is loaded only when it is needed.
 */
import fs from "node:fs";
import { version } from "../../package.json";
import { readAhead } from "../host/readAhead/readAhead.ts";
import { cacheFolder, ResultCache } from "../host/resultCache.ts";
import type { CheckResult } from "../ide/checkResult.ts";
import type { Severity } from "../rules/rule.ts";
import { type Asked, asked, type CommonOptions } from "./asked.ts";
import { print } from "./output.ts";
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
  /** False for `--no-cache`. */
  readonly cache: boolean;
}

/** The exit code: 0 nothing at or above the failing severity, 1 findings. */
export async function runCheck(directory: string | undefined, options: CheckOptions): Promise<number> {
  const maxWarnings = maxWarningsOf(options);
  const workspace = asked(directory, options);
  const cache = options.cache && !options.fix && !options.fixDryRun ? cacheOf(workspace, options) : undefined;
  const result = cache?.read(workspace.host) ?? (await analysed(workspace, options, cache));
  print(await reported(result, options.json ? "json" : options.format));
  return exitCode(result, options.failOn, maxWarnings);
}

async function analysed(
  workspace: Asked,
  options: CheckOptions,
  cache: ResultCache<CheckResult> | undefined,
): Promise<CheckResult> {
  const ahead = readAhead(workspace.root);
  try {
    return (await import("./analyse.ts")).analyse(workspace, options, cache, ahead);
  } finally {
    ahead?.stop();
  }
}

/** Another build of the program may find something else. */
function cacheOf({ root, settings }: Asked, { project }: CheckOptions): ResultCache<CheckResult> {
  const { size, mtimeMs } = fs.statSync(__filename);
  return new ResultCache(cacheFolder(), ["check@1", version, size, mtimeMs, root, settings, project ?? null]);
}

function maxWarningsOf({ maxWarnings }: CheckOptions): number {
  if (maxWarnings === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(maxWarnings)) throw new UsageError("--max-warnings takes a number");
  return Number(maxWarnings);
}

async function reported(result: CheckResult, format: string): Promise<string> {
  if (format === "json") return `${JSON.stringify(result, null, 2)}\n`;
  if (format === "sarif") return (await import("./reporters/sarif.ts")).sarif(result, version);
  if (format === "github") return (await import("./reporters/github.ts")).github(result);
  if (format === "html") return (await import("./reporters/html.ts")).html(result);
  const { pretty } = await import("./reporters/pretty.ts");
  return pretty(result, process.stdout.isTTY === true && process.env.NO_COLOR === undefined);
}

function exitCode({ summary }: CheckResult, failOn: CheckOptions["failOn"], maxWarnings: number): number {
  if (summary.warning > maxWarnings) return 1;
  if (failOn === "never") return 0;
  return ORDER.slice(0, ORDER.indexOf(failOn) + 1).some((severity) => summary[severity] > 0) ? 1 : 0;
}
