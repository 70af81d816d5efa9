/** The open documents: their versions and the client's own spelling of their URIs. */

import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { FilePath } from "../vfs/path.ts";
import { pathOf } from "./convert.ts";
import type { OpenDocuments } from "./openDocuments.ts";

export class Documents implements OpenDocuments {
  readonly #byPath = new Map<FilePath, TextDocument>();

  /** `undefined` for what is no file. */
  open(uri: string, languageId: string, version: number, text: string): FilePath | undefined {
    const path = pathOf(uri);
    if (path !== undefined) this.#byPath.set(path, TextDocument.create(uri, languageId, version, text));
    return path;
  }

  change(
    uri: string,
    version: number,
    changes: TextDocumentContentChangeEvent[],
  ): { path: FilePath; text: string } | undefined {
    const path = pathOf(uri);
    const document = path === undefined ? undefined : this.#byPath.get(path);
    if (path === undefined || document === undefined) return undefined;
    TextDocument.update(document, changes, version);
    return { path, text: document.getText() };
  }

  close(uri: string): FilePath | undefined {
    const path = pathOf(uri);
    if (path !== undefined) this.#byPath.delete(path);
    return path;
  }

  versionOf(file: FilePath): number | undefined {
    return this.#byPath.get(file)?.version;
  }

  uriOf(file: FilePath): string | undefined {
    return this.#byPath.get(file)?.uri;
  }

  files(): Iterable<FilePath> {
    return this.#byPath.keys();
  }
}
