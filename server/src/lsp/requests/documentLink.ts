/** `textDocument/documentLink`. */
import type { DocumentLink } from "vscode-languageserver";
import { documentLinks } from "../../ide/documentLinks.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

export function answerDocumentLinks(context: RequestContext, file: FilePath): DocumentLink[] {
  return documentLinks(context.db, file).map(({ range, target }) => ({
    range: context.positions.range(file, range),
    target: context.uri(target),
  }));
}
