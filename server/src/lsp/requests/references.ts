/** `textDocument/references`. */
import type { Location, ReferenceParams } from "vscode-languageserver";
import { references } from "../../ide/references.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

export function answerReferences(context: RequestContext, file: FilePath, params: ReferenceParams): Location[] {
  const { db, positions } = context;
  const offset = positions.offset(file, params.position);
  return references(db, file, offset, params.context.includeDeclaration).map((place) => context.location(place));
}
