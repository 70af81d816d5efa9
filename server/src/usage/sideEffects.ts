/** Which files have no effects by being evaluated, as `sideEffects` of their package and their own code say. */
import picomatch from "picomatch";
import { type Manifest, manifestsAbove } from "../project/manifest.ts";
import { query } from "../query/database.ts";
import { moduleFacts } from "../syntax/index.ts";
import { moduleUses } from "../syntax/moduleUses.ts";
import { extensionOf, type FilePath, parentPath, relativePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";

/**
 * `none`: flagged by the package; `pure`: no statement of it has an effect, which leaves its imports; `some`.
 */
export type SideEffects = "none" | "pure" | "some";

const effects = query<World, SideEffects>("sideEffects", (db, file) => {
  const flag = packageFlag(db, file);
  if (flag !== undefined) return flag ? "some" : "none";
  const facts = moduleFacts(db, file);
  if (facts === undefined || !facts.esm || extensionOf(file) === ".json") return "some";
  const isOther = facts.requests.some(
    ({ kind }) => kind === "cjs require" || kind === "require.resolve" || kind === "new URL",
  );
  return !isOther && moduleUses(db, file).pure ? "pure" : "some";
});

/** Of one file, its imports aside. */
export function sideEffectsOf(db: Db, file: FilePath): SideEffects {
  return db.get(effects, file);
}

/** What `sideEffects` of the file's package says: whether it has some; `undefined` where it says nothing. */
export function packageFlag(db: Db, file: FilePath): boolean | undefined {
  const found = flaggingManifest(db, file);
  if (found === undefined) return undefined;
  return matchesFlag(found.data.sideEffects, `./${relativePath(parentPath(found.file), file)}`);
}

/** A manifest without a name, inside of a package, leaves the question to the one above. */
function flaggingManifest(db: Db, file: FilePath): Manifest | undefined {
  const inPackage = file.includes("/node_modules/");
  for (const found of manifestsAbove(db, parentPath(file))) {
    if (found.data.sideEffects !== undefined) return found;
    if (found.name !== undefined || !inPackage) return undefined;
  }
  return undefined;
}

function matchesFlag(flag: unknown, path: string): boolean {
  if (typeof flag === "boolean") return flag;
  if (Array.isArray(flag)) return flag.some((item) => matchesFlag(item, path));
  if (typeof flag !== "string") return true;
  const pattern = (flag.includes("/") ? flag : `**/${flag}`).replace(/^\.\//, "");
  return picomatch.isMatch(path.slice(2), pattern, { dot: true });
}
