/** Declares the names of a body or block before it runs. */
import { ts } from "../syntax/parse.ts";
import { makeFunction } from "./expression.ts";
import type { Realm } from "./realm.ts";
import type { Scope } from "./scope.ts";

/** Declares what is visible in the whole block before it runs: functions, `let`, `const`, classes. */
export function hoist(realm: Realm, scope: Scope, statements: readonly ts.Statement[]): void {
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) && statement.body !== undefined) {
      const name = statement.name?.text ?? "*default*";
      scope.bindings.set(name, { value: makeFunction(realm, scope, statement), constant: false });
    } else if (ts.isClassDeclaration(statement)) {
      scope.bindings.set(statement.name?.text ?? "*default*", {
        value: undefined,
        constant: false,
        uninitialized: true,
      });
    } else if (ts.isVariableStatement(statement)) {
      const { declarationList } = statement;
      if ((declarationList.flags & ts.NodeFlags.BlockScoped) === 0) continue;
      const constant = (declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const name of declaredNames(declarationList))
        scope.bindings.set(name, { value: undefined, constant, uninitialized: true });
    }
  }
}

function declaredNames(list: ts.VariableDeclarationList): readonly string[] {
  const names: string[] = [];
  const visit = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) visit(element.name);
  };
  for (const declaration of list.declarations) visit(declaration.name);
  return names;
}

/** Kinds of nodes, between a body and its `var` declarations. Bodies of functions are asked by themselves. */
const HOLDS_STATEMENTS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.Block,
  ts.SyntaxKind.CaseBlock,
  ts.SyntaxKind.CaseClause,
  ts.SyntaxKind.CatchClause,
  ts.SyntaxKind.DefaultClause,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.ForInStatement,
  ts.SyntaxKind.ForOfStatement,
  ts.SyntaxKind.ForStatement,
  ts.SyntaxKind.IfStatement,
  ts.SyntaxKind.LabeledStatement,
  ts.SyntaxKind.SwitchStatement,
  ts.SyntaxKind.TryStatement,
  ts.SyntaxKind.VariableDeclarationList,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.WhileStatement,
  ts.SyntaxKind.WithStatement,
]);

const varNames = new WeakMap<ts.Node, readonly string[]>();

/** Names of the `var` variables of a function or module body, wherever in it they stand. */
function namesOfVars(body: ts.Node): readonly string[] {
  const known = varNames.get(body);
  if (known !== undefined) return known;
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (!HOLDS_STATEMENTS.has(node.kind)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      for (const name of declaredNames(node)) names.add(name);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
  const list = [...names];
  varNames.set(body, list);
  return list;
}

/** Declares the `var` variables of a function or module body. */
export function hoistVars(scope: Scope, body: ts.Node): void {
  for (const name of namesOfVars(body)) {
    if (!scope.bindings.has(name)) scope.bindings.set(name, { value: undefined, constant: false });
  }
}
