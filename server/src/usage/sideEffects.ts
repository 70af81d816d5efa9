/** Which files have no effects by being evaluated, as `sideEffects` of their package and their own code say. */
import { packageFlag } from "../project/packageFlag.ts";
import { query } from "../query/database.ts";
import { moduleFacts } from "../syntax/index.ts";
import { moduleUses } from "../syntax/moduleUses.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";

/**
 * `none`: flagged by the package; `pure`: no statement of it has an effect, which leaves its imports; `some`.
 */
export type SideEffects = "none" | "pure" | "some";

/** Code that gives exports has an effect. */
const COMMON_JS = /\b(?:exports|module|require|define|this)\b/;

const effects = query<World, SideEffects>("sideEffects", (db, file) => {
  const flag = packageFlag(db, file);
  if (flag !== undefined) return flag ? "some" : "none";
  const facts = moduleFacts(db, file);
  if (facts === undefined || extensionOf(file) === ".json") return "some";
  if (!facts.esm && COMMON_JS.test(fileText(db, file) ?? "")) return "some";
  const isOther = facts.requests.some(
    ({ kind }) => kind === "cjs require" || kind === "require.resolve" || kind === "new URL",
  );
  return !isOther && moduleUses(db, file).pure ? "pure" : "some";
});

/** Of one file, its imports aside. */
export function sideEffectsOf(db: Db, file: FilePath): SideEffects {
  return db.get(effects, file);
}
