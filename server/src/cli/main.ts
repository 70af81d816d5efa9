/**
 * The `fedlens` command: one subcommand a feature, all over the same core. Documents go to standard output and nothing
 * else does; progress and messages go to standard error. Exit codes: 0 fine, 1 findings, 2 wrong usage or failure.
 */
import fs from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { version } from "../../package.json";
import { type CheckResult, check } from "../ide/checkResult.ts";
import { explain } from "../ide/explain.ts";
import { graphDocument, graphDot, graphMermaid } from "../ide/graphDocument.ts";
import { resolveDocument, resolveText } from "../ide/resolveDocument.ts";
import type { Severity } from "../rules/rule.ts";
import { fixedFiles, writeFiles } from "./applyFixes.ts";
import { configCommand } from "./config.ts";
import { type CommonOptions, open, UsageError } from "./open.ts";
import { github } from "./reporters/github.ts";
import { html } from "./reporters/html.ts";
import { pretty } from "./reporters/pretty.ts";
import { sarif } from "./reporters/sarif.ts";
import { scenarioDocument } from "./scenario.ts";

const ORDER: readonly Severity[] = ["error", "warning", "info", "hint"];

function print(text: string): void {
  fs.writeSync(1, text);
}

function printJson(document: unknown): void {
  writeAll(`${JSON.stringify(document, null, 2)}\n`);
}

/** Standard output may be a pipe that takes a part at a time. */
function writeAll(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
  }
}

function common(command: Command): Command {
  return command
    .option("--root <dir>", "the workspace's folder")
    .option("--json", "one JSON document on standard output")
    .option("--rule <id=severity...>", "severity of a rule, `off` included")
    .option("--env <NAME=value...>", "the value of an environment variable in configurations")
    .option("--assume-bundler <name>", "answer as if built by webpack, enhanced or rspack")
    .option("--no-cache", "neither read nor write the cache");
}

interface CheckOptions extends CommonOptions {
  readonly json?: boolean;
  readonly format: string;
  readonly failOn: Severity | "never";
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly maxWarnings?: string;
  readonly project?: string;
}

function runCheck(directory: string | undefined, options: CheckOptions): number {
  const { workspace, root } = open(directory, options);
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
  writeAll(reported(result, options.json ? "json" : options.format));
  return exitCode(result, options);
}

function reported(result: CheckResult, format: string): string {
  if (format === "json") return `${JSON.stringify(result, null, 2)}\n`;
  if (format === "sarif") return sarif(result, version);
  if (format === "github") return github(result);
  if (format === "html") return html(result);
  return pretty(result, process.stdout.isTTY === true && process.env.NO_COLOR === undefined);
}

function exitCode(result: CheckResult, { failOn, maxWarnings }: CheckOptions): number {
  if (maxWarnings !== undefined && result.summary.warning > Number(maxWarnings)) return 1;
  if (failOn === "never") return 0;
  return ORDER.slice(0, ORDER.indexOf(failOn) + 1).some((severity) => result.summary[severity] > 0) ? 1 : 0;
}

function createProgram(finish: (code: number) => void): Command {
  const program = new Command("fedlens").description("Module Federation, checked without running it").version(version);
  program.exitOverride().configureOutput({ writeErr: (text) => void process.stderr.write(text) });
  common(program.command("check [root]").description("all findings of the workspace"))
    .addOption(
      new Option("--format <name>", "how to print them")
        .choices(["pretty", "json", "sarif", "github", "html"])
        .default("pretty"),
    )
    .addOption(
      new Option("--fail-on <severity>", "the mildest severity that fails")
        .choices([...ORDER, "never"])
        .default("error"),
    )
    .option("--fix", "apply safe fixes")
    .option("--fix-dry-run", "tell what safe fixes would do")
    .option("--max-warnings <n>", "fail beyond this many warnings")
    .option("--project <name>", "only one app")
    .action((root: string | undefined, options: CheckOptions) => finish(runCheck(root, options)));
  common(program.command("config [root]").description("every federation configuration, evaluated")).action(
    (root: string | undefined, options: CommonOptions) => {
      const opened = open(root, options);
      printJson(configCommand(opened.workspace.db, opened.root));
      finish(0);
    },
  );
  common(program.command("graph [root]").description("the federation graph"))
    .addOption(new Option("--format <name>").choices(["json", "mermaid", "dot"]).default("mermaid"))
    .action(
      (root: string | undefined, options: CommonOptions & { readonly json?: boolean; readonly format: string }) => {
        const { workspace, root: folder } = open(root, options);
        if (options.json || options.format === "json") printJson(graphDocument(workspace.db, folder));
        else writeAll(options.format === "dot" ? graphDot(workspace.db) : graphMermaid(workspace.db));
        finish(0);
      },
    );
  common(program.command("resolve [key]").description("which shared version each consumer gets, and why"))
    .option("--scenario <file>", "answer for a given share scope (`-` for standard input)")
    .action(
      (key: string | undefined, options: CommonOptions & { readonly json?: boolean; readonly scenario?: string }) => {
        if (options.scenario !== undefined) {
          printJson(scenarioDocument(fs.readFileSync(options.scenario === "-" ? 0 : options.scenario, "utf8")));
        } else {
          const { workspace, root } = open(undefined, options);
          if (options.json) printJson(resolveDocument(workspace.db, root, key));
          else writeAll(resolveText(workspace.db, root, key));
        }
        finish(0);
      },
    );
  common(program.command("explain <place>").description("what the editor's hover shows at <file>:<line>:<col>")).action(
    (place: string, options: CommonOptions) => {
      const { workspace, root } = open(undefined, options);
      const text = explain(workspace.db, root, place);
      print(`${text ?? "nothing is known about this place"}\n`);
      finish(text === undefined ? 1 : 0);
    },
  );
  program
    .command("lsp")
    .description("the language server")
    .option("--stdio", "over standard input and output")
    .allowUnknownOption()
    .action(async () => {
      const { startServer } = await import("../lsp/server.ts");
      startServer();
    });
  return program;
}

function main(): void {
  let code: number | undefined;
  const program = createProgram((value) => {
    code = value;
  });
  try {
    program.parse();
  } catch (error) {
    code = failed(error);
  }
  if (code !== undefined) process.exitCode = code;
}

function failed(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  process.stderr.write(
    `fedlens: ${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 2;
}

main();
