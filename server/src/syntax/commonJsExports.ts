/**
 * The exports of a CommonJS module: assignments to members of `exports`, `module.exports` and the module's `this`, object
 * literals, `Object.defineProperty`, re-exports by `require`. Any other use of the exports object gives up on names.
 */
import type { ExportFacts, ExportsType, ForwardedExport } from "./exportFacts.ts";
import { isLive, PRODUCTION } from "./guards.ts";
import { memberChain, unwrapped } from "./memberPath.ts";
import { ts } from "./parse.ts";
import { branches } from "./uses/branches.ts";
import { definedProperty, isAssignment, isLiteralExports } from "./uses/commonJs.ts";

/** Members of `module` that do not touch its exports. */
export const MODULE_MEMBERS: ReadonlySet<string> = new Set(["hot", "id", "loaded", "children", "parent", "paths"]);

/** Of a tree whose nodes know their parents. Names are not resolved: where a declaration gives `exports`, nothing is told. */
export function commonJsExports(tree: ts.SourceFile): ExportFacts {
  return /\b(?:exports|this)\b|\bexport\s*=/.test(tree.text) ? new CommonJsReader(tree).read() : nothing(undefined);
}

function nothing(type: ExportsType): ExportFacts {
  return { format: "cjs", type, names: [], forwarded: [], inlinable: [], complete: false };
}

/** What `require` gave, or a member of it. */
interface Required {
  readonly specifier: string;
  readonly path: readonly string[];
  /** By the name of a constant. */
  readonly indirect: boolean;
}

class CommonJsReader {
  readonly #tree: ts.SourceFile;
  readonly #names: string[] = [];
  readonly #forwarded: ForwardedExport[] = [];
  readonly #requires = new Map<string, string>();
  #gaveUp = false;
  #given = false;
  /** What is given here is not in a production build: that alone does not tell what the module exports. */
  #doubted = false;
  #flagged = false;
  #dynamic = false;
  #literal = false;

  constructor(tree: ts.SourceFile) {
    this.#tree = tree;
    for (const statement of tree.statements) if (ts.isVariableStatement(statement)) this.#noteRequires(statement);
  }

  read(): ExportFacts {
    ts.forEachChild(this.#tree, (node) => this.#visit(node, true));
    if (this.#gaveUp || !this.#given) return nothing(undefined);
    const type = this.#dynamic ? "dynamic" : this.#flagged ? "flagged" : "default";
    const names = this.#names.filter((name) => name !== "__esModule");
    const found: ExportFacts = {
      format: "cjs",
      type,
      names,
      forwarded: this.#forwarded,
      inlinable: [],
      complete: true,
    };
    return this.#literal ? { ...found, literal: true } : found;
  }

  #noteRequires(statement: ts.VariableStatement): void {
    if ((statement.declarationList.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const) return;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const required = initializer === undefined ? undefined : this.#required(initializer);
      if (ts.isIdentifier(name) && required?.path.length === 0) this.#requires.set(name.text, required.specifier);
    }
  }

  #required(value: ts.Expression): Required | undefined {
    const { root, members, certain } = memberChain(value);
    if (certain.length < members.length) return undefined;
    if (ts.isIdentifier(root)) {
      const specifier = this.#requires.get(root.text);
      return specifier === undefined ? undefined : { specifier, path: members, indirect: true };
    }
    if (!ts.isCallExpression(root) || !ts.isIdentifier(root.expression) || root.expression.text !== "require")
      return undefined;
    const [argument] = root.arguments;
    const literal = argument !== undefined && root.arguments.length === 1 && ts.isStringLiteral(argument);
    return literal ? { specifier: argument.text, path: members, indirect: false } : undefined;
  }

  #visit(node: ts.Node, top: boolean): void {
    if (ts.isBinaryExpression(node) && isAssignment(node)) {
      if (this.#visitAssignment(node, top)) return;
    } else if (ts.isExportAssignment(node)) {
      this.#visitExportEquals(node);
      return;
    } else if (ts.isCallExpression(node) && this.#visitCall(node, top)) return;
    else if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
      if (this.#isOwnMember(node, top)) return;
    } else if (ts.isIdentifier(node) && this.#isBare(node)) this.#gaveUp = true;
    else if (top && node.kind === ts.SyntaxKind.ThisKeyword) this.#gaveUp = true;
    if (ts.isTypeOfExpression(node) && ts.isIdentifier(node.expression)) return;
    const inner = top && !ownsThis(node);
    const decided = branches(node);
    if (decided === undefined) ts.forEachChild(node, (child) => this.#visit(child, inner));
    for (const { part, guard } of decided ?? []) {
      if (guard === "never") continue;
      const outer = this.#doubted;
      this.#doubted ||= guard !== undefined && !isLive([guard], PRODUCTION);
      this.#visit(part, inner);
      this.#doubted = outer;
    }
  }

  /** The path below the exports object. */
  #target(node: ts.Node, top: boolean): readonly string[] | undefined {
    const { root, members } = memberChain(node);
    if (root.kind === ts.SyntaxKind.ThisKeyword) return top && members.length > 0 ? members : undefined;
    if (!ts.isIdentifier(root)) return undefined;
    if (root.text === "exports") return members;
    return root.text === "module" && members[0] === "exports" ? members.slice(1) : undefined;
  }

  #visitAssignment(node: ts.BinaryExpression, top: boolean): boolean {
    const target = this.#target(unwrapped(node.left), top);
    if (target === undefined) return false;
    const plain = node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    const required = plain && target[0] !== "__esModule" ? this.#required(node.right) : undefined;
    if (required !== undefined) {
      this.#forward(target, required);
      return true;
    }
    const [name] = target;
    if (name === undefined) return this.#visitLiteral(node, top);
    this.#give(name);
    if (name === "__esModule") this.#noteFlag(node, node.right);
    this.#visit(node.right, top);
    return true;
  }

  #forward(target: readonly string[], { specifier, path, indirect }: Required): void {
    const [exported] = target;
    this.#given = true;
    if (exported === undefined) this.#dynamic = true;
    else this.#names.push(exported);
    if (target.length > 1) return;
    const forwarded = { exported, specifier, path, commonJs: true };
    this.#forwarded.push(indirect ? { ...forwarded, indirect } : forwarded);
  }

  #visitLiteral(node: ts.BinaryExpression, top: boolean): boolean {
    const value = unwrapped(node.right);
    if (!isLiteralExports(node) || !ts.isObjectLiteralExpression(value)) return false;
    this.#giveMembers(value);
    this.#visit(value, top);
    return true;
  }

  #giveMembers(value: ts.ObjectLiteralExpression): void {
    this.#given = true;
    this.#literal = true;
    for (const property of value.properties) {
      const { name } = property;
      const known =
        name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text !== "__proto__";
      if (!known || ts.isSpreadAssignment(property)) this.#gaveUp = true;
      else {
        this.#names.push(name.text);
        if (name.text === "__esModule" && ts.isPropertyAssignment(property))
          this.#noteFlag(undefined, property.initializer);
      }
    }
  }

  /** TypeScript's `export = value`. */
  #visitExportEquals({ expression }: ts.ExportAssignment): void {
    const value = unwrapped(expression);
    const required = this.#required(expression);
    if (required !== undefined) this.#forward([], required);
    else if (ts.isObjectLiteralExpression(value)) this.#giveMembers(value);
    else this.#gaveUp = true;
    if (required === undefined) this.#visit(value, true);
  }

  #give(name: string): void {
    if (!this.#doubted) this.#given = true;
    this.#names.push(name);
  }

  /** A flag counts where it is certain to be set; one that may be makes the module's type a matter of run time. */
  #noteFlag(assignment: ts.Node | undefined, value: ts.Node | undefined): void {
    const certain = assignment === undefined || ts.isSourceFile(assignment.parent.parent);
    if (certain && value !== undefined && isTruthy(unwrapped(value))) this.#flagged = true;
    else this.#dynamic = true;
  }

  #visitCall(call: ts.CallExpression, top: boolean): boolean {
    const found = definedProperty(call);
    if (found !== undefined && this.#target(found.target, top)?.length === 0) {
      const required = found.value === undefined ? undefined : this.#required(found.value);
      if (required !== undefined) this.#forward([found.property], { ...required, indirect: true });
      else {
        this.#give(found.property);
        if (found.property === "__esModule") this.#noteFlag(call, found.value);
        this.#visit(found.descriptor, top);
      }
      return true;
    }
    const target = this.#target(call.expression, top);
    if (target === undefined || target.length === 0) return false;
    for (const argument of call.arguments) this.#visit(argument, top);
    return true;
  }

  #isOwnMember(node: ts.Node, top: boolean): boolean {
    const target = this.#target(node, top);
    if (target !== undefined) return target.length > 0;
    const { root, members } = memberChain(node);
    return (
      ts.isIdentifier(root) && root.text === "module" && members[0] !== undefined && MODULE_MEMBERS.has(members[0])
    );
  }

  #isBare(node: ts.Identifier): boolean {
    if (node.text !== "exports" && node.text !== "module") return false;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
    return !ts.isPropertyAssignment(parent) || parent.name !== node;
  }
}

function ownsThis(node: ts.Node): boolean {
  return (ts.isFunctionLike(node) && !ts.isArrowFunction(node)) || ts.isClassLike(node);
}

function isTruthy(node: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(node) && ts.isNumericLiteral(node.operand)) return node.operand.text === "0";
  return node.kind === ts.SyntaxKind.TrueKeyword || (ts.isNumericLiteral(node) && node.text !== "0");
}
