/** The exports of a module with `import` and `export`, TypeScript's enums and namespaces among them. */
import type { ExportFacts, ForwardedExport } from "./exportFacts.ts";
import { unwrapped } from "./memberPath.ts";
import { ts } from "./parse.ts";
import { isSmallConstant } from "./smallConstant.ts";
import { hasModifier, isErased } from "./uses/erased.ts";

/** Whether a statement makes its file an ES module. */
export function isModuleStatement(node: ts.Statement): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isExportAssignment(node)) return node.isExportEquals !== true;
  return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

/** Of a file for which `isModuleStatement` holds somewhere. */
export function esmExports(tree: ts.SourceFile): ExportFacts {
  const names: string[] = [];
  const forwarded: ForwardedExport[] = [];
  const inlinable: string[] = [];
  const imports = importedNames(tree);
  let constants: ReadonlySet<string> | undefined;
  const forward = (exported: string | undefined, specifier: string, path: readonly string[]): void => {
    forwarded.push({ exported, specifier, path, commonJs: false });
    if (exported !== undefined) names.push(exported);
  };
  const exportLocal = (local: string, exported: string): void => {
    const source = imports.get(local);
    if (source !== undefined) forward(exported, source.specifier, source.path);
    else {
      names.push(exported);
      constants ??= new Set(tree.statements.flatMap(constantNames));
      if (constants.has(local)) inlinable.push(exported);
    }
  };
  for (const node of tree.statements) {
    if (ts.isExportDeclaration(node)) {
      if (node.isTypeOnly) continue;
      const specifier = (node.moduleSpecifier as ts.StringLiteral | undefined)?.text;
      const clause = node.exportClause;
      if (clause === undefined || ts.isNamespaceExport(clause)) forward(clause?.name.text, specifier ?? "", []);
      else {
        for (const { isTypeOnly, propertyName, name } of clause.elements) {
          if (isTypeOnly) continue;
          if (specifier !== undefined) forward(name.text, specifier, [(propertyName ?? name).text]);
          else exportLocal((propertyName ?? name).text, name.text);
        }
      }
    } else if (ts.isExportAssignment(node)) {
      const value = unwrapped(node.expression);
      const namespace = ts.isIdentifier(value) ? imports.get(value.text) : undefined;
      if (ts.isIdentifier(value) && (namespace === undefined || namespace.path.length === 0))
        exportLocal(value.text, "default");
      else {
        names.push("default");
        if (isSmallConstant(value)) inlinable.push("default");
      }
    } else if (hasModifier(node, ts.SyntaxKind.ExportKeyword) && !isErased(node)) {
      names.push(...declaredNames(node));
      inlinable.push(...constantNames(node));
    }
  }
  return { format: "esm", type: "namespace", names, forwarded, inlinable, complete: true };
}

function importedNames(
  tree: ts.SourceFile,
): ReadonlyMap<string, { readonly specifier: string; readonly path: readonly string[] }> {
  const found = new Map<string, { specifier: string; path: readonly string[] }>();
  for (const node of tree.statements) {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue;
    const clause = node.importClause;
    const specifier = node.moduleSpecifier.text;
    if (clause?.name !== undefined) found.set(clause.name.text, { specifier, path: ["default"] });
    const named = clause?.namedBindings;
    if (named === undefined) continue;
    if (ts.isNamespaceImport(named)) found.set(named.name.text, { specifier, path: [] });
    else {
      for (const { name, propertyName } of named.elements) {
        found.set(name.text, { specifier, path: [(propertyName ?? name).text] });
      }
    }
  }
  return found;
}

function declaredNames(node: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  if (hasModifier(node, ts.SyntaxKind.DefaultKeyword)) return ["default"];
  const { name } = node as ts.Statement & { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** What a `const` statement names whose value is one. */
function constantNames(node: ts.Statement): readonly string[] {
  if (!ts.isVariableStatement(node)) return [];
  if ((node.declarationList.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const) return [];
  return node.declarationList.declarations.flatMap(({ name, initializer }) =>
    ts.isIdentifier(name) && initializer !== undefined && isSmallConstant(initializer) ? [name.text] : [],
  );
}
