/**
 * The bindings of a file's imports and every reference to them. Asked only for the few files whose imports are in question.
 */
import type { TextRange } from "../base/text.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { importReferences } from "./importReferences.ts";
import { parseFile, syntaxErrorCount, ts } from "./parse.ts";
import { isComponentFile, scriptText } from "./scriptBlocks.ts";

export interface Reference {
  /** `type`: erased when the program runs. */
  readonly kind: "value" | "type";
  /** `b.c` of `a.b.c`: members read from the binding; empty for the binding itself. */
  readonly members: readonly string[];
  readonly range: TextRange;
}

export interface ImportBinding {
  /** The exported name: `map`, `default`, `*` for a namespace. */
  readonly imported: string;
  readonly local: string;
  readonly typeOnly: boolean;
  /** The specifier in the import clause: `map`, `a as b`, `* as ns`. */
  readonly range: TextRange;
  readonly references: readonly Reference[];
}

export interface ImportStatement {
  readonly specifier: string;
  readonly range: TextRange;
  readonly specifierRange: TextRange;
  readonly typeOnly: boolean;
  /** `{ … }` or `* as x`. */
  readonly named?: TextRange;
  readonly bindings: readonly ImportBinding[];
}

export interface ImportBindings {
  readonly statements: readonly ImportStatement[];
  /** Names may be used in ways that are not seen: a template, `eval`, a syntax error. */
  readonly uncertain: boolean;
}

const NONE: ImportBindings = { statements: [], uncertain: true };

const bindings = query<World, ImportBindings>("importBindings", (db, path) => {
  const text = fileText(db, path);
  return text === undefined ? NONE : importBindingsOf(path, scriptText(path, text));
});

export function importBindings(db: Db, path: FilePath): ImportBindings {
  return db.get(bindings, path);
}

/** Of a text; pure. */
export function importBindingsOf(path: FilePath, text: string): ImportBindings {
  const tree = parseFile(path, text, true);
  const declarations = importDeclarations(tree);
  const names = new Set(declarations.flatMap(declaredBindings).map(({ name }) => name.text));
  const mentions = names.size === 0 ? new Map<string, readonly ts.Identifier[]>() : importReferences(tree, names);
  const referencesOf = (name: ts.Identifier): readonly Reference[] =>
    (mentions.get(name.text) ?? []).map((mention) => referenceOf(tree, mention));
  return {
    uncertain: syntaxErrorCount(tree) > 0 || isComponentFile(path) || /\beval\s*\(|\bwith\s*\(/.test(text),
    statements: declarations.map((statement) => statementOf(tree, statement, referencesOf)),
  };
}

/** The import statements of a text and what they bind, without looking for references. */
export function importStatements(path: FilePath, text: string): readonly ImportStatement[] {
  const tree = parseFile(path, text);
  return importDeclarations(tree).map((statement) => statementOf(tree, statement, () => []));
}

function importDeclarations(tree: ts.SourceFile): readonly ts.ImportDeclaration[] {
  return tree.statements.filter(
    (statement): statement is ts.ImportDeclaration =>
      ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier),
  );
}

function statementOf(
  tree: ts.SourceFile,
  statement: ts.ImportDeclaration,
  referencesOf: (name: ts.Identifier) => readonly Reference[],
): ImportStatement {
  const rangeOf = (node: ts.Node): TextRange => ({ start: node.getStart(tree), end: node.end });
  const named = statement.importClause?.namedBindings;
  return {
    specifier: (statement.moduleSpecifier as ts.StringLiteral).text,
    range: rangeOf(statement),
    specifierRange: rangeOf(statement.moduleSpecifier),
    typeOnly: statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword,
    ...(named === undefined ? {} : { named: rangeOf(named) }),
    bindings: declaredBindings(statement).map(({ name, imported, node, typeOnly }) => ({
      imported,
      local: name.text,
      typeOnly,
      range: rangeOf(node),
      references: referencesOf(name),
    })),
  };
}

interface Declared {
  readonly name: ts.Identifier;
  readonly imported: string;
  readonly node: ts.Node;
  readonly typeOnly: boolean;
}

function declaredBindings(statement: ts.ImportDeclaration): Declared[] {
  const clause = statement.importClause;
  if (clause === undefined) return [];
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const found: Declared[] = [];
  if (clause.name !== undefined) found.push({ name: clause.name, imported: "default", node: clause.name, typeOnly });
  const named = clause.namedBindings;
  if (named === undefined) return found;
  if (ts.isNamespaceImport(named)) return [...found, { name: named.name, imported: "*", node: named, typeOnly }];
  for (const element of named.elements) {
    const imported = (element.propertyName ?? element.name).text;
    found.push({ name: element.name, imported, node: element, typeOnly: typeOnly || element.isTypeOnly });
  }
  return found;
}

function referenceOf(tree: ts.SourceFile, node: ts.Identifier): Reference {
  const members: string[] = [];
  let current: ts.Node = node;
  for (let parent = current.parent; ; parent = current.parent) {
    if (ts.isPropertyAccessExpression(parent) && parent.expression === current) members.push(parent.name.text);
    else if (ts.isQualifiedName(parent) && parent.left === current) members.push(parent.right.text);
    else if (
      ts.isElementAccessExpression(parent) &&
      parent.expression === current &&
      ts.isStringLiteralLike(parent.argumentExpression)
    ) {
      members.push(parent.argumentExpression.text);
    } else break;
    current = parent;
  }
  return {
    kind: isErasedPosition(node) ? "type" : "value",
    members,
    range: { start: node.getStart(tree), end: node.end },
  };
}

/** In a type, in `implements`, or in an export that is erased. */
export function isErasedPosition(node: ts.Node): boolean {
  for (let current = node; current.parent !== undefined; current = current.parent) {
    const { parent } = current;
    if (ts.isTypeNode(current) && !ts.isExpressionWithTypeArguments(current)) return true;
    if (ts.isHeritageClause(parent)) {
      return parent.token === ts.SyntaxKind.ImplementsKeyword || ts.isInterfaceDeclaration(parent.parent);
    }
    if (ts.isExportSpecifier(parent)) return parent.isTypeOnly || parent.parent.parent.isTypeOnly;
    if (ts.isInterfaceDeclaration(parent) || ts.isTypeAliasDeclaration(parent)) return true;
    if (ts.isStatement(current) || ts.isFunctionLike(current)) return false;
  }
  return false;
}
