/** The report as one page without scripts: its Markdown, of which only what the report writes is understood. */
import { escapeHtml } from "./escapeHtml.ts";

export function reportPage(markdown: string): string {
  const body: string[] = [];
  let table = false;
  let list = false;
  let code = false;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) {
      body.push(code ? "</pre>" : "<pre>");
      code = !code;
      continue;
    }
    if (code) {
      body.push(escapeHtml(line));
      continue;
    }
    if (table && !line.startsWith("|")) body.push("</table>");
    if (list && !line.startsWith("- ")) body.push("</ul>");
    if (!table && line.startsWith("|")) body.push("<table>");
    if (!list && line.startsWith("- ")) body.push("<ul>");
    const header = !table;
    table = line.startsWith("|");
    list = line.startsWith("- ");
    const heading = /^(#+) (.*)$/.exec(line);
    if (heading !== null) body.push(`<h${heading[1]!.length}>${inline(heading[2]!)}</h${heading[1]!.length}>`);
    else if (/^\|(?:-+\|)+$/.test(line)) continue;
    else if (table) body.push(row(line, header));
    else if (list) body.push(`<li>${inline(line.slice(2))}</li>`);
    else if (line !== "") body.push(`<p>${inline(line)}</p>`);
  }
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Federation report</title>
<style>:root{color-scheme:light dark}body{font:14px system-ui;margin:2rem;max-width:80rem}table{border-collapse:collapse}td,th{padding:.3rem .7rem;text-align:left;border-bottom:1px solid #8885}code,pre{background:#8882;padding:.1em .3em}</style>
${body.join("\n")}
</html>
`;
}

function row(line: string, header: boolean): string {
  const cells = line.slice(1, -1).split("|");
  const tag = header ? "th" : "td";
  return `<tr>${cells.map((cell) => `<${tag}>${inline(cell.trim())}</${tag}>`).join("")}</tr>`;
}

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/`([^`]*)`/g, "<code>$1</code>")
    .replace(/\*\*([^*]*)\*\*/g, "<strong>$1</strong>");
}
