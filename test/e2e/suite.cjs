/** What runs inside the extension host, in code-server's and in the desktop's alike. */
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const root = () => vscode.workspace.workspaceFolders[0].uri.fsPath;
const file = (name) => vscode.Uri.file(path.join(root(), name));

async function until(what, probe) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const findings = (name, code) =>
  vscode.languages
    .getDiagnostics(file(name))
    .filter((item) => item.source === "federation-lens" && (item.code.value ?? item.code) === code);

function assert(condition, message) {
  if (!condition) throw new Error(message);
}

function define(mocha) {
  const { Suite, Test } = mocha.constructor;
  const suite = Suite.create(mocha.suite, "Federation Lens in VS Code");
  const it = (title, run) => suite.addTest(new Test(title, run));

  it("activates because federation is present, and looks through the workspace", async () => {
    const extension = vscode.extensions.getExtension("federation-lens.federation-lens");
    assert(extension, "the extension is not installed");
    const api = await extension.activate();
    await api.ready();
  });

  it("marks the unused import as unnecessary", async () => {
    await vscode.window.showTextDocument(file("apps/shell/src/search.ts"));
    const [found] = await until("the finding", () => {
      const list = findings("apps/shell/src/search.ts", "shared/unused-import");
      return list.length > 0 && list;
    });
    assert(found.tags?.includes(vscode.DiagnosticTag.Unnecessary), "it is not faded");
    assert(found.message.includes("`map`"), found.message);
  });

  it("shows who wins and why on hover", async () => {
    const uri = file("apps/shell/src/search.ts");
    const document = await vscode.workspace.openTextDocument(uri);
    const at = document.positionAt(document.getText().indexOf("lodash-es") + 2);
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", uri, at);
    const text = hovers.flatMap((hover) => hover.contents.map((content) => content.value)).join("\n");
    for (const part of [
      "share key `lodash-es`",
      "share scope `default`",
      "required version",
      "apps/shell/package.json",
      "fallback",
      "provided by",
      "Why:",
    ]) {
      assert(text.includes(part), `no "${part}" in:\n${text}`);
    }
  });

  it("removes the unused name by the light bulb, and undo brings it back", async () => {
    const uri = file("apps/shell/src/search.ts");
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const before = document.getText();
    const [found] = findings("apps/shell/src/search.ts", "shared/unused-import");
    const actions = await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, found.range);
    const fix = actions.find((action) => action.title.startsWith("Remove unused import"));
    assert(fix?.edit, `no fix in ${actions.map((action) => action.title)}`);
    await vscode.workspace.applyEdit(fix.edit);
    assert(document.lineAt(0).text === "import { debounce } from 'lodash-es'", document.lineAt(0).text);
    await until("the finding to go", () => findings("apps/shell/src/search.ts", "shared/unused-import").length === 0);
    await vscode.commands.executeCommand("undo");
    assert(document.getText() === before, "undo does not restore the text");
    await until(
      "the finding to come back",
      () => findings("apps/shell/src/search.ts", "shared/unused-import").length === 1,
    );
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("offers fix-all actions that resolve to edits", async () => {
    const uri = file("apps/shell/src/search.ts");
    const document = await vscode.workspace.openTextDocument(uri);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand(
      "vscode.executeCodeActionProvider",
      uri,
      whole,
      "source.fixAll.federationLens",
      10,
    );
    assert(
      actions.some((action) => action.edit?.size > 0),
      "no fix-all edit",
    );
  });

  it("changes findings of other apps when a range changes on the disk", async () => {
    const manifest = path.join(root(), "apps/account/module-federation.config.ts");
    const before = fs.readFileSync(manifest, "utf8");
    await until(
      "the warning",
      () => findings("apps/account/module-federation.config.ts", "shared/unsatisfied-version").length === 1,
    );
    fs.writeFileSync(manifest, before.replace("~4.16.0", "^4.17.0"));
    await until(
      "the warning to go",
      () => findings("apps/account/module-federation.config.ts", "shared/unsatisfied-version").length === 0,
    );
    const legacy = path.join(root(), "apps/legacy/package.json");
    const old = fs.readFileSync(legacy, "utf8");
    fs.writeFileSync(legacy, old.replace("^17.0.0", "^18.0.0"));
    await until(
      "the conflict to go",
      () => findings("apps/legacy/package.json", "shared/singleton-version-conflict").length === 0,
    );
    fs.writeFileSync(legacy, old);
    await until(
      "the conflict to come back",
      () => findings("apps/legacy/package.json", "shared/singleton-version-conflict").length === 1,
    );
    fs.writeFileSync(manifest, before);
  });

  it("clears the findings of a deleted file", async () => {
    const name = "apps/legacy/src/report.js";
    await until("the finding", () => findings(name, "remotes/unknown-remote").length === 1);
    const text = fs.readFileSync(file(name).fsPath);
    fs.rmSync(file(name).fsPath);
    await until("the finding to go", () => findings(name, "remotes/unknown-remote").length === 0);
    fs.writeFileSync(file(name).fsPath, text);
    await until("the finding to come back", () => findings(name, "remotes/unknown-remote").length === 1);
  });

  it("shows the evaluated configurations and the graph as documents", async () => {
    await vscode.commands.executeCommand("federationLens.showEvaluatedConfigs");
    const { configs } = JSON.parse(vscode.window.activeTextEditor.document.getText());
    const shell = configs.find((config) => config.name === "shell");
    assert(
      shell?.bundler === "webpack" && shell.configPath === "apps/shell/webpack.config.js",
      JSON.stringify(configs),
    );
    await vscode.commands.executeCommand("federationLens.showGraph");
    const graph = vscode.window.activeTextEditor.document.getText();
    assert(graph.includes("```mermaid") && graph.includes("catalog"), graph);
  });

  it("restarts", async () => {
    await vscode.commands.executeCommand("federationLens.restartServer");
    await until(
      "findings after the restart",
      () => findings("apps/shell/src/search.ts", "shared/unused-import").length === 1,
    );
  });
}

exports.run = async function run() {
  const Mocha = require("mocha");
  const mocha = new Mocha({ timeout: 60_000, reporter: class Silent {} });
  define(mocha);
  const results = [];
  await new Promise((resolve) => {
    mocha
      .run(resolve)
      .on("pass", (test) => results.push({ title: test.title, state: "passed" }))
      .on("fail", (test, error) =>
        results.push({ title: test.title, state: "failed", error: error.stack ?? String(error) }),
      );
  });
  const report = process.env.FEDERATION_LENS_REPORT ?? path.join(root(), ".report.json");
  fs.writeFileSync(report, JSON.stringify(results));
  const failed = results.filter((result) => result.state === "failed").length;
  if (failed > 0) throw new Error(`${failed} failed`);
};
