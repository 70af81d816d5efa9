/** `fedlens resolve`: per share scope and key, who provides what and which version each consumer gets. */
import { shareResolutions } from "../analysis/resolveShare.ts";
import type { ShareResolution } from "../analysis/shareResolution.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Places } from "./places.ts";
import { containerLabel, possibilityText } from "./shareText.ts";

/** `key` keeps one share key. */
export function resolveDocument(db: Db, root: FilePath, key?: string): object {
  const places = new Places(db, root);
  const scopes: Record<string, Record<string, object>> = {};
  for (const resolution of shareResolutions(db)) {
    if (key !== undefined && resolution.shareKey !== key) continue;
    scopes[resolution.shareScope] ??= {};
    scopes[resolution.shareScope]![resolution.shareKey] = resolutionData(db, places, resolution);
  }
  return { schema: "federation-lens/resolve@1", scopes };
}

function resolutionData(db: Db, places: Places, resolution: ShareResolution): object {
  return {
    providers: resolution.providers.map(({ container, version, eager, loaded, source }) => ({
      container: containerLabel(db, container),
      version,
      eager,
      loaded,
      from: source === undefined ? null : places.path(source.file),
    })),
    consumers: resolution.consumers.map((consumer) => ({
      container: containerLabel(db, consumer.container),
      requiredVersion: consumer.requiredVersion,
      singleton: consumer.singleton,
      strictVersion: consumer.strictVersion,
      eager: consumer.eager,
      ...(consumer.layer === undefined ? {} : { layer: consumer.layer }),
      importFallback: consumer.importFallback,
      outcome: consumer.outcome,
      version: consumer.version ?? null,
      provider: consumer.provider === undefined ? null : containerLabel(db, consumer.provider),
      message: consumer.message ?? null,
      why: consumer.why,
      possibilities: consumer.possibilities.map((possibility) => ({
        outcome: possibility.outcome,
        version: possibility.version ?? null,
        provider: possibility.provider === undefined ? null : containerLabel(db, possibility.provider),
        message: possibility.message ?? null,
        when: possibility.when,
      })),
    })),
  };
}

/** For people. */
export function resolveText(db: Db, key?: string): string {
  const lines: string[] = [];
  for (const resolution of shareResolutions(db)) {
    if (key !== undefined && resolution.shareKey !== key) continue;
    lines.push(`${resolution.shareKey} (share scope ${resolution.shareScope})`);
    for (const provider of resolution.providers)
      lines.push(
        `  provided by ${containerLabel(db, provider.container)}: ${provider.version === false ? "no version" : provider.version}`,
      );
    for (const consumer of resolution.consumers) {
      const version =
        consumer.version === undefined ? "" : ` ${consumer.version} of ${containerLabel(db, consumer.provider)}`;
      lines.push(
        `  ${containerLabel(db, consumer.container)} (requires ${consumer.requiredVersion || "any"}${consumer.layer === undefined ? "" : `, layer ${consumer.layer}`}): ${consumer.outcome}${version}`,
      );
      for (const reason of consumer.why) lines.push(`      ${reason}`);
      if (consumer.message !== undefined) lines.push(...consumer.message.split("\n").map((line) => `      > ${line}`));
      for (const possibility of consumer.possibilities)
        lines.push(`      possible: ${possibilityText(db, possibility)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
