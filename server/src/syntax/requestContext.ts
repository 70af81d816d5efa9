/** Requests that are for one of several files: what bundlers make contexts of. */
import { isRelativePath } from "../vfs/path.ts";
import { constantText } from "./constantText.ts";
import type { RequestContext, RequestFact } from "./moduleFacts.ts";
import { ts } from "./parse.ts";

/** A context, and whether it brings its files into a chunk. */
export interface WrittenContext {
  readonly context: RequestContext;
  readonly mode: RequestFact["mode"];
}

/** `require.context(folder, recursive, pattern, mode)` with literals; `undefined` for anything else. */
export function writtenContext(node: ts.CallExpression): WrittenContext | undefined {
  const [folder, recursive, pattern, mode] = node.arguments;
  return contextOf({ folder, recursive, pattern, mode });
}

/** `import.meta.webpackContext(folder, { recursive, regExp, mode })` with literals; `undefined` for anything else. */
export function webpackContext(node: ts.CallExpression): WrittenContext | undefined {
  const [folder, options] = node.arguments;
  if (options !== undefined && !ts.isObjectLiteralExpression(options)) return undefined;
  const given = new Map<string, ts.Expression>();
  for (const property of options?.properties ?? []) {
    if (!ts.isPropertyAssignment(property) || !ts.isIdentifier(property.name)) return undefined;
    given.set(property.name.text, property.initializer);
  }
  const [include, exclude] = [given.get("include"), given.get("exclude")];
  if ([include, exclude].some((test) => test !== undefined && !ts.isRegularExpressionLiteral(test))) return undefined;
  const found = contextOf({
    folder,
    recursive: given.get("recursive"),
    pattern: given.get("regExp"),
    mode: given.get("mode"),
  });
  if (found === undefined) return undefined;
  const tests = {
    ...(include === undefined ? {} : { include: regExpOf(include) }),
    ...(exclude === undefined ? {} : { exclude: regExpOf(exclude) }),
  };
  return { ...found, context: { ...found.context, ...tests } };
}

interface ContextArguments {
  readonly folder: ts.Expression | undefined;
  readonly recursive: ts.Expression | undefined;
  readonly pattern: ts.Expression | undefined;
  readonly mode: ts.Expression | undefined;
}

function contextOf({ folder, recursive, pattern, mode }: ContextArguments): WrittenContext | undefined {
  if (folder === undefined || !ts.isStringLiteralLike(folder) || !isRelativePath(folder.text)) return undefined;
  if (recursive !== undefined && !isBoolean(recursive)) return undefined;
  if (pattern !== undefined && !ts.isRegularExpressionLiteral(pattern)) return undefined;
  if (mode !== undefined && !ts.isStringLiteralLike(mode)) return undefined;
  const context: RequestContext = {
    folder: folder.text.replace(/\/+$/, ""),
    recursive: recursive?.kind !== ts.SyntaxKind.FalseKeyword,
    ...regExpOf(pattern),
  };
  return { context, mode: mode?.text === "weak" ? "weak" : undefined };
}

function regExpOf(literal: ts.Expression | undefined): Pick<RequestContext, "pattern" | "flags"> {
  const text = literal !== undefined && ts.isRegularExpressionLiteral(literal) ? literal.text : "/^\\.\\/.*$/";
  const [, pattern = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  return { pattern, flags };
}

function isBoolean(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword;
}

/** Of `import(\`./locales/${name}.js\`)` and the like: what is literal at both ends decides. */
export function partlyWritten(argument: ts.Expression): RequestContext | undefined {
  const pieces = piecesOf(argument);
  if (pieces === undefined) return undefined;
  const [start = ""] = pieces;
  const slash = start.lastIndexOf("/");
  if (slash < 0 || !isRelativePath(start)) return undefined;
  const inner = [`.${start.slice(slash)}`, ...pieces.slice(1)].map((piece) =>
    piece.replace(/[-[\]\\/{}()*+?.^$|]/g, "\\$&"),
  );
  return { folder: start.slice(0, slash), recursive: true, pattern: `^${inner.join(".*")}$`, flags: "" };
}

/** The literal pieces of a text around its unknown ones, at least one of each. */
function piecesOf(node: ts.Expression): readonly string[] | undefined {
  if (ts.isParenthesizedExpression(node)) return piecesOf(node.expression);
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  const parts = addedParts(node);
  if (parts === undefined) return undefined;
  const [first = [], ...others] = parts.map((part) => {
    const text = constantText(part);
    return text === undefined ? (piecesOf(part) ?? ["", ""]) : [text];
  });
  const all = others.reduce(
    (left, right) => [...left.slice(0, -1), `${left.at(-1)}${right[0]}`, ...right.slice(1)],
    first,
  );
  // Bundlers forget what stands between unknown parts of a sum.
  return [all[0]!, all.at(-1)!];
}

/** `a + b`, `a.concat(b, c)`. */
function addedParts(node: ts.Expression): readonly ts.Expression[] | undefined {
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind === ts.SyntaxKind.PlusToken ? [node.left, node.right] : undefined;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { expression: text, name } = node.expression;
  const isText = constantText(text) !== undefined || piecesOf(text) !== undefined;
  return name.text === "concat" && isText ? [text, ...node.arguments] : undefined;
}
