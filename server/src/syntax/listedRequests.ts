/** Calls that list the modules they ask for: `require.ensure(["a"], …)` and AMD's `require(["a"], …)` and `define(["a"], …)`. */
import type { RequestKind } from "./moduleFacts.ts";
import { ts } from "./parse.ts";

export interface ListedRequests {
  readonly kind: Extract<RequestKind, "require.ensure" | "amd require" | "amd define">;
  readonly items: readonly ts.Expression[];
  /** Functions in which `require` asks as the call itself does. */
  readonly callbacks: readonly ts.Expression[];
  /** Of `define("name", …)`: other calls of the file may ask for it. */
  readonly name: string | undefined;
}

/** What AMD hands over by these names is no module. */
export const HANDED_OVER: ReadonlySet<string> = new Set(["require", "exports", "module"]);

/** `undefined` for every other call. */
export function listedRequests(call: ts.CallExpression): ListedRequests | undefined {
  const { expression: callee, arguments: given } = call;
  if (ts.isPropertyAccessExpression(callee)) {
    const isEnsure = ts.isIdentifier(callee.expression) && callee.expression.text === "require";
    return isEnsure && callee.name.text === "ensure" ? ensured(given) : undefined;
  }
  if (!ts.isIdentifier(callee)) return undefined;
  if (callee.text === "define") return defined(given);
  const [list, ...callbacks] = given;
  if (callee.text !== "require" || list === undefined || !ts.isArrayLiteralExpression(list)) return undefined;
  return callbacks.length > 2 ? undefined : { kind: "amd require", items: asked(list), callbacks, name: undefined };
}

/** As bundlers, not at all where an item is no text. */
function ensured(given: readonly ts.Expression[]): ListedRequests | undefined {
  const [list, ...callbacks] = given;
  if (list === undefined || callbacks.length === 0 || callbacks.length > 3) return undefined;
  const items = ts.isArrayLiteralExpression(list) ? list.elements : [list];
  return items.every(ts.isStringLiteralLike)
    ? { kind: "require.ensure", items, callbacks, name: undefined }
    : undefined;
}

/** `define(name?, list?, factory)`. */
function defined(given: readonly ts.Expression[]): ListedRequests | undefined {
  const [first] = given;
  const name = given.length > 1 && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
  const rest = name === undefined ? given : given.slice(1);
  const list = rest.length === 2 ? rest[0] : undefined;
  if (rest.length === 0 || rest.length > 2 || (list !== undefined && !ts.isArrayLiteralExpression(list)))
    return undefined;
  const callbacks = rest.slice(-1).filter(takesRequire);
  return { kind: "amd define", items: list === undefined ? [] : asked(list), callbacks, name };
}

function asked({ elements }: ts.ArrayLiteralExpression): readonly ts.Expression[] {
  return elements.filter((item) => !ts.isStringLiteralLike(item) || !HANDED_OVER.has(item.text));
}

/** Whether a parameter of a function is called `require`. */
export function takesRequire(factory: ts.Node): boolean {
  if (!ts.isFunctionLike(factory)) return false;
  return factory.parameters.some(({ name }) => ts.isIdentifier(name) && name.text === "require");
}
