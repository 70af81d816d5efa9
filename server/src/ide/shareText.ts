/** What people are told about a share key: the answer first, then who provides, then why. Markdown. */
import type { ShareConsumer, SharePossibility, ShareResolution } from "../analysis/shareResolution.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerById, workspacePath } from "../graph/index.ts";
import { type MatchKind, matchKind } from "../graph/matching.ts";
import type { ConsumeSharedModule } from "../graph/module.ts";
import type { Db } from "../vfs/vfs.ts";

/** Rows of the table of providers beyond which the rest is counted. */
const SHOWN_PROVIDERS = 12;

/** Possible outcomes that are told; there is seldom more than one of each kind. */
const SHOWN_POSSIBILITIES = 6;

export function containerLabel(db: Db, id: ContainerId | undefined): string {
  const container = id === undefined ? undefined : containerById(db, id);
  return container === undefined ? "?" : (container.name ?? container.project);
}

/** One line: the version that a consumer gets, and whose. */
export function outcomeText(db: Db, consumer: ShareConsumer): string {
  const version =
    consumer.version === undefined
      ? ""
      : consumer.version === false
        ? "an unversioned copy"
        : `**${consumer.version}**`;
  const from = `\`${containerLabel(db, consumer.provider)}\``;
  if (consumer.outcome === "shared") return `gets ${version} from ${from}`;
  if (consumer.outcome === "shared-with-warning") return `gets ${version} from ${from}, with a warning`;
  if (consumer.outcome === "fallback") return `gets its own fallback${version === "" ? "" : `, ${version}`}`;
  if (consumer.outcome === "error") return "fails at run time";
  return "gets a version that cannot be known statically";
}

/** One of several outcomes, and when it comes about. */
export function possibilityText(db: Db, { outcome, version, provider, when }: SharePossibility): string {
  if (outcome === "error") return `fails at run time, ${when}`;
  const what = version === undefined ? "another version" : version === false ? "an unversioned copy" : version;
  const from = provider === undefined ? "" : ` of ${containerLabel(db, provider)}`;
  return `${outcome === "fallback" ? "the own fallback" : what + from}${outcome === "shared-with-warning" ? ", with a warning" : ""}, ${when}`;
}

export function requiredText(consume: ConsumeSharedModule): string {
  if (consume.requiredVersion === false) return "none wanted (`requiredVersion: false`)";
  return consume.requiredVersion === null ? "none could be determined" : `\`${consume.requiredVersion}\``;
}

const MATCHES: Readonly<Record<MatchKind, string>> = {
  exact: "which it is",
  prefix: "which it begins with",
  "resolved-file": "whose file it leads to",
  "node-modules-path": "which is its path below `node_modules`",
};

/** Why a request is shared: the key of the configuration that it comes under. */
function matchLines(
  db: Db,
  { container, consume }: ConsumeSharedModule,
  request: string | undefined,
): readonly string[] {
  const entry = containerById(db, container)?.consumes[consume];
  if (request === undefined || entry === undefined) return [];
  return [`- matched by the key \`${entry.request}\`, ${MATCHES[matchKind(entry, request)]}`];
}

/** The whole text for one consume-shared module; `request`: as one of its importers asks for it. */
export function shareMarkdown(
  db: Db,
  consume: ConsumeSharedModule,
  resolution: ShareResolution,
  request?: string,
): string {
  const consumer = resolution.consumers.find(
    (item) => item.module === consume.id && item.container === consume.container,
  );
  const flags = [
    consume.singleton && "singleton",
    consume.strictVersion && "strict version",
    consume.eager && "eager",
  ].filter(Boolean);
  const place = consume.requiredVersionSource;
  const from = place === undefined ? "" : ` from \`${workspacePath(db, place.file)}\``;
  const lines = [
    `**${consume.shareKey}** in \`${containerLabel(db, consume.container)}\` ${consumer === undefined ? "" : outcomeText(db, consumer)}`,
    "",
    `- share key \`${consume.shareKey}\`, share scope \`${consume.shareScope}\`${flags.length > 0 ? `, ${flags.join(", ")}` : ""}`,
    ...matchLines(db, consume, request),
    `- required version: ${requiredText(consume)}${from}`,
    `- fallback: ${consume.fallback === null ? "none" : `\`${workspacePath(db, consume.fallback)}\``}`,
  ];
  if (resolution.providers.length > 0) {
    lines.push("", "| provided by | version |", "| --- | --- |");
    for (const provider of resolution.providers.slice(0, SHOWN_PROVIDERS)) {
      lines.push(
        `| \`${containerLabel(db, provider.container)}\` | ${provider.version === false ? "none" : provider.version}${provider.eager ? " (eager)" : ""} |`,
      );
    }
    const more = resolution.providers.length - SHOWN_PROVIDERS;
    if (more > 0) lines.push(`| … ${more} more | |`);
  } else lines.push("", "No container of the workspace provides it.");
  if (consumer !== undefined && consumer.why.length > 0) {
    lines.push("", "Why:", ...consumer.why.map((reason, index) => `${index + 1}. ${reason}`));
  }
  if (consumer !== undefined && consumer.possibilities.length > 0) {
    const possible = consumer.possibilities.slice(0, SHOWN_POSSIBILITIES);
    lines.push("", "Possible:", ...possible.map((possibility) => `- ${possibilityText(db, possibility)}`));
  }
  if (consumer?.message !== undefined) lines.push("", "The runtime says:", "```", consumer.message, "```");
  return lines.join("\n");
}
