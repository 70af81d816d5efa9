/** Ties modules together: the names that imports bind and exports give. */
import { ts } from "../syntax/parse.ts";
import { rangeOf, readBinding } from "./expression.ts";
import { importMember, type ModuleRecord } from "./module.ts";
import type { Realm } from "./realm.ts";
import { unknown, type Value } from "./value.ts";

/** Binds what the module imports. Modules that are imported for their effects run now, others when a name is used. */
export function linkImports(realm: Realm, record: ModuleRecord): void {
  for (const statement of record.tree.statements) {
    if (ts.isImportEqualsDeclaration(statement)) linkImportEquals(realm, record, statement);
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const specifier = statement.moduleSpecifier.text;
    const { importClause } = statement;
    if (importClause === undefined) {
      importMember(realm, record, specifier, "*", rangeOf(record.scope, statement));
      continue;
    }
    const bind = (local: ts.Identifier, imported: string): void => {
      record.scope.bindings.set(local.text, {
        value: undefined,
        constant: true,
        load: () => importMember(realm, record, specifier, imported, rangeOf(record.scope, local)),
      });
    };
    if (importClause.name !== undefined) bind(importClause.name, "default");
    const { namedBindings } = importClause;
    if (namedBindings === undefined) continue;
    if (ts.isNamespaceImport(namedBindings)) bind(namedBindings.name, "*");
    else for (const element of namedBindings.elements) bind(element.name, (element.propertyName ?? element.name).text);
  }
}

function linkImportEquals(realm: Realm, record: ModuleRecord, statement: ts.ImportEqualsDeclaration): void {
  const { moduleReference, name } = statement;
  if (!ts.isExternalModuleReference(moduleReference) || !ts.isStringLiteral(moduleReference.expression)) return;
  const specifier = moduleReference.expression.text;
  record.scope.bindings.set(name.text, {
    value: undefined,
    constant: true,
    load: () => importMember(realm, record, specifier, "default", rangeOf(record.scope, name)),
  });
}

/** Notes which names a statement exports. */
export function recordExport(realm: Realm, record: ModuleRecord, statement: ts.Statement): void {
  if (ts.isExportAssignment(statement)) {
    if (!statement.isExportEquals)
      record.exports.set("default", () => readLocal(realm, record, "*default*", statement));
    return;
  }
  if (ts.isExportDeclaration(statement)) {
    recordExportDeclaration(realm, record, statement);
    return;
  }
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword) !== true) return;
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) return;
  const isDefault = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
  for (const name of declaredBy(statement))
    record.exports.set(isDefault ? "default" : name, () => readLocal(realm, record, name, statement));
}

function declaredBy(statement: ts.Statement): readonly string[] {
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return [statement.name?.text ?? "*default*"];
  if (ts.isEnumDeclaration(statement)) return [statement.name.text];
  if (!ts.isVariableStatement(statement)) return [];
  const names: string[] = [];
  const visit = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) visit(element.name);
  };
  for (const declaration of statement.declarationList.declarations) visit(declaration.name);
  return names;
}

function readLocal(realm: Realm, record: ModuleRecord, name: string, node: ts.Node): Value {
  const source = rangeOf(record.scope, node);
  const binding = record.scope.bindings.get(name);
  if (binding === undefined || binding.uninitialized)
    return unknown(`the export is used before it has a value`, source);
  return readBinding(realm, binding, name, source);
}

function recordExportDeclaration(realm: Realm, record: ModuleRecord, statement: ts.ExportDeclaration): void {
  const { moduleSpecifier, exportClause } = statement;
  const source = rangeOf(record.scope, statement);
  const from = moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (exportClause === undefined) {
    if (from !== undefined && !statement.isTypeOnly) record.stars.push(importMember(realm, record, from, "*", source));
    return;
  }
  if (ts.isNamespaceExport(exportClause)) {
    if (from !== undefined)
      record.exports.set(exportClause.name.text, () => importMember(realm, record, from, "*", source));
    return;
  }
  if (statement.isTypeOnly) return;
  for (const element of exportClause.elements) {
    if (element.isTypeOnly) continue;
    const local = (element.propertyName ?? element.name).text;
    const exported = element.name.text;
    record.exports.set(exported, () =>
      from === undefined ? readLocal(realm, record, local, element) : importMember(realm, record, from, local, source),
    );
  }
}
