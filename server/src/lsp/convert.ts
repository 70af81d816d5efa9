/** The only translator between the core's paths and offsets and the protocol's URIs and positions. */

import { pathToFileURL } from "node:url";
import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Position,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { append } from "../base/append.ts";
import { LineIndex, type TextRange } from "../base/text.ts";
import { rulePage } from "../rules/page.ts";
import type { TextEdit as CoreEdit, Finding, Severity } from "../rules/rule.ts";
import { type FilePath, normalizePath } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";
import type { OpenDocuments } from "./openDocuments.ts";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** `undefined` for what is no file. */
export function pathOf(uri: string): FilePath | undefined {
  if (!uri.startsWith("file:")) return undefined;
  try {
    const { pathname, host } = new URL(uri);
    const path = decodeURIComponent(pathname);
    return normalizePath(host === "" ? path.replace(/^\/(?=[A-Za-z]:)/, "") : `//${host}${path}`);
  } catch {
    return undefined;
  }
}

/** As VS Code spells it, so that a client finds its own document again. */
export function uriOf(path: FilePath): string {
  const drive = /^([a-z]):(.*)$/.exec(path);
  if (drive === null) return pathToFileURL(path).href;
  return `file:///${drive[1]}%3A${drive[2]!.split("/").map(encodeURIComponent).join("/")}`;
}

/** Positions in the text that the analysis has of a file. */
export class Positions {
  readonly #db: Db;
  readonly #indexes = new Map<FilePath, LineIndex>();

  constructor(db: Db) {
    this.#db = db;
  }

  #index(file: FilePath): LineIndex {
    let index = this.#indexes.get(file);
    if (index === undefined) {
      index = new LineIndex(fileText(this.#db, file) ?? "");
      this.#indexes.set(file, index);
    }
    return index;
  }

  range(file: FilePath, { start, end }: TextRange): Range {
    const index = this.#index(file);
    return { start: index.position(start), end: index.position(end) };
  }

  offset(file: FilePath, position: Position): number {
    return this.#index(file).offset(position);
  }
}

/** What a client sends back with a diagnostic when it asks for code actions. */
export interface DiagnosticData {
  readonly fixable: boolean;
}

export function diagnosticOf(positions: Positions, finding: Finding): Diagnostic {
  const { file, range } = finding.source;
  const data: DiagnosticData = { fixable: finding.fixes.length > 0 };
  return {
    range: positions.range(file, range),
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    codeDescription: { href: rulePage(finding.code) },
    source: "federation-lens",
    message: finding.message,
    data,
    ...(finding.unnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(finding.related.length === 0
      ? {}
      : {
          relatedInformation: finding.related.map(({ source, message }) => ({
            location: { uri: uriOf(source.file), range: positions.range(source.file, source.range) },
            message,
          })),
        }),
  };
}

/** Edits by file; with versions of the open documents where the client can check them. */
export function workspaceEditOf(
  positions: Positions,
  edits: readonly CoreEdit[],
  documents: OpenDocuments,
  documentChanges: boolean,
): WorkspaceEdit {
  const byFile = new Map<FilePath, TextEdit[]>();
  for (const edit of edits) {
    append(byFile, edit.file, { range: positions.range(edit.file, edit.range), newText: edit.newText });
  }
  const uri = (file: FilePath): string => documents.uriOf(file) ?? uriOf(file);
  if (!documentChanges) return { changes: Object.fromEntries([...byFile].map(([file, list]) => [uri(file), list])) };
  return {
    documentChanges: [...byFile].map(([file, list]) => ({
      textDocument: { uri: uri(file), version: documents.versionOf(file) ?? null },
      edits: list,
    })),
  };
}
