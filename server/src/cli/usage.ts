/** `fedlens usage`: which exports of each shared module are used. */
import { shareUsageDocument, usageDocument, usageText } from "../ide/usageDocument.ts";
import type { AnswerOptions } from "./answers.ts";
import { open } from "./open.ts";
import { print, printJson } from "./output.ts";

export interface UsageOptions extends AnswerOptions {
  readonly format?: "text" | "json" | "share-usage";
  readonly perContainer?: boolean;
  readonly details?: boolean;
}

export function runUsage(directory: string | undefined, options: UsageOptions): number {
  const { workspace, root } = open(directory, options);
  if (options.format === "share-usage") printJson(shareUsageDocument(workspace.db));
  else if (options.json || options.format === "json")
    printJson(usageDocument(workspace.db, root, options.perContainer === true, options.details === true));
  else print(usageText(workspace.db, root, options.perContainer === true));
  return 0;
}
