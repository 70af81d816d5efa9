/** The federation as one page without scripts: a drawing, hosts to the left of what they load, and a table. */
import type { Drawing, DrawnContainer } from "../../ide/graphDrawing.ts";
import { escapeHtml } from "./escapeHtml.ts";

/** Pixels. */
const BOX = { width: 220, height: 44 };
const STEP = { x: 330, y: 70 };
const MARGIN = 20;

interface Place {
  readonly x: number;
  readonly y: number;
}

export function graphPage(drawing: Drawing): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Federation graph</title>
<style>:root{color-scheme:light dark}body{font:14px system-ui;margin:2rem}svg{max-width:100%;height:auto}svg text{font:13px system-ui;fill:currentColor}rect{fill:#8881;stroke:currentColor}path{fill:none;stroke:#888}.unknown{stroke-dasharray:5 4}table{border-collapse:collapse;margin-top:2rem}td,th{padding:.3rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid #8885}</style>
<h1>Federation graph</h1>
${picture(drawing)}
<table><tr><th>container</th><th>exposes</th><th>shares</th><th>remotes</th></tr>
${drawing.containers.map((container) => row(container, drawing)).join("\n")}
</table>
</html>
`;
}

function row({ id, label, exposes, shared, isUnknown }: DrawnContainer, { remotes }: Drawing): string {
  if (isUnknown) return `<tr><td>${escapeHtml(label)} (not known)</td><td></td><td></td><td></td></tr>`;
  const aliases = remotes.filter(({ from }) => from === id).map(({ alias }) => alias);
  const cells = [[label], exposes, shared, aliases].map((items) => `<td>${escapeHtml(items.join(", "))}</td>`);
  return `<tr>${cells.join("")}</tr>`;
}

function picture(drawing: Drawing): string {
  const columns = columnsOf(drawing);
  const places = new Map<string, Place>();
  for (const [x, column] of columns.entries())
    for (const [y, { id }] of column.entries()) places.set(id, { x: MARGIN + x * STEP.x, y: MARGIN + y * STEP.y });
  const width = columns.length * STEP.x;
  const height = Math.max(1, ...columns.map(({ length }) => length)) * STEP.y + MARGIN;
  const arrows = drawing.remotes.map(({ from, to, alias, isUnknown }) =>
    arrow(places.get(from)!, places.get(to)!, alias, isUnknown),
  );
  const boxes = drawing.containers.map((container) => box(container, places.get(container.id)!));
  return `<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" aria-label="containers and their remotes">
<defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8"/></marker></defs>
${arrows.join("\n")}
${boxes.join("\n")}
</svg>`;
}

/** Each as far to the right as the shortest way from a host is long; in a circle of remotes any begins. */
function columnsOf({ containers, remotes }: Drawing): readonly (readonly DrawnContainer[])[] {
  const loaded = new Set(remotes.filter(({ from, to }) => from !== to).map(({ to }) => to));
  const depth = new Map<string, number>();
  const walk = (begin: readonly string[]): void => {
    for (const id of begin) depth.set(id, 0);
    const queue = [...begin];
    for (const id of queue) {
      for (const { from, to } of remotes) {
        if (from !== id || depth.has(to)) continue;
        depth.set(to, depth.get(id)! + 1);
        queue.push(to);
      }
    }
  };
  walk(containers.filter(({ id }) => !loaded.has(id)).map(({ id }) => id));
  for (const { id } of containers) if (!depth.has(id)) walk([id]);
  const columns: DrawnContainer[][] = [];
  for (const container of containers) {
    const at = depth.get(container.id) ?? 0;
    while (columns.length <= at) columns.push([]);
    columns[at]!.push(container);
  }
  return columns;
}

function box({ label, exposes, shared, isUnknown }: DrawnContainer, { x, y }: Place): string {
  const more = isUnknown ? "not known" : `${exposes.length} exposed, ${shared.length} shared`;
  return `<g><title>${escapeHtml(exposes.join("\n"))}</title><rect class="${isUnknown ? "unknown" : ""}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/><text x="${x + 10}" y="${y + 18}">${escapeHtml(label)}</text><text x="${x + 10}" y="${y + 36}" opacity=".7">${more}</text></g>`;
}

function arrow(from: Place, to: Place, alias: string, isUnknown: boolean): string {
  const begin = { x: from.x + BOX.width, y: from.y + BOX.height / 2 };
  const end = { x: to.x, y: to.y + BOX.height / 2 };
  const bend = Math.max(40, Math.abs(end.x - begin.x) / 2);
  const path = `M${begin.x} ${begin.y}C${begin.x + bend} ${begin.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
  return `<path class="${isUnknown ? "unknown" : ""}" marker-end="url(#end)" d="${path}"><title>${escapeHtml(alias)}</title></path>`;
}
