/** Syntax that a TypeScript compile takes out: nothing in it is a use at run time. */
import { ts } from "../parse.ts";

type Test = (node: ts.Node) => boolean;

const always: Test = () => true;

/** By kind: every node of a tree is asked about, and most kinds are no candidates. */
const TESTS: (Test | undefined)[] = new Array<undefined>(ts.SyntaxKind.Count).fill(undefined);
for (let kind = 0; kind <= ts.SyntaxKind.LastTypeNode; kind++)
  if (ts.isTypeNode({ kind } as ts.Node)) TESTS[kind] = always;
TESTS[ts.SyntaxKind.InterfaceDeclaration] = always;
TESTS[ts.SyntaxKind.TypeAliasDeclaration] = always;
TESTS[ts.SyntaxKind.TypeParameter] = always;
TESTS[ts.SyntaxKind.HeritageClause] = (node) => (node as ts.HeritageClause).token === ts.SyntaxKind.ImplementsKeyword;
TESTS[ts.SyntaxKind.FunctionDeclaration] = (node) =>
  (node as ts.FunctionDeclaration).body === undefined || isDeclared(node);
TESTS[ts.SyntaxKind.VariableStatement] = isDeclared;
TESTS[ts.SyntaxKind.ClassDeclaration] = isDeclared;
TESTS[ts.SyntaxKind.EnumDeclaration] = isDeclared;
TESTS[ts.SyntaxKind.ModuleDeclaration] = (node) => isDeclared(node) || isOfTypes(node as ts.ModuleDeclaration);
TESTS[ts.SyntaxKind.ImportEqualsDeclaration] = isDeclared;
TESTS[ts.SyntaxKind.PropertyDeclaration] = isDeclared;

export function isErased(node: ts.Node): boolean {
  return TESTS[node.kind]?.(node) === true;
}

/** A namespace that holds nothing at run time is none then. */
function isOfTypes({ body }: ts.ModuleDeclaration): boolean {
  if (body === undefined) return true;
  return ts.isModuleBlock(body) ? body.statements.every(isErased) : isErased(body);
}

function isDeclared(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.DeclareKeyword);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const { modifiers } = node as ts.Node & { readonly modifiers?: ts.NodeArray<ts.ModifierLike> };
  return modifiers?.some((modifier) => modifier.kind === kind) === true;
}
