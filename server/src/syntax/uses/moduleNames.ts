/** What the names of a module stand for: imports, modules asked for by a call, its own declarations and exports. */
import { type ConstantExpression, constantExpression } from "../guards.ts";
import { memberChain, unwrapped } from "../memberPath.ts";
import { ts } from "../parse.ts";
import { isPure, type PurityContext } from "../pureExpression.ts";
import { hasModifier, isErased } from "./erased.ts";
import type { ImportedName, Reexport, UseKind } from "./facts.ts";
import { type Holder, InnerGraph } from "./innerGraph.ts";
import { boundName, isFree, isVar } from "./requests.ts";
import { type Binding, type BindingOf, type Bindings, bindingsOf } from "./scopes.ts";

export interface Bound {
  readonly request: number;
  readonly path: readonly string[];
  readonly kind: Extract<UseKind, "import" | "import()" | "require">;
  /** Rspack does not follow the name. */
  readonly wholeInRspack?: boolean;
}

const NO_SIDE_EFFECTS = /\/\*\s*[#@]__NO_SIDE_EFFECTS__\s*\*\//;

export class ModuleNames {
  readonly bindingOf: BindingOf;
  readonly inner = new InnerGraph();
  readonly imports: ImportedName[] = [];
  readonly reexports: Reexport[] = [];
  readonly react: { readonly request: number; readonly path: readonly string[] }[] = [];
  readonly pureFunctions = new Set<string>();
  /** Requests whose module a name or a pattern is given by `import()`. */
  readonly called: number[] = [];
  /** Has imports or exports: `exports` is then no more than a name. */
  readonly esm: boolean;
  readonly #tree: ts.SourceFile;
  readonly #bindings: Bindings;
  readonly #requestAt: ReadonlyMap<number, number>;
  readonly #typed: boolean;
  readonly #bound = new Map<Binding, Bound>();
  readonly #boundNames = new Set<string>();
  readonly #declarations = new Map<ts.Node, Holder>();
  readonly #declared = new Map<Binding, number>();
  readonly #declaredNames = new Set<string>();
  readonly #erasable = new Set<number>();
  readonly #purity: PurityContext;
  readonly #rspackPurity: PurityContext;

  constructor(tree: ts.SourceFile, requestAt: ReadonlyMap<number, number>, typed: boolean) {
    this.#tree = tree;
    this.esm = tree.statements.some(isModuleSyntax);
    this.#bindings = bindingsOf(tree, this.esm);
    this.bindingOf = this.#bindings.of;
    this.#requestAt = requestAt;
    this.#typed = typed;
    this.#purity = { text: tree.text, pureFunctions: this.pureFunctions };
    this.#rspackPurity = { ...this.#purity, rspack: "declaration" };
    const marked = NO_SIDE_EFFECTS.test(tree.text);
    if (marked) for (const statement of tree.statements) this.#markPure(statement);
    for (const statement of tree.statements) if (ts.isImportDeclaration(statement)) this.#declareImport(statement);
    this.#declareIn(tree);
    if (/\b(?:require|import)\s*\(/.test(tree.text)) this.#bindCalls(tree);
    for (const statement of tree.statements) this.#declareExports(statement);
  }

  requestOf(node: ts.Node): number | undefined {
    return this.#requestAt.get(node.getStart(this.#tree));
  }

  bind(name: ts.Identifier, bound: Bound): void {
    const binding = this.bindingOf(name);
    if (binding === undefined) return;
    this.#bound.set(binding, bound);
    if (bound.kind === "import()") this.called.push(bound.request);
    this.#boundNames.add(name.text);
  }

  boundOf(name: ts.Identifier): Bound | undefined {
    if (!this.#boundNames.has(name.text)) return undefined;
    const binding = this.bindingOf(name);
    return binding === undefined ? undefined : this.#bound.get(binding);
  }

  /** Whether this is where the name is given, not a use of it. */
  isDeclarationOf(name: ts.Identifier): boolean {
    const { parent } = name;
    return (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) && parent.name === name;
  }

  isNamespace(value: ts.Node): boolean {
    const bound = ts.isIdentifier(value) ? this.boundOf(value) : undefined;
    return bound?.kind === "import" && bound.path.length === 0;
  }

  /** The name `exports` of CommonJS, or `module` by itself. */
  exportsNameOf(name: ts.Identifier): boolean {
    return !this.esm && (name.text === "exports" || name.text === "module") && isFree(name, this.bindingOf);
  }

  holderOf(declaration: ts.Node): Holder {
    return this.#declarations.get(declaration);
  }

  reference(name: ts.Identifier, from: Holder): void {
    if (!this.#declaredNames.has(name.text)) return;
    const binding = this.bindingOf(name);
    const to = binding === undefined ? undefined : this.#declared.get(binding);
    if (to !== undefined) this.inner.reference(from, to);
  }

  /** Of code that never runs: a compile keeps its imports. */
  markMentioned(code: ts.Node): void {
    if (this.#erasable.size === 0 || isErased(code)) return;
    const bound = ts.isIdentifier(code) ? this.boundOf(code) : undefined;
    if (bound !== undefined) this.markUsed(bound.request);
    ts.forEachChild(code, (child) => this.markMentioned(child));
  }

  markUsed(request: number): void {
    this.#erasable.delete(request);
  }

  erasable(): readonly number[] {
    return [...this.#erasable];
  }

  /** Imported names that no inner declaration hides, for constants that are imported. */
  named(): Readonly<Record<string, readonly [number, string]>> {
    return Object.fromEntries(
      [...this.#bound].flatMap(([binding, { kind, request, path }]) =>
        kind === "import" && path.length === 1 && this.#bindings.count(binding.name) === 1
          ? [[binding.name, [request, path[0]!] as const]]
          : [],
      ),
    );
  }

  /** Constants of the module's own, which bundlers compute tests with. */
  constants(): Readonly<Record<string, ConstantExpression>> {
    const found: Record<string, ConstantExpression> = {};
    for (const statement of this.#tree.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      if ((statement.declarationList.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const) continue;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || initializer === undefined || this.#bindings.count(name.text) !== 1) continue;
        const constant = constantExpression(initializer);
        if (constant !== undefined) found[name.text] = constant;
      }
    }
    return found;
  }

  #declareImport(statement: ts.ImportDeclaration): void {
    const request = this.requestOf(statement);
    const clause = statement.importClause;
    if (request === undefined || clause === undefined) return;
    const allTypes = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
    const bind = (name: ts.Identifier, imported: string, typeOnly: boolean): void => {
      this.imports.push({ request, imported, local: name.text, typeOnly });
      if (typeOnly) return;
      const path = imported === "*" ? [] : [imported];
      this.bind(name, { request, path, kind: "import" });
      if (name.text === "React") this.react.push({ request, path });
      if (this.#typed) this.#erasable.add(request);
    };
    if (clause.name !== undefined) bind(clause.name, "default", allTypes);
    const named = clause.namedBindings;
    if (named === undefined) return;
    if (ts.isNamespaceImport(named)) bind(named.name, "*", allTypes);
    else {
      for (const { name, propertyName, isTypeOnly } of named.elements) {
        bind(name, (propertyName ?? name).text, allTypes || isTypeOnly);
      }
    }
  }

  #bindCalls(node: ts.Node): void {
    const found = ts.isVariableDeclaration(node) ? boundName(node, this.bindingOf) : undefined;
    const request = found === undefined ? undefined : this.requestOf(found.call);
    if (found !== undefined && request !== undefined) {
      const wholeInRspack = found.kind === "import()" && isVar(node);
      this.bind(found.name, { request, path: [], kind: found.kind, wholeInRspack });
    }
    ts.forEachChild(node, (child) => this.#bindCalls(child));
  }

  /** Declarations of the module: at the top, and in blocks that are in no function. */
  #declareIn(node: ts.Node): void {
    ts.forEachChild(node, (child) => {
      if (isErased(child)) return;
      if (ts.isFunctionDeclaration(child) || ts.isClassDeclaration(child)) {
        this.#hold(child, child.name, child, child.getStart());
      } else if (ts.isVariableDeclarationList(child)) this.#declareVariables(child);
      else if (ts.isExportAssignment(child)) {
        if (child.isExportEquals !== true) this.#hold(child, undefined, child.expression, child.getStart());
      } else if (
        ts.isStatement(child) ||
        ts.isCaseBlock(child) ||
        ts.isCaseOrDefaultClause(child) ||
        ts.isCatchClause(child)
      ) {
        this.#declareIn(child);
      }
    });
  }

  #declareVariables(list: ts.VariableDeclarationList): void {
    const disposes =
      (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Using ||
      (list.flags & ts.NodeFlags.AwaitUsing) === ts.NodeFlags.AwaitUsing;
    if (disposes) return;
    for (const declaration of list.declarations) {
      const { name, initializer } = declaration;
      if (!ts.isIdentifier(name) || initializer === undefined) continue;
      this.#hold(declaration, name, initializer, name.end);
    }
  }

  /** Where evaluating the value has no effect; marks are looked for from `from` on. */
  #hold(declaration: ts.Node, name: ts.Identifier | undefined, value: ts.Node, from: number): void {
    const pure = isPure(value, this.#purity, from);
    const pureInRspack = isPure(value, this.#rspackPurity, from);
    const binding = name === undefined ? undefined : this.bindingOf(name);
    const known = binding === undefined ? undefined : this.#declared.get(binding);
    const differs = pure !== pureInRspack;
    if (!(pure || pureInRspack) || (differs && known !== undefined)) return;
    const holder = known ?? this.inner.declare();
    if (differs) this.inner.run(holder, pure ? "rspack" : "webpack");
    this.#declarations.set(declaration, holder);
    if (binding === undefined || name === undefined) return;
    this.#declared.set(binding, holder);
    this.#declaredNames.add(name.text);
  }

  #markPure(statement: ts.Statement): void {
    const text = (node: ts.Node): string => this.#tree.text.slice(node.pos, node.getStart(this.#tree));
    const above = NO_SIDE_EFFECTS.test(text(statement));
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined && above)
      this.pureFunctions.add(statement.name.text);
    if (!ts.isVariableStatement(statement)) return;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || initializer === undefined) continue;
      const isFunction = ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer);
      if (isFunction && (above || NO_SIDE_EFFECTS.test(text(initializer)))) this.pureFunctions.add(name.text);
    }
  }

  #declareExports(statement: ts.Statement): void {
    if (ts.isExportDeclaration(statement)) this.#declareExportList(statement);
    else if (ts.isExportAssignment(statement)) this.#declareDefault(statement);
    else if (!isErased(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
      if (ts.isVariableStatement(statement)) {
        for (const declaration of statement.declarationList.declarations) {
          if (ts.isIdentifier(declaration.name)) this.inner.export(this.holderOf(declaration), declaration.name.text);
        }
      } else {
        const { name } = statement as ts.FunctionDeclaration;
        const exported = hasModifier(statement, ts.SyntaxKind.DefaultKeyword) ? "default" : name?.text;
        if (exported !== undefined) this.inner.export(this.holderOf(statement), exported);
      }
    }
  }

  #declareDefault(statement: ts.ExportAssignment): void {
    if (statement.isExportEquals === true) return;
    const value = unwrapped(statement.expression);
    const bound = this.isNamespace(value) ? this.boundOf(value as ts.Identifier) : undefined;
    if (bound === undefined) this.inner.export(this.holderOf(statement), "default");
    else this.#reexport(bound.request, undefined, "default");
  }

  #declareExportList(statement: ts.ExportDeclaration): void {
    if (statement.isTypeOnly) return;
    const clause = statement.exportClause;
    const request = statement.moduleSpecifier === undefined ? undefined : this.requestOf(statement);
    if (clause === undefined || ts.isNamespaceExport(clause)) {
      if (request !== undefined) this.#reexport(request, undefined, clause?.name.text);
      return;
    }
    for (const element of clause.elements) {
      if (element.isTypeOnly) continue;
      const local = element.propertyName ?? element.name;
      if (request !== undefined) this.#reexport(request, local.text, element.name.text);
      else if (ts.isIdentifier(local)) this.#exportLocal(local, element.name.text);
    }
  }

  #exportLocal(local: ts.Identifier, exported: string): void {
    const bound = this.boundOf(local);
    if (bound?.kind === "import") this.#reexport(bound.request, bound.path[0], exported);
    const binding = this.bindingOf(local);
    this.inner.export(binding === undefined ? undefined : this.#declared.get(binding), exported);
  }

  #reexport(request: number, imported: string | undefined, exported: string | undefined): void {
    this.markUsed(request);
    this.reexports.push({ request, imported, exported });
  }
}

/** `"a" in x` asks for the member, not for its value. */
export function askedMember(
  node: ts.BinaryExpression,
  names: ModuleNames,
): { readonly bound: Bound; readonly members: readonly string[] } | undefined {
  const name = unwrapped(node.left);
  const { root, members } = memberChain(node.right);
  const bound = ts.isIdentifier(root) ? names.boundOf(root) : undefined;
  if (!ts.isStringLiteralLike(name) || bound?.kind !== "import") return undefined;
  return { bound, members: [...members, name.text] };
}

function isModuleSyntax(statement: ts.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return true;
  if (ts.isExportAssignment(statement)) return statement.isExportEquals !== true;
  return hasModifier(statement, ts.SyntaxKind.ExportKeyword);
}
