/** Commands by id; the manifest lists the same ids with their titles. */
import { commands, type ExtensionContext, languages, ViewColumn, window, workspace } from "vscode";
import {
  EVALUATED_CONFIG_REQUEST,
  FIX_ALL_REQUEST,
  GRAPH_REQUEST,
  type GraphAnswer,
  REPORT_REQUEST,
  STATUS_REQUEST,
  type Status,
  type TextAnswer,
} from "../../shared/src/protocol.ts";
import type { FederationClient } from "./client.ts";
import { PREVIEW_SCHEME, RuntimePreviews } from "./runtimePreviews.ts";

export function registerCommands(context: ExtensionContext, client: FederationClient): void {
  const previews = new RuntimePreviews(client);
  context.subscriptions.push(workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, previews));
  const table: Readonly<Record<string, (...args: never[]) => unknown>> = {
    "federationLens.restartServer": () => client.restart(),
    "federationLens.showOutput": () => client.output.show(),
    "federationLens.showStatus": () => showStatus(client),
    "federationLens.showGraph": () => showGraph(client),
    "federationLens.showEvaluatedConfigs": () => showEvaluatedConfigs(client),
    "federationLens.fixAll": () => fixAll(client),
    "federationLens.showReport": () => showReport(client),
    "federationLens.showRuntimePreview": () => showRuntimePreview(previews),
  };
  for (const [id, handler] of Object.entries(table)) context.subscriptions.push(commands.registerCommand(id, handler));
}

async function showStatus(client: FederationClient): Promise<void> {
  const status = await client.request<Status>(STATUS_REQUEST);
  if (status === undefined) return;
  void window.showInformationMessage(
    `Federation Lens is ${status.state}: ${status.containers} containers, ${status.modules} modules, generation ${status.generation}, longest block ${status.longestBlock} ms.`,
  );
}

/** As a Mermaid document, which the editor's own Markdown preview and many tools draw. */
async function showGraph(client: FederationClient): Promise<void> {
  const answer = await client.request<GraphAnswer>(GRAPH_REQUEST);
  if (answer === undefined) return;
  const content = `# Federation graph\n\n\`\`\`mermaid\n${answer.mermaid}\`\`\`\n`;
  const document = await workspace.openTextDocument({ language: "markdown", content });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
}

/** What every federation configuration comes to, as far as it can be known without running it. */
async function showEvaluatedConfigs(client: FederationClient): Promise<void> {
  const answer = await client.request<TextAnswer>(EVALUATED_CONFIG_REQUEST);
  if (answer === undefined) return;
  const document = await workspace.openTextDocument({ language: "json", content: answer.text });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
}

/** Health, connections and recommendations of the whole workspace. */
async function showReport(client: FederationClient): Promise<void> {
  const answer = await client.request<TextAnswer>(REPORT_REQUEST);
  if (answer === undefined) return;
  const document = await workspace.openTextDocument({ language: "markdown", content: answer.text });
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
}

/** For the import or the configuration under the cursor. */
async function showRuntimePreview(previews: RuntimePreviews): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return;
  const document = await workspace.openTextDocument(previews.uriFor(editor.document.uri, editor.selection.active));
  await languages.setTextDocumentLanguage(document, "javascript");
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true });
}

async function fixAll(client: FederationClient): Promise<void> {
  const answer = await client.request<Parameters<FederationClient["asWorkspaceEdit"]>[0]>(FIX_ALL_REQUEST);
  const edit = answer === undefined ? undefined : await client.asWorkspaceEdit(answer);
  if (edit === undefined) return;
  if (edit.size === 0) void window.showInformationMessage("Federation Lens: nothing to fix.");
  else await workspace.applyEdit(edit, { isRefactoring: true });
}
