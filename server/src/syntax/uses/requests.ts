/** Calls that ask for a module, and what is done with their result. */
import { isImport } from "../callees.ts";
import { unwrapped, wrapped } from "../memberPath.ts";
import { ts } from "../parse.ts";
import type { BindingOf } from "./scopes.ts";

/** `require("x")` with the `require` of the module system, `import("x")`; a literal argument is for the caller to ask. */
export function requestKind(node: ts.Node, bindingOf: BindingOf): "require" | "import()" | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  if (isImport(node.expression)) return "import()";
  const callee = unwrapped(node.expression);
  if (ts.isPropertyAccessExpression(callee)) {
    const { expression, name } = callee;
    const isModule = ts.isIdentifier(expression) && expression.text === "module" && isFree(expression, bindingOf);
    return isModule && name.text === "require" && node.arguments.length === 1 ? "require" : undefined;
  }
  if (!ts.isIdentifier(callee) || callee.text !== "require" || node.arguments.length !== 1) return undefined;
  return isFree(callee, bindingOf) ? "require" : undefined;
}

/** `module.require("x")`: what is done with its result is not followed. */
export function isOfModule(call: ts.Node): boolean {
  return ts.isCallExpression(call) && !ts.isIdentifier(unwrapped(call.expression)) && !isImport(call.expression);
}

/** Whether no declaration of the file gives the name. */
export function isFree(name: ts.Identifier, bindingOf: BindingOf): boolean {
  return bindingOf(name) === undefined;
}

/** Of a callee: `.then`, written as a plain member. */
export function isThen(callee: ts.Expression, members: readonly string[]): boolean {
  return members.length === 1 && members[0] === "then" && ts.isPropertyAccessExpression(unwrapped(callee));
}

/** The callback of `import("x").then(callback)`, when its first parameter is a name or an object pattern. */
export function fulfilledCallback(
  then: ts.CallExpression,
): { readonly callback: ts.ArrowFunction | ts.FunctionExpression; readonly parameter: ts.BindingName } | undefined {
  const [first] = then.arguments;
  const callback = first === undefined ? undefined : unwrapped(first);
  if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return undefined;
  const [parameter] = callback.parameters;
  if (parameter === undefined || parameter.dotDotDotToken !== undefined || parameter.initializer !== undefined) {
    return undefined;
  }
  if (ts.isArrayBindingPattern(parameter.name)) return undefined;
  return { callback, parameter: parameter.name };
}

/** The exports that a `webpackExports` comment names. */
export function commentedExports(call: ts.CallExpression, tree: ts.SourceFile): readonly string[] | undefined {
  const comment = /webpackExports:\s*(\[[^\]]*\]|"[^"]*"|'[^']*')/.exec(call.getFullText(tree))?.[1];
  if (comment === undefined) return undefined;
  return [...comment.matchAll(/["']([^"']*)["']/g)].map((match) => match[1] ?? "");
}

/** The name that a whole module is bound to: `const x = require("y")`, `let m = await import("y")`. */
export function boundName(
  node: ts.VariableDeclaration,
  bindingOf: BindingOf,
): { name: ts.Identifier; call: ts.CallExpression; kind: "require" | "import()" } | undefined {
  if (!ts.isIdentifier(node.name) || node.initializer === undefined) return undefined;
  const value = unwrapped(node.initializer);
  const awaited = ts.isAwaitExpression(value);
  const call = awaited ? unwrapped(value.expression) : value;
  const kind = requestKind(call, bindingOf);
  if (kind === undefined || awaited !== (kind === "import()")) return undefined;
  const list = node.parent;
  const constant = ts.isVariableDeclarationList(list) && (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  if (kind === "require" && !(constant && isPlainRequire(call as ts.CallExpression))) return undefined;
  return { name: node.name, call: call as ts.CallExpression, kind };
}

/** A declaration by `var`: bundlers come by its names before they do by the constants around it. */
export function isVar(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) && (node.parent.flags & ts.NodeFlags.BlockScoped) === 0;
}

function isPlainRequire(call: ts.CallExpression): boolean {
  return ts.isIdentifier(call.expression) && call.arguments[0] !== undefined && ts.isStringLiteral(call.arguments[0]);
}

/** `(await import("x")).a`: what Rspack alone sees is taken of it. */
export function memberOfAwaited(call: ts.Node): readonly string[] | undefined {
  const { parent } = call;
  if (!ts.isAwaitExpression(parent)) return undefined;
  const awaited = wrapped(parent);
  const chain = awaited.parent;
  if (!ts.isPropertyAccessExpression(chain) || chain.expression !== awaited) return undefined;
  return chain.questionDotToken !== undefined || !ts.isIdentifier(chain.name) ? undefined : [chain.name.text];
}

/** Whether nothing takes the value of an expression. */
export function isStatementLevel(node: ts.Node): boolean {
  let current = wrapped(node);
  while (ts.isBinaryExpression(current.parent) && current.parent.operatorToken.kind === ts.SyntaxKind.CommaToken) {
    current = wrapped(current.parent);
  }
  return ts.isExpressionStatement(current.parent);
}

/** Of a callee: `x?.a()`. */
export function isOptionalMember(callee: ts.Node): boolean {
  const node = unwrapped(callee);
  return ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined;
}

/** Of the callee: `x.a?.()`. */
export function isOptionalCall(callee: ts.Node): boolean {
  const { parent } = wrapped(callee);
  return ts.isCallExpression(parent) && parent.questionDotToken !== undefined;
}
