/** `textDocument/prepareRename` and `textDocument/rename`. */
import {
  ErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { rename, renameTarget } from "../../ide/rename.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

export function answerPrepareRename(
  { db, positions }: RequestContext,
  file: FilePath,
  { position }: PrepareRenameParams,
): PrepareRenameResult | null {
  const target = renameTarget(db, file, positions.offset(file, position));
  return target === undefined ? null : { range: positions.range(file, target.range), placeholder: target.name };
}

export function answerRename(
  { db, positions, makeEdit }: RequestContext,
  file: FilePath,
  { position, newName }: RenameParams,
): WorkspaceEdit | null {
  const result = rename(db, file, positions.offset(file, position), newName);
  if (result?.problem !== undefined) throw new ResponseError(ErrorCodes.InvalidParams, result.problem);
  return result === undefined ? null : makeEdit(result.edits);
}
