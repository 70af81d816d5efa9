/** Which exports each importer of a shared key references, and over all importers: the shape of `usage --json`. */

import type { TextRange } from "../base/text.ts";
import type { ContainerId } from "../graph/container.ts";
import type { FilePath } from "../vfs/path.ts";

export interface UnusedImport {
  readonly file: FilePath;
  /** The exported name: `map`, `default`, `*`. */
  readonly name: string;
  readonly local: string;
  /** The specifier in the import clause. */
  readonly range: TextRange;
}

export interface SharedUsage {
  readonly shareScope: string;
  readonly shareKey: string;
  readonly container: ContainerId;
  /** Exports referenced, sorted. */
  readonly used: readonly string[];
  /** The whole module is referenced: a namespace that escapes, `require`, `export *` of an unknown. */
  readonly whole: boolean;
  /** Exports of the fallback or provided module; `null` when they cannot be known. */
  readonly provided: readonly string[] | null;
  readonly importedButUnused: readonly UnusedImport[];
  readonly importers: readonly FilePath[];
}
