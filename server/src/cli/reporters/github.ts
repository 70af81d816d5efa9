/** Findings as annotations of a GitHub Actions run. */

import type { CheckResult } from "../../ide/checkResult.ts";
import type { Severity } from "../../rules/rule.ts";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
};

export function github(result: CheckResult): string {
  return result.findings
    .map(({ severity, file, range, code, message }) => {
      const place = [
        `file=${property(file)}`,
        `line=${range.start.line + 1}`,
        `endLine=${range.end.line + 1}`,
        `col=${range.start.character + 1}`,
        `endColumn=${range.end.character + 1}`,
        `title=${property(code)}`,
      ].join(",");
      return `::${COMMANDS[severity]} ${place}::${data(message)}\n`;
    })
    .join("");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
