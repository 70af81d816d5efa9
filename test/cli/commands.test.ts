/** The command line as a user or a pipeline meets it: documents, exit codes, and the same findings as the editor. */
import fs from "node:fs";
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver-protocol/node";
import type { CheckResult } from "../../server/src/ide/checkResult.ts";
import { builtCli, type CliRun, runCli } from "../fixture/builtCli.ts";
import { type DiskWorkspace, diskWorkspace, FILES } from "../fixture/diskWorkspace.ts";
import { LspClient } from "../lsp/client.ts";

const BOOTSTRAP = "apps/shell/src/bootstrap.js";
const CONFLICTING = { "apps/cart/package.json": '{ "name": "cart", "dependencies": { "lodash-es": "^3.0.0" } }\n' };

let cli: string;
let workspace: DiskWorkspace;

beforeAll(() => {
  cli = builtCli("cli");
});
beforeEach(() => {
  workspace = diskWorkspace();
});
afterEach(() => workspace.dispose());

const run = (...args: string[]): CliRun => runCli(cli, args, { cwd: workspace.root });
const json = (...args: string[]) => JSON.parse(run(...args, "--json").stdout);

describe("check", () => {
  it("fails at the severity that it is told", () => {
    expect(run("check").code).toBe(0);
    expect(run("check", "--fail-on", "hint").code).toBe(1);
    expect(run("check", "--rule", "shared/unused-import=error").code).toBe(1);
    expect(run("check", "--rule", "shared/unused-import=error", "--fail-on", "never").code).toBe(0);
    expect(run("check", "--rule", "shared/unused-import=warning", "--max-warnings", "0").code).toBe(1);
    expect(run("check", "--rule", "shared/unused-import=warning", "--max-warnings", "1").code).toBe(0);
  });

  it.each([
    [["frobnicate"]],
    [["check", "--format", "xml"]],
    [["check", "--fail-on", "fatal"]],
    [["check", "--rule", "shared/unused-import"]],
    [["check", "--rule", "shared/unused-import=fatal"]],
    [["check", "--max-warnings", "few"]],
    [["check", "no/such/folder"]],
    [["config", "--assume-bundler", "parcel"]],
    [["explain", "nowhere"]],
    [["explain", "none.js:1:1"]],
    [["resolve", "--scenario", "none.json"]],
    [[]],
  ])("ends with 2 on wrong usage: %j", (args) => {
    const { code, stdout, stderr } = run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).not.toBe("");
  });

  it("prints one JSON document, in a stable order, and nothing else", () => {
    const { stdout, stderr } = run("check", "--json");
    const result = JSON.parse(stdout) as CheckResult;
    expect(stderr).toBe("");
    expect(result.schema).toBe("federation-lens/check@1");
    expect(result.summary).toMatchObject({ error: 0, containers: 2 });
    const [found] = result.findings;
    expect(found).toMatchObject({
      code: "shared/unused-import",
      file: BOOTSTRAP,
      range: { start: { line: 0, character: 19 }, end: { line: 0, character: 22 } },
      tags: ["unnecessary"],
      related: [],
    });
    expect(run("check", "--json").stdout).toBe(stdout);
  });

  it("keeps the findings of one app", () => {
    expect(json("check", "--project", "shell").findings).toHaveLength(1);
    expect(json("check", "--project", "cart").findings).toHaveLength(0);
  });

  it("fixes what is safe to fix, or tells what it would do", () => {
    const before = fs.readFileSync(workspace.path(BOOTSTRAP), "utf8");
    expect(run("check", "--fix-dry-run").stderr).toContain("1 edits possible in 1 files");
    expect(fs.readFileSync(workspace.path(BOOTSTRAP), "utf8")).toBe(before);
    expect(run("check", "--fix", "--fail-on", "hint").code).toBe(0);
    expect(fs.readFileSync(workspace.path(BOOTSTRAP), "utf8")).toBe(before.replace("debounce, map", "debounce"));
  });

  it("keeps byte order mark and line ends when it fixes", () => {
    workspace.write(BOOTSTRAP, `\ufeff${FILES[BOOTSTRAP]!.replaceAll("\n", "\r\n")}`);
    run("check", "--fix");
    const after = fs.readFileSync(workspace.path(BOOTSTRAP), "utf8");
    expect(after).toBe(`\ufeff${FILES[BOOTSTRAP]!.replace("debounce, map", "debounce").replaceAll("\n", "\r\n")}`);
  });

  it("writes SARIF 2.1.0 whose results name rules and places", () => {
    for (const [name, text] of Object.entries(CONFLICTING)) workspace.write(name, text);
    const { version, runs } = JSON.parse(run("check", "--format", "sarif").stdout);
    expect(version).toBe("2.1.0");
    const [{ tool, results, columnKind }] = runs;
    expect(columnKind).toBe("utf16CodeUnits");
    expect(results.length).toBeGreaterThan(1);
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex].id).toBe(ruleId);
      expect(tool.driver.rules[ruleIndex].helpUri).toContain(ruleId);
      expect(["error", "warning", "note"]).toContain(level);
      expect(message.text).not.toBe("");
      const { artifactLocation, region } = locations[0].physicalLocation;
      expect(fs.existsSync(workspace.path(artifactLocation.uri))).toBe(true);
      expect(Math.min(region.startLine, region.startColumn, region.endLine, region.endColumn)).toBeGreaterThan(0);
    }
  });

  it("writes annotations for GitHub, a page, and text", () => {
    expect(run("check", "--format", "github").stdout).toMatch(
      /^::notice file=apps\/shell\/src\/bootstrap\.js,line=1,endLine=1,col=20,endColumn=23,title=shared\/unused-import::/,
    );
    expect(run("check", "--format", "html").stdout).toContain("<code>shared/unused-import</code>");
    expect(run("check").stdout).toContain("2 containers: 0 errors");
  });

  it("gives the findings that the language server gives", async () => {
    for (const [name, text] of Object.entries(CONFLICTING)) workspace.write(name, text);
    const { findings } = json("check") as CheckResult;
    expect(findings.length).toBeGreaterThan(1);
    const client = await LspClient.start({ cli, roots: [workspace.root] });
    await client.ready();
    const { items } = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    const inEditor = items.flatMap((item) =>
      item.kind === "full"
        ? item.items.map(({ code, message, range }) => ({ uri: item.uri, code, message, range }))
        : [],
    );
    const onTerminal = findings.map(({ file, code, message, range }) => ({
      uri: pathToFileURL(workspace.path(file)).href,
      code,
      message,
      range,
    }));
    expect(onTerminal).toEqual(inEditor);
    await client.stop();
  });
});

describe("the other commands", () => {
  it("evaluate configurations", () => {
    const { schema, configs } = json("config");
    expect(schema).toBe("federation-lens/config@1");
    expect(configs).toHaveLength(2);
    expect(configs[1]).toMatchObject({
      configPath: "apps/shell/webpack.config.js",
      bundler: "webpack",
      name: "shell",
      remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" },
      shared: { "lodash-es": { singleton: true } },
      unresolved: [],
    });
  });

  it("show the graph as JSON, Mermaid and DOT", () => {
    const { modules, connections } = json("graph");
    const types = new Set(modules.map(({ type }: { type: string }) => type));
    expect([...types].sort()).toEqual(["consume-shared", "container-entry", "normal", "provide-shared", "remote"]);
    expect(connections.length).toBeGreaterThan(4);
    expect(run("graph", "--format", "mermaid").stdout).toMatch(/^flowchart LR\n/);
    expect(run("graph", "--format", "dot").stdout).toMatch(/^digraph federation \{/);
  });

  it("say which version each consumer gets", () => {
    const { scopes } = json("resolve", "lodash-es");
    const { providers, consumers } = scopes.default["lodash-es"];
    expect(providers.map(({ version }: { version: string }) => version)).toEqual(["4.17.21", "4.17.21"]);
    for (const consumer of consumers)
      expect(consumer).toMatchObject({ requiredVersion: "^4.17.0", version: "4.17.21" });
    expect(run("resolve").stdout).toContain("lodash-es (share scope default)");
  });

  it("answer a scenario from standard input", () => {
    const scenario = {
      runtime: "webpack",
      strategy: "version-first",
      scope: { "18.2.0": { from: "host", eager: false, loaded: false } },
      consumer: {
        key: "react",
        requiredVersion: "^18.0.0",
        singleton: true,
        hasFallback: true,
        version: "18.0.0",
        from: "app",
      },
    };
    const { code, stdout } = runCli(cli, ["resolve", "--scenario", "-"], { input: JSON.stringify(scenario) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).results).toMatchObject([
      { outcome: "shared", version: "18.2.0", provider: "host", message: null },
    ]);
    expect(runCli(cli, ["resolve", "--scenario", "-"], { input: "{" }).code).toBe(2);
  });

  it("explain a share scope copied from a page", () => {
    const copied = { default: { react: { "18.2.0": { from: "host", eager: false, loaded: 1 } }, vue: {} } };
    const { code, stdout } = runCli(cli, ["resolve", "react", "--scenario", "-"], { input: JSON.stringify(copied) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).results).toMatchObject([
      { shareKey: "react", consumer: { from: "host" }, outcome: "fallback", version: "18.2.0", provider: "host" },
    ]);
  });

  it("explain a place", () => {
    const { stdout } = run("explain", `${BOOTSTRAP}:1:36`);
    expect(stdout).toContain("share key `lodash-es`");
    expect(stdout).toContain("- this file uses `debounce` (confidence: high)");
    expect(run("explain", `${BOOTSTRAP}:1:21`).stdout).toContain("hint shared/unused-import");
    expect(run("explain", `${BOOTSTRAP}:2:1`)).toMatchObject({ code: 0 });
  });

  it("say nothing wrong of a folder without federation", () => {
    const { code, stdout } = run("check", "apps/cart/src");
    expect([code, stdout]).toEqual([0, "no federation configuration found\n"]);
  });
});
