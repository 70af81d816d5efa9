/** Runs statements. A statement ends normally, abruptly (`return`, `break`, `continue`) or *maybe* abruptly. */
import { ts } from "../syntax/parse.ts";
import { assignName } from "./assignment.ts";
import { makeClass } from "./classes.ts";
import { doubtAbout, truthiness } from "./coerce.ts";
import { evaluate, nameValue, rangeOf } from "./expression.ts";
import { hoist } from "./hoist.ts";
import { join } from "./join.ts";
import { runLoop } from "./loops.ts";
import { equalValues } from "./operators.ts";
import { bindPattern } from "./pattern.ts";
import { type Realm, ThrowSignal } from "./realm.ts";
import { Scope } from "./scope.ts";
import { primitive, type UnknownValue, unknown, type Value } from "./value.ts";

const { SyntaxKind } = ts;

export type Abrupt =
  | { readonly type: "return"; readonly value: Value }
  | { readonly type: "break" | "continue"; readonly label: string | undefined };

/** `undefined` for a normal end. */
export type Completion =
  | Abrupt
  | { readonly type: "maybe"; readonly of: readonly Abrupt[]; readonly doubt: UnknownValue }
  | undefined;

export function runBlock(realm: Realm, outer: Scope, statements: readonly ts.Statement[]): Completion {
  const scope = new Scope(outer, outer.module, realm.stamp, false);
  hoist(realm, scope, statements);
  return runStatements(realm, scope, statements);
}

/** Runs statements in order; after one that maybe ended abruptly, the others are uncertain. */
export function runStatements(realm: Realm, scope: Scope, statements: readonly ts.Statement[], from = 0): Completion {
  for (let index = from; index < statements.length; index++) {
    const owner = scope.functionScope();
    if (owner.isDetached && containsAwait(statements[index]!)) {
      owner.isDetached = false;
      const source = rangeOf(scope, statements[index]!);
      const later = unknown("happens after the file has been read", source, { deferred: true });
      return realm.doubtfully(later, () => runStatements(realm, scope, statements, index));
    }
    const thrownBefore = realm.mayThrow;
    const completion = runStatement(realm, scope, statements[index]!);
    if (completion !== undefined && completion.type !== "maybe") return completion;
    // What follows something that may throw in a `try` may not run.
    const doubt = completion?.doubt ?? (thrownBefore === undefined ? realm.mayThrow : undefined);
    if (doubt === undefined) continue;
    const rest = runDoubtful(realm, doubt, () => runStatements(realm, scope, statements, index + 1));
    if (rest === "thrown") return completion === undefined ? undefined : surely(completion);
    if (completion !== undefined) return either(completion, rest);
    return rest === undefined || rest.type === "maybe" ? rest : { type: "maybe", of: [rest], doubt };
  }
  return undefined;
}

/** What ended abruptly, if anything, did so: going on would have failed. */
function surely(completion: Exclude<Completion, undefined>): Completion {
  if (completion.type !== "maybe") return completion;
  const values = completion.of.flatMap((abrupt) => (abrupt.type === "return" ? [abrupt.value] : []));
  if (values.length === completion.of.length) return { type: "return", value: join(values, completion.doubt) };
  return completion.of.length === 1 ? completion.of[0] : completion;
}

/** Whether a statement waits for something in its own function. */
function containsAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, containsAwait) === true;
}

/** Either the first has ended abruptly, or the second is what happened. */
export function either(first: Completion, second: Completion): Completion {
  if (first === undefined) return second;
  if (first.type !== "maybe") return first;
  if (second === undefined) return first;
  if (second.type === "maybe")
    return { type: "maybe", of: [...first.of, ...second.of].slice(0, 16), doubt: first.doubt };
  const same = first.of.every((abrupt) => abrupt.type === second.type);
  if (second.type === "return" && same) {
    const values = first.of.flatMap((abrupt) => (abrupt.type === "return" ? [abrupt.value] : []));
    return { type: "return", value: join([...values, second.value], first.doubt) };
  }
  if (second.type !== "return" && same) return second;
  return { type: "maybe", of: [...first.of, second], doubt: first.doubt };
}

/** One of two branches ran; which is not known. */
function eitherBranch(left: Completion, right: Completion, doubt: UnknownValue): Completion {
  if (left === undefined && right === undefined) return undefined;
  if (left === undefined || right === undefined) {
    const given = (left ?? right) as Exclude<Completion, undefined>;
    return given.type === "maybe" ? given : { type: "maybe", of: [given], doubt };
  }
  const weak: Completion = left.type === "maybe" ? left : { type: "maybe", of: [left], doubt };
  return either(weak, right);
}

export function runStatement(realm: Realm, scope: Scope, node: ts.Statement): Completion {
  realm.burn();
  switch (node.kind) {
    case SyntaxKind.ExpressionStatement:
      evaluateDetached(realm, scope, (node as ts.ExpressionStatement).expression);
      return undefined;
    case SyntaxKind.VariableStatement:
      declareVariables(realm, scope, (node as ts.VariableStatement).declarationList);
      return undefined;
    case SyntaxKind.ReturnStatement: {
      const { expression } = node as ts.ReturnStatement;
      return {
        type: "return",
        value:
          expression === undefined ? primitive(undefined, rangeOf(scope, node)) : evaluate(realm, scope, expression),
      };
    }
    case SyntaxKind.IfStatement:
      return runIf(realm, scope, node as ts.IfStatement);
    case SyntaxKind.Block:
      return runBlock(realm, scope, (node as ts.Block).statements);
    case SyntaxKind.ClassDeclaration:
      declareClass(realm, scope, node as ts.ClassDeclaration);
      return undefined;
    case SyntaxKind.ThrowStatement:
      throw new ThrowSignal(evaluate(realm, scope, (node as ts.ThrowStatement).expression));
    case SyntaxKind.TryStatement:
      return runTry(realm, scope, node as ts.TryStatement);
    case SyntaxKind.SwitchStatement:
      return runSwitch(realm, scope, node as ts.SwitchStatement);
    case SyntaxKind.BreakStatement:
      return { type: "break", label: (node as ts.BreakStatement).label?.text };
    case SyntaxKind.ContinueStatement:
      return { type: "continue", label: (node as ts.ContinueStatement).label?.text };
    case SyntaxKind.LabeledStatement:
      return runLabeled(realm, scope, node as ts.LabeledStatement);
    case SyntaxKind.EnumDeclaration:
      declareEnum(realm, scope, node as ts.EnumDeclaration);
      return undefined;
    default:
      return ts.isIterationStatement(node, false) ? runLoop(realm, scope, node, undefined) : undefined;
  }
}

/** An expression whose value is dropped: a promise that it gives is waited for by nobody. */
function evaluateDetached(realm: Realm, scope: Scope, node: ts.Expression): void {
  let call: ts.Expression = node;
  while (ts.isParenthesizedExpression(call) || ts.isVoidExpression(call)) call = call.expression;
  if (ts.isCallExpression(call)) realm.detachedCall = call;
  evaluate(realm, scope, node);
}

export function declareVariables(realm: Realm, scope: Scope, list: ts.VariableDeclarationList): void {
  const blockScoped = (list.flags & ts.NodeFlags.BlockScoped) !== 0;
  const constant = (list.flags & ts.NodeFlags.Const) !== 0;
  for (const declaration of list.declarations) {
    if (declaration.initializer === undefined && !blockScoped) continue;
    const value =
      declaration.initializer === undefined
        ? primitive(undefined, rangeOf(scope, declaration))
        : nameValue(evaluate(realm, scope, declaration.initializer), declaration.name);
    bindPattern(realm, scope, declaration.name, value, (name, bound, source) => {
      if (blockScoped) scope.bindings.set(name, { value: bound, constant });
      else assignName(realm, scope, name, bound, source);
    });
  }
}

function declareClass(realm: Realm, scope: Scope, node: ts.ClassDeclaration): void {
  scope.bindings.set(node.name?.text ?? "*default*", { value: makeClass(realm, scope, node), constant: false });
}

function declareEnum(realm: Realm, scope: Scope, node: ts.EnumDeclaration): void {
  const object = realm.plain(rangeOf(scope, node));
  const inner = new Scope(scope, scope.module, realm.stamp, false);
  let next: number | undefined = 0;
  for (const member of node.members) {
    const source = rangeOf(scope, member);
    const name = ts.isComputedPropertyName(member.name) ? undefined : member.name.text;
    const value: Value =
      member.initializer === undefined
        ? next === undefined
          ? unknown("an enum member without a number", source)
          : primitive(next, source)
        : evaluate(realm, inner, member.initializer);
    const data: unknown = value.kind === "primitive" ? value.data : undefined;
    next = typeof data === "number" ? data + 1 : undefined;
    if (name === undefined) continue;
    object.properties.set(name, { value, keySource: rangeOf(scope, member.name) });
    inner.bindings.set(name, { value, constant: true });
    if (typeof data === "number")
      object.properties.set(String(data), { value: primitive(name, source), keySource: source });
  }
  scope.bindings.set(node.name.text, { value: object, constant: true });
}

function runIf(realm: Realm, scope: Scope, node: ts.IfStatement): Completion {
  const condition = evaluate(realm, scope, node.expression);
  const truth = truthiness(condition);
  const run = (branch: ts.Statement | undefined): Completion =>
    branch === undefined ? undefined : runStatement(realm, scope, branch);
  if (truth !== undefined) return run(truth ? node.thenStatement : node.elseStatement);
  const doubt = doubtAbout(condition);
  const then = runDoubtful(realm, doubt, () => run(node.thenStatement));
  // A branch that throws was not taken in a build that works.
  if (then === "thrown" && realm.tryDepth === 0) return run(node.elseStatement);
  const other = runDoubtful(realm, doubt, () => run(node.elseStatement));
  if (then === "thrown") return other === "thrown" ? undefined : other;
  return other === "thrown" ? then : eitherBranch(then, other, doubt);
}

function runDoubtful(realm: Realm, doubt: UnknownValue, run: () => Completion): Completion | "thrown" {
  try {
    return realm.inUncertainRegion(doubt, run);
  } catch (error) {
    if (!(error instanceof ThrowSignal)) throw error;
    if (realm.tryDepth > 0) realm.mayThrow ??= doubt;
    return "thrown";
  }
}

function runTry(realm: Realm, scope: Scope, node: ts.TryStatement): Completion {
  const outerDoubt = realm.mayThrow;
  realm.mayThrow = undefined;
  let completion: Completion;
  const handle = (thrown: Value): Completion => {
    const { catchClause } = node;
    if (catchClause === undefined) return undefined;
    const inner = new Scope(scope, scope.module, realm.stamp, false);
    if (catchClause.variableDeclaration !== undefined) {
      bindPattern(realm, inner, catchClause.variableDeclaration.name, thrown, (name, value) =>
        inner.bindings.set(name, { value, constant: false }),
      );
    }
    return runBlock(realm, inner, catchClause.block.statements);
  };
  const guarded = (): Completion => {
    try {
      realm.tryDepth++;
      try {
        completion = runBlock(realm, scope, node.tryBlock.statements);
      } finally {
        realm.tryDepth--;
      }
      const doubt = realm.mayThrow as UnknownValue | undefined;
      if (doubt === undefined) return completion;
      const caught = runDoubtful(realm, doubt, () => handle(unknown("an error", doubt.source)));
      return caught === "thrown" ? completion : eitherBranch(completion, caught, doubt);
    } catch (error) {
      if (!(error instanceof ThrowSignal) || node.catchClause === undefined) throw error;
      return handle(error.value);
    } finally {
      realm.mayThrow = outerDoubt;
    }
  };
  const { finallyBlock } = node;
  if (finallyBlock === undefined) return guarded();
  try {
    completion = guarded();
  } catch (error) {
    // A `finally` that leaves by itself ends the exception.
    const last = error instanceof ThrowSignal ? runBlock(realm, scope, finallyBlock.statements) : undefined;
    if (last !== undefined && last.type !== "maybe") return last;
    throw error;
  }
  const last = runBlock(realm, scope, finallyBlock.statements);
  return last === undefined ? completion : either(last, completion);
}

function runSwitch(realm: Realm, scope: Scope, node: ts.SwitchStatement): Completion {
  const subject = evaluate(realm, scope, node.expression);
  const inner = new Scope(scope, scope.module, realm.stamp, false);
  const { clauses } = node.caseBlock;
  hoist(
    realm,
    inner,
    clauses.flatMap((clause) => [...clause.statements]),
  );
  const matches = clauses.map((clause) => {
    if (ts.isDefaultClause(clause)) return false;
    const label = evaluate(realm, inner, clause.expression);
    return equalValues(subject, label, true);
  });
  const runFrom = (start: number): Completion => {
    const completion = runStatements(
      realm,
      inner,
      clauses.slice(start).flatMap((clause) => [...clause.statements]),
    );
    return absorb(completion, "break", undefined);
  };
  const first = matches.findIndex((match) => match !== false);
  const fallback = clauses.findIndex(ts.isDefaultClause);
  if (first >= 0 && matches[first] === true) return runFrom(first);
  if (first < 0) return fallback < 0 ? undefined : runFrom(fallback);
  const doubt = doubtAbout(subject);
  let result: Completion;
  let started = false;
  clauses.forEach((clause, index) => {
    if (matches[index] === false && !ts.isDefaultClause(clause)) return;
    const completion = runDoubtful(realm, doubt, () => runFrom(index));
    if (completion === "thrown") return;
    result = started ? eitherBranch(result, completion, doubt) : completion;
    started = true;
  });
  return fallback < 0 ? eitherBranch(result, undefined, doubt) : result;
}

function runLabeled(realm: Realm, scope: Scope, node: ts.LabeledStatement): Completion {
  const { statement } = node;
  const completion = ts.isIterationStatement(statement, false)
    ? runLoop(realm, scope, statement, node.label.text)
    : runStatement(realm, scope, statement);
  return absorb(completion, "break", node.label.text, true);
}

/** Ends a `break` or `continue` that aims at this statement. */
export function absorb(
  completion: Completion,
  type: "break" | "continue",
  label: string | undefined,
  onlyLabelled = false,
): Completion {
  const aims = (abrupt: Abrupt): boolean =>
    abrupt.type === type && ((abrupt.label === undefined && !onlyLabelled) || abrupt.label === label);
  if (completion === undefined) return undefined;
  if (completion.type !== "maybe") return aims(completion) ? undefined : completion;
  const rest = completion.of.filter((abrupt) => !aims(abrupt));
  return rest.length === 0 ? undefined : { ...completion, of: rest };
}
