/**
 * What a module's code takes from each of its requests at run time, and which of its own exports that use hangs on, as
 * the dependencies of webpack's parser say it. Facts without offsets.
 */
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { factRanges, moduleFacts } from "./index.ts";
import { parseFile, syntaxErrorCount } from "./parse.ts";
import { isComponentFile, scriptText } from "./scriptBlocks.ts";
import { UseCollector } from "./uses/collector.ts";
import type { ModuleUses } from "./uses/facts.ts";

const UNCERTAIN: ModuleUses = {
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

const uses = query<World, ModuleUses>("moduleUses", (db, path) => {
  const text = fileText(db, path);
  const statements = factRanges(db, path)?.statements;
  if (text === undefined || statements === undefined || moduleFacts(db, path)?.broken === true) return UNCERTAIN;
  if (isComponentFile(path) || /\bwith\s*\(/.test(text)) return UNCERTAIN;
  const tree = parseFile(path, scriptText(path, text), true);
  if (syntaxErrorCount(tree) > 0) return UNCERTAIN;
  const requestAt = new Map(statements.map(({ start }, index) => [start, index]));
  return new UseCollector(tree, requestAt, /\.[cm]?tsx?$/.test(path)).collect();
});

/** Of a file of a build; everything is uncertain where the text cannot be read. */
export function moduleUses(db: Db, path: FilePath): ModuleUses {
  return db.get(uses, path);
}
