/**
 * What a module's code takes from each of its requests at run time, and which of its own declarations that use hangs on,
 * as webpack's inner graph sees it. Facts without offsets; what is not understood counts as a use of the whole module.
 */
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { isErasedPosition } from "./importBindings.ts";
import { factRanges, moduleFacts } from "./index.ts";
import { jsxFunctions } from "./jsxFunctions.ts";
import { destructured, membersOf } from "./memberPath.ts";
import { resolvedTree, ts } from "./parse.ts";
import { isPureDeclaration } from "./pureExpression.ts";
import { isComponentFile, scriptText } from "./scriptBlocks.ts";

export interface RequestUse {
  /** Index of the request in the file's facts; `undefined` for the request of the JSX transform. */
  readonly request: number | undefined;
  /** Exported name and members: `["default", "colors"]`; empty for the whole module. */
  readonly path: readonly string[];
  /** `classic jsx`: elements name `React` only where the transform is the classic one. */
  readonly kind: "import" | "import()" | "require" | "full require" | "classic jsx";
  readonly called: boolean;
  /** The top-level declaration whose use decides; `undefined` when the code runs with the module. */
  readonly holder: string | undefined;
}

export interface Reexport {
  readonly request: number;
  /** `undefined` for the namespace: `export *`, `export * as x`. */
  readonly imported: string | undefined;
  /** `undefined` for `export *`. */
  readonly exported: string | undefined;
}

export interface ModuleUses {
  readonly uses: readonly RequestUse[];
  readonly reexports: readonly Reexport[];
  /** Exported name to the declaration that it is, of those whose use can be told. */
  readonly exports: Readonly<Record<string, string>>;
  /** Declaration to the declarations that it names. */
  readonly holders: Readonly<Record<string, readonly string[]>>;
  /** Imports that the TypeScript compiler erases. */
  readonly erased: readonly number[];
  /** Everything may be used in ways that are not seen. */
  readonly uncertain: boolean;
}

const UNCERTAIN: ModuleUses = { uses: [], reexports: [], exports: {}, holders: {}, erased: [], uncertain: true };

const DEFAULT_HOLDER = "*default*";

const uses = query<World, ModuleUses>("moduleUses", (db, path) => {
  const text = fileText(db, path);
  const statements = factRanges(db, path)?.statements;
  if (text === undefined || statements === undefined || moduleFacts(db, path)?.broken === true) return UNCERTAIN;
  if (isComponentFile(path) || /\beval\s*\(|\bwith\s*\(/.test(text)) return UNCERTAIN;
  const script = scriptText(path, text);
  const resolved = resolvedTree(path, script);
  if (resolved === undefined || resolved.broken) return UNCERTAIN;
  const requestAt = new Map(statements.map(({ start }, index) => [start, index]));
  return new Collector(resolved.tree, resolved.symbolOf, requestAt, /\.[cm]?tsx?$/.test(path)).collect();
});

/** Of a file of a build; everything is uncertain where the text cannot be read. */
export function moduleUses(db: Db, path: FilePath): ModuleUses {
  return db.get(uses, path);
}

interface Bound {
  readonly request: number;
  readonly path: readonly string[];
  readonly kind: RequestUse["kind"];
}

class Collector {
  readonly #uses: RequestUse[] = [];
  readonly #reexports: Reexport[] = [];
  readonly #exports: Record<string, string> = {};
  readonly #edges = new Map<string, Set<string>>();
  readonly #bound = new Map<ts.Symbol, Bound>();
  readonly #react: Bound[] = [];
  readonly #declared = new Map<ts.Symbol, string>();
  readonly #erasable = new Set<number>();
  readonly #tree: ts.SourceFile;
  readonly #symbolOf: (name: ts.Identifier) => ts.Symbol | undefined;
  readonly #requestAt: ReadonlyMap<number, number>;
  readonly #typed: boolean;

  constructor(
    tree: ts.SourceFile,
    symbolOf: (name: ts.Identifier) => ts.Symbol | undefined,
    requestAt: ReadonlyMap<number, number>,
    typed: boolean,
  ) {
    this.#tree = tree;
    this.#symbolOf = symbolOf;
    this.#requestAt = requestAt;
    this.#typed = typed;
  }

  collect(): ModuleUses {
    for (const statement of this.#tree.statements) this.#declare(statement);
    this.#bindCalls(this.#tree);
    for (const statement of this.#tree.statements) this.#visitTop(statement);
    return {
      uses: this.#uses,
      reexports: this.#reexports,
      exports: this.#exports,
      holders: Object.fromEntries([...this.#edges].map(([from, to]) => [from, [...to]])),
      erased: [...this.#erasable],
      uncertain: false,
    };
  }

  #requestOf(node: ts.Node): number | undefined {
    return this.#requestAt.get(node.getStart(this.#tree));
  }

  #declare(statement: ts.Statement): void {
    if (ts.isImportDeclaration(statement)) {
      this.#declareImport(statement);
      return;
    }
    if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name !== undefined) {
      if (isPureDeclaration(statement, this.#tree)) this.#hold(statement.name);
    }
    if (!ts.isVariableStatement(statement)) return;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || initializer === undefined || !isPureDeclaration(initializer, this.#tree)) continue;
      this.#hold(name);
    }
  }

  #hold(name: ts.Identifier): void {
    const symbol = this.#symbolOf(name);
    if (symbol === undefined) return;
    this.#declared.set(symbol, name.text);
    this.#edges.set(name.text, new Set());
  }

  #declareImport(statement: ts.ImportDeclaration): void {
    const request = this.#requestOf(statement);
    const clause = statement.importClause;
    if (request === undefined || clause === undefined) return;
    const bind = (name: ts.Identifier, path: readonly string[]): void => {
      const symbol = this.#symbolOf(name);
      if (symbol !== undefined) this.#bound.set(symbol, { request, path, kind: "import" });
      if (name.text === "React") this.#react.push({ request, path, kind: "import" });
      if (this.#typed) this.#erasable.add(request);
    };
    if (clause.name !== undefined) bind(clause.name, ["default"]);
    const named = clause.namedBindings;
    if (named === undefined) return;
    if (ts.isNamespaceImport(named)) bind(named.name, []);
    else for (const element of named.elements) bind(element.name, [(element.propertyName ?? element.name).text]);
  }

  /** `const x = require("y")`, `const m = await import("y")`: names that stand for a whole module. */
  #bindCalls(node: ts.Node): void {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      const call = ts.isAwaitExpression(node.initializer) ? node.initializer.expression : node.initializer;
      const constant = ts.isVariableDeclarationList(node.parent) && (node.parent.flags & ts.NodeFlags.Const) !== 0;
      const kind = requestKind(call);
      const awaited = ts.isAwaitExpression(node.initializer);
      if (constant && kind !== undefined && awaited === (kind === "import()")) {
        const request = this.#requestOf(call);
        const symbol = this.#symbolOf(node.name);
        if (request !== undefined && symbol !== undefined) this.#bound.set(symbol, { request, path: [], kind });
      }
    }
    ts.forEachChild(node, (child) => this.#bindCalls(child));
  }

  #visitTop(statement: ts.Statement): void {
    if (ts.isImportDeclaration(statement)) return;
    if (ts.isExportDeclaration(statement)) {
      this.#visitExport(statement);
      return;
    }
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      const symbol = statement.name === undefined ? undefined : this.#symbolOf(statement.name);
      const held = symbol === undefined ? undefined : this.#declared.get(symbol);
      const isDefault = hasModifier(statement, ts.SyntaxKind.DefaultKeyword);
      const holder = held ?? (isDefault && isPureDeclaration(statement, this.#tree) ? DEFAULT_HOLDER : undefined);
      if (holder !== undefined && hasModifier(statement, ts.SyntaxKind.ExportKeyword)) {
        this.#exports[isDefault ? "default" : holder] = holder;
      }
      this.#visit(statement, holder);
      return;
    }
    if (ts.isExportAssignment(statement)) {
      this.#visitDefault(statement);
      return;
    }
    if (!ts.isVariableStatement(statement)) {
      this.#visit(statement, undefined);
      return;
    }
    for (const declaration of statement.declarationList.declarations) {
      const symbol = ts.isIdentifier(declaration.name) ? this.#symbolOf(declaration.name) : undefined;
      const holder = symbol === undefined ? undefined : this.#declared.get(symbol);
      if (holder !== undefined && hasModifier(statement, ts.SyntaxKind.ExportKeyword)) this.#exports[holder] = holder;
      this.#visit(declaration, holder);
    }
  }

  #visitDefault(statement: ts.ExportAssignment): void {
    const pure = statement.isExportEquals !== true && isPureDeclaration(statement.expression, this.#tree);
    if (pure) this.#exports.default = DEFAULT_HOLDER;
    this.#visit(statement.expression, pure ? DEFAULT_HOLDER : undefined);
  }

  #visitExport(statement: ts.ExportDeclaration): void {
    if (statement.isTypeOnly) return;
    const clause = statement.exportClause;
    const request = statement.moduleSpecifier === undefined ? undefined : this.#requestOf(statement);
    if (clause === undefined || ts.isNamespaceExport(clause)) {
      if (request !== undefined) this.#reexports.push({ request, imported: undefined, exported: clause?.name.text });
      return;
    }
    for (const element of clause.elements) {
      if (element.isTypeOnly) continue;
      const local = element.propertyName ?? element.name;
      const exported = element.name.text;
      if (request !== undefined) this.#reexports.push({ request, imported: local.text, exported });
      else if (ts.isIdentifier(local)) this.#exportLocal(local, exported);
    }
  }

  #exportLocal(local: ts.Identifier, exported: string): void {
    const symbol = this.#symbolOf(local);
    const bound = symbol === undefined ? undefined : this.#bound.get(symbol);
    const holder = symbol === undefined ? undefined : this.#declared.get(symbol);
    if (bound?.kind === "import") {
      this.#erasable.delete(bound.request);
      this.#reexports.push({ request: bound.request, imported: bound.path[0], exported });
    } else if (bound !== undefined) this.#use(bound.request, bound.path, bound.kind, false, undefined);
    else if (holder !== undefined) this.#exports[exported] = holder;
  }

  #use(
    request: number | undefined,
    path: readonly string[],
    kind: RequestUse["kind"],
    called: boolean,
    holder: string | undefined,
  ): void {
    if (request !== undefined) this.#erasable.delete(request);
    if (holder !== undefined && !this.#edges.has(holder)) this.#edges.set(holder, new Set());
    this.#uses.push({ request, path, kind, called, holder });
  }

  #visit(node: ts.Node, holder: string | undefined): void {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportEqualsDeclaration(node)) {
      const request = this.#requestOf(node);
      if (request !== undefined) this.#use(request, [], "require", false, undefined);
    }
    if (ts.isIdentifier(node)) this.#visitName(node, holder);
    else if (ts.isCallExpression(node)) this.#visitRequest(node, holder);
    for (const name of jsxFunctions(node)) {
      this.#use(undefined, [name], "import", false, holder);
      for (const { request, path } of this.#react) {
        this.#uses.push({ request, path: [...path, "createElement"], kind: "classic jsx", called: true, holder });
      }
    }
    ts.forEachChild(node, (child) => this.#visit(child, holder));
  }

  #visitName(node: ts.Identifier, holder: string | undefined): void {
    const symbol = this.#symbolOf(node);
    if (symbol === undefined) return;
    const named = this.#declared.get(symbol);
    if (named !== undefined && named !== holder && holder !== undefined) this.#edge(holder, named);
    else if (named !== undefined && holder === undefined) this.#edge("", named);
    const bound = this.#bound.get(symbol);
    if (bound === undefined || isErasedPosition(node)) return;
    if (ts.isVariableDeclaration(node.parent) && node.parent.name === node) return;
    const { members, end, called, written } = membersOf(node);
    const path = written ? bound.path : [...bound.path, ...members];
    for (const taken of destructured(end) ?? [[]]) {
      this.#use(bound.request, [...path, ...taken], bound.kind, called, holder);
    }
  }

  #edge(from: string, to: string): void {
    const known = this.#edges.get(from);
    if (known === undefined) this.#edges.set(from, new Set([to]));
    else known.add(to);
  }

  #visitRequest(call: ts.CallExpression, holder: string | undefined): void {
    const kind = requestKind(call);
    const request = kind === undefined ? undefined : this.#requestOf(call);
    if (kind === undefined || request === undefined) return;
    if (kind === "import()") {
      this.#visitDynamic(call, request, holder);
      return;
    }
    if (ts.isVariableDeclaration(call.parent) && call.parent.initializer === call) {
      if (ts.isIdentifier(call.parent.name) && this.#isBound(call.parent.name)) return;
    }
    const { members, end, called } = membersOf(call);
    if (members.length > 0) {
      this.#use(request, members, "full require", called, holder);
      return;
    }
    for (const taken of destructured(end) ?? [[]]) this.#use(request, taken, "require", false, holder);
  }

  #isBound(name: ts.Identifier): boolean {
    const symbol = this.#symbolOf(name);
    return symbol !== undefined && this.#bound.has(symbol);
  }

  #visitDynamic(call: ts.CallExpression, request: number, holder: string | undefined): void {
    const take = (paths: readonly (readonly string[])[]): void => {
      for (const path of paths) this.#use(request, path, "import()", false, holder);
    };
    const comment = /webpackExports:\s*(\[[^\]]*\]|"[^"]*"|'[^']*')/.exec(call.getFullText(this.#tree))?.[1];
    if (comment !== undefined) {
      take([...comment.matchAll(/["']([^"']*)["']/g)].map((match) => [match[1] ?? ""]));
      return;
    }
    let { parent } = call;
    if (ts.isAwaitExpression(parent)) {
      let awaited: ts.Expression = parent;
      while (ts.isParenthesizedExpression(awaited.parent)) awaited = awaited.parent;
      parent = awaited.parent;
      if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) && this.#isBound(parent.name)) return;
      const { members, end } = membersOf(awaited);
      if (members.length > 0) {
        take([members]);
        return;
      }
      take(destructured(end) ?? [[]]);
      return;
    }
    take(thenPaths(call, this.#symbolOf) ?? [[]]);
  }
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind);
}

function requestKind(node: ts.Node): "require" | "import()" | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return "import()";
  return ts.isIdentifier(node.expression) && node.expression.text === "require" ? "require" : undefined;
}

/** `import("x").then(({ a }) => …)`; `undefined` when the module's whole is taken. */
function thenPaths(
  call: ts.CallExpression,
  symbolOf: (name: ts.Identifier) => ts.Symbol | undefined,
): readonly (readonly string[])[] | undefined {
  const access = call.parent;
  if (!ts.isPropertyAccessExpression(access) || access.name.text !== "then") return undefined;
  const [callback] = ts.isCallExpression(access.parent) ? access.parent.arguments : [];
  if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return undefined;
  const [parameter] = callback.parameters;
  if (parameter === undefined) return callback.getText().includes("arguments") ? undefined : [];
  if (parameter.dotDotDotToken !== undefined || parameter.initializer !== undefined) return undefined;
  if (!ts.isIdentifier(parameter.name)) {
    return ts.isObjectBindingPattern(parameter.name) ? destructured(parameter.name) : undefined;
  }
  const own = symbolOf(parameter.name);
  const found: (readonly string[])[] = [];
  let whole = own === undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node !== parameter.name && symbolOf(node) === own) {
      const { members, end, written } = membersOf(node);
      const taken = members.length > 0 ? [[]] : destructured(end);
      if (written || taken === undefined) whole = true;
      else for (const path of taken) found.push([...members, ...path]);
    }
    ts.forEachChild(node, visit);
  };
  visit(callback.body);
  return whole ? undefined : found;
}
