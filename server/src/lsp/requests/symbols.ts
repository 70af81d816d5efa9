/** `textDocument/documentSymbol` and `workspace/symbol`. */
import { type DocumentSymbol, SymbolKind, type WorkspaceSymbol } from "vscode-languageserver";
import { type SymbolKind as FederationKind, outline, workspaceSymbols } from "../../ide/symbols.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

const KINDS: Readonly<Record<FederationKind, SymbolKind>> = {
  container: SymbolKind.Package,
  expose: SymbolKind.Module,
  shared: SymbolKind.Key,
  remote: SymbolKind.Interface,
};

export function answerDocumentSymbols({ db, positions }: RequestContext, file: FilePath): DocumentSymbol[] {
  return outline(db, file).map(({ name, range, selection, children }) => ({
    name,
    kind: KINDS.container,
    range: positions.range(file, range),
    selectionRange: positions.range(file, selection),
    children: children.map((child) => {
      const place = positions.range(file, child.source.range);
      return { name: child.name, detail: child.kind, kind: KINDS[child.kind], range: place, selectionRange: place };
    }),
  }));
}

export function answerWorkspaceSymbols(context: RequestContext, query: string): WorkspaceSymbol[] {
  return workspaceSymbols(context.db, query).map(({ name, kind, source, container }) => ({
    name,
    kind: KINDS[kind],
    location: context.location(source),
    containerName: container,
  }));
}
