/** Expressions whose evaluation has no effect, as webpack's parser tells them, and Rspack's. */
import { unwrapped } from "./memberPath.ts";
import { ts } from "./parse.ts";
import { isLiteralOfBuild, isPureInRspack } from "./rspackPurity.ts";
import { decoratorsIn } from "./uses/decorators.ts";
import { isErased } from "./uses/erased.ts";

const PURE_MARK = /\/\*\s*[#@]__PURE__\s*\*\//;

/** What purity depends on beside the syntax. */
export interface PurityContext {
  readonly text: string;
  /** Names of functions marked `NO_SIDE_EFFECTS`. */
  readonly pureFunctions: ReadonlySet<string>;
  /** As Rspack tells it: of a declaration whose value may go unused, or of what runs with a module. */
  readonly rspack?: "declaration" | "module";
}

/** Whether a declaration or expression may go when nothing uses its value. Marks are looked for from `from` on. */
export function isPure(given: ts.Node | undefined, context: PurityContext, from: number): boolean {
  if (given === undefined) return true;
  if (context.rspack !== undefined) return isPureInRspack(given, context, (node) => isPureClass(node, context));
  const node = unwrapped(given);
  const pure = (part: ts.Node | undefined, at = from): boolean => isPure(part, context, at);
  if (ts.isFunctionLike(node) || ts.isIdentifier(node) || ts.isMetaProperty(node)) return true;
  if (isLiteral(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isClassLike(node)) return isPureClass(node, context);
  if (ts.isTemplateExpression(node))
    return inOrder(
      node.templateSpans.map(({ expression }) => expression),
      context,
      from,
    );
  if (ts.isArrayLiteralExpression(node)) {
    return (
      !node.elements.some(ts.isSpreadElement) &&
      inOrder(
        node.elements.filter((item) => !ts.isOmittedExpression(item)),
        context,
        from,
      )
    );
  }
  if (ts.isObjectLiteralExpression(node)) return node.properties.every((item) => isPureProperty(item, context, from));
  if (ts.isTypeOfExpression(node) || ts.isVoidExpression(node)) return pure(node.expression);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return pure(node.operand);
  if (ts.isConditionalExpression(node)) {
    return pure(node.condition) && pure(node.whenTrue, node.condition.end) && pure(node.whenFalse, node.whenTrue.end);
  }
  if (ts.isBinaryExpression(node) && isPureOperator(node.operatorToken.kind)) {
    return pure(node.left) && pure(node.right, node.left.end);
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return isPureCall(node, context, from);
  if (ts.isTaggedTemplateExpression(node)) return isMarked(node, context, from) && pure(node.template, node.tag.end);
  return isPrimitive(node) || isLiteralOfBuild(node);
}

function inOrder(parts: readonly ts.Node[], context: PurityContext, from: number): boolean {
  return parts.every((part, index) => isPure(part, context, index === 0 ? from : parts[index - 1]!.end));
}

function isLiteral(node: ts.Node): boolean {
  return (
    ts.isLiteralExpression(node) ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    node.kind === ts.SyntaxKind.NullKeyword
  );
}

/** Strict comparison runs no code of its operands; logical operators and the comma run theirs alone. */
function isPureOperator(kind: ts.SyntaxKind): boolean {
  return [
    ts.SyntaxKind.EqualsEqualsEqualsToken,
    ts.SyntaxKind.ExclamationEqualsEqualsToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
    ts.SyntaxKind.CommaToken,
  ].includes(kind);
}

function isPureProperty(property: ts.ObjectLiteralElementLike, context: PurityContext, from: number): boolean {
  if (ts.isSpreadAssignment(property)) return false;
  if (ts.isComputedPropertyName(property.name) && !isPure(property.name.expression, context, from)) return false;
  return !ts.isPropertyAssignment(property) || isPure(property.initializer, context, property.name.end);
}

function isPureCall(node: ts.CallExpression | ts.NewExpression, context: PurityContext, from: number): boolean {
  const callee = unwrapped(node.expression);
  const known = ts.isCallExpression(node) && ts.isIdentifier(callee) && context.pureFunctions.has(callee.text);
  if (!known && !isMarked(node, context, from)) return false;
  const given = [...(node.arguments ?? [])];
  return !given.some(ts.isSpreadElement) && inOrder(given, context, node.expression.end);
}

function isMarked(node: ts.Node, { text }: PurityContext, from: number): boolean {
  return PURE_MARK.test(text.slice(from, node.getStart()));
}

/** Arithmetic of literals. */
function isPrimitive(given: ts.Node): boolean {
  const node = unwrapped(given);
  if (isLiteral(node)) return true;
  if (ts.isPrefixUnaryExpression(node)) {
    return (
      ![ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken].includes(node.operator) && isPrimitive(node.operand)
    );
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind === ts.SyntaxKind.EqualsToken) return false;
  return isPrimitive(node.left) && isPrimitive(node.right);
}

function isPureClass(node: ts.ClassLikeDeclaration, context: PurityContext): boolean {
  const parent = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  if (parent !== undefined && !isPure(parent.expression, context, node.getStart())) return false;
  if (decoratorsIn(node).length > 0) return false;
  return node.members.every((member) => {
    if (ts.isClassStaticBlockDeclaration(member)) return false;
    if (member.name !== undefined && ts.isComputedPropertyName(member.name)) {
      if (!isPure(member.name.expression, context, member.getStart())) return false;
    }
    const inModule = context.rspack === "module";
    if (parent !== undefined && ts.isConstructorDeclaration(member)) return inModule;
    if (!ts.isPropertyDeclaration(member) || !(isStatic(member) || inModule)) return true;
    return isPure(member.initializer, context, member.name.end);
  });
}

/** Whether a class member is `static`. */
export function isStatic(member: ts.ClassElement): boolean {
  return (
    ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)
  );
}

/** Whether none of the statements at the top of a module has an effect by running. */
export function arePure(statements: readonly ts.Statement[], context: PurityContext): boolean {
  return statements.every((statement) => isPureStatement(statement, context));
}

function isPureStatement(statement: ts.Statement, context: PurityContext): boolean {
  if (isErased(statement) || ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return true;
  const pure = (node: ts.Node | undefined): boolean => isPure(node, context, statement.getStart());
  if (ts.isEmptyStatement(statement) || ts.isFunctionDeclaration(statement)) return true;
  if (ts.isClassDeclaration(statement)) return pure(statement);
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.every((item) => isPure(item.initializer, context, item.getStart()));
  }
  if (ts.isExpressionStatement(statement)) return pure(withoutExports(statement.expression, context));
  if (ts.isExportAssignment(statement)) return statement.isExportEquals !== true && pure(statement.expression);
  if (ts.isSwitchStatement(statement)) {
    const clauses = statement.caseBlock.clauses.flatMap((clause) => [...clause.statements]);
    return (
      pure(statement.expression) && clauses.every((item) => ts.isBreakStatement(item) || isPureStatement(item, context))
    );
  }
  if (ts.isBlock(statement)) return statement.statements.every((item) => isPureStatement(item, context));
  if (ts.isLabeledStatement(statement)) return isPureStatement(statement.statement, context);
  if (ts.isWhileStatement(statement))
    return pure(statement.expression) && isPureStatement(statement.statement, context);
  if (!ts.isIfStatement(statement) || !pure(statement.expression)) return false;
  const { thenStatement, elseStatement, expression } = statement;
  const neverRuns = expression.kind === ts.SyntaxKind.FalseKeyword;
  return (
    (neverRuns || isPureStatement(thenStatement, context)) &&
    (elseStatement === undefined || isPureStatement(elseStatement, context))
  );
}

/** What Rspack's code assigns to `exports.a` or `module.exports`: the assignment itself has no effect. */
function withoutExports(expression: ts.Expression, context: PurityContext): ts.Node {
  const node = unwrapped(expression);
  if (context.rspack === undefined || !ts.isBinaryExpression(node)) return expression;
  const isAssignment = node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isAssignment && isExportsMember(node.left) ? withoutExports(node.right, context) : expression;
}

function isExportsMember(target: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return false;
  if (!ts.isIdentifier(target.expression)) return false;
  const { text } = target.expression;
  const name = ts.isPropertyAccessExpression(target) ? target.name : target.argumentExpression;
  if (text === "exports") return ts.isIdentifier(name) === ts.isPropertyAccessExpression(target);
  return text === "module" && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && name.text === "exports";
}
