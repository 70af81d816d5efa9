/** The language server as an editor meets it: a child process over standard input and output. */
import { pathToFileURL } from "node:url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type {
  CodeAction,
  DocumentDiagnosticReport,
  Hover,
  WorkspaceDiagnosticReport,
  WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { REPORT_REQUEST, RUNTIME_PREVIEW_REQUEST, type TextAnswer } from "../../shared/src/protocol.ts";
import { builtCli } from "../fixture/builtCli.ts";
import { type DiskWorkspace, diskWorkspace, FILES } from "../fixture/diskWorkspace.ts";
import { FULL, LspClient, type StartOptions } from "./client.ts";

const BOOTSTRAP = "apps/shell/src/bootstrap.js";
const SHELL_CONFIG = "apps/shell/webpack.config.js";
const CONFLICT = "shared/singleton-version-conflict";

let cli: string;
let workspace: DiskWorkspace;
let client: LspClient;

beforeAll(() => {
  cli = builtCli("lsp");
});

async function start(
  files: Readonly<Record<string, string>> = {},
  options: Partial<StartOptions> = {},
): Promise<(name: string) => string> {
  workspace = diskWorkspace(files);
  client = await LspClient.start({ cli, roots: [workspace.root], ...options });
  return (name) => pathToFileURL(workspace.path(name)).href;
}

/** A document as an editor holds it after an edit of the server. */
function applied(text: string, edit: WorkspaceEdit, uri: string): string {
  const change = (edit.documentChanges ?? []).find((item) => "edits" in item && item.textDocument.uri === uri);
  const edits =
    edit.changes?.[uri] ??
    (change !== undefined && "edits" in change ? change.edits : []).filter((e) => "newText" in e);
  const lines = text.split("\n");
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, item) => sum + item.length + 1, 0) + character;
  return [...edits]
    .sort((left, right) => offset(right.range.start) - offset(left.range.start))
    .reduce(
      (current, item) =>
        current.slice(0, offset(item.range.start)) +
        ("newText" in item ? item.newText : "") +
        current.slice(offset(item.range.end)),
      text,
    );
}

afterEach(async () => {
  expect(await client.stop()).toBe(0);
  workspace.dispose();
});

describe("findings", () => {
  it("are pushed for closed files, marked as unnecessary, with the rule's page", async () => {
    const uri = await start();
    const status = await client.ready();
    expect(status).toMatchObject({ state: "ready", containers: 2 });
    expect(status.modules).toBeGreaterThanOrEqual(4);
    await client.until(() => client.codes(uri(BOOTSTRAP)).length > 0, "findings of bootstrap.js");
    const [found] = client.published.get(uri(BOOTSTRAP))!;
    expect(found).toMatchObject({
      code: "shared/unused-import",
      source: "federation-lens",
      tags: [1],
      range: { start: { line: 0, character: 19 }, end: { line: 0, character: 22 } },
    });
    expect(found!.codeDescription?.href).toMatch(/shared\/unused-import\.md$/);
  });

  it("follow the typing, also through half-typed code, and go when their cause goes", async () => {
    const uri = await start();
    await client.ready();
    await client.open(uri(BOOTSTRAP), FILES[BOOTSTRAP]!);
    await client.until(() => client.codes(uri(BOOTSTRAP)).includes("shared/unused-import"), "the unused import");
    let version = 2;
    for (const text of ['import { debounce, map } from "lodash', "import { debounce, map from", "import {", ""]) {
      await client.change(uri(BOOTSTRAP), version++, text);
    }
    await client.change(uri(BOOTSTRAP), version, 'import { map } from "lodash-es";\nmap();\n');
    await client.until(() => client.codes(uri(BOOTSTRAP)).length === 0, "no finding");
    await client.until(() => client.publishedVersions.get(uri(BOOTSTRAP)) === version, "the version");
  });

  it("of one app change with the manifest and the config of another", async () => {
    const uri = await start();
    await client.ready();
    const all = (): readonly string[] => [...client.published.keys()].flatMap((item) => client.codes(item));
    expect(all()).not.toContain(CONFLICT);
    workspace.write("apps/cart/package.json", '{ "name": "cart", "dependencies": { "lodash-es": "^3.0.0" } }\n');
    await client.changedOnDisk(uri("apps/cart/package.json"));
    await client.until(() => all().includes(CONFLICT), "the conflict");
    const text = FILES[SHELL_CONFIG]!;
    await client.open(uri(SHELL_CONFIG), text);
    await client.change(uri(SHELL_CONFIG), 2, text.replace("{ singleton: true }", "{}"));
    await client.until(() => !all().includes(CONFLICT), "no conflict among those that are no singletons");
    await client.notify("textDocument/didClose", { textDocument: { uri: uri(SHELL_CONFIG) } });
    await client.until(() => all().includes(CONFLICT), "the conflict of what is on the disk");
  });

  it("change with the lockfile, which stands for the installed packages", async () => {
    const uri = await start({ "package-lock.json": "{}\n" });
    await client.ready();
    await client.until(() => client.codes(uri(BOOTSTRAP)).length > 0, "findings");
    workspace.write(
      "node_modules/lodash-es/package.json",
      '{ "name": "lodash-es", "version": "5.0.0", "main": "lodash.js" }\n',
    );
    workspace.write("package-lock.json", "{ }\n");
    await client.changedOnDisk(uri("package-lock.json"));
    const all = (): readonly string[] => [...client.published.keys()].flatMap((item) => client.codes(item));
    await client.until(() => all().includes("shared/unsatisfied-version"), "the version that satisfies nobody");
  });

  it("of a deleted file are taken back", async () => {
    const uri = await start();
    await client.ready();
    await client.until(() => client.codes(uri(BOOTSTRAP)).length > 0, "findings");
    workspace.remove(BOOTSTRAP);
    await client.changedOnDisk(uri(BOOTSTRAP));
    await client.until(() => client.codes(uri(BOOTSTRAP)).length === 0, "none");
  });

  it("appear with a new file that an expose asks for", async () => {
    const uri = await start({
      "apps/cart/webpack.config.js": FILES["apps/cart/webpack.config.js"]!.replace("src/Button", "src/Knob"),
    });
    await client.ready();
    const config = uri("apps/cart/webpack.config.js");
    await client.until(() => client.codes(config).includes("exposes/missing-file"), "the missing file");
    workspace.write("apps/cart/src/Knob.js", "export default 1;\n");
    await client.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: uri("apps/cart/src/Knob.js"), type: 1 }],
    });
    await client.until(() => !client.codes(config).includes("exposes/missing-file"), "the file is found");
  });

  it("can be pulled, with a result id that says unchanged, and over the workspace", async () => {
    const capabilities = {
      ...FULL,
      textDocument: { ...FULL.textDocument, diagnostic: { dynamicRegistration: true } },
      workspace: { ...FULL.workspace, diagnostics: { refreshSupport: true } },
    };
    const uri = await start({}, { capabilities });
    await client.ready();
    await client.until(() => client.refreshes > 0, "a refresh");
    const textDocument = { uri: uri(BOOTSTRAP) };
    const first = await client.request<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument });
    expect(first).toMatchObject({ kind: "full", items: [{ code: "shared/unused-import" }] });
    const again = { textDocument, previousResultId: first.resultId };
    expect(await client.request("textDocument/diagnostic", again)).toEqual({
      kind: "unchanged",
      resultId: first.resultId,
    });
    const pull = (previousResultIds: object[]) =>
      client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds });
    const whole = await pull([]);
    expect(whole.items.map((item) => item.uri)).toContain(uri(BOOTSTRAP));
    workspace.write(BOOTSTRAP, "export const go = 1;\n");
    await client.changedOnDisk(uri(BOOTSTRAP));
    const then = await pull(whole.items.map((item) => ({ uri: item.uri, value: item.resultId })));
    expect(then.items.find((item) => item.uri === uri(BOOTSTRAP))).toMatchObject({ kind: "full", items: [] });
    expect(client.published.size).toBe(0);
  });
});

describe("settings", () => {
  it("come from the client's configuration and change while it runs", async () => {
    const uri = await start({}, { configuration: { rules: { "shared/unused-import": "error" } } });
    await client.ready();
    await client.until(() => client.published.get(uri(BOOTSTRAP))?.[0]?.severity === 1, "the severity");
    client.configuration = { rules: { "shared/unused-import": "off" } };
    await client.notify("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => client.codes(uri(BOOTSTRAP)).length === 0, "the rule is off");
    client.configuration = { enable: false };
    await client.notify("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => [...client.published.values()].every((list) => list.length === 0), "nothing shown");
  });

  it("come with initialize where the client has no configuration", async () => {
    const capabilities = { ...FULL, workspace: { ...FULL.workspace, configuration: false } };
    const uri = await start(
      {},
      { capabilities, initializationOptions: { rules: { "shared/unused-import": "warning" } } },
    );
    await client.ready();
    await client.until(() => client.published.get(uri(BOOTSTRAP))?.[0]?.severity === 2, "the severity");
    await client.notify("workspace/didChangeConfiguration", {
      settings: { federationLens: { rules: { "shared/unused-import": "off" } } },
    });
    await client.until(() => client.codes(uri(BOOTSTRAP)).length === 0, "the rule is off");
  });
});

describe("single features", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };

  it("can be switched off, and nothing is shown any more", async () => {
    const uri = await start({}, { configuration: { hover: { enable: true } } });
    await client.ready();
    const textDocument = { uri: uri(BOOTSTRAP) };
    const answers = async () => [
      await client.request("textDocument/hover", { textDocument, position: { line: 0, character: 33 } }),
      await client.request("textDocument/inlayHint", { textDocument, range }),
      await client.request("textDocument/codeLens", { textDocument: { uri: uri(SHELL_CONFIG) } }),
    ];
    expect((await answers()).filter((answer) => answer === null)).toEqual([]);
    client.configuration = {
      hover: { enable: false },
      codeLens: { enable: false },
      inlayHints: { enable: false },
    };
    await client.notify("workspace/didChangeConfiguration", { settings: null });
    await client.until(async () => (await answers()).every((answer) => answer === null), "no answers");
  });

  it("answers with the evaluated configurations", async () => {
    await start();
    await client.ready();
    const { text } = await client.request<{ text: string }>("federationLens/evaluatedConfig");
    expect(JSON.parse(text)).toMatchObject({
      schema: "federation-lens/config@1",
      configs: [{ name: "cart" }, { name: "shell" }],
    });
  });
});

describe("watching", () => {
  it("is asked of the client, with progress while indexing", async () => {
    await start();
    await client.ready();
    await client.until(() => client.registered.includes("workspace/didChangeWatchedFiles"), "the registration");
    await client.until(() => client.progress.at(-1) === "end", "the end of the progress");
    expect(client.progress[0]).toBe("begin");
  });

  it("is done by the server where the client cannot", async () => {
    const capabilities = {
      ...FULL,
      workspace: { ...FULL.workspace, didChangeWatchedFiles: { dynamicRegistration: false } },
    };
    const uri = await start({}, { capabilities });
    await client.ready();
    await client.until(() => client.codes(uri(BOOTSTRAP)).length > 0, "findings");
    workspace.write(BOOTSTRAP, "export const go = 1;\n");
    await client.until(() => client.codes(uri(BOOTSTRAP)).length === 0, "the change on the disk");
  });

  it("takes folders that come and go", async () => {
    const uri = await start();
    await client.ready();
    await client.until(() => client.codes(uri(BOOTSTRAP)).length > 0, "findings");
    const folder = { uri: uri(""), name: "ws" };
    await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [folder] } });
    await client.until(() => client.codes(uri(BOOTSTRAP)).length === 0, "nothing of a removed folder");
    await client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [folder], removed: [] } });
    await client.until(() => client.codes(uri(BOOTSTRAP)).length > 0, "findings of the added folder");
  });
});

describe("hover", () => {
  const hoverAt = (uri: string, line: number, character: number): Promise<Hover | null> =>
    client.request("textDocument/hover", { textDocument: { uri }, position: { line, character } });
  const textOf = (hover: Hover | null): string =>
    hover !== null && typeof hover.contents === "object" && "value" in hover.contents ? hover.contents.value : "";

  it("tells of a shared import who provides it, which version wins and why", async () => {
    const uri = await start();
    await client.ready();
    const text = textOf(await hoverAt(uri(BOOTSTRAP), 0, 34));
    for (const part of ["share key `lodash-es`", "share scope `default`", "^4.17.0", "apps/shell/package.json"])
      expect(text).toContain(part);
    for (const part of ["4.17.21", "`cart`", "`shell`", "fallback: `node_modules/lodash-es/lodash.js`", "Why:"])
      expect(text).toContain(part);
  });

  it("tells of a remote import its address and the exposed file", async () => {
    const uri = await start();
    await client.ready();
    const text = textOf(await hoverAt(uri(BOOTSTRAP), 2, 26));
    expect(text).toContain("cart@http://localhost:3001/remoteEntry.js");
    expect(text).toContain("apps/cart/src/Button.js");
  });

  it("finds its place behind astral characters, in CRLF text and behind a byte order mark", async () => {
    const source = '\ufeff/* 𝒳𝒴 */ import { map } from "lodash-es";\r\nmap("🚀");\r\n';
    const uri = await start({ [BOOTSTRAP]: source });
    await client.ready();
    const closed = await hoverAt(uri(BOOTSTRAP), 0, 34);
    expect(closed?.range).toEqual({ start: { line: 0, character: 31 }, end: { line: 0, character: 42 } });
    await client.open(uri(BOOTSTRAP), source.slice(1));
    expect((await hoverAt(uri(BOOTSTRAP), 0, 34))?.range).toEqual(closed?.range);
  });

  it("answers null for what is no file and for what is not there", async () => {
    const uri = await start();
    await client.ready();
    expect(await hoverAt("untitled:Untitled-1", 0, 0)).toBeNull();
    expect(await hoverAt(uri("apps/none.js"), 3, 9)).toBeNull();
  });
});

describe("documents of their own", () => {
  it("preview what is generated for an import, for a build, and for what is in none", async () => {
    const uri = await start();
    const preview = (file: string, line: number, character: number): Promise<TextAnswer> =>
      client.request(RUNTIME_PREVIEW_REQUEST, { uri: uri(file), position: { line, character } });
    // Asked before the index is there, it waits.
    const early = await preview(BOOTSTRAP, 0, 34);
    expect(early.text).toContain("webpack/sharing/consume/default/lodash-es/lodash-es");
    expect((await preview(SHELL_CONFIG, 0, 0)).text).toContain("consumesLoadingData");
    expect((await preview("package.json", 0, 0)).text).toContain("part of no container");
    expect((await preview("apps/none.js", 9, 9)).text).toContain("part of no container");
    const foreign = { uri: "untitled:Untitled-1", position: { line: 0, character: 0 } };
    expect(await client.request(RUNTIME_PREVIEW_REQUEST, foreign)).toEqual({ text: "" });
  });

  it("report on the workspace as it is typed", async () => {
    const uri = await start();
    const report = (): Promise<TextAnswer> => client.request(REPORT_REQUEST);
    expect((await report()).text).toMatch(/^# Federation report\n\nHealth: \*\*\w+\*\*/);
    expect((await report()).text).toMatch(/^\| `lodash-es` .* 1 of 2 \|$/m);
    await client.open(uri(BOOTSTRAP), 'import { map } from "lodash-es";\nmap([]);\n');
    expect((await report()).text).toMatch(/^\| `lodash-es` .* 2 of 2 \|$/m);
  });
});

describe("code actions", () => {
  it("remove an unused import, here or everywhere, and resolve late", async () => {
    const uri = await start();
    await client.ready();
    const text = FILES[BOOTSTRAP]!;
    await client.open(uri(BOOTSTRAP), text, "javascript", 7);
    const range = { start: { line: 0, character: 20 }, end: { line: 0, character: 20 } };
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: uri(BOOTSTRAP) },
      range,
      context: { diagnostics: [] },
    });
    const fix = actions.find(({ isPreferred }) => isPreferred)!;
    expect(fix.edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri: uri(BOOTSTRAP), version: 7 } });
    const fixed = text.replace("debounce, map", "debounce");
    expect(applied(text, fix.edit!, uri(BOOTSTRAP))).toBe(fixed);
    const everywhere = actions.find(({ title }) => title.includes("in the workspace"))!;
    expect(everywhere.edit).toBeUndefined();
    const resolved = await client.request<CodeAction>("codeAction/resolve", everywhere);
    expect(applied(text, resolved.edit!, uri(BOOTSTRAP))).toBe(fixed);
    const disable = actions.find(({ title }) => title.startsWith("Disable"))!;
    expect(applied(text, disable.edit!, uri(BOOTSTRAP))).toBe(
      `// federation-lens-disable-next-line shared/unused-import\n${text}`,
    );
  });

  it("offer on a shared key what the report can write", async () => {
    const manifest = '{ "name": "cart", "dependencies": { "lodash-es": "~4.0.0" } }\n';
    const uri = await start({ "apps/cart/package.json": manifest });
    await client.ready();
    const config = "apps/cart/webpack.config.js";
    const lines = FILES[config]!.split("\n");
    const line = lines.findIndex((item) => item.includes("lodash-es"));
    const key = { line, character: lines[line]!.indexOf("lodash-es") };
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: uri(config) },
      range: { start: key, end: key },
      context: { diagnostics: [], only: ["refactor"] },
    });
    const [widen] = actions;
    expect(widen).toMatchObject({ kind: "refactor.rewrite", title: expect.stringContaining("to `^4.0.0`") });
    expect(applied(manifest, widen!.edit!, uri("apps/cart/package.json"))).toBe(manifest.replace("~", "^"));
  });

  it("offer source actions by kind", async () => {
    const uri = await start();
    await client.ready();
    for (const kind of ["source.fixAll", "source.organizeImports.federationLens"]) {
      const [action] = await client.request<CodeAction[]>("textDocument/codeAction", {
        textDocument: { uri: uri(BOOTSTRAP) },
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        context: { diagnostics: [], only: [kind] },
      });
      const resolved = await client.request<CodeAction>("codeAction/resolve", action!);
      expect(applied(FILES[BOOTSTRAP]!, resolved.edit!, uri(BOOTSTRAP))).toContain("import { debounce } from");
    }
  });
});

describe("other features", () => {
  it("navigate, complete and rename over the protocol", async () => {
    const uri = await start();
    await client.ready();
    const textDocument = { uri: uri(BOOTSTRAP) };
    const position = { line: 2, character: 26 };
    const at = { textDocument, position };
    expect(await client.request("textDocument/definition", at)).toMatchObject([
      { uri: uri("apps/cart/src/Button.js") },
    ]);
    const found = await client.request("textDocument/references", { ...at, context: { includeDeclaration: true } });
    expect(found).toMatchObject([{ uri: uri("apps/cart/webpack.config.js") }, { uri: uri(BOOTSTRAP) }]);
    expect(await client.request("textDocument/prepareRename", at)).toMatchObject({ placeholder: "./Button" });
    const edit = await client.request<WorkspaceEdit>("textDocument/rename", { ...at, newName: "./Knob" });
    expect(applied(FILES[BOOTSTRAP]!, edit, uri(BOOTSTRAP))).toContain('import("cart/Knob")');
    await expect(client.request("textDocument/rename", { ...at, newName: "./Button" })).rejects.toThrow("already");
    const items = await client.request<{ label: string }[]>("textDocument/completion", at);
    expect(items.map(({ label }) => label)).toEqual(["cart/Button", "lodash-es"]);
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    expect(await client.request("textDocument/inlayHint", { textDocument, range })).toMatchObject([
      { label: "4.17.21" },
    ]);
    const config = { textDocument: { uri: uri(SHELL_CONFIG) } };
    expect(await client.request("textDocument/codeLens", config)).toHaveLength(2);
    expect(await client.request("textDocument/documentSymbol", config)).toMatchObject([{ name: "shell" }]);
    expect(await client.request("workspace/symbol", { query: "Button" })).toMatchObject([{ containerName: "cart" }]);
    const links = { textDocument: { uri: uri("apps/cart/webpack.config.js") } };
    expect(await client.request("textDocument/documentLink", links)).toMatchObject([
      { target: uri("apps/cart/src/Button.js") },
    ]);
  });

  it("wait for the index when they are asked early", async () => {
    const uri = await start();
    const report = await client.request<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri: uri(BOOTSTRAP) },
    });
    expect(report).toMatchObject({ kind: "full", items: [{ code: "shared/unused-import" }] });
  });
});

describe("the process", () => {
  it("answers a cancelled request and goes on", async () => {
    const uri = await start();
    const { CancellationTokenSource } = await import("vscode-languageserver-protocol/node");
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest("workspace/diagnostic", { previousResultIds: [] }, source.token);
    source.cancel();
    await expect(asked).rejects.toMatchObject({ code: -32800 });
    expect((await client.ready()).containers).toBe(2);
    expect(uri("")).toContain("file:");
  });

  it("pushes to clients that pull but cannot be told to pull again", async () => {
    const capabilities = { ...FULL, textDocument: { ...FULL.textDocument, diagnostic: {} } };
    const uri = await start({}, { capabilities, configuration: [] });
    await client.ready();
    await client.until(() => client.codes(uri(BOOTSTRAP)).length > 0, "pushed findings");
  });

  it("ends when its input ends", async () => {
    const lone = diskWorkspace();
    const other = await LspClient.start({ cli, roots: [lone.root] });
    const exited = new Promise((resolve) => other.child.once("exit", resolve));
    other.child.stdin!.end();
    await exited;
    lone.dispose();
    await start();
  });

  it("says nothing on standard error when all is well", async () => {
    await start();
    await client.ready();
    expect(client.stderr).toBe("");
  });
});
