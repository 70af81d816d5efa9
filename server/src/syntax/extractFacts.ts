/**
 * The sure way to a module's facts: over the syntax tree. Used where `scanModule` gives up. Requests are listed in the
 * order of the text.
 */
import type { TextRange } from "../base/text.ts";
import type { FilePath } from "../vfs/path.ts";
import {
  isContextCall,
  isImport,
  isRequire,
  isRequireOfModule,
  isServiceWorkerStart,
  resolvingKind,
} from "./callees.ts";
import { choices, constantText } from "./constantText.ts";
import { type CreatedRequires, createdKind, createdRequires, importsMaker } from "./createdRequires.ts";
import { constantExpression, type Guard, guardAfter, isDeadAnyway, logicalKind } from "./guards.ts";
import { type ListedRequests, listedRequests, takesRequire } from "./listedRequests.ts";
import { magicComments } from "./magicComments.ts";
import { type ExtractedFacts, jsxPragmas, type RequestFact, type RequestKind } from "./moduleFacts.ts";
import { parseFile, syntaxErrorCount, ts } from "./parse.ts";
import { partlyWritten, webpackContext, writtenContext } from "./requestContext.ts";

const RUNTIME_CALLS: Readonly<Record<string, RequestKind>> = {
  loadRemote: "load remote",
  importRemote: "load remote",
  loadRemoteModule: "load remote",
  loadShare: "load share",
  loadShareSync: "load share",
};

/** What is known of the place of a node. */
interface Place {
  /** Inside a function, a branch or a `try`. */
  readonly conditional: boolean;
  readonly inFunction: boolean;
  readonly guards: readonly Guard[];
  /** In the callback of a call that makes a chunk. */
  readonly apart?: true;
  /** In a callback whose `require` is AMD's. */
  readonly handed?: true;
  /** In a function with a parameter of that name, as in bundled code: its calls are no requests. */
  readonly ownRequire?: true;
}

const OUTERMOST: Place = { conditional: false, inFunction: false, guards: [] };

interface Extraction {
  readonly tree: ts.SourceFile;
  readonly found: { fact: RequestFact; range: TextRange; statement: TextRange }[];
  esm: boolean;
  hasJsx: boolean;
  /** `import foo = require("foo")` and locals named `require` are told apart by this. */
  readonly ownRequire: boolean;
  /** Names of variables that are `require`. */
  readonly requires: ReadonlySet<string>;
  readonly created: CreatedRequires | undefined;
  readonly ownDefine: boolean;
  /** Those of calls that list their requests, with what holds in them. */
  readonly callbacks: Map<ts.Node, Pick<Place, "apart" | "handed">>;
  /** Modules that the file itself defines by a name. */
  readonly localModules: Set<string>;
  /** What starts workers, by its first argument. */
  readonly workers: Map<ts.Node, ts.CallExpression | ts.NewExpression>;
}

/** Facts of a JavaScript or TypeScript text. */
export function extractFacts(path: FilePath, text: string): ExtractedFacts {
  const tree = parseFile(path, text);
  const extraction: Extraction = {
    tree,
    found: [],
    esm: false,
    hasJsx: false,
    ownRequire: declaresRequire(text),
    requires: new Set([...text.matchAll(RENAMED_REQUIRE)].map(([, name = ""]) => name)),
    created: createdRequires(text),
    ownDefine: /\b(?:function|const|let|var|class)\s+define\b|\bimport\b[^;"']*\bdefine\b/.test(text),
    callbacks: new Map(),
    localModules: new Set(),
    workers: new Map(),
  };
  visit(extraction, tree, OUTERMOST);
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

const RENAMED_REQUIRE = /\b(?:const|let|var)\s+([\w$]+)\s*=\s*require\s*(?=[;,\n])/g;

/** A variable named `require` makes its calls no requests. */
function declaresRequire(text: string): boolean {
  return /\b(?:const|let|var|function)\s+require\b/.test(text);
}

function rangeOf(tree: ts.SourceFile, node: ts.Node): TextRange {
  return { start: node.getStart(tree), end: node.end };
}

/** What may be for one of several files. */
const PARTLY_WRITTEN: ReadonlySet<RequestKind> = new Set([
  "import()",
  "cjs require",
  "require.resolve",
  "require.resolveWeak",
]);

function add(
  extraction: Extraction,
  statement: ts.Node,
  literal: ts.Expression,
  fact: Omit<RequestFact, "specifier">,
): void {
  const text = fact.context === undefined ? constantText(literal) : undefined;
  const mayBePartly = text === undefined && fact.context === undefined && PARTLY_WRITTEN.has(fact.kind);
  const context = mayBePartly ? partlyWritten(literal) : undefined;
  extraction.found.push({
    fact: { ...fact, specifier: text, ...(context === undefined ? {} : { context }) },
    range: rangeOf(extraction.tree, literal),
    statement: rangeOf(extraction.tree, statement),
  });
}

function visit(extraction: Extraction, node: ts.Node, outer: Place): void {
  const inCallback = extraction.callbacks.get(node);
  const place: Place = inCallback === undefined ? withParameters(node, outer) : { ...outer, ...inCallback };
  if (ts.isImportDeclaration(node)) visitImport(extraction, node);
  else if (ts.isExportDeclaration(node)) visitExport(extraction, node);
  else if (ts.isImportEqualsDeclaration(node)) visitImportEquals(extraction, node);
  else if (ts.isCallExpression(node)) visitCall(extraction, node, place);
  else if (ts.isNewExpression(node)) visitNew(extraction, node, place);
  else if (ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node)) extraction.hasJsx = true;
  else if (ts.isExportAssignment(node)) extraction.esm ||= node.isExportEquals !== true;
  else if (ts.isMetaProperty(node) || node.kind === ts.SyntaxKind.ExportKeyword) extraction.esm = true;
  const inner = placeIn(node, place);
  if (ts.isIfStatement(node)) visitBranches(extraction, node.expression, node.thenStatement, node.elseStatement, inner);
  else if (ts.isConditionalExpression(node))
    visitBranches(extraction, node.condition, node.whenTrue, node.whenFalse, inner);
  else if (ts.isBinaryExpression(node) && logicalKind(node) !== undefined) visitLogical(extraction, node, inner);
  else if (ts.isBlock(node) && inner.inFunction) visitStatements(extraction, node.statements, inner);
  else ts.forEachChild(node, (child) => visit(extraction, child, inner));
}

function withParameters(node: ts.Node, place: Place): Place {
  return ts.isFunctionLike(node) && takesRequire(node) ? { ...place, ownRequire: true } : place;
}

function placeIn(node: ts.Node, place: Place): Place {
  if ((place.conditional && place.inFunction) || !isConditional(node)) return place;
  return { ...place, conditional: true, inFunction: place.inFunction || ts.isFunctionLike(node) };
}

/** A place that also needs a test's outcome; `undefined` where no build has it. */
function guarded(place: Place, guard: Guard): Place | undefined {
  return isDeadAnyway([guard]) ? undefined : { ...place, guards: [...place.guards, guard] };
}

function visitBranches(
  extraction: Extraction,
  condition: ts.Expression,
  consequent: ts.Node,
  alternate: ts.Node | undefined,
  place: Place,
): void {
  visit(extraction, condition, place);
  const test = constantExpression(condition);
  const whenTrue = test === undefined ? place : guarded(place, { test, outcome: "truthy" });
  const whenFalse = test === undefined ? place : guarded(place, { test, outcome: "falsy" });
  if (whenTrue !== undefined) visit(extraction, consequent, whenTrue);
  if (whenFalse !== undefined && alternate !== undefined) visit(extraction, alternate, whenFalse);
}

function visitLogical(extraction: Extraction, node: ts.BinaryExpression, place: Place): void {
  visit(extraction, node.left, place);
  const test = constantExpression(node.left);
  const outcome = { and: "truthy", or: "falsy", nullish: "nullish" } as const;
  const right = test === undefined ? place : guarded(place, { test, outcome: outcome[logicalKind(node)!] });
  if (right !== undefined) visit(extraction, node.right, right);
}

/** In a function: nothing after a `return` counts but function declarations, which are hoisted. */
function visitStatements(extraction: Extraction, statements: readonly ts.Statement[], outer: Place): void {
  let place: Place | undefined = outer;
  for (const statement of statements) {
    const own: Place | undefined = ts.isFunctionDeclaration(statement) ? outer : place;
    if (own !== undefined) visit(extraction, statement, own);
    const after = place === undefined ? undefined : guardAfter(statement);
    if (after === "never") place = undefined;
    else if (after !== undefined && place !== undefined) place = guarded(place, after);
  }
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
    ...(importsMaker(node) ? { created: true } : {}),
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

/** Guards stand in a fact only where there are some: most have none. */
function placed({ conditional, guards }: Place): Pick<RequestFact, "conditional" | "guards"> {
  return guards.length === 0 ? { conditional } : { conditional, guards };
}

/** Without what the file itself defines. */
function addListed(extraction: Extraction, node: ts.CallExpression, listed: ListedRequests, place: Place): void {
  const { kind, items, callbacks, name } = listed;
  for (const item of items) {
    if (ts.isStringLiteralLike(item) && extraction.localModules.has(item.text)) continue;
    add(extraction, node, item, { kind, typeOnly: false, sideEffectOnly: false, ...placed(place) });
  }
  for (const callback of callbacks) {
    const handed = kind !== "require.ensure" && takesRequire(callback);
    extraction.callbacks.set(callback, {
      ...(kind === "amd define" ? {} : { apart: true }),
      ...(handed ? { handed } : {}),
    });
  }
  if (name !== undefined) extraction.localModules.add(name);
}

function visitCall(extraction: Extraction, node: ts.CallExpression, place: Place): void {
  const [argument] = node.arguments;
  if (argument === undefined) return;
  const shape = { typeOnly: false, sideEffectOnly: false, ...placed(place) } as const;
  const callee = node.expression;
  if (isImport(callee)) {
    addImport(extraction, node, argument, shape);
    return;
  }
  const made = place.ownRequire === true ? undefined : createdKind(extraction.created, callee);
  const listed = listedRequests(node);
  if (listed !== undefined) {
    const ownRequire = extraction.ownRequire || place.ownRequire === true;
    const isOwn = listed.kind === "amd define" ? extraction.ownDefine : ownRequire;
    if (!isOwn) addListed(extraction, node, listed, place);
    return;
  }
  const isRenamed = ts.isIdentifier(callee) && extraction.requires.has(callee.text);
  if (
    made === undefined &&
    (isRenamed || isRequire(callee) || isRequireOfModule(callee)) &&
    node.arguments.length === 1
  ) {
    if (extraction.ownRequire || place.ownRequire === true) return;
    const isLocal = ts.isStringLiteralLike(argument) && extraction.localModules.has(argument.text);
    const { apart, handed } = place;
    const how = { ...(apart === undefined ? {} : { apart }), ...(handed === undefined ? {} : { handed }) };
    if (isLocal) return;
    addChoices(extraction, node, argument, { kind: "cjs require", ...shape, ...how });
    return;
  }
  const resolved = made ?? resolvingKind(callee);
  if (resolved !== undefined) {
    const how = made === undefined ? shape : ({ ...shape, created: true } as const);
    addChoices(extraction, node, argument, { kind: resolved, ...how });
    return;
  }
  if (isContextCall(callee)) {
    const written = isRequire(callee.expression) ? writtenContext(node) : webpackContext(node);
    const { context, mode } = written ?? {};
    add(extraction, node, argument, {
      kind: "require.context",
      ...shape,
      ...(context === undefined ? {} : { context }),
      ...(mode === undefined ? {} : { mode }),
    });
    return;
  }
  if (isServiceWorkerStart(callee)) extraction.workers.set(argument, node);
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : "";
  const kind = Object.hasOwn(RUNTIME_CALLS, name) ? RUNTIME_CALLS[name] : undefined;
  if (kind !== undefined && ts.isStringLiteralLike(argument)) add(extraction, node, argument, { kind, ...shape });
}

/** A request for each text that the argument may be. */
function addChoices(
  extraction: Extraction,
  node: ts.CallExpression,
  argument: ts.Expression,
  fact: Omit<RequestFact, "specifier">,
): void {
  const all = choices(argument);
  for (const choice of all) add(extraction, node, choice, all.length === 1 ? fact : { ...fact, chosen: true });
}

/** As the comments beside its argument say. */
function addImport(
  extraction: Extraction,
  node: ts.CallExpression,
  argument: ts.Expression,
  shape: Omit<RequestFact, "specifier" | "kind">,
): void {
  const { ignored, mode, include, exclude } = magicComments(extraction.tree, node);
  if (ignored === "all") return;
  const context = constantText(argument) === undefined ? partlyWritten(argument) : undefined;
  const tests = { ...(include === undefined ? {} : { include }), ...(exclude === undefined ? {} : { exclude }) };
  add(extraction, node, argument, {
    kind: "import()",
    ...shape,
    ...(ignored === undefined ? {} : { ignored: true }),
    ...(mode === undefined ? {} : { mode }),
    ...(context === undefined ? {} : { context: { ...context, ...tests } }),
  });
}

/** `new URL("./x", import.meta.url)`, alone or as the code of a worker. */
function visitNew(extraction: Extraction, node: ts.NewExpression, place: Place): void {
  const [first, second] = node.arguments ?? [];
  if (!ts.isIdentifier(node.expression) || first === undefined) return;
  if (/^(?:Shared)?Worker$/.test(node.expression.text)) extraction.workers.set(first, node);
  if (node.expression.text !== "URL") return;
  if (second === undefined || !second.getText(extraction.tree).includes("import.meta.url")) return;
  const starts = extraction.workers.get(node);
  if ([node, starts].some((call) => call !== undefined && magicComments(extraction.tree, call).ignored !== undefined))
    return;
  const kind = starts === undefined ? "new URL" : "new Worker";
  add(extraction, node, first, { kind, typeOnly: false, sideEffectOnly: false, ...placed(place) });
}
