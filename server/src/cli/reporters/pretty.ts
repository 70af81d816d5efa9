/** Findings for a person at a terminal. */

import { counted } from "../../base/counted.ts";
import type { CheckResult } from "../../ide/checkResult.ts";
import type { Severity } from "../../rules/rule.ts";

const COLOURS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 34, hint: 90 };

export function pretty(result: CheckResult, colour: boolean): string {
  const paint = (code: number, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines: string[] = [];
  let file: string | undefined;
  for (const finding of result.findings) {
    if (finding.file !== file) {
      if (file !== undefined) lines.push("");
      file = finding.file;
      lines.push(paint(4, file));
    }
    const { line, character } = finding.range.start;
    const position = `${line + 1}:${character + 1}`.padStart(8);
    lines.push(
      `${position}  ${paint(COLOURS[finding.severity], finding.severity.padEnd(7))}  ${finding.message}  ${paint(90, finding.code)}`,
    );
    for (const { file: other, range, message } of finding.related) {
      lines.push(
        `${" ".repeat(19)}${paint(90, `${other}:${range.start.line + 1}:${range.start.character + 1} ${message}`)}`,
      );
    }
  }
  const { error, warning, info, hint, containers } = result.summary;
  const counts = [
    counted(error, "error"),
    counted(warning, "warning"),
    counted(info, "info", "info"),
    counted(hint, "hint"),
  ].join(", ");
  if (lines.length > 0) lines.push("");
  lines.push(containers === 0 ? "no federation configuration found" : `${counted(containers, "container")}: ${counts}`);
  return `${lines.join("\n")}\n`;
}
