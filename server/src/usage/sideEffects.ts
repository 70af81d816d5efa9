/** Which files have no effects by being evaluated, as `sideEffects` of their package and their own code say. */
import { packageFlag } from "../project/packageFlag.ts";
import { query } from "../query/database.ts";
import { type ModuleFacts, moduleFacts } from "../syntax/index.ts";
import { moduleUses } from "../syntax/treeFacts.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";

/**
 * `none`: flagged by the package; `pure`: no statement of it has an effect, which leaves its imports; `some`.
 */
export type SideEffects = "none" | "pure" | "some";

/** Code that gives exports has an effect. */
const COMMON_JS = /\b(?:exports|module|require|define|this)\b/;

const effects = query<World, SideEffects>("sideEffects", (db, file) => {
  const { found, facts } = flagged(db, file);
  if (facts === undefined) return found;
  if (!facts.esm && COMMON_JS.test(fileText(db, file) ?? "")) return "some";
  return moduleUses(db, file).pure ? "pure" : "some";
});

const effectsInRspack = query<World, SideEffects>("sideEffectsInRspack", (db, file) => {
  const { found, facts } = flagged(db, file);
  return facts === undefined ? found : moduleUses(db, file).pureInRspack ? "pure" : "some";
});

/** What is known without the statements; `facts` where these decide. */
function flagged(db: Db, file: FilePath): { readonly found: SideEffects; readonly facts?: ModuleFacts } {
  const flag = packageFlag(db, file);
  if (flag !== undefined) return { found: flag ? "some" : "none" };
  const facts = moduleFacts(db, file);
  if (facts === undefined || extensionOf(file) === ".json") return { found: "some" };
  const isOther = facts.requests.some(
    ({ kind }) => kind === "cjs require" || kind === "require.resolve" || kind === "new URL" || kind === "new Worker",
  );
  return isOther ? { found: "some" } : { found: "pure", facts };
}

/** Of one file, its imports aside; as webpack tells it, or Rspack. */
export function sideEffectsOf(db: Db, file: FilePath, rspack = false): SideEffects {
  return db.get(rspack ? effectsInRspack : effects, file);
}
