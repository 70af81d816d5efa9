/** The exports that a file provides, its re-exports followed as they resolve. */
import { resolveModule } from "../project/resolveModule.ts";
import { query } from "../query/database.ts";
import { isLive, moduleFacts, PRODUCTION } from "../syntax/index.ts";
import { exportFacts } from "../syntax/treeFacts.ts";
import { type FilePath, parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { ExportTable, type ModuleExports } from "./exportTable.ts";

/** Keys are `<resolve options> <file>`. */
const exported = query<World, ModuleExports>("providedExports", (db, key) => {
  const space = key.indexOf(" ");
  return fileExports(db, Number(key.slice(0, space))).exportsOf(key.slice(space + 1));
});

/** Exports of files as they resolve with the given options, as in `resolveOptionsId`. */
export function fileExports(db: Db, options: number): ExportTable<FilePath> {
  return new ExportTable<FilePath>({
    facts: (file) => exportFacts(db, file),
    follow: (file, { specifier, commonJs }) => {
      const asked = moduleFacts(db, file)?.requests.filter((request) => request.specifier === specifier) ?? [];
      if (asked.length > 0 && asked.every(({ guards }) => !isLive(guards, PRODUCTION))) return null;
      const target = resolveModule(db, specifier, parentPath(file), options, commonJs ? "cjs" : "esm");
      return typeof target === "object" ? target.file : undefined;
    },
    standIn: () => undefined,
  });
}

/** Known names, sorted; `null` when more may be provided. `options` as in `resolveOptionsId`. */
export function providedExports(db: Db, file: FilePath, options: number): readonly string[] | null {
  const { names, complete } = db.get(exported, `${options} ${file}`);
  return complete ? [...names].sort() : null;
}
