/**
 * Comments that switch rules off where a person has decided so:
 * `federation-lens-disable-next-line shared/unused-import -- reason`, `federation-lens-disable-line …`,
 * `federation-lens-disable …` for the whole file. Without a rule id, all rules.
 */
import { derivedInput } from "../vfs/vfs.ts";
import type { Finding } from "./rule.ts";

const DIRECTIVE = /federation-lens-disable(-next-line|-line)?(?![\w-])([^\r\n]*)/g;

/** Whether a file holds such comments; few do. */
export const hasDirectives = derivedInput(
  "hasDirectives",
  (_path, text) => text?.includes("federation-lens-disable") === true,
);

export function isSuppressed(text: string, finding: Finding): boolean {
  const line = lineOf(text, finding.source.range.start);
  for (const match of text.matchAll(DIRECTIVE)) {
    const [, where, rest = ""] = match;
    if (!names(rest, finding.code)) continue;
    const at = lineOf(text, match.index);
    if (where === undefined || (where === "-line" && at === line) || (where === "-next-line" && at + 1 === line))
      return true;
  }
  return false;
}

/** The ids before `--` and the comment's end; none means all. */
function names(rest: string, code: string): boolean {
  const ids: readonly string[] = rest.split("--")[0]!.match(/[a-z][\w-]*\/[\w-]+/g) ?? [];
  return ids.length === 0 || ids.includes(code);
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
