/** The names that a module exports, by its text alone: ESM, and the CommonJS forms that bundlers recognise. */
import { query } from "../query/database.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { parseFile, syntaxErrorCount, ts } from "./parse.ts";

export interface ExportFacts {
  readonly format: "esm" | "cjs" | "json";
  /** CommonJS that says `__esModule`: its default export is a member. */
  readonly flagged: boolean;
  /** Names that the text itself gives, sorted. */
  readonly names: readonly string[];
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
  /** False when more names may be exported than can be seen. */
  readonly complete: boolean;
}

const facts = query<World, ExportFacts | undefined>("exportFacts", (db, path) => {
  const text = fileText(db, path);
  return text === undefined ? undefined : exportFactsOf(path, text);
});

/** Of a file; `undefined` when it cannot be read. */
export function exportFacts(db: Db, path: FilePath): ExportFacts | undefined {
  return db.get(facts, path);
}

/** Of a text; pure. */
export function exportFactsOf(path: FilePath, text: string): ExportFacts {
  if (extensionOf(path) === ".json") return jsonFacts(text);
  const tree = parseFile(path, text);
  const broken = syntaxErrorCount(tree) > 0;
  const esm = tree.statements.some(
    (node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || isExported(node),
  );
  const found = esm ? esmFacts(tree) : commonJsFacts(tree, text);
  return { ...found, names: [...new Set(found.names)].sort(), complete: found.complete && !broken };
}

function jsonFacts(text: string): ExportFacts {
  const empty = { format: "json", flagged: false, stars: [] } as const;
  try {
    const value: unknown = JSON.parse(text);
    const names = typeof value === "object" && value !== null ? Object.keys(value).sort() : [];
    return { ...empty, names, complete: true };
  } catch {
    return { ...empty, names: [], complete: false };
  }
}

function isExported(node: ts.Statement): boolean {
  if (ts.isExportAssignment(node)) return node.isExportEquals !== true;
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
  );
}

function esmFacts(tree: ts.SourceFile): ExportFacts {
  const names: string[] = [];
  const stars: string[] = [];
  for (const node of tree.statements) {
    if (ts.isExportDeclaration(node)) {
      if (node.isTypeOnly) continue;
      const clause = node.exportClause;
      if (clause === undefined) stars.push((node.moduleSpecifier as ts.StringLiteral | undefined)?.text ?? "");
      else if (ts.isNamespaceExport(clause)) names.push(clause.name.text);
      else names.push(...clause.elements.filter((item) => !item.isTypeOnly).map((item) => item.name.text));
    } else if (isExported(node)) names.push(...declaredNames(node));
  }
  return { format: "esm", flagged: false, names, stars, complete: true };
}

function declaredNames(node: ts.Statement): string[] {
  if (ts.isExportAssignment(node)) return ["default"];
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [];
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) return [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return ["default"];
  const { name } = node as ts.Statement & { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** `exports` or `module.exports`. */
function isExportsObject(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return node.text === "exports";
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === "exports" &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "module"
  );
}

function commonJsFacts(tree: ts.SourceFile, text: string): ExportFacts {
  const names: string[] = [];
  const understood = new Set<ts.Node>();
  let complete = true;
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const { left, right } = node;
      if (ts.isPropertyAccessExpression(left) && isExportsObject(left.expression)) {
        names.push(left.name.text);
        understood.add(left.expression);
      } else if (isExportsObject(left) && ts.isPropertyAccessExpression(left) && ts.isObjectLiteralExpression(right)) {
        const keys = right.properties.map(({ name }) =>
          name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined,
        );
        for (const key of keys) if (key !== undefined) names.push(key);
        if (keys.includes(undefined)) complete = false;
        understood.add(left);
      }
    }
    if (ts.isCallExpression(node) && /^Object\.defineProperty$/.test(node.expression.getText(tree))) {
      const [target, key] = node.arguments;
      if (target !== undefined && key !== undefined && isExportsObject(target) && ts.isStringLiteralLike(key)) {
        names.push(key.text);
        understood.add(target);
      }
    }
    if (isExportsObject(node) && !understood.has(node)) complete = false;
    else if (understood.has(node)) return;
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const flagged = text.includes("__esModule");
  return { format: "cjs", flagged, names: names.filter((name) => name !== "__esModule"), stars: [], complete };
}
