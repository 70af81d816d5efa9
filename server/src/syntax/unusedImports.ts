/** Imported names that nothing in their file refers to, neither at run time nor in a type. */
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { certainlyUsed } from "./certainUse.ts";
import { type ImportBinding, type ImportStatement, importBindings } from "./importBindings.ts";
import { factRanges, moduleFacts } from "./index.ts";
import { parseFile, ts } from "./parse.ts";
import { isComponentFile, scriptText } from "./scriptBlocks.ts";

export interface UnusedBinding {
  readonly statement: ImportStatement;
  readonly binding: ImportBinding;
}

/** Keys are `<file>\0<specifier>\0<specifier>…`. */
const unused = query<World, readonly UnusedBinding[]>("unusedImports", (db, key) => {
  const [path = "", ...specifiers] = key.split("\0");
  const facts = moduleFacts(db, path);
  if (facts === undefined || facts.broken || isComponentFile(path)) return [];
  const wanted = new Set(specifiers);
  if (allCertainlyUsed(db, path, wanted)) return [];
  const { statements, uncertain } = importBindings(db, path);
  if (uncertain) return [];
  const implicit = jsxNames(facts.hasJsx);
  return statements
    .filter((statement) => wanted.has(statement.specifier) && !statement.typeOnly)
    .flatMap((statement) =>
      statement.bindings
        .filter((binding) => !binding.typeOnly && binding.references.length === 0 && !implicit.has(binding.local))
        .map((binding) => ({ statement, binding })),
    );
});

/** Names of imports from the given specifiers that are surely unused. Silent on files that cannot be read in full. */
export function unusedImports(db: Db, path: FilePath, specifiers: readonly string[]): readonly UnusedBinding[] {
  return db.get(unused, [path, ...[...new Set(specifiers)].sort()].join("\0"));
}

/** The classic JSX transform refers to these by name, unseen. */
function jsxNames(hasJsx: boolean): ReadonlySet<string> {
  return new Set(hasJsx ? ["React", "Fragment", "h", "jsx", "createElement"] : []);
}

function allCertainlyUsed(db: Db, path: FilePath, wanted: ReadonlySet<string>): boolean {
  const facts = moduleFacts(db, path);
  const ranges = factRanges(db, path);
  const text = fileText(db, path);
  if (facts === undefined || ranges === undefined || text === undefined) return false;
  const script = scriptText(path, text);
  const statements = facts.requests.flatMap((request, index) =>
    request.kind === "esm import" && !request.sideEffectOnly ? [{ request, range: ranges.statements[index]! }] : [],
  );
  const relevant = statements.filter(({ request }) => wanted.has(request.specifier ?? ""));
  if (relevant.length === 0) return true;
  const locals = localNames(relevant.map(({ range }) => script.slice(range.start, range.end)).join("\n"));
  const imports = statements.map(({ range }) => range);
  return certainlyUsed(script, locals, imports)?.size === locals.size;
}

/** The local names that import statements bind. */
function localNames(statements: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of parseFile("/imports.ts", statements).statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) continue;
    const { name, namedBindings } = statement.importClause;
    if (name !== undefined) names.add(name.text);
    if (namedBindings === undefined) continue;
    if (ts.isNamespaceImport(namedBindings)) names.add(namedBindings.name.text);
    else for (const element of namedBindings.elements) if (!element.isTypeOnly) names.add(element.name.text);
  }
  return names;
}
