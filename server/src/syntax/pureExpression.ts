/** Expressions whose evaluation has no effect, as webpack's parser tells them. */
import { ts } from "./parse.ts";

/** A declaration or expression that may go when nothing uses its value. */
export function isPureDeclaration(node: ts.Node, tree: ts.SourceFile): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node))
    return isPureDeclaration(node.expression, tree);
  if (ts.isFunctionLike(node) || ts.isIdentifier(node) || ts.isLiteralExpression(node)) return true;
  if (ts.isClassLike(node)) return isPureClass(node, tree);
  if (ts.isConditionalExpression(node))
    return [node.condition, node.whenTrue, node.whenFalse].every((part) => isPureDeclaration(part, tree));
  if (ts.isTemplateExpression(node))
    return node.templateSpans.every(({ expression }) => isPureDeclaration(expression, tree));
  if (ts.isCallExpression(node) || ts.isNewExpression(node))
    return (
      /\/\*\s*[#@]__PURE__\s*\*\//.test(tree.text.slice(node.pos, node.getStart(tree))) &&
      (node.arguments ?? []).every((argument) => isPureDeclaration(argument, tree))
    );
  return [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}

function isPureClass(node: ts.ClassLikeDeclaration, tree: ts.SourceFile): boolean {
  const parents = (node.heritageClauses ?? []).filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  if (!parents.every(({ types }) => types.every(({ expression }) => isPureDeclaration(expression, tree)))) return false;
  if (ts.getDecorators(node) !== undefined) return false;
  return node.members.every((member) => {
    if (ts.isClassStaticBlockDeclaration(member)) return false;
    if (member.name !== undefined && ts.isComputedPropertyName(member.name)) return false;
    if (ts.canHaveDecorators(member) && ts.getDecorators(member) !== undefined) return false;
    if (!ts.isPropertyDeclaration(member) || member.initializer === undefined) return true;
    const fixed = (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
    return !fixed || isPureDeclaration(member.initializer, tree);
  });
}
