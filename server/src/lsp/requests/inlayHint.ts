/** `textDocument/inlayHint`. */
import type { InlayHint, InlayHintParams } from "vscode-languageserver";
import { inlayHints } from "../../ide/inlayHints.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

export function answerInlayHints(context: RequestContext, file: FilePath, { range }: InlayHintParams): InlayHint[] {
  const { db, positions } = context;
  const asked = { start: positions.offset(file, range.start), end: positions.offset(file, range.end) };
  return inlayHints(db, file, asked).map(({ offset, label, tooltip }) => ({
    position: positions.range(file, { start: offset, end: offset }).start,
    label,
    tooltip,
    paddingLeft: true,
  }));
}
