/** Findings as one page without scripts, for an archive of build results. */
import type { CheckResult } from "../../ide/checkResult.ts";
import { escapeHtml } from "./escapeHtml.ts";

export function html(result: CheckResult): string {
  const rows = result.findings.map(
    ({ severity, file, range, message, code }) =>
      `<tr class="${severity}"><td>${severity}</td><td><code>${escapeHtml(file)}:${range.start.line + 1}:${range.start.character + 1}</code></td><td>${escapeHtml(message)}</td><td><code>${escapeHtml(code)}</code></td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Federation Lens</title>
<style>:root{color-scheme:light dark}body{font:14px system-ui;margin:2rem}table{border-collapse:collapse}td,th{padding:.3rem .7rem;text-align:left;border-bottom:1px solid #8885}.error td:first-child{color:#d33}.warning td:first-child{color:#b80}</style>
<h1>Federation Lens</h1>
<p>${result.summary.containers} containers: ${result.summary.error} errors, ${result.summary.warning} warnings, ${result.summary.info} infos, ${result.summary.hint} hints</p>
<table><thead><tr><th>Severity</th><th>Place</th><th>Finding</th><th>Rule</th></tr></thead><tbody>
${rows.join("\n")}
</tbody></table></html>
`;
}
