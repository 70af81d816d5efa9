/**
 * What a module's code takes from each of its requests at run time, and which of its own exports that use hangs on, as
 * the dependencies of webpack's parser say it. Facts without offsets.
 */
import type { TextRange } from "../base/text.ts";
import type { FilePath } from "../vfs/path.ts";
import { createdRequires } from "./createdRequires.ts";
import { syntaxErrorCount, type ts } from "./parse.ts";
import { isComponentFile } from "./scriptBlocks.ts";
import { UseCollector } from "./uses/collector.ts";
import type { ModuleUses } from "./uses/facts.ts";

/** Everything may be used. */
export const UNCERTAIN: ModuleUses = {
  imports: [],
  uses: [],
  reexports: [],
  exportedRequires: [],
  own: [],
  erasable: [],
  pure: false,
  pureInRspack: false,
  named: {},
  constants: {},
  uncertain: true,
};

/** Of a text and its tree; `statements` are where its requests stand, by their indexes, and absent where nobody can tell. */
export function moduleUsesOf(
  path: FilePath,
  text: string,
  tree: ts.SourceFile,
  statements: readonly TextRange[] | undefined,
  hasGuardedRequest = false,
): ModuleUses {
  if (statements === undefined || isComponentFile(path) || /\bwith\s*\(/.test(text)) return UNCERTAIN;
  if (syntaxErrorCount(tree) > 0 || createdRequires(text) !== undefined) return UNCERTAIN;
  const requestAt = new Map(statements.map(({ start }, index) => [start, index]));
  return new UseCollector(tree, requestAt, /\.[cm]?tsx?$/.test(path)).collect(hasGuardedRequest);
}
