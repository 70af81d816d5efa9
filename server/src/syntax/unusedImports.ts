/** Imported names that nothing in their file refers to, neither at run time nor in a type. */
import { ownedText } from "../base/ownedText.ts";
import type { TextRange } from "../base/text.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { certainlyUsed, JSX_NAMES } from "./certainUse.ts";
import { headImports } from "./headImports.ts";
import { type ImportBinding, type ImportStatement, importBindings, importStatements } from "./importBindings.ts";
import { doubtfulImports, factRanges, moduleFacts } from "./index.ts";
import { unmentioned } from "./mentions.ts";
import { type Edit, removeImportedNames } from "./removeImport.ts";
import { isComponentFile, scriptText } from "./scriptBlocks.ts";

export interface UnusedBinding {
  readonly specifier: string;
  /** The exported name, `default`, or `*` for a namespace. */
  readonly imported: string;
  readonly local: string;
  readonly range: TextRange;
  /** What takes it out of its statement, and leaves the statement's effects. */
  readonly removal: readonly Edit[];
  /** It is the statement's only name: `import "x"` is what the removal leaves. */
  readonly isOnly: boolean;
}

interface Question {
  readonly statement: ImportStatement;
  readonly binding: ImportBinding;
}

/** Keys are `<file>\0<specifier>\0<specifier>…`. */
const unused = query<World, readonly UnusedBinding[]>("unusedImports", (db, key) => {
  const [path = "", ...specifiers] = key.split("\0");
  const facts = moduleFacts(db, path);
  const text = fileText(db, path);
  if (facts === undefined || text === undefined || facts.broken || isComponentFile(path)) return [];
  const script = scriptText(path, text);
  const statements = statementsOf(db, path, script);
  if (statements === undefined) return [];
  const questions = statements
    .filter(({ specifier }) => specifiers.includes(specifier))
    .flatMap((statement) => statement.bindings.map((binding) => ({ statement, binding })))
    .filter(({ binding }) => !binding.typeOnly && !(facts.hasJsx && JSX_NAMES.has(binding.local)));
  if (questions.length === 0) return [];
  const imports = statements.map(({ range }) => range);
  const locals = new Set(questions.map(({ binding }) => binding.local));
  const absent = unmentioned(script, imports, locals);
  const doubtful = questions.filter(({ binding }) => !absent.has(binding.local));
  if (doubtful.length === 0) return answers(text, questions);
  const surelyUsed = certainlyUsed(script, new Set(doubtful.map(({ binding }) => binding.local)), imports);
  const unsure = new Set(doubtful.flatMap(({ binding: { local } }) => (surelyUsed?.has(local) ? [] : [local])));
  const resolved = unsure.size === 0 ? [] : byReferences(db, path, unsure);
  const found = [...questions.filter(({ binding }) => absent.has(binding.local)), ...resolved];
  return answers(
    text,
    found.sort((left, right) => left.binding.range.start - right.binding.range.start),
  );
});

function answers(text: string, found: readonly Question[]): readonly UnusedBinding[] {
  return found.map(({ statement, binding }) => ({
    specifier: ownedText(statement.specifier),
    imported: ownedText(binding.imported),
    local: ownedText(binding.local),
    range: binding.range,
    removal: removeImportedNames(text, statement, new Set([binding.local]), true),
    isOnly: statement.bindings.length === 1,
  }));
}

/** The import statements of a file, without references. */
function statementsOf(db: Db, path: FilePath, script: string): readonly ImportStatement[] | undefined {
  const wanted = moduleFacts(db, path)?.requests.filter(({ kind }) => kind === "esm import").length;
  const head = headImports(script);
  if (head.length === wanted) return head;
  return factRanges(db, path)
    ?.statements.filter((_range, index) => moduleFacts(db, path)?.requests[index]?.kind === "esm import")
    .map((range) => shallowStatement(path, script, range));
}

/** Names of imports from the given specifiers that are surely unused. Silent on files that cannot be read in full. */
export function unusedImports(db: Db, path: FilePath, specifiers: readonly string[]): readonly UnusedBinding[] {
  const doubtful = doubtfulImports(db, path).filter((specifier) => specifiers.includes(specifier));
  return doubtful.length === 0 ? [] : db.get(unused, [path, ...[...new Set(doubtful)].sort()].join("\0"));
}

/** The sure way: every reference of the file resolved. */
function byReferences(db: Db, path: FilePath, locals: ReadonlySet<string>): readonly Question[] {
  const { statements, uncertain } = importBindings(db, path);
  if (uncertain) return [];
  return statements.flatMap((statement) =>
    statement.bindings
      .filter((binding) => locals.has(binding.local) && binding.references.length === 0)
      .map((binding) => ({ statement, binding })),
  );
}

/** An import statement read by itself: its bindings without their references, at the offsets of the file. */
function shallowStatement(path: FilePath, text: string, range: TextRange): ImportStatement {
  const [statement] = importStatements(path, text.slice(range.start, range.end));
  const moved = ({ start, end }: TextRange): TextRange => ({ start: start + range.start, end: end + range.start });
  if (statement === undefined) return { specifier: "", range, specifierRange: range, typeOnly: false, bindings: [] };
  return {
    ...statement,
    range,
    specifierRange: moved(statement.specifierRange),
    ...(statement.named === undefined ? {} : { named: moved(statement.named) }),
    bindings: statement.bindings.map((binding) => ({ ...binding, range: moved(binding.range) })),
  };
}
