/** What stands under the cursor, told in Markdown: shared and remote imports, keys and values of a configuration. */

import { shareResolution } from "../analysis/resolveShare.ts";
import { containsOffset, LineIndex, type TextRange } from "../base/text.ts";
import { evaluatedExpression } from "../bundlers/evaluatedExpression.ts";
import { remedyFor } from "../bundlers/remedy.ts";
import type { Json } from "../evaluate/evaluated.ts";
import type { Container, Expose, Remote } from "../graph/container.ts";
import {
  consumesOf,
  containerById,
  containerGraph,
  containers,
  federatedRequests,
  remoteTarget,
  workspacePath,
} from "../graph/index.ts";
import { workspaceRoots } from "../project/workspace.ts";
import { factRanges } from "../syntax/index.ts";
import { usageIsKnown } from "../usage/sharedUsage.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText } from "../vfs/vfs.ts";
import { containerLabel, shareMarkdown } from "./shareText.ts";
import { importersOfExpose, targetsAt } from "./targets.ts";
import { usageMarkdown } from "./usageText.ts";

export interface Hover {
  readonly range: TextRange;
  readonly markdown: string;
  /** More could be told once the usage over the workspace has been worked out. */
  readonly wantsUsage?: boolean;
}

export function hover(db: Db, file: FilePath, offset: number): Hover | undefined {
  return (
    requestHover(db, file, offset) ??
    configHover(db, file, offset) ??
    entryHover(db, file, offset) ??
    evaluatedHover(db, file, offset)
  );
}

function requestHover(db: Db, file: FilePath, offset: number): Hover | undefined {
  const ranges = factRanges(db, file)?.requests;
  if (ranges === undefined) return undefined;
  const parts = new Map<string, string>();
  let range: TextRange | undefined;
  let wantsUsage = false;
  for (const { container, request, requestIndex, to } of federatedRequests(db, file)) {
    const place = requestIndex === undefined ? undefined : ranges[requestIndex];
    if (place === undefined || !containsOffset(place, offset)) continue;
    range = place;
    const module = containerGraph(db, container).modules.get(to);
    if (module?.type === "consume-shared") {
      const resolution = shareResolution(db, module.shareScope, module.shareKey);
      const share = shareMarkdown(db, module, resolution, request);
      wantsUsage ||= !usageIsKnown(db);
      const usage = usageMarkdown(db, file, module);
      parts.set(`${container} ${to}`, usage === "" ? share : `${share}\n\n${usage}`);
    } else if (module?.type === "remote") parts.set(`${container} ${to}`, remoteMarkdown(db, container, request));
  }
  return range === undefined || parts.size === 0
    ? undefined
    : { range, markdown: [...parts.values()].join("\n\n---\n\n"), wantsUsage };
}

function remoteMarkdown(db: Db, id: string, request: string): string {
  const container = containerById(db, id)!;
  const target = remoteTarget(db, container, request)!;
  const lines = [
    `**${request}**: module \`${target.expose}\` of the remote \`${target.remote.alias}\` of \`${containerLabel(db, id)}\``,
    "",
    ...target.remote.addresses.map((address) => `- address: \`${address}\``),
  ];
  const { provider } = target;
  if (provider === undefined)
    lines.push("- its container is not in this workspace, or cannot be told from the address");
  else {
    const expose = provider.exposes.find((item) => item.key === target.expose);
    const file = expose?.files.at(-1);
    lines.push(`- container: \`${provider.name ?? provider.project}\` of \`${provider.project}\``);
    if (expose === undefined)
      lines.push(
        `- not exposed; exposed are ${provider.exposes.map(({ key }) => `\`${key}\``).join(", ") || "no modules"}`,
      );
    else if (provider.elsewhere) lines.push("- exposed by another repository");
    else lines.push(`- exposed file: \`${file === undefined ? expose.requests.join(", ") : workspacePath(db, file)}\``);
  }
  return lines.join("\n");
}

/** On a key of `shared`: what each of its consumes gets; elsewhere in a configuration: the evaluated value. */
function configHover(db: Db, file: FilePath, offset: number): Hover | undefined {
  for (const container of containers(db)) {
    for (const [index, consume] of container.consumes.entries()) {
      const { source } = consume;
      if (source.file !== file || !containsOffset(source.range, offset)) continue;
      const modules = consumesOf(db, consume.shareScopes[0] ?? "default", consume.shareKey);
      const own = modules.filter((module) => module.container === container.id && module.consume === index);
      const texts = own.map((module) =>
        shareMarkdown(db, module, shareResolution(db, module.shareScope, module.shareKey)),
      );
      const unused = `**${consume.request}** is shared by \`${container.name ?? container.project}\`, and none of its modules imports it.`;
      return { range: source.range, markdown: texts.length > 0 ? texts.join("\n\n---\n\n") : unused };
    }
  }
  return unresolvedHover(db, file, offset);
}

/** On a remote or an expose of a configuration: what it was evaluated to, and what it leads to. */
function entryHover(db: Db, file: FilePath, offset: number): Hover | undefined {
  for (const target of targetsAt(db, file, offset)) {
    const { range } = target;
    if (target.kind === "remote") return { range, markdown: remoteEntryMarkdown(db, target.container, target.remote) };
    if (target.kind === "expose") return { range, markdown: exposeMarkdown(db, target.container, target.expose) };
  }
  return undefined;
}

function remoteEntryMarkdown(db: Db, container: Container, { alias, addresses, container: id }: Remote): string {
  const provider =
    id === undefined
      ? "its container is not in this workspace, or cannot be told from the address"
      : `container: \`${containerLabel(db, id)}\`, configured in \`${workspacePath(db, containerById(db, id)!.config.file)}\``;
  return [
    `**${alias}** is a remote of \`${containerLabel(db, container.id)}\``,
    "",
    ...addresses.map((address) => `- address: \`${address}\``),
    `- ${provider}`,
  ].join("\n");
}

function exposeMarkdown(db: Db, container: Container, { key, requests, files }: Expose): string {
  const importers = new Set(importersOfExpose(db, container, key).map(({ file }) => workspacePath(db, file)));
  const leads = requests.map((request, index) => {
    const file = files[index];
    return `- \`${request}\`${file === undefined ? "" : `: \`${workspacePath(db, file)}\``}`;
  });
  const users = [...importers].map((file) => `\`${file}\``).join(", ") || "no file of the workspace";
  return [
    `**${key}** is exposed by \`${containerLabel(db, container.id)}\``,
    "",
    ...leads,
    `- imported by ${users}`,
  ].join("\n");
}

/** A value that cannot be known: the reason. */
function unresolvedHover(db: Db, file: FilePath, offset: number): Hover | undefined {
  for (const { config } of containers(db)) {
    for (const { path, reason, source } of config.unresolved) {
      if (source.file !== file || !containsOffset(source.range, offset)) continue;
      const remedy = remedyFor(reason);
      const advice = remedy === undefined ? "" : `\n\nTo make it known: ${remedy}.`;
      return { range: source.range, markdown: `\`${path}\` is not known statically: ${reason}${advice}` };
    }
  }
  return undefined;
}

/** Longer values are cut. */
const MOST_LINES = 24;

/** On any other key or value of a configuration: what it gives. */
function evaluatedHover(db: Db, file: FilePath, offset: number): Hover | undefined {
  for (const root of workspaceRoots(db)) {
    const found = evaluatedExpression(db, root, file, offset);
    if (found === undefined) continue;
    const { config, range, values, origin } = found;
    const parts = values.map(({ value, remedy }) => {
      if (!value.known) {
        const possible = value.alternatives ?? (value.partial === undefined ? [] : [value.partial]);
        const advice = remedy === undefined ? "" : `\n\nTo make it known: ${remedy}.`;
        return `${possible.map(valueBlock).join("\n")}\nnot known statically: ${value.reason}${advice}`;
      }
      const condition = value.assumes === undefined ? "" : `\nas long as ${value.assumes.join(" and ")}`;
      return `${valueBlock(value.value)}${condition}`;
    });
    if (origin !== undefined) parts.push(`from \`${workspacePath(db, origin.file)}:${lineOf(db, origin)}\``);
    if (values.length > 1) parts.unshift("its values, one after the other:");
    parts.push(`for ${config.plugin} of \`${workspacePath(db, config.file)}\``);
    return { range, markdown: parts.join("\n\n") };
  }
  return undefined;
}

function valueBlock(value: Json): string {
  const lines = JSON.stringify(value, null, 2).split("\n");
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "…"] : lines;
  return ["```json", ...shown, "```"].join("\n");
}

function lineOf(db: Db, { file, range }: SourceRange): number {
  return new LineIndex(fileText(db, file) ?? "").position(range.start).line + 1;
}
