/** `textDocument/definition`. */
import type { DefinitionParams, Location } from "vscode-languageserver";
import { definitions } from "../../ide/definition.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { RequestContext } from "./context.ts";

export function answerDefinition(context: RequestContext, file: FilePath, { position }: DefinitionParams): Location[] {
  const { db, positions } = context;
  return definitions(db, file, positions.offset(file, position)).map((place) => context.location(place));
}
