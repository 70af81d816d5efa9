/** Activation and nothing else: the language client starts in the background, so that the editor never waits. */
import type { ExtensionContext } from "vscode";
import { FederationClient } from "./client.ts";
import { registerCommands } from "./commands.ts";

let client: FederationClient | undefined;

/** What tests may ask of the running extension. */
export interface FederationLensApi {
  /** Resolves when the server has looked through the workspace once. */
  ready(): Promise<void>;
}

export function activate(context: ExtensionContext): FederationLensApi {
  const created = new FederationClient(context);
  client = created;
  registerCommands(context, created);
  void created.start();
  return { ready: () => created.ready };
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
