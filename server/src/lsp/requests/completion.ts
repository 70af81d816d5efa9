/** `textDocument/completion`. */
import { type CompletionItem, CompletionItemKind, type CompletionParams } from "vscode-languageserver";
import { completions } from "../../ide/completion.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

export function answerCompletion(context: RequestContext, file: FilePath, params: CompletionParams): CompletionItem[] {
  const { db, positions } = context;
  return completions(db, file, positions.offset(file, params.position)).map(({ label, detail, range }) => ({
    label,
    detail,
    kind: CompletionItemKind.Module,
    filterText: label,
    textEdit: { range: positions.range(file, range), newText: label },
  }));
}
