/**
 * Imports that a TypeScript compile takes out although they are not marked `type`: every name they bind is used in types
 * only, or not at all. A look at the text settles most; the few left take a syntax tree.
 */
import { query } from "../query/database.ts";
import { importBindings } from "../syntax/importBindings.ts";
import { factRanges, moduleFacts } from "../syntax/index.ts";
import { unmentioned } from "../syntax/mentions.ts";
import { isComponentFile } from "../syntax/scriptBlocks.ts";
import { ancestorsOf, type FilePath, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";

const SETTINGS = ["tsconfig.json", "tsconfig.app.json", "tsconfig.base.json"];
const KEEPS_IMPORTS = /"(?:verbatimModuleSyntax|preserveValueImports)"\s*:\s*true/;

const importsKept = query<World, boolean>("keepsImports", (db, directory) =>
  [...ancestorsOf(directory)].some((ancestor) =>
    SETTINGS.some((name) => {
      const file = joinPath(ancestor, name);
      return isFile(db, file) && KEEPS_IMPORTS.test(fileText(db, file) ?? "");
    }),
  ),
);

/** Whether some TypeScript settings at or above the directory keep every import that is not marked. */
export function keepsImports(db: Db, directory: FilePath): boolean {
  return db.get(importsKept, directory);
}

/** Keys are `<file>\0<index of the request>`. */
const erased = query<World, boolean>("erasedImport", (db, key) => {
  const [file = "", index = "0"] = key.split("\0");
  const text = fileText(db, file);
  const statement = factRanges(db, file)?.statements[Number(index)];
  const specifier = moduleFacts(db, file)?.requests[Number(index)]?.specifier;
  if (text === undefined || statement === undefined || specifier === undefined) return false;
  if (keepsImports(db, parentPath(file))) return false;
  const clause = text.slice(statement.start, statement.end).replace(/\bfrom\s*["'].*$/s, "");
  // An `import()` of the file is no call of a name.
  const names: readonly string[] = clause.replace(/^import\b/, "").match(/[A-Za-z_$][\w$]*/g) ?? [];
  if (names.includes("React") && moduleFacts(db, file)?.hasJsx === true) return false;
  if (names.some((name) => isCalledOrRendered(text, name))) return false;
  if (namesNothing(db, file, text, clause)) return true;
  const { uncertain, statements } = importBindings(db, file);
  const found = statements.find(({ range }) => range.start >= statement.start && range.end <= statement.end);
  if (uncertain || found === undefined || found.specifier !== specifier) return false;
  return (
    found.bindings.length > 0 &&
    found.bindings.every(({ references }) => references.every((reference) => reference.kind === "type"))
  );
});

/** None of the names that the clause binds is spelt in the rest of the file. */
function namesNothing(db: Db, file: FilePath, text: string, clause: string): boolean {
  if (isComponentFile(file) || moduleFacts(db, file)?.broken !== false) return false;
  const locals = [...clause.replace(/^import\b/, "").matchAll(/([\w$]+)\s*(?=[,}]|$)/g)].map(([, name = ""]) => name);
  const absent = unmentioned(text, factRanges(db, file)?.statements ?? [], locals);
  return locals.length > 0 && locals.every((name) => absent.has(name));
}

/** `name(`, `name.a.b(`, `<name` that is no type argument: a use at run time, in nearly all code. */
function isCalledOrRendered(text: string, name: string): boolean {
  const escaped = name.replace(/\$/g, "\\$&");
  return new RegExp(`(?<![\\w$.])${escaped}(?:\\.\\w+)*\\(|(?<![\\w$])<${escaped}(?![\\w$])`).test(text);
}

/** Whether request `index` of a TypeScript file is an import that its compile leaves out. */
export function isErasedImport(db: Db, file: FilePath, index: number): boolean {
  if (moduleFacts(db, file)?.requests[index]?.runs === true) return false;
  return /\.[cm]?tsx?$/.test(file) && db.get(erased, `${file}\0${index}`);
}
