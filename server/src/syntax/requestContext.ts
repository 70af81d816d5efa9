/** Requests that are for one of several files: what bundlers make contexts of. */
import { isRelativePath } from "../vfs/path.ts";
import type { RequestContext } from "./moduleFacts.ts";
import { ts } from "./parse.ts";

/** `require.context(folder, recursive, pattern)` with literals; `undefined` for anything else. */
export function writtenContext(node: ts.CallExpression): RequestContext | undefined {
  const [folder, recursive, pattern] = node.arguments;
  if (folder === undefined || !ts.isStringLiteralLike(folder) || !isRelativePath(folder.text)) return undefined;
  if (recursive !== undefined && !isBoolean(recursive)) return undefined;
  if (pattern !== undefined && !ts.isRegularExpressionLiteral(pattern)) return undefined;
  const [, source = "", flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(pattern?.text ?? "/^\\.\\/.*$/") ?? [];
  return {
    folder: folder.text.replace(/\/+$/, ""),
    recursive: recursive?.kind !== ts.SyntaxKind.FalseKeyword,
    pattern: source,
    flags,
  };
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
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const left = ts.isStringLiteralLike(node.left) ? [node.left.text] : (piecesOf(node.left) ?? ["", ""]);
  const right = ts.isStringLiteralLike(node.right) ? [node.right.text] : (piecesOf(node.right) ?? ["", ""]);
  return [...left.slice(0, -1), `${left.at(-1)}${right[0]}`, ...right.slice(1)];
}
