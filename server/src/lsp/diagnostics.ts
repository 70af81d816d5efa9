/** Findings as the client gets them: pushed when they change, or pulled with a result id that says "unchanged". */
import type {
  Connection,
  Diagnostic,
  DocumentDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Finding } from "../rules/rule.ts";
import { eachFileWithFindings, findingsOfFile, ownFindingsOfFile } from "../rules/run.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { diagnosticOf, Positions, uriOf } from "./convert.ts";
import type { OpenDocuments } from "./openDocuments.ts";
import { type Job, runJob } from "./schedule.ts";

interface Shown {
  /** `undefined` when their places are in doubt. */
  readonly findings: readonly Finding[] | undefined;
  readonly text: string;
}

export class DiagnosticsPublisher {
  readonly #connection: Connection;
  readonly #documents: OpenDocuments;
  /** What the client shows, by file, to send only what differs. */
  readonly #shown = new Map<FilePath, Shown>();
  /** Open documents whose text was not looked at yet. */
  readonly #owed = new Set<FilePath>();
  #looking: Job | undefined;

  constructor(connection: Connection, documents: OpenDocuments) {
    this.#connection = connection;
    this.#documents = documents;
  }

  /**
   * One open document, always sent, so that a client knows its version has been looked at: at once where that is soon
   * known, in slices where it takes longer, with `publishAll` where something changes meanwhile.
   */
  publishOpen(db: Db, file: FilePath): void {
    this.#owed.add(file);
    this.#looking = runJob(
      this.#lookAt(db, file),
      () => {},
      () => {},
      (error) => this.#connection.console.error(error instanceof Error ? String(error.stack) : String(error)),
    );
  }

  *#lookAt(db: Db, file: FilePath): Generator<void, void> {
    const findings = yield* ownFindingsOfFile(db, file);
    this.#owed.delete(file);
    const diagnostics = diagnosticsOf(db, findings);
    this.#shown.set(file, { findings, text: JSON.stringify(diagnostics) });
    this.#send(file, diagnostics);
  }

  /** The file's text has changed: its findings may stand on other lines, though they are the same. */
  textChanged(file: FilePath): void {
    this.#looking?.stop();
    const shown = this.#shown.get(file);
    if (shown !== undefined) this.#shown.set(file, { ...shown, findings: undefined });
  }

  /** Everything that differs from what is shown, files without findings any more included; one file a step. */
  *publishAll(db: Db): Generator<void, void> {
    const clean = new Set([...this.#owed, ...this.#shown.keys()]);
    for (const [file, findings] of eachFileWithFindings(db)) {
      clean.delete(file);
      this.#publish(db, file, findings);
      yield;
    }
    for (const file of clean) {
      this.#publish(db, file, []);
      yield;
    }
  }

  #publish(db: Db, file: FilePath, findings: readonly Finding[]): void {
    const shown = this.#shown.get(file);
    const owed = this.#owed.delete(file);
    if (!owed && (shown === undefined ? findings.length === 0 : shown.findings === findings)) return;
    const diagnostics = diagnosticsOf(db, findings);
    const text = JSON.stringify(diagnostics);
    if (diagnostics.length === 0) this.#shown.delete(file);
    else this.#shown.set(file, { findings, text });
    if (owed || text !== (shown?.text ?? "[]")) this.#send(file, diagnostics);
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

function diagnosticsOf(db: Db, findings: readonly Finding[]): Diagnostic[] {
  const positions = new Positions(db);
  return findings.map((finding) => diagnosticOf(positions, finding));
}

/** A short text that differs when the diagnostics do. */
function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  const text = JSON.stringify(diagnostics);
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return `${text.length}:${hash}`;
}

export function pulledDiagnostics(db: Db, file: FilePath, previous: string | undefined): DocumentDiagnosticReport {
  const items = diagnosticsOf(db, findingsOfFile(db, file));
  const resultId = resultIdOf(items);
  return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items };
}

/** Of the whole workspace, one file a step into `reports`; files that had findings before are told to be clean. */
export function* pullWorkspaceDiagnostics(
  db: Db,
  previous: ReadonlyMap<FilePath, string>,
  documents: OpenDocuments,
  reports: WorkspaceDocumentDiagnosticReport[],
): Generator<void, void> {
  const report = (file: FilePath): void => {
    reports.push({
      ...pulledDiagnostics(db, file, previous.get(file)),
      uri: documents.uriOf(file) ?? uriOf(file),
      version: documents.versionOf(file) ?? null,
    });
  };
  const clean = new Set(previous.keys());
  for (const [file] of eachFileWithFindings(db)) {
    clean.delete(file);
    report(file);
    yield;
  }
  for (const file of clean) {
    report(file);
    yield;
  }
}
