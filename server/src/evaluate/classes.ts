/** Classes: members, fields, instances, `super`; also of classes that extend one of a package. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { callValue, runFunction } from "./call.ts";
import { keyOf } from "./coerce.ts";
import { evaluate, nameValue, rangeOf } from "./expression.ts";
import { defineAccessor, makeMethod } from "./literals.ts";
import { getMember } from "./members.ts";
import type { Realm } from "./realm.ts";
import { Scope } from "./scope.ts";
import { runBlock } from "./statement.ts";
import { type ClassParts, type ObjectValue, primitive, type UnknownValue, unknown, type Value } from "./value.ts";

export function makeClass(realm: Realm, outer: Scope, node: ts.ClassLikeDeclaration): ObjectValue {
  const scope = new Scope(outer, outer.module, realm.stamp, false);
  const extended = node.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const base = extended === undefined ? undefined : evaluate(realm, scope, extended.expression);
  const constructorNode = node.members.find(
    (member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && member.body !== undefined,
  );
  const source = rangeOf(scope, node);
  const made = realm.object(
    { type: "class", parts: { node, scope, base, constructorNode } },
    source,
    base?.kind === "object" ? base : null,
  );
  const prototype = realm.plain(source);
  const basePrototype = base?.kind === "object" ? base.properties.get("prototype")?.value : undefined;
  if (basePrototype?.kind === "object") prototype.prototype = basePrototype;
  if (base?.kind === "unknown") prototype.open = base;
  prototype.properties.set("constructor", { value: made, keySource: source, hidden: true });
  made.properties.set("prototype", { value: prototype, keySource: source, hidden: true });
  if (node.name !== undefined) {
    scope.bindings.set(node.name.text, { value: made, constant: true });
    made.properties.set("name", { value: primitive(node.name.text, source), keySource: source, hidden: true });
  }
  for (const member of node.members) defineMember(realm, scope, isStatic(member) ? made : prototype, member);
  for (const member of node.members)
    if (isStatic(member) || ts.isClassStaticBlockDeclaration(member)) runStatic(realm, scope, made, member);
  return made;
}

function isStatic(member: ts.ClassElement): boolean {
  return (
    ts.canHaveModifiers(member) &&
    ts.getModifiers(member)?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) === true
  );
}

function memberKey(realm: Realm, scope: Scope, member: ts.ClassElement): string | undefined {
  const { name } = member;
  if (name === undefined) return undefined;
  return ts.isComputedPropertyName(name) ? keyOf(evaluate(realm, scope, name.expression)) : name.text;
}

function defineMember(realm: Realm, scope: Scope, target: ObjectValue, member: ts.ClassElement): void {
  if (ts.isMethodDeclaration(member) && member.body !== undefined) {
    const key = memberKey(realm, scope, member);
    if (key !== undefined)
      target.properties.set(key, {
        value: makeMethod(realm, scope, target, member),
        keySource: rangeOf(scope, member.name),
        hidden: true,
      });
  } else if (ts.isAccessor(member)) {
    const key = memberKey(realm, scope, member);
    if (key !== undefined) defineAccessor(realm, scope, target, key, rangeOf(scope, member.name), member, true);
  }
}

function runStatic(realm: Realm, scope: Scope, made: ObjectValue, member: ts.ClassElement): void {
  const inner = new Scope(scope, scope.module, realm.stamp, true);
  inner.thisValue = made;
  inner.homeObject = made;
  if (ts.isClassStaticBlockDeclaration(member)) runBlock(realm, inner, member.body.statements);
  else if (ts.isPropertyDeclaration(member)) defineField(realm, inner, made, member);
}

function defineField(realm: Realm, scope: Scope, target: ObjectValue, member: ts.PropertyDeclaration): void {
  const key = memberKey(realm, scope, member);
  if (key === undefined) return;
  const source = rangeOf(scope, member);
  const value =
    member.initializer === undefined
      ? primitive(undefined, source)
      : nameValue(evaluate(realm, scope, member.initializer), member.name);
  const hidden = ts.isPrivateIdentifier(member.name) ? { hidden: true } : {};
  target.properties.set(key, { value, keySource: rangeOf(scope, member.name), ...hidden });
}

/** `new C(…)`. */
export function instantiate(
  realm: Realm,
  made: ObjectValue,
  args: readonly Value[],
  openArgs: UnknownValue | undefined,
  source: SourceRange,
): Value {
  const prototype = made.properties.get("prototype")?.value;
  const instance = realm.object({ type: "plain" }, source, prototype?.kind === "object" ? prototype : null);
  return construct(realm, made, instance, args, openArgs, source) ?? instance;
}

/** Runs constructor and fields on an instance. Gives the object that a constructor returns instead, if any. */
function construct(
  realm: Realm,
  made: ObjectValue,
  instance: ObjectValue,
  args: readonly Value[],
  openArgs: UnknownValue | undefined,
  source: SourceRange,
): Value | undefined {
  if (made.slots.type !== "class") return undefined;
  const { parts } = made.slots;
  const prototype = made.properties.get("prototype")?.value;
  const scope = new Scope(parts.scope, parts.scope.module, realm.stamp, true);
  scope.thisValue = instance;
  scope.homeObject = prototype?.kind === "object" ? prototype : undefined;
  if (!realm.aside) realm.called.add(parts.node);
  if (parts.constructorNode === undefined) {
    if (parts.base !== undefined) constructBase(realm, parts, instance, args, openArgs, source);
    initializeFields(realm, parts, scope, instance);
    return undefined;
  }
  if (parts.base === undefined) initializeFields(realm, parts, scope, instance);
  const result = runFunction(realm, scope, parts.constructorNode, args, source, openArgs);
  return result.kind === "object" ? result : undefined;
}

function constructBase(
  realm: Realm,
  parts: ClassParts,
  instance: ObjectValue,
  args: readonly Value[],
  openArgs: UnknownValue | undefined,
  source: SourceRange,
): void {
  const { base } = parts;
  if (base?.kind === "object" && base.slots.type === "class") {
    construct(realm, base, instance, args, openArgs, source);
    return;
  }
  if (base === undefined) return;
  const made = callValue(realm, base, primitive(undefined, source), args, source, { construct: true, openArgs });
  if (made.kind === "object") {
    instance.slots = made.slots;
    for (const [key, property] of made.properties) instance.properties.set(key, property);
  } else if (made.kind === "unknown") instance.open = made;
}

function initializeFields(realm: Realm, parts: ClassParts, scope: Scope, instance: ObjectValue): void {
  for (const member of parts.node.members) {
    if (ts.isPropertyDeclaration(member) && !isStatic(member)) defineField(realm, scope, instance, member);
  }
}

/** `super(…)` in a constructor. */
export function superCall(
  realm: Realm,
  scope: Scope,
  args: readonly Value[],
  openArgs: UnknownValue | undefined,
  source: SourceRange,
): Value {
  const home = homeOf(scope);
  const owner = home?.properties.get("constructor")?.value;
  const instance = thisOf(scope);
  if (owner?.kind !== "object" || owner.slots.type !== "class" || instance?.kind !== "object")
    return primitive(undefined, source);
  const { parts } = owner.slots;
  constructBase(realm, parts, instance, args, openArgs, source);
  const fieldScope = new Scope(parts.scope, parts.scope.module, realm.stamp, true);
  fieldScope.thisValue = instance;
  fieldScope.homeObject = home;
  initializeFields(realm, parts, fieldScope, instance);
  return primitive(undefined, source);
}

/** `super.key`. */
export function superMember(realm: Realm, scope: Scope, key: string, source: SourceRange): Value {
  const home = homeOf(scope);
  const parent = home?.prototype;
  if (home?.open !== undefined) return unknown(home.open.reason, source);
  if (parent === null || parent === undefined) return unknown("super without a class above", source);
  return getMember(realm, parent, key, source);
}

function homeOf(scope: Scope): ObjectValue | undefined {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.homeObject !== undefined) return current.homeObject;
  }
  return undefined;
}

function thisOf(scope: Scope): Value | undefined {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.thisValue !== undefined) return current.thisValue;
  }
  return undefined;
}
