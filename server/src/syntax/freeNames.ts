/** Which names a file uses without declaring them: what `ProvidePlugin` replaces. */
import { parseFile, ts } from "./parse.ts";
import { isErased } from "./uses/erased.ts";
import { type BindingOf, bindingsOf } from "./uses/scopes.ts";

const NONE: readonly never[] = [];

/**
 * Those of `names` (`$`, `window.jQuery`) that a text uses free. `hiding`: longer names that something else replaces, so
 * that `process.env.NODE_ENV` does not use `process`. A look at the text comes first: few files hold any.
 */
export function freeNames(
  path: string,
  text: string,
  names: readonly string[],
  hiding: readonly string[],
): readonly string[] {
  const mentioned = new Set(names.filter((name) => mentions(text, name)));
  if (mentioned.size === 0) return NONE;
  const tree = parseFile(path, text, true);
  const roots = new Set([...mentioned].map((name) => name.split(".")[0]!));
  const found = new Set<string>();
  const { of } = bindingsOf(tree, true);
  visit(tree);
  return names.filter((name) => found.has(name));

  function visit(node: ts.Node): void {
    if (isErased(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIdentifier(node) && roots.has(node.text)) see(node);
    ts.forEachChild(node, visit);
  }

  function see(root: ts.Identifier): void {
    if (!isValue(root) || isBound(root, of)) return;
    const chain = chainFrom(root);
    if (chain.some((name) => hiding.includes(name))) return;
    const longest = chain.findLast((name) => mentioned.has(name));
    if (longest !== undefined) found.add(longest);
  }
}

/** `#$`, `a.$` and `b$` mention no `$`. */
function mentions(text: string, name: string): boolean {
  if (!text.includes(name.split(".").at(-1)!)) return false;
  const [root = ""] = name.split(".");
  return new RegExp(`(?<![\\w$#.])${root.replaceAll("$", "\\$")}(?![\\w$])`).test(text.replaceAll("...", " "));
}

function isBound(name: ts.Identifier, of: BindingOf): boolean {
  return of(name) !== undefined;
}

/** `a`, `a.b`, `a.b.c` of a name and the members taken of it. */
function chainFrom(root: ts.Identifier): readonly string[] {
  const names = [root.text];
  for (let node: ts.Node = root; ; node = node.parent) {
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
      names.push(`${names.at(-1)}.${parent.name.text}`);
    else if (
      ts.isElementAccessExpression(parent) &&
      parent.expression === node &&
      ts.isStringLiteralLike(parent.argumentExpression)
    )
      names.push(`${names.at(-1)}.${parent.argumentExpression.text}`);
    else return names;
  }
}

/** Not the name of a member, a label or the like. */
function isValue(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isPropertyAccessExpression(parent) || ts.isMetaProperty(parent)) return parent.name !== name;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.name !== name;
  if (ts.isBindingElement(parent)) return parent.propertyName !== name && parent.name !== name;
  if (ts.isJsxAttribute(parent) || ts.isJsxNamespacedName(parent)) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isClassElement(parent) || ts.isObjectLiteralElement(parent) || ts.isEnumMember(parent))
    return parent.name !== name;
  return true;
}
