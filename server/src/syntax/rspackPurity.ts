/**
 * Expressions whose evaluation has no effect, as Rspack tells them. Marks count for a call that stands by itself, in a
 * list or a sequence, or as a marked call's argument; of all other expressions it looks at a few levels of syntax.
 */
import { unwrapped } from "./memberPath.ts";
import { ts } from "./parse.ts";
import type { PurityContext } from "./pureExpression.ts";

const PURE_MARK = /\/\*\s*[#@]__PURE__\s*\*\//;

/** How far below an expression it looks; what lies deeper may have effects. */
const LEVELS = 4;

type OfClass = (node: ts.ClassLikeDeclaration) => boolean;

/** Whether a declaration's value or an expression may go when nothing uses it. */
export function isPureInRspack(given: ts.Node, context: PurityContext, isPureClass?: OfClass): boolean {
  const node = unwrapped(given);
  const all = (parts: readonly ts.Node[]): boolean => parts.every((part) => isPureInRspack(part, context));
  if (ts.isFunctionLike(node) || ts.isNoSubstitutionTemplateLiteral(node)) return true;
  if (ts.isClassLike(node) && isPureClass !== undefined) return isPureClass(node);
  if (ts.isArrayLiteralExpression(node)) return all(node.elements);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken)
    return all([node.left, node.right]);
  if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && isKnown(given, node, context))
    return all(node.arguments ?? []);
  return isComputed(node) || !mayAffect(node, LEVELS);
}

/** Texts that are literals in every build. */
export function isLiteralOfBuild(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && ["process.env.NODE_ENV", "import.meta.url"].includes(node.getText());
}

/** A constant that the build computes, where it stands by itself. */
function isComputed(given: ts.Node): boolean {
  const node = unwrapped(given);
  if (ts.isTemplateExpression(node)) return node.templateSpans.every(({ expression }) => isComputed(expression));
  if (ts.isBinaryExpression(node)) return !isAssigning(node) && isComputed(node.left) && isComputed(node.right);
  if (ts.isPrefixUnaryExpression(node)) return !isUpdate(node) && isComputed(node.operand);
  return ts.isLiteralExpression(node) || isLiteralOfBuild(node);
}

/** Marked as pure, or of a function that is. */
function isKnown(given: ts.Node, node: ts.CallExpression | ts.NewExpression, context: PurityContext): boolean {
  if (ts.isOptionalChain(node)) return false;
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && context.pureFunctions.has(node.expression.text))
    return true;
  const single = ts.isParenthesizedExpression(given) && given.expression === node;
  return [node, ...(single ? [given] : [])].some((part) =>
    PURE_MARK.test(context.text.slice(part.pos, part.getStart())),
  );
}

function mayAffect(given: ts.Node, levels: number): boolean {
  const node = unwrapped(given);
  if (levels === 0) return true;
  const some = (parts: readonly (ts.Node | undefined)[]): boolean =>
    parts.some((part) => part !== undefined && mayAffect(part, levels - 1));
  if (ts.isFunctionLike(node) || ts.isOmittedExpression(node) || isPlainValue(node)) return false;
  if (ts.isArrayLiteralExpression(node)) return some(node.elements);
  if (ts.isObjectLiteralExpression(node)) return node.properties.some((item) => propertyMayAffect(item, some));
  if (ts.isTypeOfExpression(node) || ts.isVoidExpression(node)) return some([node.expression]);
  if (ts.isPrefixUnaryExpression(node)) return isUpdate(node) || some([node.operand]);
  if (ts.isConditionalExpression(node)) return some([node.condition, node.whenTrue, node.whenFalse]);
  if (ts.isBinaryExpression(node)) return isAssigning(node) || some([node.left, node.right]);
  if (ts.isClassLike(node)) return classMayAffect(node, some);
  return !(ts.isCallExpression(node) && isHarmlessCallee(node.expression)) || some(node.arguments);
}

type Some = (parts: readonly (ts.Node | undefined)[]) => boolean;

function isPlainValue(node: ts.Node): boolean {
  const { kind } = node;
  return (
    ts.isIdentifier(node) ||
    ts.isPrivateIdentifier(node) ||
    (ts.isLiteralExpression(node) && !ts.isNoSubstitutionTemplateLiteral(node)) ||
    kind === ts.SyntaxKind.TrueKeyword ||
    kind === ts.SyntaxKind.FalseKeyword ||
    kind === ts.SyntaxKind.NullKeyword ||
    kind === ts.SyntaxKind.ThisKeyword
  );
}

function propertyMayAffect(property: ts.ObjectLiteralElementLike, some: Some): boolean {
  if (ts.isSpreadAssignment(property)) return true;
  if (ts.isComputedPropertyName(property.name) && some([property.name.expression])) return true;
  return ts.isPropertyAssignment(property) && some([property.initializer]);
}

function classMayAffect(node: ts.ClassLikeDeclaration, some: Some): boolean {
  const parents = (node.heritageClauses ?? []).filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  if (some(parents.flatMap(({ types }) => types.map(({ expression }) => expression)))) return true;
  return node.members.some((member) => {
    if (ts.isClassStaticBlockDeclaration(member)) return true;
    if (member.name !== undefined && ts.isComputedPropertyName(member.name) && some([member.name.expression]))
      return true;
    return ts.isPropertyDeclaration(member) && some([member.initializer]);
  });
}

function isUpdate({ operator }: ts.PrefixUnaryExpression): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function isAssigning({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `Math.max`, `"a".concat`. */
function isHarmlessCallee(callee: ts.Node): boolean {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { expression } = callee;
  return ts.isStringLiteral(expression) || (ts.isIdentifier(expression) && expression.text === "Math");
}
