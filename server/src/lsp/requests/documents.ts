/** Texts that the client shows as documents of their own: the runtime preview and the report. */

import type { Connection } from "vscode-languageserver/node";
import {
  EVALUATED_CONFIG_REQUEST,
  type PlaceParameters,
  REPORT_REQUEST,
  RUNTIME_PREVIEW_REQUEST,
  type TextAnswer,
} from "../../../../shared/src/protocol.ts";
import { configDocument } from "../../ide/configDocument.ts";
import { reportMarkdown } from "../../ide/reportDocument.ts";
import { runtimePreview } from "../../ide/runtimePreview.ts";
import type { Workspace } from "../../ide/workspace.ts";
import { Positions, pathOf } from "../convert.ts";

export function answerDocuments(connection: Connection, ready: () => Promise<void>, workspace: () => Workspace): void {
  connection.onRequest(EVALUATED_CONFIG_REQUEST, (): TextAnswer => {
    const { db, roots } = workspace();
    const documents = roots.map((root) => configDocument(db, root));
    return { text: JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2) };
  });
  connection.onRequest(RUNTIME_PREVIEW_REQUEST, async ({ uri, position }: PlaceParameters): Promise<TextAnswer> => {
    await ready();
    const { db } = workspace();
    const file = pathOf(uri);
    return { text: file === undefined ? "" : runtimePreview(db, file, new Positions(db).offset(file, position)) };
  });
  connection.onRequest(REPORT_REQUEST, async (): Promise<TextAnswer> => {
    await ready();
    const { db, roots } = workspace();
    return { text: roots.map((root) => reportMarkdown(db, root)).join("\n") };
  });
}
