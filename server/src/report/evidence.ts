/** What a statement of a report rests on: a sentence, and where it stands. */

import type { ContainerId } from "../graph/container.ts";
import { containerById } from "../graph/index.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";

export interface Evidence {
  readonly text: string;
  readonly source: SourceRange | undefined;
}

/** How people call an app: its container's name, or its package's. */
export function appName(db: Db, id: ContainerId): string {
  const container = containerById(db, id);
  return container === undefined ? id : (container.name ?? container.project);
}

/** Bytes or characters as people read them. */
export function sizeText(size: number): string {
  if (size < 1000) return `${size} B`;
  return size < 1_000_000 ? `${Math.round(size / 100) / 10} kB` : `${Math.round(size / 100_000) / 10} MB`;
}
