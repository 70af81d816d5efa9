/**
 * The language server: one workspace of the core, fed by notifications in the order in which they arrive, asked by
 * requests. Nothing is computed while a notification is applied; work follows in slices.
 */
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  type ConnectionOptions,
  createConnection,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  Message,
  ProposedFeatures,
  TextDocumentSyncKind,
  type WorkDoneProgressServerReporter,
  type WorkspaceDocumentDiagnosticReport,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import * as protocol from "../../../shared/src/protocol.ts";
import { readSettings, SECTION, type Settings } from "../../../shared/src/settings.ts";
import { version } from "../../package.json";
import { onNever } from "../base/assert.ts";
import { createNodeHost } from "../host/nodeHost.ts";
import { FolderWatcher } from "../host/watcher.ts";
import { fixAllInWorkspace } from "../ide/codeActions.ts";
import { graphMermaid } from "../ide/graphDrawing.ts";
import { type IndexProgress, openWorkspace, type Workspace } from "../ide/workspace.ts";
import type { TextEdit } from "../rules/rule.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, FileChange } from "../vfs/vfs.ts";
import { analysisSettingsOf } from "./analysisSettings.ts";
import { Positions, pathOf, workspaceEditOf } from "./convert.ts";
import { DiagnosticsPublisher, pulledDiagnostics, pullWorkspaceDiagnostics } from "./diagnostics.ts";
import { Documents } from "./documents.ts";
import { answerFeatures, cancelled, FEATURES } from "./features.ts";
import { restSoon } from "./idleMemory.ts";
import { FIX_ALL_KIND, ORGANIZE_KIND, SHOW_RULE_PAGE } from "./requests/codeAction.ts";
import { RequestContext } from "./requests/context.ts";
import { answerDocuments } from "./requests/documents.ts";
import { type Job, jobEnd, longestBlock, measured, runJob } from "./schedule.ts";
import { UsageReader } from "./usageReader.ts";

/** Quiet milliseconds after a change before the workspace is looked through. */
const SETTLE = 60;

/** Milliseconds that the server waits for the client's answers. */
const CLIENT_PATIENCE = 5000;

/** Groups within groups are understood by few clients: VS Code ends the outer one with the inner. */
const WATCHED = ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,json,yaml,lock}", "**/{.env*,.babelrc,.swcrc}"];

/** Milliseconds between two looks for new folders to watch while indexing. */
const FOLLOW_PAUSE = 500;

const PULL = { identifier: "federation-lens", interFileDependencies: true, workspaceDiagnostics: true };

/** What the client said it can do. */
interface ClientAbilities {
  readonly pullsDiagnostics: boolean;
  /** It would pull but cannot be told to pull again: other files would go stale, so it is pushed to. */
  readonly pullsStale: boolean;
  readonly watchesFiles: boolean;
  readonly hasConfiguration: boolean;
  readonly hasFolders: boolean;
  readonly showsProgress: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly refreshesInlayHints: boolean;
  readonly documentChanges: boolean;
  readonly showsDocuments: boolean;
}

class Server {
  readonly #connection: Connection;
  readonly #documents = new Documents();
  readonly #publisher: DiagnosticsPublisher;
  readonly #usage: UsageReader;
  /** Where the client cannot watch. */
  #watcher: FolderWatcher | undefined;
  #followedAt = 0;
  #abilities!: ClientAbilities;
  #settings: Settings = readSettings(undefined);
  #workspace: Workspace | undefined;
  #job: Job | undefined;
  #timer: NodeJS.Timeout | undefined;
  #progress: Promise<WorkDoneProgressServerReporter | undefined> | undefined;
  #state: protocol.Status["state"] = "indexing";
  #markReady: () => void = () => {};
  /** Settles when the workspace has been looked through for the first time. */
  readonly #ready = new Promise<void>((resolve) => {
    this.#markReady = resolve;
  });
  #counts = { generation: -1, modules: 0, containers: 0 };

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#publisher = new DiagnosticsPublisher(connection, this.#documents);
    this.#usage = new UsageReader(connection);
    onNever((message) => connection.console.error(message));
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => void this.#initialized());
    connection.onDidChangeConfiguration(({ settings }) => void this.#configure(settings));
    this.#listenToDocuments();
    connection.onDidChangeWatchedFiles(({ changes }) => {
      this.#filesChanged(changes.flatMap(({ uri }) => pathOf(uri) ?? []));
    });
    this.#answerRequests();
    connection.onExit(() => {
      this.#job?.stop();
      this.#watcher?.stop();
    });
    connection.listen();
  }

  #initialize(params: InitializeParams): InitializeResult {
    const { workspace, textDocument, window } = params.capabilities;
    this.#abilities = {
      pullsDiagnostics: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
      pullsStale: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport !== true,
      watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      hasConfiguration: workspace?.configuration === true,
      hasFolders: workspace?.workspaceFolders === true,
      showsProgress: window?.workDoneProgress === true,
      refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
      refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
      documentChanges: workspace?.workspaceEdit?.documentChanges === true,
      showsDocuments: window?.showDocument?.support === true,
    };
    this.#settings = readSettings(params.initializationOptions);
    const uris = params.workspaceFolders?.map((folder) => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    const host = createNodeHost({ maxFileSize: this.#settings.maxFileSize });
    const roots = uris.flatMap((uri) => pathOf(uri) ?? []);
    this.#workspace = openWorkspace(host, roots, analysisSettingsOf(this.#settings, roots));
    return {
      serverInfo: { name: "Federation Lens", version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        ...FEATURES,
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL_KIND, ORGANIZE_KIND],
          resolveProvider: true,
        },
        executeCommandProvider: { commands: [SHOW_RULE_PAGE] },
        ...(this.#abilities.pullsStale ? {} : { diagnosticProvider: PULL }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  async #initialized(): Promise<void> {
    const { hasFolders, watchesFiles } = this.#abilities;
    if (hasFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.flatMap(({ uri }) => pathOf(uri) ?? []);
        const roots = this.#roots().filter((root) => !gone.includes(root));
        this.#workspace?.setRoots([...roots, ...added.flatMap(({ uri }) => pathOf(uri) ?? [])]);
        this.#schedule();
      });
    }
    if (watchesFiles) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      await this.#asked(() => this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    } else {
      this.#watcher = new FolderWatcher(
        (paths) => this.#filesChanged(paths),
        (error) => this.#connection.console.warn(`cannot watch all folders: ${String(error)}`),
      );
    }
    await this.#configure(undefined);
  }

  /** What the client answers; `undefined` when it refuses or keeps silent, for the server must go on. */
  async #asked<T>(ask: () => Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), CLIENT_PATIENCE);
    });
    try {
      return await Promise.race([ask(), silence]);
    } catch (error) {
      this.#connection.console.warn(`the client refused a request: ${String(error)}`);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  #roots(): readonly FilePath[] {
    return this.#workspace?.roots ?? [];
  }

  /** Follows the folders that have been looked into so far. */
  #follow(): void {
    const now = performance.now();
    if (this.#watcher === undefined || (this.#state === "indexing" && now - this.#followedAt < FOLLOW_PAUSE)) return;
    this.#followedAt = now;
    this.#watcher.follow(new Set(this.#workspace?.lookedInto() ?? []));
  }

  /** From the editor's configuration where it has one, else from what it has sent. */
  async #configure(sent: unknown): Promise<void> {
    const section = this.#abilities.hasConfiguration
      ? await this.#asked(() => this.#connection.workspace.getConfiguration(SECTION))
      : (sent as Record<string, unknown> | undefined)?.[SECTION];
    if (section !== undefined && section !== null) this.#settings = readSettings(section);
    this.#workspace?.setSettings(analysisSettingsOf(this.#settings, this.#workspace.roots));
    this.#schedule();
  }

  #listenToDocuments(): void {
    const connection = this.#connection;
    connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version: documentVersion, text } }) => {
      const path = this.#documents.open(uri, languageId, documentVersion, text);
      if (path !== undefined) this.#documentChanged({ kind: "open", path, text });
    });
    connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
      const changed = this.#documents.change(textDocument.uri, textDocument.version, contentChanges);
      if (changed === undefined) return;
      this.#workspace?.applyChanges([{ kind: "open", ...changed }]);
      this.#publisher.textChanged(changed.path);
      if (this.#settings.diagnosticsRun === "onType") this.#documentChanged(undefined, changed.path);
    });
    connection.onDidSaveTextDocument(({ textDocument }) => {
      const path = pathOf(textDocument.uri);
      if (path !== undefined) this.#documentChanged({ kind: "disk", path });
    });
    connection.onDidCloseTextDocument(({ textDocument }) => {
      const path = this.#documents.close(textDocument.uri);
      if (path !== undefined) this.#documentChanged({ kind: "close", path });
    });
  }

  #documentChanged(change: FileChange | undefined, path = change?.path): void {
    if (change !== undefined) {
      this.#workspace?.applyChanges([change]);
      this.#publisher.textChanged(change.path);
    }
    this.#schedule();
    if (path === undefined || this.#state !== "ready" || this.#abilities.pullsDiagnostics || !this.#settings.enable)
      return;
    // The document in front of the person first; other files follow when the typing pauses.
    const { db } = this.#workspace!;
    if (this.#documents.versionOf(path) !== undefined) this.#publisher.publishOpen(db, path);
  }

  #filesChanged(paths: readonly FilePath[]): void {
    if (paths.length === 0) return;
    this.#workspace?.applyChanges(paths.map((path) => ({ kind: "disk", path })));
    for (const path of paths) this.#publisher.textChanged(path);
    this.#schedule();
  }

  /** Looks through the workspace once changes have settled; a run under way is dropped. */
  #schedule(): void {
    this.#job?.stop();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#run(), this.#state === "ready" ? SETTLE : 0);
  }

  #run(): void {
    const workspace = this.#workspace;
    if (workspace === undefined) return;
    if (!this.#settings.enable) {
      this.#publisher.clear();
      this.#finish();
      return;
    }
    if (this.#state === "indexing") this.#beginProgress();
    this.#job = runJob(
      this.#look(workspace),
      ({ done, total, message }) => {
        this.#follow();
        void this.#progress?.then((shown) => shown?.report(Math.round((100 * done) / Math.max(1, total)), message));
      },
      () => this.#finish(),
      (error) => {
        this.#connection.console.error(`the analysis failed: ${error instanceof Error ? error.stack : String(error)}`);
        this.#finish();
      },
    );
  }

  /** The whole workspace, and what there is to show of it. */
  *#look(workspace: Workspace): Generator<IndexProgress, void> {
    yield* workspace.index({ shortSteps: true });
    if (this.#abilities.pullsDiagnostics) return;
    for (const _sent of this.#publisher.publishAll(workspace.db)) yield { done: 1, total: 1, message: "findings" };
  }

  #finish(): void {
    void this.#progress?.then((shown) => shown?.done());
    this.#progress = undefined;
    if (this.#state === "indexing") restSoon();
    this.#state = "ready";
    if (this.#workspace !== undefined) this.#usage.refresh(this.#workspace.db, this.#status().modules);
    this.#follow();
    this.#markReady();
    if (this.#settings.enable && this.#abilities.pullsDiagnostics) this.#connection.languages.diagnostics.refresh();
    // What stands in one file may count what stands in others.
    if (this.#abilities.refreshesCodeLenses)
      void this.#asked(() => this.#connection.sendRequest(CodeLensRefreshRequest.type));
    if (this.#abilities.refreshesInlayHints) void this.#asked(() => this.#connection.languages.inlayHint.refresh());
    void this.#connection.sendNotification(protocol.STATUS_NOTIFICATION, this.#status());
  }

  #beginProgress(): void {
    if (!this.#abilities.showsProgress) return;
    this.#progress ??= this.#asked(() => this.#connection.window.createWorkDoneProgress()).then((progress) => {
      progress?.begin("Federation Lens", 0, "reading configurations", false);
      return progress;
    });
  }

  #status(): protocol.Status {
    const workspace = this.#workspace;
    if (workspace !== undefined && this.#state === "ready" && this.#counts.generation !== workspace.generation) {
      this.#counts = { generation: workspace.generation, ...workspace.counts() };
    }
    const { modules, containers } = this.#counts;
    return {
      state: this.#state,
      modules,
      containers,
      generation: workspace?.generation ?? 0,
      longestBlock: longestBlock(),
    };
  }

  #answerRequests(): void {
    const connection = this.#connection;
    const workspace = () => this.#workspace!;
    const db = () => workspace().db;
    const makeEdit = (edits: readonly TextEdit[]): WorkspaceEdit =>
      workspaceEditOf(new Positions(db()), edits, this.#documents, this.#abilities.documentChanges);
    answerFeatures(connection, {
      ready: () => this.#ready,
      context: () =>
        this.#settings.enable
          ? new RequestContext(db(), this.#documents, makeEdit, this.#abilities.showsDocuments, () =>
              this.#usage.want(db()),
            )
          : undefined,
      shows: (feature) => this.#settings[`${feature}Enable`],
    });
    connection.onExecuteCommand(async ({ command, arguments: [address] = [] }) => {
      if (command === SHOW_RULE_PAGE && typeof address === "string")
        await connection.window.showDocument({ uri: address, external: true });
    });
    this.#answerPulls(db);
    connection.onRequest(protocol.STATUS_REQUEST, () => this.#status());
    connection.onRequest(protocol.GRAPH_REQUEST, (): protocol.GraphAnswer => ({ mermaid: graphMermaid(db()) }));
    answerDocuments(connection, () => this.#ready, workspace);
    connection.onRequest(protocol.FIX_ALL_REQUEST, () => makeEdit(fixAllInWorkspace(db())));
  }

  /** Pulled diagnostics; a pull while the workspace is being indexed waits for the index. */
  #answerPulls(db: () => Db): void {
    const { diagnostics } = this.#connection.languages;
    diagnostics.on(async ({ textDocument, previousResultId }, token) => {
      await this.#ready;
      if (token.isCancellationRequested) throw cancelled();
      const path = pathOf(textDocument.uri);
      if (path === undefined || !this.#settings.enable) return { kind: "full", items: [] };
      return measured(() => pulledDiagnostics(db(), path, previousResultId));
    });
    diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
      await this.#ready;
      if (token.isCancellationRequested) throw cancelled();
      if (!this.#settings.enable) return { items: [] };
      const previous = new Map(
        previousResultIds.flatMap(({ uri, value }) => {
          const path = pathOf(uri);
          return path === undefined ? [] : [[path, value] as const];
        }),
      );
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      const steps = pullWorkspaceDiagnostics(db(), previous, this.#documents, items);
      if (!(await jobEnd(steps, token))) throw cancelled();
      return { items };
    });
  }
}

/** Serves over standard input and output; standard output carries the protocol alone. */
export function startServer(): void {
  console.log = console.error;
  const options: ConnectionOptions = {
    connectionStrategy: {
      cancelUndispatched: (message) =>
        Message.isRequest(message) ? { jsonrpc: "2.0", id: message.id, error: cancelled().toJson() } : undefined,
    },
  };
  new Server(createConnection(ProposedFeatures.all, process.stdin, process.stdout, options)).listen();
}
