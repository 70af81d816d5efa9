/** A small typed language client over a real child process: what a test needs of an editor. */
import { type ChildProcess, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { STATUS_REQUEST, type Status } from "../../shared/src/protocol.ts";

/** Milliseconds after which waiting for the server is a failure. */
const PATIENCE = 20_000;

/** What a modern editor says it can do; tests take parts away. */
export const FULL: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: { resolveSupport: { properties: ["edit"] }, dataSupport: true },
  },
  window: { workDoneProgress: true },
};

export interface StartOptions {
  readonly cli: string;
  readonly roots: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** The answer to `workspace/configuration`. */
  readonly configuration?: object;
}

export class LspClient {
  readonly child: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly published = new Map<string, Diagnostic[]>();
  readonly publishedVersions = new Map<string, number | undefined>();
  readonly progress: string[] = [];
  readonly registered: string[] = [];
  refreshes = 0;
  configuration: object;
  stderr = "";

  private constructor({ cli, configuration = {} }: StartOptions) {
    this.configuration = configuration;
    this.child = spawn(process.execPath, [cli, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "pipe"] });
    this.child.stderr!.on("data", (data: Buffer) => {
      this.stderr += data.toString();
    });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.child.stdout!),
      new StreamMessageWriter(this.child.stdin!),
    );
    this.#listen();
  }

  #listen(): void {
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, params.diagnostics);
      this.publishedVersions.set(params.uri, params.version);
    });
    this.connection.onNotification("$/progress", ({ value }: { value: { kind: string } }) => {
      this.progress.push(value.kind);
    });
    this.connection.onRequest("window/workDoneProgress/create", () => null);
    this.connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => this.configuration),
    );
    this.connection.onRequest(
      "client/registerCapability",
      ({ registrations }: { registrations: { method: string }[] }) => {
        this.registered.push(...registrations.map(({ method }) => method));
        return null;
      },
    );
    this.connection.onRequest("workspace/diagnostic/refresh", () => {
      this.refreshes++;
      return null;
    });
    this.connection.listen();
  }

  static async start(options: StartOptions): Promise<LspClient> {
    const client = new LspClient(options);
    const folders = options.roots.map((root) => ({ uri: pathToFileURL(root).href, name: root }));
    await client.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: folders[0]?.uri ?? null,
      workspaceFolders: folders,
      capabilities: options.capabilities ?? FULL,
      initializationOptions: options.initializationOptions,
    });
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  request<T>(method: string, parameters: object = {}): Promise<T> {
    return this.connection.sendRequest<T>(method, parameters);
  }

  notify(method: string, parameters: object): Promise<void> {
    return this.connection.sendNotification(method, parameters);
  }

  open(uri: string, text: string, languageId = "javascript", version = 1): Promise<void> {
    return this.notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
  }

  change(uri: string, version: number, text: string): Promise<void> {
    return this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
  }

  /** Tells of changed files on the disk, as an editor that watches does. */
  changedOnDisk(...uris: readonly string[]): Promise<void> {
    return this.notify("workspace/didChangeWatchedFiles", { changes: uris.map((uri) => ({ uri, type: 2 })) });
  }

  status(): Promise<Status> {
    return this.request<Status>(STATUS_REQUEST);
  }

  async ready(): Promise<Status> {
    let status = await this.status();
    await this.until(async () => {
      status = await this.status();
      return status.state === "ready";
    }, "the index");
    return status;
  }

  codes(uri: string): readonly string[] {
    return (this.published.get(uri) ?? []).map(({ code }) => String(code));
  }

  /** Waits until a condition holds. */
  async until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!(await condition())) {
      if (Date.now() > end) {
        const shown = JSON.stringify([...this.published].map(([uri, list]) => [uri, list.map((item) => item.code)]));
        throw new Error(`waited in vain for ${what}; shown: ${shown}; standard error: ${this.stderr}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<number | null> {
    const exited = new Promise<number | null>((resolve) => this.child.once("exit", resolve));
    await this.request("shutdown");
    await this.notify("exit", {});
    const code = await exited;
    this.connection.dispose();
    return code;
  }
}
