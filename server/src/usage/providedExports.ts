/** The exports that a module provides, through `export *`. */
import { resolveModule } from "../project/resolveModule.ts";
import { query } from "../query/database.ts";
import { exportFacts } from "../syntax/exportFacts.ts";
import { type FilePath, parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";

/** Keys are `<resolve options> <file>`. */
const provided = query<World, readonly string[] | null>(
  "providedExports",
  (db, key) => {
    const space = key.indexOf(" ");
    const options = Number(key.slice(0, space));
    const file = key.slice(space + 1);
    const facts = exportFacts(db, file);
    if (facts === undefined || !facts.complete) return null;
    const names = new Set(facts.names);
    for (const star of facts.stars) {
      const target = resolveModule(db, star, parentPath(file), options, "esm");
      const inner = typeof target === "object" ? providedExports(db, target.file, options) : null;
      if (inner === null) return null;
      for (const name of inner) if (name !== "default") names.add(name);
    }
    return [...names].sort();
  },
  { onCycle: () => [] },
);

/** Sorted names; `null` when they cannot be known. `options` as in `resolveOptionsId`. */
export function providedExports(db: Db, file: FilePath, options: number): readonly string[] | null {
  return db.get(provided, `${options} ${file}`);
}
