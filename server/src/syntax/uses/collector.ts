/**
 * Walks a module as webpack's parser does, and notes what is taken of each request: member chains, patterns, calls, and
 * the top-level declaration that each stands in.
 */
import { guardAfter } from "../guards.ts";
import { destructuredBy, memberChain, patternPaths, unwrapped, wrapped } from "../memberPath.ts";
import { ts } from "../parse.ts";
import { arePure, isPure, isStatic, type PurityContext } from "../pureExpression.ts";
import { branches, isName } from "./branches.ts";
import {
  exportsTarget,
  isAssignment,
  isLiteralExports,
  ownThis,
  type PropertyDefinition,
  propertyDefinition,
  requiredValue,
} from "./commonJs.ts";
import { decoratorsIn } from "./decorators.ts";
import { EntityUses } from "./entities.ts";
import { isErased } from "./erased.ts";
import type { ExportedRequire, ModuleUses } from "./facts.ts";
import type { Holder } from "./innerGraph.ts";
import { jsxParts, noteJsxFunctions } from "./jsx.ts";
import { askedMember, ModuleNames } from "./moduleNames.ts";
import { NotedUses, withGuards } from "./noted.ts";
import {
  commentedExports,
  fulfilledCallback,
  isOfModule,
  isOptionalCall,
  isOptionalMember,
  isStatementLevel,
  isThen,
  isVar,
  memberOfAwaited,
  requestKind,
} from "./requests.ts";

export class UseCollector {
  readonly #names: ModuleNames;
  readonly #tree: ts.SourceFile;
  readonly #purity: PurityContext;
  readonly #noted: NotedUses;
  readonly #entities: EntityUses;
  readonly #exportedRequires: ExportedRequire[] = [];
  readonly #own: (readonly string[])[] = [];
  readonly #classHolders = new Map<ts.ClassLikeDeclaration, Holder>();
  /** Not inside a function: declarations here are declarations of the module. */
  #top = true;
  /** `this` is that of the module: there, and in arrow functions there. */
  #ownThis = true;

  /** For a tree whose nodes know their parents. */
  constructor(tree: ts.SourceFile, requestAt: ReadonlyMap<number, number>, typed: boolean) {
    this.#tree = tree;
    this.#names = new ModuleNames(tree, requestAt, typed);
    this.#noted = new NotedUses((request) => this.#names.markUsed(request));
    this.#entities = new EntityUses(this.#names, this.#noted);
    this.#purity = { text: this.#tree.text, pureFunctions: this.#names.pureFunctions };
  }

  /** `hasGuardedRequest`: a request stands where a test decides, whether or not anything is taken of it. */
  collect(hasGuardedRequest: boolean): ModuleUses {
    for (const statement of this.#tree.statements) this.#visit(statement);
    this.#noted.addUntaken(this.#names.called);
    const guarded = hasGuardedRequest || this.#noted.guarded;
    return {
      imports: this.#names.imports,
      uses: this.#noted.uses(this.#names.inner),
      reexports: this.#names.reexports,
      exportedRequires: this.#exportedRequires,
      own: this.#own,
      erasable: this.#names.erasable(),
      pure: arePure(this.#tree.statements, this.#purity),
      pureInRspack: arePure(this.#tree.statements, { ...this.#purity, rspack: "module" }),
      named: guarded ? this.#names.named() : {},
      constants: guarded ? this.#names.constants() : {},
      uncertain: false,
    };
  }

  #visit(node: ts.Node): void {
    if (node.kind < ts.SyntaxKind.FirstNode) {
      if (ts.isIdentifier(node)) this.#visitName(node);
      else if (node.kind === ts.SyntaxKind.ThisKeyword && this.#ownThis && !this.#names.esm) this.#own.push([]);
      return;
    }
    if (isErased(node)) return;
    if (this.#top && ts.isStatement(node)) this.#noted.holder = undefined;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isImportEqualsDeclaration(node)) this.#entities.visit(node);
    else if (ts.isExportAssignment(node)) this.#visitExportAssignment(node);
    else if (ts.isClassLike(node)) this.#visitClass(node);
    else if (ts.isFunctionLike(node)) this.#visitFunction(node);
    else if (ts.isModuleDeclaration(node))
      this.#inFunction(() => ts.forEachChild(node, (child) => this.#visit(child)), false);
    else if (ts.isVariableDeclaration(node)) this.#visitDeclaration(node);
    else if (ts.isBlock(node)) this.#visitStatements(node.statements);
    else if (ts.isCallExpression(node)) this.#visitCall(node);
    else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) this.#visitChain(node);
    else if (ts.isBinaryExpression(node) && isAssignment(node)) this.#visitAssignment(node);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.InKeyword) this.#visitIn(node);
    else if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) {
      noteJsxFunctions(node, this.#names, this.#noted);
      for (const part of jsxParts(node)) this.#visit(part);
    } else if (ts.isEnumDeclaration(node))
      for (const { initializer } of node.members) initializer !== undefined && this.#visit(initializer);
    else this.#visitParts(node);
  }

  /** Children that are code, each under the constant test that it hangs on. */
  #visitParts(node: ts.Node): void {
    const decided = branches(node);
    if (decided === undefined) ts.forEachChild(node, (child) => (isName(node, child) ? undefined : this.#visit(child)));
    for (const { part, guard } of decided ?? []) {
      const outer = this.#noted.guards;
      if (guard !== undefined && guard !== "never") this.#noted.guards = [...outer, guard];
      if (guard === "never") this.#entities.mention(part);
      else this.#visit(part);
      this.#noted.guards = outer;
    }
  }

  /** In a function: nothing after a `return` counts but function declarations, which are hoisted. */
  #visitStatements(statements: readonly ts.Statement[]): void {
    const outer = this.#noted.guards;
    let dead = false;
    for (const statement of statements) {
      const isHoisted = ts.isFunctionDeclaration(statement);
      if (dead && !isHoisted) {
        this.#entities.mention(statement);
        continue;
      }
      const { guards } = this.#noted;
      if (isHoisted) this.#noted.guards = outer;
      this.#visit(statement);
      this.#noted.guards = guards;
      const after = this.#top || dead ? undefined : guardAfter(statement);
      if (after === "never") dead = true;
      else if (after !== undefined) this.#noted.guards = [...this.#noted.guards, after];
    }
    this.#noted.guards = outer;
  }

  #inFunction(visit: () => void, keepsThis: boolean): void {
    const { top, ownThis, guards } = { top: this.#top, ownThis: this.#ownThis, guards: this.#noted.guards };
    this.#top = false;
    this.#ownThis = ownThis && keepsThis;
    visit();
    this.#top = top;
    this.#ownThis = ownThis;
    this.#noted.guards = guards;
  }

  #visitFunction(node: ts.SignatureDeclaration): void {
    const outer = this.#noted.holder;
    if (node.name !== undefined && ts.isComputedPropertyName(node.name)) this.#visit(node.name.expression);
    if (this.#top && ts.isFunctionDeclaration(node)) this.#noted.holder = this.#names.holderOf(node);
    this.#inFunction(() => {
      for (const { name, initializer } of node.parameters) {
        if (!ts.isIdentifier(name)) this.#visit(name);
        if (initializer !== undefined) this.#visit(initializer);
      }
      const { body } = node as ts.FunctionLikeDeclaration;
      if (body !== undefined) this.#visit(body);
    }, ts.isArrowFunction(node));
    this.#noted.holder = outer;
  }

  /** Elements run with the class unless they are methods, and fields of instances. */
  #visitClass(node: ts.ClassLikeDeclaration): void {
    const outer = this.#noted.holder;
    const own = this.#top && (ts.isClassDeclaration(node) || this.#classHolders.has(node));
    const holder = ts.isClassDeclaration(node) ? this.#names.holderOf(node) : this.#classHolders.get(node);
    for (const decorator of decoratorsIn(node)) this.#visit(decorator);
    if (own) this.#noted.holder = holder;
    for (const clause of node.heritageClauses ?? []) this.#visit(clause);
    for (const member of node.members) {
      const isField = ts.isPropertyDeclaration(member);
      const runs =
        ts.isClassStaticBlockDeclaration(member) ||
        (isField && isStatic(member) && !isPure(member.initializer, this.#purity, member.name.end));
      if (own) this.#noted.holder = undefined;
      if (member.name !== undefined && ts.isComputedPropertyName(member.name)) this.#visit(member.name.expression);
      if (own) this.#noted.holder = runs ? undefined : holder;
      if (isField) this.#inFunction(() => member.initializer !== undefined && this.#visit(member.initializer), false);
      else if (ts.isClassStaticBlockDeclaration(member))
        this.#inFunction(() => this.#visitStatements(member.body.statements), false);
      else this.#visit(member);
    }
    this.#noted.holder = outer;
  }

  #visitDeclaration(node: ts.VariableDeclaration): void {
    const { name, initializer } = node;
    if (!ts.isIdentifier(name)) this.#visit(name);
    if (initializer === undefined) return;
    const value = unwrapped(initializer);
    const outer = this.#noted.holder;
    if (this.#top && ts.isIdentifier(name)) {
      const holder = this.#names.holderOf(node);
      if (ts.isClassExpression(value)) this.#classHolders.set(value, holder);
      else this.#noted.holder = holder;
    }
    this.#visit(initializer);
    this.#noted.holder = outer;
  }

  #visitExportAssignment(node: ts.ExportAssignment): void {
    const value = unwrapped(node.expression);
    if (node.isExportEquals === true) {
      if (!this.#exportRequired(node.expression, [])) this.#visit(node.expression);
      return;
    }
    if (this.#names.isNamespace(value)) return;
    const holder = this.#names.holderOf(node);
    if (ts.isClassExpression(value)) this.#classHolders.set(value, holder);
    else this.#noted.holder = holder;
    this.#visit(node.expression);
  }

  #visitName(node: ts.Identifier): void {
    const bound = this.#names.boundOf(node);
    if (bound === undefined) {
      if (this.#names.exportsNameOf(node)) this.#own.push([]);
      this.#entities.see(node);
      this.#names.reference(node, this.#noted.holder);
      return;
    }
    if (this.#names.isDeclarationOf(node)) return;
    const tag = ts.isTaggedTemplateExpression(node.parent) && node.parent.tag === node;
    const isEarly = bound.kind === "require" && isVar(wrapped(node).parent);
    this.#noted.take(bound, [], { direct: true, called: tag, taken: isEarly ? undefined : destructuredBy(node) });
  }

  #visitChain(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): void {
    const { root, members, certain } = memberChain(node);
    if (members.length > 0 && this.#visitMembers(node, root, members, certain, false)) return;
    this.#visit(node.expression);
    if (ts.isElementAccessExpression(node)) this.#visit(node.argumentExpression);
  }

  /** False when the chain starts from nothing known. */
  #visitMembers(
    node: ts.Node,
    root: ts.Expression,
    members: readonly string[],
    certain: readonly string[],
    called: boolean,
  ): boolean {
    const own = this.#names.esm ? undefined : exportsTarget(node, this.#names, this.#ownThis);
    if (own !== undefined) {
      this.#own.push(called ? own.slice(0, -1) : own);
      return true;
    }
    if (requestKind(root, this.#names.bindingOf) === "require") {
      const request = this.#names.requestOf(root);
      if (request === undefined || isOfModule(root)) return false;
      this.#noted.add({ request, kind: "full require" }, members, { called });
      return true;
    }
    const bound = ts.isIdentifier(root) ? this.#names.boundOf(root) : undefined;
    if (bound === undefined) return false;
    const path = bound.kind === "require" ? members : certain;
    // An optional call takes the object that it is made on, an optional member of what is required ends the chain.
    const optionally = called && isOptionalCall(node);
    const inRspack = optionally ? certain.slice(0, -1) : bound.kind === "require" ? certain : path;
    this.#noted.take(bound, path, {
      called,
      taken: called || bound.kind !== "import" ? undefined : destructuredBy(node),
      inRspack: inRspack.length < path.length ? inRspack : undefined,
    });
    return true;
  }

  #visitCall(call: ts.CallExpression): void {
    const { root, members, certain } = memberChain(call.expression);
    if (this.#visitRequestCall(call, root, members)) return;
    if (ts.isIdentifier(root) && members.length === 0 && root.text === "eval")
      this.#names.inner.evaluate(this.#noted.holder);
    const callee = unwrapped(call.expression);
    const bound = ts.isIdentifier(callee) ? this.#names.boundOf(callee) : undefined;
    if (bound !== undefined) this.#noted.take(bound, [], { called: true, direct: true });
    else if (members.length === 0 || !this.#visitMembers(callee, root, members, certain, true)) this.#visit(callee);
    for (const argument of call.arguments) this.#visit(argument);
  }

  /** Calls that ask for a module, or define an export. */
  #visitRequestCall(call: ts.CallExpression, root: ts.Expression, members: readonly string[]): boolean {
    const kind = requestKind(call, this.#names.bindingOf);
    const definition = this.#names.esm ? undefined : propertyDefinition(call, this.#names, this.#ownThis);
    if (kind === "import()") this.#visitImport(call, undefined);
    else if (kind === "require") this.#visitRequire(call);
    else if (definition !== undefined) this.#visitDefinition(definition);
    else if (isThen(call.expression, members) && requestKind(root, this.#names.bindingOf) === "import()") {
      this.#visitImport(root as ts.CallExpression, call);
    } else return false;
    return true;
  }

  #visitDefinition({ property, required, getter, descriptor }: PropertyDefinition): void {
    const how = { resultUsed: false, getter, defined: true };
    if (required !== undefined && this.#exportRequired(required, [property], how)) return;
    if (ownThis(descriptor)) this.#own.push([]);
    this.#visit(descriptor);
  }

  #visitRequire(call: ts.CallExpression): void {
    const request = this.#names.requestOf(call);
    const { parent } = wrapped(call);
    const bound = ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) && this.#names.boundOf(parent.name);
    if (request === undefined) for (const argument of call.arguments) this.#visit(argument);
    if (request === undefined || bound || (isStatementLevel(call) && !isOfModule(call))) return;
    const taken = isOfModule(call) ? undefined : destructuredBy(call);
    for (const path of taken ?? [[]]) this.#noted.add({ request, kind: "require" }, path, {});
  }

  #visitImport(call: ts.CallExpression, then: ts.CallExpression | undefined): void {
    const request = this.#names.requestOf(call);
    if (request !== undefined) this.#noteImport(call, request, then);
    else for (const argument of call.arguments) this.#visit(argument);
    for (const argument of then?.arguments ?? []) this.#visit(argument);
  }

  #noteImport(call: ts.CallExpression, request: number, then: ts.CallExpression | undefined): void {
    const fulfilled = then === undefined ? undefined : fulfilledCallback(then);
    const wholeInRspack = then !== undefined && isOptionalMember(then.expression);
    const outer = wrapped(call);
    const awaited = ts.isAwaitExpression(outer.parent) ? wrapped(outer.parent).parent : undefined;
    if (awaited !== undefined && ts.isVariableDeclaration(awaited) && ts.isIdentifier(awaited.name)) return;
    if (fulfilled !== undefined && ts.isIdentifier(fulfilled.parameter)) {
      this.#names.bind(fulfilled.parameter, { request, path: [], kind: "import()", wholeInRspack });
      return;
    }
    const taken = fulfilled === undefined ? destructuredBy(call) : patternPaths(fulfilled.parameter);
    const commented = commentedExports(call, this.#tree)?.map((name) => [name]);
    const paths = taken ?? commented;
    if (paths === undefined) this.#noted.add({ request, kind: "import()" }, [], { inRspack: memberOfAwaited(outer) });
    const inRspack = wholeInRspack ? [] : undefined;
    for (const path of paths ?? []) this.#noted.add({ request, kind: "import()" }, path, { inRspack });
    if (taken !== undefined) this.#names.called.push(request);
  }

  #visitAssignment(node: ts.BinaryExpression): void {
    const target = this.#names.esm ? undefined : exportsTarget(unwrapped(node.left), this.#names, this.#ownThis);
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) {
      // What is there before is not seen to be read.
      if (target === undefined || target.length === 0) this.#visitParts(node);
      else this.#visit(node.right);
      return;
    }
    if (target !== undefined) {
      const resultUsed = !isStatementLevel(node);
      if (target[0] !== "__esModule" && this.#exportRequired(node.right, target, { resultUsed })) return;
      const literal = isLiteralExports(node);
      if (target.length > 0 || literal) {
        if (ownThis(node.right)) this.#own.push([]);
        if (literal && target.length === 0)
          this.#visitExportedObject(unwrapped(node.right) as ts.ObjectLiteralExpression);
        else this.#visit(node.right);
        return;
      }
    }
    this.#visit(node.right);
    const left = unwrapped(node.left);
    if (!ts.isIdentifier(left) || this.#names.boundOf(left) !== undefined) this.#visit(left);
    // `exports = …` names the object that it leaves.
    else if (target !== undefined) this.#own.push([]);
  }

  /** What a method of `module.exports = { … }` requires counts with that export. */
  #visitExportedObject(object: ts.ObjectLiteralExpression): void {
    for (const property of object.properties) {
      const isMethod = ts.isMethodDeclaration(property) && ts.isIdentifier(property.name);
      this.#noted.method = isMethod ? (property.name as ts.Identifier).text : undefined;
      this.#visit(property);
    }
    this.#noted.method = undefined;
  }

  #visitIn(node: ts.BinaryExpression): void {
    const asked = askedMember(node, this.#names);
    if (asked === undefined) this.#visitParts(node);
    else this.#noted.add(asked.bound, [...asked.bound.path, ...asked.members], { direct: asked.members.length === 1 });
  }

  #exportRequired(
    value: ts.Expression,
    exported: readonly string[],
    { resultUsed = false, getter = false, defined = false } = {},
  ): boolean {
    const required = requiredValue(value, this.#names);
    if (required === undefined) return false;
    const { request, path, byName } = required;
    const fact = { request, path, exported, resultUsed, getter, indirect: defined || byName };
    this.#exportedRequires.push(withGuards(fact, this.#noted.guards));
    return true;
  }
}
