/** Read-only documents with what the bundler would generate, kept up to date while they are open. */
import { EventEmitter, type Position, type TextDocumentContentProvider, Uri, workspace } from "vscode";
import { RUNTIME_PREVIEW_REQUEST, type TextAnswer } from "../../shared/src/protocol.ts";
import type { FederationClient } from "./client.ts";

export const PREVIEW_SCHEME = "federation-lens-runtime";

/** Milliseconds without typing before an open preview is made again. */
const PAUSE = 400;

export class RuntimePreviews implements TextDocumentContentProvider {
  readonly #client: FederationClient;
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: FederationClient) {
    this.#client = client;
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme === PREVIEW_SCHEME) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#refresh(), PAUSE);
    });
  }

  /** The document for a place; its own path keeps the name of the file readable in the tab. */
  uriFor(source: Uri, { line, character }: Position): Uri {
    const query = JSON.stringify({ uri: source.toString(), position: { line, character } });
    return Uri.from({ scheme: PREVIEW_SCHEME, path: `${source.path}.runtime.js`, query });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const answer = await this.#client.request<TextAnswer>(RUNTIME_PREVIEW_REQUEST, JSON.parse(uri.query) as object);
    return answer?.text ?? "";
  }

  #refresh(): void {
    for (const { uri } of workspace.textDocuments) if (uri.scheme === PREVIEW_SCHEME) this.#changed.fire(uri);
  }
}
