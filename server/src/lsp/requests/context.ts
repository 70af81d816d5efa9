/** What every request handler is given. */
import type { WorkspaceEdit } from "vscode-languageserver";
import type { TextEdit } from "../../rules/rule.ts";
import type { FilePath } from "../../vfs/path.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import type { Db } from "../../vfs/vfs.ts";
import { Positions, uriOf } from "../convert.ts";
import type { OpenDocuments } from "../openDocuments.ts";

/** The state of the workspace that one request sees. */
export class RequestContext {
  readonly db: Db;
  readonly positions: Positions;
  readonly #documents: OpenDocuments;
  readonly makeEdit: (edits: readonly TextEdit[]) => WorkspaceEdit;

  /** The client opens web pages when asked to. */
  readonly showsDocuments: boolean;
  /** Says that the usage over the workspace should be worked out in the background. */
  readonly wantUsage: () => void;

  constructor(
    db: Db,
    documents: OpenDocuments,
    makeEdit: (edits: readonly TextEdit[]) => WorkspaceEdit,
    showsDocuments: boolean,
    wantUsage: () => void,
  ) {
    this.db = db;
    this.positions = new Positions(db);
    this.#documents = documents;
    this.makeEdit = makeEdit;
    this.showsDocuments = showsDocuments;
    this.wantUsage = wantUsage;
  }

  /** In the client's own spelling where it has the document open. */
  uri(file: FilePath): string {
    return this.#documents.uriOf(file) ?? uriOf(file);
  }

  location({ file, range }: SourceRange) {
    return { uri: this.uri(file), range: this.positions.range(file, range) };
  }
}
