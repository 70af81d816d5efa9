/** `textDocument/hover`. */
import type { Hover, HoverParams } from "vscode-languageserver";
import { hover } from "../../ide/hover.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

export function answerHover(context: RequestContext, file: FilePath, params: HoverParams): Hover | null {
  const { db, positions } = context;
  const found = hover(db, file, positions.offset(file, params.position));
  if (found === undefined) return null;
  if (found.wantsUsage === true) context.wantUsage();
  return { contents: { kind: "markdown", value: found.markdown }, range: positions.range(file, found.range) };
}
