/**
 * The sure way to a module's facts: over the syntax tree. Used where `scanModule` gives up. Requests are listed in the
 * order of the text.
 */
import type { TextRange } from "../base/text.ts";
import type { FilePath } from "../vfs/path.ts";
import { type ExtractedFacts, jsxPragmas, type RequestFact, type RequestKind } from "./moduleFacts.ts";
import { parseFile, syntaxErrorCount, ts } from "./parse.ts";

const RUNTIME_CALLS: Readonly<Record<string, RequestKind>> = {
  loadRemote: "load remote",
  importRemote: "load remote",
  loadRemoteModule: "load remote",
  loadShare: "load share",
  loadShareSync: "load share",
};

interface Extraction {
  readonly tree: ts.SourceFile;
  readonly found: { fact: RequestFact; range: TextRange; statement: TextRange }[];
  esm: boolean;
  hasJsx: boolean;
  /** `import foo = require("foo")` and locals named `require` are told apart by this. */
  readonly ownRequire: boolean;
}

/** Facts of a JavaScript or TypeScript text. */
export function extractFacts(path: FilePath, text: string): ExtractedFacts {
  const tree = parseFile(path, text);
  const extraction: Extraction = { tree, found: [], esm: false, hasJsx: false, ownRequire: declaresRequire(text) };
  visit(extraction, tree, false);
  extraction.found.sort(
    (left, right) => left.statement.start - right.statement.start || left.range.start - right.range.start,
  );
  return {
    facts: {
      requests: extraction.found.map((item) => item.fact),
      esm: extraction.esm,
      hasJsx: extraction.hasJsx,
      ...jsxPragmas(text),
      broken: syntaxErrorCount(tree) > 0 || (text !== "" && tree.text === ""),
    },
    ranges: {
      requests: extraction.found.map((item) => item.range),
      statements: extraction.found.map((item) => item.statement),
    },
  };
}

/** A function parameter or variable named `require` (as in bundled code) makes its calls no requests. */
function declaresRequire(text: string): boolean {
  return /\b(?:function\s*\w*\s*\([^)]*\brequire\b|(?:const|let|var)\s+require\b)/.test(text);
}

function rangeOf(tree: ts.SourceFile, node: ts.Node): TextRange {
  return { start: node.getStart(tree), end: node.end };
}

function add(extraction: Extraction, statement: ts.Node, literal: ts.Node, fact: Omit<RequestFact, "specifier">): void {
  extraction.found.push({
    fact: { ...fact, specifier: ts.isStringLiteralLike(literal) ? literal.text : undefined },
    range: rangeOf(extraction.tree, literal),
    statement: rangeOf(extraction.tree, statement),
  });
}

function visit(extraction: Extraction, node: ts.Node, conditional: boolean): void {
  if (ts.isImportDeclaration(node)) visitImport(extraction, node);
  else if (ts.isExportDeclaration(node)) visitExport(extraction, node);
  else if (ts.isImportEqualsDeclaration(node)) visitImportEquals(extraction, node);
  else if (ts.isCallExpression(node)) visitCall(extraction, node, conditional);
  else if (ts.isNewExpression(node)) visitNew(extraction, node, conditional);
  else if (ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node)) extraction.hasJsx = true;
  else if (ts.isExportAssignment(node)) extraction.esm ||= node.isExportEquals !== true;
  else if (ts.isMetaProperty(node) || node.kind === ts.SyntaxKind.ExportKeyword) extraction.esm = true;
  const inner = conditional || isConditional(node);
  ts.forEachChild(node, (child) => visit(extraction, child, inner));
}

function isConditional(node: ts.Node): boolean {
  return (
    ts.isFunctionLike(node) ||
    ts.isIfStatement(node) ||
    ts.isConditionalExpression(node) ||
    ts.isTryStatement(node) ||
    ts.isIterationStatement(node, false) ||
    ts.isSwitchStatement(node) ||
    (ts.isBinaryExpression(node) &&
      [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(
        node.operatorToken.kind,
      ))
  );
}

function visitImport(extraction: Extraction, node: ts.ImportDeclaration): void {
  extraction.esm = true;
  const clause = node.importClause;
  const bindings = clause?.namedBindings;
  const allTypes =
    clause !== undefined &&
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly);
  add(extraction, node, node.moduleSpecifier, {
    kind: "esm import",
    typeOnly: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || allTypes,
    sideEffectOnly: clause === undefined,
    conditional: false,
  });
}

function visitExport(extraction: Extraction, node: ts.ExportDeclaration): void {
  extraction.esm = true;
  if (node.moduleSpecifier === undefined) return;
  const clause = node.exportClause;
  const allTypes =
    clause !== undefined &&
    ts.isNamedExports(clause) &&
    clause.elements.length > 0 &&
    clause.elements.every((element) => element.isTypeOnly);
  add(extraction, node, node.moduleSpecifier, {
    kind: "esm export",
    typeOnly: node.isTypeOnly || allTypes,
    sideEffectOnly: false,
    conditional: false,
  });
}

function visitImportEquals(extraction: Extraction, node: ts.ImportEqualsDeclaration): void {
  if (!ts.isExternalModuleReference(node.moduleReference)) return;
  add(extraction, node, node.moduleReference.expression, {
    kind: "cjs require",
    typeOnly: node.isTypeOnly,
    sideEffectOnly: false,
    conditional: false,
  });
}

function visitCall(extraction: Extraction, node: ts.CallExpression, conditional: boolean): void {
  const [argument] = node.arguments;
  if (argument === undefined) return;
  const shape = { typeOnly: false, sideEffectOnly: false, conditional } as const;
  const callee = node.expression;
  if (callee.kind === ts.SyntaxKind.ImportKeyword) {
    add(extraction, node, argument, { kind: "import()", ...shape });
    return;
  }
  if (ts.isIdentifier(callee) && callee.text === "require" && !extraction.ownRequire && node.arguments.length === 1) {
    add(extraction, node, argument, { kind: "cjs require", ...shape });
    return;
  }
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === "resolve" && isRequire(callee.expression)) {
    add(extraction, node, argument, { kind: "require.resolve", ...shape });
    return;
  }
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
  const kind = Object.hasOwn(RUNTIME_CALLS, name) ? RUNTIME_CALLS[name] : undefined;
  if (kind !== undefined && ts.isStringLiteralLike(argument)) add(extraction, node, argument, { kind, ...shape });
}

function isRequire(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === "require";
}

/** `new URL("./x", import.meta.url)`. */
function visitNew(extraction: Extraction, node: ts.NewExpression, conditional: boolean): void {
  const [first, second] = node.arguments ?? [];
  if (!ts.isIdentifier(node.expression) || node.expression.text !== "URL" || first === undefined) return;
  if (second === undefined || !second.getText(extraction.tree).includes("import.meta.url")) return;
  add(extraction, node, first, { kind: "new URL", typeOnly: false, sideEffectOnly: false, conditional });
}
