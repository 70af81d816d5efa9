/** Which files have no effects by being evaluated, as `sideEffects` of their package and their own code say. */
import { packageFlag } from "../project/packageFlag.ts";
import { treeFacts } from "../syntax/treeFacts.ts";
import type { ModuleUses } from "../syntax/uses/facts.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/**
 * `none`: flagged by the package; `pure`: no statement of it has an effect, which leaves its imports; `some`.
 */
export type SideEffects = "none" | "pure" | "some";

/** Of one file, its imports aside, as webpack tells it. */
export function sideEffectsOf(db: Db, file: FilePath): SideEffects {
  const flag = packageFlag(db, file);
  if (flag !== undefined) return flag ? "some" : "none";
  return isPure(treeFacts(db, file).uses, false) ? "pure" : "some";
}

/** No statement has an effect, as webpack tells it, or Rspack. */
export function isPure(uses: ModuleUses | undefined, rspack: boolean): boolean {
  return uses?.[rspack ? "pureInRspack" : "pure"] === true;
}
