/** Where the exports of a file are declared: the name, and the whole of the declaration. */
import type { TextRange } from "../base/text.ts";
import { query } from "../query/database.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { handedOnIn, rangesHandedOn } from "./handedOn.ts";
import { memberChain } from "./memberPath.ts";
import { parseFile, ts } from "./parse.ts";
import { isComponentFile } from "./scriptBlocks.ts";
import { hasModifier, isErased } from "./uses/erased.ts";

export interface ExportRange {
  readonly name: string;
  readonly nameRange: TextRange;
  /** Of the declaration, or of the specifier in a list. */
  readonly range: TextRange;
}

const ranges = query<World, readonly ExportRange[]>("exportRanges", (db, file) => {
  const text = fileText(db, file);
  if (text === undefined || extensionOf(file) === ".json") return [];
  const handedOn = isComponentFile(file) ? undefined : handedOnIn(text);
  return handedOn === undefined ? exportRangesByTree(file, text) : rangesHandedOn(handedOn);
});

/** Of a text, by its syntax tree. */
export function exportRangesByTree(file: FilePath, text: string): readonly ExportRange[] {
  const found: ExportRange[] = [];
  const tree = parseFile(file, text, true);
  const rangeOf = (node: ts.Node): TextRange => ({ start: node.getStart(tree), end: node.end });
  const add = (name: string, nameNode: ts.Node, node: ts.Node): void => {
    found.push({ name, nameRange: rangeOf(nameNode), range: rangeOf(node) });
  };
  for (const statement of tree.statements) {
    if (ts.isExportDeclaration(statement)) {
      if (statement.isTypeOnly) continue;
      const clause = statement.exportClause;
      if (clause !== undefined && ts.isNamedExports(clause)) {
        for (const element of clause.elements) if (!element.isTypeOnly) add(element.name.text, element.name, element);
      } else if (clause !== undefined) add(clause.name.text, clause.name, statement);
    } else if (ts.isExportAssignment(statement)) {
      if (statement.isExportEquals !== true) add("default", statement.expression, statement);
    } else if (ts.isExpressionStatement(statement)) addAssignment(statement, add);
    else if (!isErased(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword))
      addDeclaration(statement, add);
  }
  return found;
}

/** In the order of the text. */
export function exportRanges(db: Db, file: FilePath): readonly ExportRange[] {
  return db.get(ranges, file);
}

type Add = (name: string, nameNode: ts.Node, node: ts.Node) => void;

function addDeclaration(statement: ts.Statement, add: Add): void {
  if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) {
      if (ts.isIdentifier(declaration.name)) add(declaration.name.text, declaration.name, declaration);
    }
    return;
  }
  const { name } = statement as ts.FunctionDeclaration;
  if (hasModifier(statement, ts.SyntaxKind.DefaultKeyword)) add("default", name ?? statement, statement);
  else if (name !== undefined) add(name.text, name, statement);
}

/** `exports.a = …`. */
function addAssignment({ expression }: ts.ExpressionStatement, add: Add): void {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const { root, members } = memberChain(expression.left);
  if (!ts.isIdentifier(root)) return;
  const path =
    root.text === "exports" ? members : root.text === "module" && members[0] === "exports" ? members.slice(1) : [];
  if (path.length === 1) add(path[0]!, expression.left, expression);
}
