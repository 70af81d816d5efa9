/** Behind a shared import: the version that wins at run time, where it is one and the same for every build. */
import { shareResolution } from "../analysis/resolveShare.ts";
import type { TextRange } from "../base/text.ts";
import type { ConsumeSharedModule } from "../graph/module.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { containerLabel } from "./shareText.ts";
import { importTargets } from "./targets.ts";

export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

export function inlayHints(db: Db, file: FilePath, range: TextRange): readonly InlayHint[] {
  const versions = new Map<number, Set<string>>();
  for (const target of importTargets(db, file)) {
    if (target.kind !== "shared import" || target.range.end < range.start || target.range.start > range.end) continue;
    const outcomes = versions.get(target.range.end) ?? new Set();
    outcomes.add(outcomeOf(db, target.module));
    versions.set(target.range.end, outcomes);
  }
  return [...versions].flatMap(([offset, outcomes]) => {
    const [outcome = ""] = outcomes;
    if (outcomes.size !== 1 || outcome === "") return [];
    const [version = "", provider = ""] = outcome.split("\0");
    return [{ offset, label: version, tooltip: `at run time ${version} of ${provider}` }];
  });
}

/** Version and provider; empty where they are not known. */
function outcomeOf(db: Db, module: ConsumeSharedModule): string {
  const { consumers } = shareResolution(db, module.shareScope, module.shareKey);
  const consumer = consumers.find((item) => item.module === module.id && item.container === module.container);
  if (typeof consumer?.version !== "string" || consumer.outcome === "unknown") return "";
  return `${consumer.version}\0${containerLabel(db, consumer.provider)}`;
}
