/** Registers the handlers of the language features: one file a verb in `requests/`. */
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import { prepareCodeLenses } from "../ide/codeLens.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { pathOf } from "./convert.ts";
import { codeActions, resolveCodeAction } from "./requests/codeAction.ts";
import { answerCodeLens } from "./requests/codeLens.ts";
import { answerCompletion } from "./requests/completion.ts";
import type { RequestContext } from "./requests/context.ts";
import { answerDefinition } from "./requests/definition.ts";
import { answerDocumentLinks } from "./requests/documentLink.ts";
import { answerHover } from "./requests/hover.ts";
import { answerInlayHints } from "./requests/inlayHint.ts";
import { answerReferences } from "./requests/references.ts";
import { answerPrepareRename, answerRename } from "./requests/rename.ts";
import { answerDocumentSymbols, answerWorkspaceSymbols } from "./requests/symbols.ts";
import { jobEnd, measured } from "./schedule.ts";

/** What the server says it can do, beside synchronisation and diagnostics. */
export const FEATURES: ServerCapabilities = {
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentLinkProvider: {},
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  codeLensProvider: {},
  inlayHintProvider: true,
  renameProvider: { prepareProvider: true },
  completionProvider: { triggerCharacters: ['"', "'", "/"] },
};

type Answer<P, R> = (context: RequestContext, file: FilePath, params: P) => R;

/** Works out in steps what an answer will ask for. */
type Prepare = (db: Db, file: FilePath) => Iterator<void, void>;

export interface FeatureState {
  /** Settles once the workspace has been looked through: a request before that waits, and can be cancelled. */
  ready(): Promise<void>;
  /** What a request works on; `undefined` while the analysis is switched off. */
  context(): RequestContext | undefined;
  /** What a person can switch off by itself. */
  shows(feature: "hover" | "codeLens" | "inlayHints"): boolean;
}

export function answerFeatures(connection: Connection, state: FeatureState): void {
  const about =
    <P extends { readonly textDocument: TextDocumentIdentifier }, R>(answer: Answer<P, R>, prepare?: Prepare) =>
    async (params: P, token: CancellationToken): Promise<R | null> => {
      await state.ready();
      if (token.isCancellationRequested) throw cancelled();
      const file = pathOf(params.textDocument.uri);
      const context = file === undefined ? undefined : state.context();
      if (file === undefined || context === undefined) return null;
      if (prepare !== undefined && !(await jobEnd(prepare(context.db, file), token))) throw cancelled();
      return measured(() => answer(context, file, params));
    };
  connection.onHover(
    about((context, file, params) => (state.shows("hover") ? answerHover(context, file, params) : null)),
  );
  connection.onDefinition(about(answerDefinition));
  connection.onReferences(about(answerReferences));
  connection.onDocumentLinks(about(answerDocumentLinks));
  connection.onDocumentSymbol(about(answerDocumentSymbols));
  connection.onCodeLens(
    about(
      (context, file) => (state.shows("codeLens") ? answerCodeLens(context, file) : null),
      (db, file) => (state.shows("codeLens") ? prepareCodeLenses(db, file) : [].values()),
    ),
  );
  connection.languages.inlayHint.on(
    about((context, file, params) => (state.shows("inlayHints") ? answerInlayHints(context, file, params) : null)),
  );
  connection.onPrepareRename(about(answerPrepareRename));
  connection.onRenameRequest(about(answerRename));
  connection.onCompletion(about(answerCompletion));
  connection.onCodeAction(about(codeActions));
  connection.onCodeActionResolve((action) => {
    const context = state.context();
    return context === undefined ? action : measured(() => resolveCodeAction(context, action));
  });
  connection.onWorkspaceSymbol(async ({ query }) => {
    await state.ready();
    const context = state.context();
    return context === undefined ? null : measured(() => answerWorkspaceSymbols(context, query));
  });
}

/** The answer to a request that its client no longer waits for. */
export function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
}
