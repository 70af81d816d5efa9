/** The forms in which CommonJS code gives exports, as webpack's parser recognises them. */
import { memberChain, unwrapped } from "../memberPath.ts";
import { ts } from "../parse.ts";
import type { ModuleNames } from "./moduleNames.ts";
import { isFree, isOfModule, isStatementLevel, requestKind } from "./requests.ts";

/** With whatever operator: `a = b`, `a ??= b`. */
export function isAssignment({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The path below `exports`, `module.exports` or the module's `this`; `undefined` for any other expression. */
export function exportsTarget(node: ts.Node, names: ModuleNames, top: boolean): readonly string[] | undefined {
  const { root, members } = memberChain(node);
  if (root.kind === ts.SyntaxKind.ThisKeyword) return top && members.length > 0 ? members : undefined;
  if (!ts.isIdentifier(root) || (root.text !== "exports" && root.text !== "module")) return undefined;
  if (!isFree(root, names.bindingOf)) return undefined;
  if (root.text === "exports") return members;
  return members[0] === "exports" ? members.slice(1) : undefined;
}

/** `module.exports = { … }` among the statements of the module itself. */
export function isLiteralExports(node: ts.BinaryExpression): boolean {
  const { root, members } = memberChain(node.left);
  if (!ts.isIdentifier(root) || root.text !== "module" || members.join() !== "exports") return false;
  if (!ts.isObjectLiteralExpression(unwrapped(node.right)) || !isStatementLevel(node)) return false;
  let statement: ts.Node = node;
  while (!ts.isStatement(statement)) statement = statement.parent;
  return ts.isSourceFile(statement.parent);
}

/** `require("x").a.b`, or a member of a name that `require` gave. */
export function requiredValue(
  value: ts.Expression,
  names: ModuleNames,
): { readonly request: number; readonly path: readonly string[]; readonly byName: boolean } | undefined {
  if (names.esm) return undefined;
  const { root, members, certain } = memberChain(value);
  // What may be missing is read, not handed on.
  if (certain.length < members.length) return undefined;
  if (ts.isIdentifier(root)) {
    const bound = names.boundOf(root);
    return bound?.kind === "require" ? { request: bound.request, path: members, byName: true } : undefined;
  }
  if (requestKind(root, names.bindingOf) !== "require" || isOfModule(root)) return undefined;
  const request = names.requestOf(root);
  return request === undefined ? undefined : { request, path: members, byName: false };
}

export interface PropertyDefinition {
  readonly property: string;
  readonly descriptor: ts.Expression;
  /** The value that the descriptor gives, or its getter returns. */
  readonly required: ts.Expression | undefined;
  readonly getter: boolean;
}

/** `Object.defineProperty(exports, "a", { … })` as a statement. */
export function propertyDefinition(
  call: ts.CallExpression,
  names: ModuleNames,
  top: boolean,
): PropertyDefinition | undefined {
  const found = definedProperty(call);
  if (found === undefined) return undefined;
  const isThis = top && found.target.kind === ts.SyntaxKind.ThisKeyword;
  if (!isThis && exportsTarget(found.target, names, top)?.length !== 0) return undefined;
  const { property, descriptor, value, getter } = found;
  return { property, descriptor, required: property === "__esModule" ? undefined : value, getter };
}

/** `Object.defineProperty(target, "name", { … })` as a statement, whatever the target is. */
export function definedProperty(call: ts.CallExpression): DefinedProperty | undefined {
  const [target, key, descriptor] = call.arguments;
  if (call.arguments.length !== 3 || target === undefined || key === undefined || descriptor === undefined)
    return undefined;
  const callee = memberChain(call.expression);
  if (!ts.isIdentifier(callee.root) || callee.root.text !== "Object" || callee.members.join() !== "defineProperty")
    return undefined;
  if (!isStatementLevel(call) || !ts.isStringLiteralLike(key)) return undefined;
  const described = describedValue(unwrapped(descriptor));
  return {
    target,
    property: key.text,
    descriptor,
    value: described?.value,
    getter: described?.getter === true,
  };
}

interface DefinedProperty {
  readonly target: ts.Expression;
  readonly property: string;
  readonly descriptor: ts.Expression;
  /** The value that the descriptor gives, or its getter returns. */
  readonly value: ts.Expression | undefined;
  readonly getter: boolean;
}

function describedValue(descriptor: ts.Node): { readonly value: ts.Expression; readonly getter: boolean } | undefined {
  if (!ts.isObjectLiteralExpression(descriptor)) return undefined;
  let found: { readonly value: ts.Expression; readonly getter: boolean } | undefined;
  for (const property of descriptor.properties) {
    const name = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : undefined;
    if (name === undefined) return undefined;
    if (name === "value" && ts.isPropertyAssignment(property)) found = { value: property.initializer, getter: false };
    else if (name === "get") {
      const value = ts.isPropertyAssignment(property) ? unwrapped(property.initializer) : property;
      const returned = returnedValue(value);
      if (returned !== undefined) found ??= { value: returned, getter: true };
    }
  }
  return found;
}

function returnedValue(node: ts.Node): ts.Expression | undefined {
  if (!(ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isMethodDeclaration(node))) return undefined;
  if (node.parameters.length > 0 || node.body === undefined) return undefined;
  if (!ts.isBlock(node.body)) return node.body;
  const [only] = node.body.statements;
  return node.body.statements.length === 1 && only !== undefined && ts.isReturnStatement(only)
    ? only.expression
    : undefined;
}

/** Whether an exported function reads `this`, which may be the exports object. */
export function ownThis(given: ts.Node): boolean {
  const node = unwrapped(given);
  if (ts.isObjectLiteralExpression(node)) {
    return node.properties.some((property) => {
      if (ts.isPropertyAssignment(property)) return ownThis(property.initializer);
      return ts.isMethodDeclaration(property) && readsThis(property);
    });
  }
  return ts.isFunctionExpression(node) && readsThis(node);
}

function readsThis(node: ts.Node): boolean {
  return (
    ts.forEachChild(node, (child): true | undefined => {
      if (child.kind === ts.SyntaxKind.ThisKeyword) return true;
      const ownScope = ts.isFunctionExpression(child) || ts.isFunctionDeclaration(child) || ts.isClassLike(child);
      return !ownScope && readsThis(child) ? true : undefined;
    }) === true
  );
}
