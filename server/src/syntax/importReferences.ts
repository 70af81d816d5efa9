/**
 * Which mentions of imported names mean the import: those that no declaration around them hides, as value, as type or as
 * namespace. Where a declaration's reach is not plain, the mention counts as one of the import.
 */
import { ts } from "./parse.ts";
import { isBlockScope } from "./uses/scopes.ts";

const VALUE = 1;
const TYPE = 2;
const NAMESPACE = 4;

/** What the names declared in a scope are, as the sum of the kinds above. */
type Scope = Map<string, number>;

/** The mentions of each name outside of import statements, for a tree whose nodes know their parents. */
export function importReferences(
  tree: ts.SourceFile,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly ts.Identifier[]> {
  const reader = new MentionReader(tree, names);
  reader.read(tree);
  const found = new Map([...names].map((name) => [name, [] as ts.Identifier[]]));
  for (const mention of reader.mentions) if (!isHidden(mention, reader.scopes)) found.get(mention.text)!.push(mention);
  return found;
}

/** Collects what may mean an import, and what else declares one of the names. */
class MentionReader {
  readonly mentions: ts.Identifier[] = [];
  readonly scopes = new Map<ts.Node, Scope>();
  readonly #names: ReadonlySet<string>;
  /** The scopes that `let` and `var` declare in. */
  #block: ts.Node;
  #function: ts.Node;

  constructor(tree: ts.SourceFile, names: ReadonlySet<string>) {
    this.#names = names;
    this.#block = tree;
    this.#function = tree;
  }

  read(node: ts.Node): void {
    if (ts.isIdentifier(node)) {
      if (this.#names.has(node.text) && isMention(node)) this.mentions.push(node);
      return;
    }
    if (node.kind < ts.SyntaxKind.FirstNode || ts.isImportDeclaration(node)) return;
    const outer = { block: this.#block, function: this.#function };
    this.#declare(node);
    if (isVarScope(node)) this.#function = node;
    if (isVarScope(node) || isBlockScope(node)) this.#block = node;
    ts.forEachChild(node, (child) => this.read(child));
    this.#block = outer.block;
    this.#function = outer.function;
  }

  #declare(node: ts.Node): void {
    if (ts.isVariableDeclarationList(node)) {
      const isVar = (node.flags & ts.NodeFlags.BlockScoped) === 0;
      for (const { name } of node.declarations) this.#add(isVar ? this.#function : this.#block, name, VALUE);
    } else if (ts.isParameter(node)) this.#add(node.parent, node.name, VALUE);
    else if (ts.isFunctionDeclaration(node)) this.#add(this.#block, node.name, VALUE);
    else if (ts.isFunctionExpression(node)) this.#add(node, node.name, VALUE);
    else if (ts.isClassDeclaration(node)) this.#add(this.#block, node.name, VALUE | TYPE);
    else if (ts.isClassExpression(node)) this.#add(node, node.name, VALUE | TYPE);
    else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node))
      this.#add(this.#block, node.name, TYPE);
    else if (ts.isEnumDeclaration(node)) this.#add(this.#block, node.name, VALUE | TYPE | NAMESPACE);
    else if (ts.isEnumMember(node)) this.#add(node.parent, node.name, VALUE);
    else if (ts.isModuleDeclaration(node)) this.#add(this.#block, node.name, VALUE | NAMESPACE);
    else if (ts.isImportEqualsDeclaration(node)) this.#add(this.#block, node.name, VALUE | TYPE | NAMESPACE);
    else if (ts.isCatchClause(node)) this.#add(node, node.variableDeclaration?.name, VALUE);
    else if (ts.isTypeParameterDeclaration(node)) this.#add(typeParameterScope(node), node.name, TYPE);
  }

  #add(scope: ts.Node, name: ts.Node | undefined, meaning: number): void {
    if (name === undefined) return;
    if (ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name)) {
      for (const element of name.elements) if (ts.isBindingElement(element)) this.#add(scope, element.name, meaning);
    } else if (ts.isIdentifier(name) && this.#names.has(name.text)) {
      const scopeNames = this.scopes.get(scope) ?? new Map<string, number>();
      this.scopes.set(scope, scopeNames);
      scopeNames.set(name.text, (scopeNames.get(name.text) ?? 0) | meaning);
    }
  }
}

/** What `infer X` declares reaches over the branch for a match only. */
function typeParameterScope({ parent }: ts.TypeParameterDeclaration): ts.Node {
  if (!ts.isInferTypeNode(parent)) return parent;
  for (let node: ts.Node = parent; node.parent !== undefined; node = node.parent) {
    if (ts.isConditionalTypeNode(node.parent) && node.parent.extendsType === node) return node.parent.trueType;
  }
  return parent;
}

/** A function's parameters are declared with it, its variables in its body: a parameter's default value sees none of those. */
function isVarScope(node: ts.Node): boolean {
  if (ts.isModuleBlock(node)) return true;
  const { parent } = node;
  return ts.isBlock(node) && (ts.isFunctionLike(parent) || ts.isClassStaticBlockDeclaration(parent));
}

/** Not a declaration, and not the name of a member, a label or something of another module. */
function isMention(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExportSpecifier(parent)) {
    return parent.parent.parent.moduleSpecifier === undefined && (parent.propertyName ?? parent.name) === node;
  }
  if ((parent as { readonly name?: ts.Node }).name === node) return false;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isQualifiedName(parent)) return parent.left === node && !isOfImportType(parent);
  if (ts.isImportTypeNode(parent)) return parent.qualifier !== node;
  if (ts.isLabeledStatement(parent)) return parent.label !== node;
  if (ts.isBreakOrContinueStatement(parent) || ts.isJsxNamespacedName(parent)) return false;
  if (ts.isJsxOpeningLikeElement(parent) || ts.isJsxClosingElement(parent))
    return parent.tagName !== node || !/^[a-z]/.test(node.text);
  return true;
}

/** `A.B` of `import("x").A.B`. */
function isOfImportType(name: ts.QualifiedName): boolean {
  let outer: ts.Node = name;
  while (ts.isQualifiedName(outer.parent)) outer = outer.parent;
  return ts.isImportTypeNode(outer.parent) && outer.parent.qualifier === outer;
}

function isHidden(mention: ts.Identifier, scopes: ReadonlyMap<ts.Node, Scope>): boolean {
  if (scopes.size === 0) return false;
  const meaning = meaningOf(mention);
  for (let node: ts.Node = mention; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    // The file's own scope is that of the import.
    if (ts.isSourceFile(parent)) return false;
    const declared = scopes.get(parent)?.get(mention.text) ?? 0;
    if ((declared & meaning) !== 0 && !isOutside(node, parent)) return true;
  }
  return false;
}

/** A computed name and a decorator do not see what their function or class declares. */
function isOutside(node: ts.Node, of: ts.Node): boolean {
  return ts.isDecorator(node) || (ts.isComputedPropertyName(node) && (of as { readonly name?: ts.Node }).name === node);
}

/** As what a name is looked up; 0 where several would do. */
function meaningOf(mention: ts.Identifier): number {
  const { parent } = mention;
  if (ts.isExportSpecifier(parent) || ts.isImportEqualsDeclaration(parent)) return 0;
  if (ts.isTypeReferenceNode(parent)) return TYPE;
  if (ts.isQualifiedName(parent)) {
    let outer: ts.Node = parent;
    while (ts.isQualifiedName(outer.parent)) outer = outer.parent;
    if (ts.isTypeQueryNode(outer.parent)) return VALUE;
    return ts.isImportEqualsDeclaration(outer.parent) ? 0 : NAMESPACE;
  }
  let outer: ts.Node = mention;
  while (ts.isPropertyAccessExpression(outer.parent) && outer.parent.expression === outer) outer = outer.parent;
  if (ts.isExpressionWithTypeArguments(outer.parent) && isTypeHeritage(outer.parent))
    return outer === mention ? TYPE : NAMESPACE;
  return VALUE;
}

function isTypeHeritage({ parent }: ts.ExpressionWithTypeArguments): boolean {
  if (!ts.isHeritageClause(parent)) return false;
  return parent.token === ts.SyntaxKind.ImplementsKeyword || ts.isInterfaceDeclaration(parent.parent);
}
