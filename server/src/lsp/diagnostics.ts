/** Findings as the client gets them: pushed when they change, or pulled with a result id that says "unchanged". */
import type {
  Connection,
  Diagnostic,
  DocumentDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { allFindings, findingsOfFile } from "../rules/run.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { diagnosticOf, Positions, uriOf } from "./convert.ts";
import type { OpenDocuments } from "./openDocuments.ts";

export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #documents: OpenDocuments;
  /** What the client shows, by file: the text of the diagnostics, to send only what differs. */
  readonly #shown = new Map<FilePath, string>();

  constructor(connection: Connection, documents: OpenDocuments) {
    this.#connection = connection;
    this.#documents = documents;
  }

  /** One open document, always sent, so that a client knows its version has been looked at. */
  publishOpen(db: Db, file: FilePath): void {
    const diagnostics = diagnosticsOf(db, file);
    this.#shown.set(file, JSON.stringify(diagnostics));
    this.#send(file, diagnostics);
  }

  /** Everything that differs from what is shown, files without findings any more included. */
  publishAll(db: Db): void {
    const findings = allFindings(db);
    for (const file of new Set([...this.#shown.keys(), ...findings.keys()])) {
      const diagnostics = findings.has(file) ? diagnosticsOf(db, file) : [];
      const text = JSON.stringify(diagnostics);
      if (text === (this.#shown.get(file) ?? "[]")) continue;
      if (diagnostics.length === 0) this.#shown.delete(file);
      else this.#shown.set(file, text);
      this.#send(file, diagnostics);
    }
  }

  clear(): void {
    for (const file of this.#shown.keys()) this.#send(file, []);
    this.#shown.clear();
  }

  #send(file: FilePath, diagnostics: Diagnostic[]): void {
    const version = this.#documents.versionOf(file);
    void this.#connection.sendDiagnostics({
      uri: this.#documents.uriOf(file) ?? uriOf(file),
      diagnostics,
      ...(version === undefined ? {} : { version }),
    });
  }
}

function diagnosticsOf(db: Db, file: FilePath): Diagnostic[] {
  const positions = new Positions(db);
  return findingsOfFile(db, file).map((finding) => diagnosticOf(positions, finding));
}

/** A short text that differs when the diagnostics do. */
function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics);
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return `${text.length}:${hash}`;
}

export function pulledDiagnostics(db: Db, file: FilePath, previous: string | undefined): DocumentDiagnosticReport {
  const items = diagnosticsOf(db, file);
  const resultId = resultIdOf(items);
  return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
}

/** Of the whole workspace; files that had findings before are told to be clean. */
export function pulledWorkspaceDiagnostics(
  db: Db,
  previous: ReadonlyMap<FilePath, string>,
  documents: OpenDocuments,
): WorkspaceDocumentDiagnosticReport[] {
  return [...new Set([...previous.keys(), ...allFindings(db).keys()])].sort().map((file) => ({
    ...pulledDiagnostics(db, file, previous.get(file)),
    uri: documents.uriOf(file) ?? uriOf(file),
    version: documents.versionOf(file) ?? null,
  }));
}
