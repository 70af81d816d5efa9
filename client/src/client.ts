/** The language client: one server process for the window, restarted on demand, its state shown in the status bar. */
import { type ExtensionContext, type LogOutputChannel, window, workspace } from "vscode";
import type { LanguageClient, LanguageClientOptions, ServerOptions, TransportKind } from "vscode-languageclient/node";
import { STATUS_NOTIFICATION, STATUS_REQUEST, type Status } from "../../shared/src/protocol.ts";
import { SECTION } from "../../shared/src/settings.ts";
import { StatusItem } from "./status.ts";

/** Documents that the server has something to say about. */
const LANGUAGES = ["javascript", "javascriptreact", "typescript", "typescriptreact", "json", "jsonc", "vue", "svelte"];

export class FederationClient {
  readonly output: LogOutputChannel;
  readonly ready: Promise<void>;
  readonly #context: ExtensionContext;
  readonly #status = new StatusItem();
  #client: LanguageClient | undefined;
  /** Counts starts and stops: a start that another has overtaken while the library was loading goes no further. */
  #turn = 0;
  #markReady: () => void = () => {};

  constructor(context: ExtensionContext) {
    this.#context = context;
    this.output = window.createOutputChannel("Federation Lens", { log: true });
    this.ready = new Promise((resolve) => {
      this.#markReady = resolve;
    });
    context.subscriptions.push(this.output, this.#status);
  }

  async start(): Promise<void> {
    const turn = ++this.#turn;
    this.#status.show({ kind: "starting" });
    // Loading the library is nearly all that an activation would cost: it waits until the editor has gone on.
    await new Promise((resolve) => setImmediate(resolve));
    const { LanguageClient, TransportKind } = await import("vscode-languageclient/node");
    if (turn !== this.#turn) return;
    const server = this.#serverOptions(TransportKind.stdio);
    const client = new LanguageClient(SECTION, "Federation Lens", server, this.#clientOptions());
    this.#client = client;
    client.onNotification(STATUS_NOTIFICATION, (status: Status) => this.#showStatus(status));
    try {
      await client.start();
      this.#showStatus(await client.sendRequest<Status>(STATUS_REQUEST));
    } catch (error) {
      this.output.error(`the language server did not start: ${String(error)}`);
      this.#status.show({ kind: "failed" });
    }
  }

  #serverOptions(transport: TransportKind): ServerOptions {
    const module = this.#context.asAbsolutePath("server/dist/cli.js");
    const common = { module, args: ["lsp"], transport };
    return { run: common, debug: { ...common, options: { execArgv: ["--nolazy", "--inspect=6019"] } } };
  }

  #clientOptions(): LanguageClientOptions {
    return {
      documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
      diagnosticCollectionName: SECTION,
      outputChannel: this.output,
      initializationOptions: { ...workspace.getConfiguration(SECTION) },
      synchronize: { configurationSection: SECTION },
    };
  }

  #showStatus(status: Status): void {
    this.#status.show({ kind: status.state, status });
    if (status.state === "ready") this.#markReady();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    this.#turn++;
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }

  /** Asks the server; a message instead where it is not running. */
  async request<T>(method: string, parameters?: object): Promise<T | undefined> {
    if (this.#client === undefined || !this.#client.isRunning()) {
      void window.showWarningMessage("Federation Lens: the language server is not running.");
      return undefined;
    }
    return this.#client.sendRequest<T>(method, parameters ?? {});
  }

  /** An edit of the protocol as one of the editor's. */
  async asWorkspaceEdit(edit: Parameters<LanguageClient["protocol2CodeConverter"]["asWorkspaceEdit"]>[0]) {
    return this.#client?.protocol2CodeConverter.asWorkspaceEdit(edit);
  }
}
