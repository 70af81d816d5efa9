/** Texts that the client shows as documents of their own: the runtime preview and the report. */

import type { CancellationToken, Connection } from "vscode-languageserver/node";
import {
  EVALUATED_CONFIG_REQUEST,
  type PlaceParameters,
  REPORT_REQUEST,
  RUNTIME_PREVIEW_REQUEST,
  type TextAnswer,
} from "../../../../shared/src/protocol.ts";
import { configDocument } from "../../ide/configDocument.ts";
import { prepareReport, reportMarkdown } from "../../ide/reportDocument.ts";
import { prepareRuntimePreview, runtimePreview } from "../../ide/runtimePreview.ts";
import type { Workspace } from "../../ide/workspace.ts";
import { Positions, pathOf } from "../convert.ts";
import { cancelled } from "../features.ts";
import { jobEnd, measured } from "../schedule.ts";

export function answerDocuments(connection: Connection, ready: () => Promise<void>, workspace: () => Workspace): void {
  connection.onRequest(EVALUATED_CONFIG_REQUEST, (): TextAnswer => {
    const { db, roots } = workspace();
    const documents = roots.map((root) => configDocument(db, root));
    return { text: JSON.stringify(documents.length === 1 ? documents[0] : documents, null, 2) };
  });
  connection.onRequest(
    RUNTIME_PREVIEW_REQUEST,
    async ({ uri, position }: PlaceParameters, token): Promise<TextAnswer> => {
      await ready();
      const { db } = workspace();
      const file = pathOf(uri);
      if (file === undefined) return { text: "" };
      if (!(await jobEnd(prepareRuntimePreview(db, file), token))) throw cancelled();
      return { text: measured(() => runtimePreview(db, file, new Positions(db).offset(file, position))) };
    },
  );
  connection.onRequest(REPORT_REQUEST, async (_nothing: object, token: CancellationToken): Promise<TextAnswer> => {
    await ready();
    const { db, roots } = workspace();
    if (!(await jobEnd(prepareReport(db), token))) throw cancelled();
    return { text: measured(() => roots.map((root) => reportMarkdown(db, root)).join("\n")) };
  });
}
