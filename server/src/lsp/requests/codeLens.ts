/** `textDocument/codeLens`. */
import type { CodeLens } from "vscode-languageserver";
import { codeLenses } from "../../ide/codeLens.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

/** A command without an identifier is shown as plain text. */
export function answerCodeLens({ db, positions }: RequestContext, file: FilePath): CodeLens[] {
  return codeLenses(db, file).map(({ range, title }) => ({
    range: positions.range(file, range),
    command: { title, command: "" },
  }));
}
