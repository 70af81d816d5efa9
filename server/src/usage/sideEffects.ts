/** Which files have no effects by being evaluated, as `sideEffects` of their package and their own code say. */
import { packageFlag } from "../project/packageFlag.ts";
import { treeFacts } from "../syntax/treeFacts.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/**
 * `none`: flagged by the package; `pure`: no statement of it has an effect, which leaves its imports; `some`.
 */
export type SideEffects = "none" | "pure" | "some";

/** Of one file, its imports aside; as webpack tells it, or Rspack. */
export function sideEffectsOf(db: Db, file: FilePath, rspack = false): SideEffects {
  const flag = packageFlag(db, file);
  if (flag !== undefined) return flag ? "some" : "none";
  const { pure, pureInRspack } = treeFacts(db, file).uses;
  return (rspack ? pureInRspack : pure) ? "pure" : "some";
}
