/** A file's plain module is the same in every build that holds it. */
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import type { NormalModule } from "./module.ts";

const tables = new WeakMap<Db, Map<FilePath, NormalModule>>();

export function normalModule(db: Db, file: FilePath): NormalModule {
  let table = tables.get(db);
  if (table === undefined) {
    table = new Map();
    tables.set(db, table);
  }
  let module = table.get(file);
  if (module === undefined) {
    module = { type: "normal", id: file, file };
    table.set(file, module);
  }
  return module;
}
