/**
 * The `fedlens` command: one subcommand a feature, all over the same core. Documents go to standard output and nothing
 * else does; progress and messages go to standard error. Exit codes: 0 fine, 1 findings, 2 wrong usage or failure.
 * What a command needs is loaded when it is chosen.
 */
import { Command, CommanderError, Option } from "commander";
import { version } from "../../package.json";
import { neverRecords, onNever } from "../base/assert.ts";
import type { AnswerOptions, ConfigOptions, GraphFormat } from "./answers.ts";
import type { CheckOptions } from "./check.ts";
import type { ReportOptions } from "./report.ts";
import type { UsageOptions } from "./usage.ts";
import { UsageError } from "./usageError.ts";

/** Ends with the code that a command has given; a command without one goes on by itself. */
type Finish = (code: number) => void;

function common(command: Command): Command {
  return command
    .option("--root <dir>", "the workspace's folder")
    .option("--json", "one JSON document on standard output")
    .option("--rule <id=severity...>", "severity of a rule, `off` included")
    .option("--env <NAME=value...>", "the value of an environment variable in configurations")
    .option("--read-dotenv", "read .env files, which may hold secrets")
    .option("--assume-bundler <name>", "answer as if built by webpack, enhanced or rspack");
}

/** Commands whose answer depends on who else is on a page. */
function merging(command: Command): Command {
  return common(command).option(
    "--from <glob...>",
    "snapshots (`fedlens index`) and `mf-manifest.json` files of other repositories",
  );
}

function addCheck(program: Command, finish: Finish): void {
  merging(program.command("check [root]").description("all findings of the workspace"))
    .addOption(
      new Option("--format <name>", "how to print them")
        .choices(["pretty", "json", "sarif", "github", "html"])
        .default("pretty"),
    )
    .addOption(
      new Option("--fail-on <severity>", "the mildest severity that fails")
        .choices(["error", "warning", "info", "hint", "never"])
        .default("error"),
    )
    .option("--fix", "apply safe fixes")
    .option("--fix-dry-run", "tell what safe fixes would do")
    .option("--max-warnings <n>", "fail beyond this many warnings")
    .option("--project <name>", "only one app")
    .option("--no-cache", "neither use nor keep the result of a check of the unchanged workspace")
    .action(async (root: string | undefined, options: CheckOptions) => {
      const { runCheck } = await import("./check.ts");
      finish(await runCheck(root, options));
    });
}

function addCache(program: Command, finish: Finish): void {
  program
    .command("cache")
    .description("results kept of earlier checks")
    .command("clear")
    .description("removes them")
    .action(async () => {
      const { cacheFolder, clearResults } = await import("../host/resultCache.ts");
      const count = clearResults(cacheFolder());
      process.stderr.write(`${count} kept results removed\n`);
      finish(0);
    });
}

function addAnswers(program: Command, finish: Finish): void {
  common(program.command("config [root]").description("every federation configuration, evaluated"))
    .option("--explain <path>", "how a value came to be, for example `remotes.cart` or `FILE:remotes.cart`")
    .action(async (root: string | undefined, options: ConfigOptions) => {
      const { runConfig } = await import("./answers.ts");
      finish(runConfig(root, options));
    });
  merging(program.command("graph [root]").description("the federation graph"))
    .addOption(
      new Option("--format <name>", "how to print it").choices(["json", "mermaid", "dot", "html"]).default("mermaid"),
    )
    .action(async (root: string | undefined, options: AnswerOptions & { readonly format: GraphFormat }) => {
      const { runGraph } = await import("./answers.ts");
      finish(runGraph(root, options));
    });
  merging(program.command("resolve [key]").description("which shared version each consumer gets, and why"))
    .option("--scenario <file>", "answer for a given share scope (`-` for standard input)")
    .action(async (key: string | undefined, options: AnswerOptions & { readonly scenario?: string }) => {
      if (options.scenario !== undefined) {
        const { runScenario } = await import("./scenario.ts");
        finish(runScenario(options.scenario, key, options));
      } else {
        const { runResolve } = await import("./answers.ts");
        finish(runResolve(key, options));
      }
    });
  common(program.command("index [root]").description("this project's part of the graph, as a portable snapshot"))
    .option("--out <file>", "write it there instead of standard output")
    .action(async (root: string | undefined, options: AnswerOptions & { readonly out?: string }) => {
      const { runIndex } = await import("./answers.ts");
      finish(runIndex(root, options));
    });
  common(program.command("usage [root]").description("which exports of each shared module are used"))
    .addOption(new Option("--format <name>", "how to print it").choices(["text", "json", "share-usage"]))
    .option("--per-container", "one row for each consumer")
    .option("--details", "with the decision on each export, how each file imports, and what could be saved")
    .action(async (root: string | undefined, options: UsageOptions) => {
      const { runUsage } = await import("./usage.ts");
      finish(runUsage(root, options));
    });
  merging(program.command("report [root]").description("how healthy sharing is, and what could be better"))
    .addOption(new Option("--format <name>", "how to print it").choices(["markdown", "json", "html"]))
    .option("--key <name>", "the connections of one share key")
    .action(async (root: string | undefined, options: ReportOptions) => {
      const { runReport } = await import("./report.ts");
      finish(runReport(root, options));
    });
  const debug = program.command("debug").description("what the analysis knows, and how long it takes");
  common(debug.command("report [root]").description("graph, chains, share scopes, timings and errors as JSON")).action(
    async (root: string | undefined, options: AnswerOptions) => {
      const { runDebugReport } = await import("./report.ts");
      finish(runDebugReport(root, options));
    },
  );
  common(
    debug
      .command("runtime <place>")
      .description("what the bundler would generate for <file>, or the import at <file>:<line>:<col>"),
  ).action(async (place: string, options: AnswerOptions) => {
    const { runRuntimePreview } = await import("./report.ts");
    finish(runRuntimePreview(place, options));
  });
  common(program.command("explain <place>").description("what the editor's hover shows at <file>:<line>:<col>")).action(
    async (place: string, options: AnswerOptions) => {
      const { runExplain } = await import("./answers.ts");
      finish(runExplain(place, options));
    },
  );
}

function createProgram(finish: Finish): Command {
  const program = new Command("fedlens").description("Module Federation, checked without running it").version(version);
  program.exitOverride().configureOutput({ writeErr: (text) => void process.stderr.write(text) });
  addCheck(program, finish);
  addAnswers(program, finish);
  addCache(program, finish);
  program
    .command("lsp")
    .description("the language server")
    .option("--stdio", "over standard input and output")
    .allowUnknownOption()
    .allowExcessArguments()
    .allowExcessArguments()
    .action(async () => {
      const { startServer } = await import("../lsp/server.ts");
      startServer();
    });
  return program;
}

async function main(): Promise<void> {
  let code: number | undefined;
  onNever((message) => void process.stderr.write(`fedlens: ${message}\n`));
  const program = createProgram((value) => {
    code = value;
  });
  try {
    await program.parseAsync();
  } catch (error) {
    code = failed(error);
  }
  // An analysis of which a part has failed must not pass for a clean one.
  if (code !== undefined) process.exitCode = neverRecords().length > 0 ? 2 : code;
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(
    `fedlens: ${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 2;
}

void main();
