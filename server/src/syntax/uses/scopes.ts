/**
 * Which declaration a name means, by the scopes of one file. Types are no values and declare nothing here. Only names that
 * are asked for are looked up, so a file costs one walk.
 */
import { HANDED_OVER, listedRequests } from "../listedRequests.ts";
import { ts } from "../parse.ts";
import { isErased } from "./erased.ts";

/** One declared name; the same object for every mention of it. */
export interface Binding {
  readonly name: string;
}

export type BindingOf = (name: ts.Identifier) => Binding | undefined;

type Scope = Map<string, Binding>;

export interface Bindings {
  readonly of: BindingOf;
  /** In how many scopes a name is declared. */
  readonly count: (name: string) => number;
}

/** For a tree whose nodes know their parents. */
export function bindingsOf(tree: ts.SourceFile, esm: boolean): Bindings {
  const scopes = new Map<ts.Node, Scope>();
  const declared = new Map<string, number>();
  new ScopeReader(scopes, declared, tree, esm).read(tree);
  const of = (name: ts.Identifier): Binding | undefined => {
    if (!declared.has(name.text)) return undefined;
    for (let node: ts.Node | undefined = name.parent; node !== undefined; node = node.parent) {
      const found = scopes.get(node)?.get(name.text);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return { of, count: (name) => declared.get(name) ?? 0 };
}

class ScopeReader {
  readonly #scopes: Map<ts.Node, Scope>;
  readonly #declared: Map<string, number>;
  readonly #esm: boolean;
  /** The scopes that `let` and `var` declare in. */
  #block: ts.Node;
  #function: ts.Node;

  constructor(scopes: Map<ts.Node, Scope>, declared: Map<string, number>, tree: ts.SourceFile, esm: boolean) {
    this.#scopes = scopes;
    this.#declared = declared;
    this.#esm = esm;
    this.#block = tree;
    this.#function = tree;
  }

  read(node: ts.Node): void {
    // Names, literals and the like declare nothing: most of a tree is such.
    if (node.kind < ts.SyntaxKind.FirstNode) return;
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isVariableStatement(node) && isErased(node)) return;
    const outer = { block: this.#block, function: this.#function };
    this.#declare(node);
    if (isFunctionScope(node)) {
      this.#function = node;
      this.#block = node;
      this.#declareInside(node);
    } else if (isBlockScope(node)) this.#block = node;
    ts.forEachChild(node, (child) => this.read(child));
    this.#block = outer.block;
    this.#function = outer.function;
  }

  #add(scope: ts.Node, name: ts.Node | undefined): void {
    if (name === undefined) return;
    if (ts.isIdentifier(name)) {
      const known = this.#scopes.get(scope);
      const names = known ?? new Map<string, Binding>();
      if (known === undefined) this.#scopes.set(scope, names);
      if (names.has(name.text)) return;
      names.set(name.text, { name: name.text });
      this.#declared.set(name.text, (this.#declared.get(name.text) ?? 0) + 1);
    } else if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) {
      for (const element of name.elements) if (!ts.isOmittedExpression(element)) this.#add(scope, element.name);
    }
  }

  #declare(node: ts.Node): void {
    if (ts.isVariableDeclarationList(node)) {
      const isVar = (node.flags & ts.NodeFlags.BlockScoped) === 0;
      for (const { name } of node.declarations) this.#add(isVar ? this.#function : this.#block, name);
    } else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node)) {
      if (isErased(node)) return;
      this.#add(this.#block, node.name);
      // In sloppy code the name of a function in a block is one of the function around it too.
      if (!this.#esm && ts.isFunctionDeclaration(node) && this.#block !== this.#function)
        this.#add(this.#function, node.name);
    } else if (ts.isModuleDeclaration(node)) {
      if (!isErased(node)) this.#add(this.#block, node.name);
    } else if (ts.isImportClause(node)) {
      this.#add(this.#block, node.name);
      const named = node.namedBindings;
      if (named !== undefined && ts.isNamespaceImport(named)) this.#add(this.#block, named.name);
      else for (const { name } of named?.elements ?? []) this.#add(this.#block, name);
    } else if (ts.isImportEqualsDeclaration(node)) this.#add(this.#block, node.name);
    else if (ts.isCatchClause(node)) this.#add(node, node.variableDeclaration?.name);
    else if (ts.isClassExpression(node)) this.#add(node, node.name);
  }

  /** What a function's own scope holds. */
  #declareInside(node: ts.Node): void {
    if (ts.isFunctionExpression(node)) this.#add(node, node.name);
    if (!ts.isFunctionLike(node)) return;
    for (const { name } of node.parameters) if (!isHandedOver(name, node)) this.#add(node, name);
  }
}

/** The `require`, `module` and `exports` that AMD and `require.ensure` hand to a callback are those of the module. */
function isHandedOver(name: ts.BindingName, callback: ts.Node): boolean {
  if (!ts.isIdentifier(name) || !HANDED_OVER.has(name.text) || !ts.isCallExpression(callback.parent)) return false;
  return listedRequests(callback.parent)?.callbacks.some((item) => item === callback) === true;
}

function isFunctionScope(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isModuleBlock(node) || ts.isClassStaticBlockDeclaration(node);
}

/** What `let` declares in, functions and modules aside. */
export function isBlockScope(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node)
  );
}
