/** Loops: run as often as they run when that is known, once and without certainty when it is not. */
import { ts } from "../syntax/parse.ts";
import { doubtAbout, truthiness } from "./coerce.ts";
import { furtherMembers, iterate, ownEntries } from "./contents.ts";
import { awaited, evaluate, rangeOf } from "./expression.ts";
import { assignPattern, bindPattern } from "./pattern.ts";
import type { Realm } from "./realm.ts";
import { Scope } from "./scope.ts";
import { absorb, type Completion, declareVariables, either, runStatement } from "./statement.ts";
import {
  anyOf,
  furtherItem,
  itemRead,
  itemsBehind,
  type ObjectValue,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

export function runLoop(
  realm: Realm,
  scope: Scope,
  node: ts.IterationStatement,
  label: string | undefined,
): Completion {
  if (ts.isForOfStatement(node)) return runForOf(realm, scope, node, label);
  if (ts.isForInStatement(node)) return runForIn(realm, scope, node, label);
  if (ts.isForStatement(node)) return runFor(realm, scope, node, label);
  if (ts.isDoStatement(node)) {
    return repeat(realm, label, {
      test: (first) => (first ? primitive(true, rangeOf(scope, node)) : evaluate(realm, scope, node.expression)),
      body: () => runStatement(realm, scope, node.statement),
      next: () => {},
    });
  }
  if (!ts.isWhileStatement(node)) return undefined;
  return repeat(realm, label, {
    test: () => evaluate(realm, scope, node.expression),
    body: () => runStatement(realm, scope, node.statement),
    next: () => {},
  });
}

interface Steps {
  readonly test: (first: boolean) => Value;
  readonly body: () => Completion;
  readonly next: () => void;
}

/** After a round that may have left the loop, the others are uncertain. */
function repeat(realm: Realm, label: string | undefined, steps: Steps): Completion {
  for (let first = true; ; first = false) {
    const condition = steps.test(first);
    const truth = truthiness(condition);
    if (truth === false) return undefined;
    if (truth === undefined) return rounds(realm, doubtAbout(condition), label, steps);
    const completion = absorb(steps.body(), "continue", label);
    if (completion?.type === "maybe") {
      const rest = realm.doubtfully(completion.doubt, () => remainder(realm, label, steps));
      return absorb(either(completion, rest), "break", label);
    }
    if (completion !== undefined) return absorb(completion, "break", label);
    steps.next();
  }
}

/** The rounds after one that may have been the last. */
function remainder(realm: Realm, label: string | undefined, steps: Steps): Completion {
  let result: Completion;
  for (;;) {
    steps.next();
    const condition = steps.test(false);
    const truth = truthiness(condition);
    if (truth === false) return result;
    if (truth === undefined) return either(result, rounds(realm, doubtAbout(condition), label, steps));
    const completion = absorb(steps.body(), "continue", label);
    if (completion !== undefined && completion.type !== "maybe") return either(result, completion);
    result = either(result, completion);
  }
}

/** Rounds of which it is not known how many there are. */
function rounds(realm: Realm, doubt: UnknownValue, label: string | undefined, steps: Steps): Completion {
  const reason = unknown(`a loop that runs an unknown number of times: ${doubt.reason}`, doubt.source);
  let result: Completion;
  realm.repeatedly(reason, () => {
    const completion = absorb(steps.body(), "continue", label);
    steps.next();
    result = either(result, maybe(completion, doubt));
  });
  return absorb(result, "break", label);
}

/** The same end, but not certain. */
function maybe(completion: Completion, doubt: UnknownValue): Completion {
  return completion === undefined || completion.type === "maybe"
    ? completion
    : { type: "maybe", of: [completion], doubt };
}

function runFor(realm: Realm, outer: Scope, node: ts.ForStatement, label: string | undefined): Completion {
  let scope = new Scope(outer, outer.module, realm.stamp, false);
  if (node.initializer !== undefined) {
    if (ts.isVariableDeclarationList(node.initializer)) declareVariables(realm, scope, node.initializer);
    else evaluate(realm, scope, node.initializer);
  }
  return repeat(realm, label, {
    test: () =>
      node.condition === undefined ? primitive(true, rangeOf(scope, node)) : evaluate(realm, scope, node.condition),
    body: () => runStatement(realm, scope, node.statement),
    next: () => {
      // Each round has its own copy of the variables, for the closures made in it.
      const copy = new Scope(outer, outer.module, scope.born, false);
      for (const [name, binding] of scope.bindings) copy.bindings.set(name, { ...binding });
      scope = copy;
      if (node.incrementor !== undefined) evaluate(realm, scope, node.incrementor);
    },
  });
}

function runForOf(realm: Realm, scope: Scope, node: ts.ForOfStatement, label: string | undefined): Completion {
  const source = rangeOf(scope, node.expression);
  const subject = evaluate(realm, scope, node.expression);
  if (subject.kind === "object" && subject.slots.type === "array" && subject.open === undefined) {
    return runGrowingArray(realm, scope, node, label, subject, subject.slots.items);
  }
  if (subject.kind === "object" && "entries" in subject.slots && subject.open === undefined)
    return runEntries(realm, scope, node, label, subject, entriesOf(realm, subject));
  const { items, open } = iterate(realm, subject, source);
  if (open === undefined) return runItems(realm, scope, node, label, items);
  const possible =
    open.alternatives?.flatMap((alternative) => iterate(realm, alternative, source).items) ?? open.inputs ?? [];
  const others = possible.length > 0 && possible.length < 64 ? possible : [furtherItem(open)];
  const further = open.alternatives === undefined ? [furtherItem(open)] : others;
  const runFurther = (): Completion => unknownItems(realm, scope, node, label, open, further);
  if (items.length === 0) return runFurther();
  // Further items may stand before the known ones, where they may end the loop, and after them.
  const before = runFurther();
  const run = (): Completion => runItems(realm, scope, node, label, items);
  const leaves = before !== undefined || leavesLoop(node.statement);
  const completion = leaves ? maybe(realm.doubtfully(open, run), open) : run();
  const after = either(completion, runFurther());
  return before === undefined ? after : either(before, after);
}

/** Whether a loop's body may end the loop by itself. */
function leavesLoop(body: ts.Node): boolean {
  if (ts.isBreakStatement(body) || ts.isReturnStatement(body)) return true;
  if (ts.isContinueStatement(body)) return body.label !== undefined;
  if (ts.isFunctionLike(body)) return false;
  return ts.forEachChild(body, leavesLoop) === true;
}

/** Rounds over items of which neither number nor order is known. */
function unknownItems(
  realm: Realm,
  scope: Scope,
  node: ts.ForOfStatement | ts.ForInStatement,
  label: string | undefined,
  doubt: UnknownValue,
  items: readonly Value[],
): Completion {
  return rounds(realm, doubt, label, {
    test: () => doubt,
    body: () =>
      items.reduce<Completion>((result, item) => {
        const completion = realm.doubtfully(doubt, () => runRound(realm, scope, node, item));
        return either(result, maybe(absorb(completion, "continue", label), doubt));
      }, undefined),
    next: () => {},
  });
}

/** Why the rest of a list is not known any more, when it or the collection that it lists has changed in the loop. */
function changeOf({ open, listing, source }: ObjectValue): UnknownValue | undefined {
  if (open !== undefined || listing === undefined) return open;
  const { collection, size } = listing;
  const isSame =
    collection.open === undefined && "entries" in collection.slots && collection.slots.entries.size === size;
  return isSame ? undefined : unknown("a collection that changes while it is walked", source);
}

/** An array may get more items while it is walked. */
function runGrowingArray(
  realm: Realm,
  scope: Scope,
  node: ts.ForOfStatement,
  label: string | undefined,
  subject: ObjectValue,
  items: readonly Value[],
): Completion {
  let index = 0;
  return repeat(realm, label, {
    test: () => changeOf(subject) ?? primitive(index < items.length, rangeOf(scope, node)),
    body: () => {
      const change = changeOf(subject);
      if (change !== undefined) return runRound(realm, scope, node, itemsBehind(anyOf(change, subject)));
      return index < items.length ? runRound(realm, scope, node, itemRead(items[index]!)) : undefined;
    },
    next: () => {
      index++;
    },
  });
}

/** Entries that are added while a collection is walked are visited, and those that are gone are not. */
function runEntries(
  realm: Realm,
  scope: Scope,
  node: ts.ForOfStatement,
  label: string | undefined,
  collection: ObjectValue,
  entries: Iterator<Value, unknown>,
): Completion {
  let next: IteratorResult<Value, unknown> | undefined;
  return repeat(realm, label, {
    test: () => {
      next ??= entries.next();
      return collection.open ?? primitive(!next.done, rangeOf(scope, node));
    },
    body: () => {
      if (collection.open !== undefined)
        return runRound(realm, scope, node, itemsBehind(anyOf(collection.open, collection)));
      return next === undefined || next.done ? undefined : runRound(realm, scope, node, next.value);
    },
    next: () => {
      next = undefined;
    },
  });
}

/** The entries of a collection as a loop over it sees them. */
function* entriesOf(realm: Realm, { slots, source }: ObjectValue): Iterator<Value, unknown> {
  if (slots.type === "set") yield* slots.entries.values();
  if (slots.type !== "map") return;
  for (const { key, value } of slots.entries.values()) yield realm.array([key, value], source);
}

function runItems(
  realm: Realm,
  scope: Scope,
  node: ts.ForOfStatement | ts.ForInStatement,
  label: string | undefined,
  items: readonly Value[],
): Completion {
  let index = 0;
  return repeat(realm, label, {
    test: () => primitive(index < items.length, rangeOf(scope, node)),
    body: () => (index < items.length ? runRound(realm, scope, node, itemRead(items[index]!)) : undefined),
    next: () => {
      index++;
    },
  });
}

function runRound(realm: Realm, outer: Scope, node: ts.ForOfStatement | ts.ForInStatement, item: Value): Completion {
  const scope = new Scope(outer, outer.module, realm.stamp, false);
  const value =
    ts.isForOfStatement(node) && node.awaitModifier !== undefined ? awaited(realm, item, rangeOf(scope, node)) : item;
  const { initializer } = node;
  if (!ts.isVariableDeclarationList(initializer)) assignPattern(realm, scope, initializer, value);
  else {
    const [declaration] = initializer.declarations;
    const blockScoped = (initializer.flags & ts.NodeFlags.BlockScoped) !== 0;
    if (declaration !== undefined) {
      bindPattern(realm, scope, declaration.name, value, (name, bound) => {
        const target = blockScoped ? scope : (outer.find(name)?.scope ?? scope);
        target.bindings.set(name, { value: bound, constant: false });
      });
    }
  }
  return runStatement(realm, scope, node.statement);
}

function runForIn(realm: Realm, scope: Scope, node: ts.ForInStatement, label: string | undefined): Completion {
  const subject = evaluate(realm, scope, node.expression);
  if (subject.kind === "unknown") return runUnknownKeys(realm, scope, node, label, subject);
  if (subject.kind === "primitive") return undefined;
  const keys = enumerableKeys(realm, subject);
  const completion = keys.some((key) => key.kind === "unknown")
    ? unknownItems(realm, scope, node, label, unknown("members that may be there", subject.source), keys)
    : runKeys(realm, scope, node, label, subject, keys);
  const open = furtherMembers(subject);
  return open === undefined ? completion : either(completion, runUnknownKeys(realm, scope, node, label, open));
}

/** Members that are deleted while the loop runs are not visited. */
function runKeys(
  realm: Realm,
  scope: Scope,
  node: ts.ForInStatement,
  label: string | undefined,
  subject: ObjectValue,
  keys: readonly Value[],
): Completion {
  let index = 0;
  return repeat(realm, label, {
    test: () => primitive(index < keys.length, rangeOf(scope, node)),
    body: () => {
      const key = keys[index];
      if (key === undefined) return undefined;
      const now = subject.properties.get(String(key.kind === "primitive" ? key.data : ""));
      if (now === undefined && subject.slots.type === "plain" && subject.prototype === null) return undefined;
      const doubt = now?.maybe;
      if (doubt === undefined) return runRound(realm, scope, node, key);
      return maybe(
        realm.doubtfully(doubt, () => runRound(realm, scope, node, key)),
        doubt,
      );
    },
    next: () => {
      index++;
    },
  });
}

function enumerableKeys(realm: Realm, object: ObjectValue): readonly Value[] {
  const keys = new Map<string, Value>();
  for (
    let holder: ObjectValue | null = object, hops = 0;
    holder !== null && hops < 100;
    holder = holder.prototype, hops++
  ) {
    for (const { key, property } of ownEntries(realm, holder)) {
      if (keys.has(key)) continue;
      const name = primitive(key, property.keySource);
      keys.set(
        key,
        property.maybe === undefined
          ? name
          : unknown(property.maybe.reason, property.maybe.source, { text: true, alternatives: [name] }),
      );
    }
  }
  return [...keys.values()];
}

function runUnknownKeys(
  realm: Realm,
  scope: Scope,
  node: ts.ForInStatement,
  label: string | undefined,
  doubt: UnknownValue,
): Completion {
  if (doubt.alternatives?.some((alternative) => alternative.kind !== "object")) {
    return unknownItems(realm, scope, node, label, doubt, [unknown(doubt.reason, doubt.source, { text: true })]);
  }
  const keys = doubt.alternatives?.flatMap((alternative) => {
    if (alternative.kind !== "object") return [];
    const isListed = alternative.open === undefined && alternative.slots.type !== "lazy";
    const further = isListed ? [] : [unknown(doubt.reason, doubt.source, { text: true })];
    return [...enumerableKeys(realm, alternative), ...further];
  });
  const additional = doubt.additional === true;
  const items = keys ?? [unknown(doubt.reason, doubt.source, { text: true, additional })];
  return unknownItems(realm, scope, node, label, doubt, items);
}
