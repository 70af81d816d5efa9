/** Binding and destructuring: which variable or member gets which part of a value. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { assignTo } from "./assignment.ts";
import { doubtAbout, isUnset, keyOf, noteFailure } from "./coerce.ts";
import { copyMembers, type Iterated, iterate, openArray } from "./contents.ts";
import { evaluate, nameValue, rangeOf } from "./expression.ts";
import { join } from "./join.ts";
import { defineMember, getMember } from "./members.ts";
import type { Realm } from "./realm.ts";
import type { Scope } from "./scope.ts";
import { assumptionsOf, furtherItem, isUndefined, primitive, unknown, type Value } from "./value.ts";

/** Gives a name its value: declares it, or assigns to the one in scope. */
export type NameWriter = (name: string, value: Value, source: SourceRange) => void;

export function bindPattern(
  realm: Realm,
  scope: Scope,
  pattern: ts.BindingName,
  value: Value,
  write: NameWriter,
): void {
  if (ts.isIdentifier(pattern)) {
    write(pattern.text, value, rangeOf(scope, pattern));
    return;
  }
  if (ts.isObjectBindingPattern(pattern)) {
    bindObject(realm, scope, pattern, value, write);
    return;
  }
  const { items, open } = iterate(realm, value, rangeOf(scope, pattern));
  for (const [index, element] of pattern.elements.entries()) {
    if (ts.isOmittedExpression(element)) continue;
    const source = rangeOf(scope, element);
    if (element.dotDotDotToken !== undefined) {
      bindPattern(realm, scope, element.name, restOf(realm, { items, open }, index, source), write);
      return;
    }
    const item = itemAt({ items, open }, index, source);
    bindPattern(realm, scope, element.name, withDefault(realm, scope, item, element.initializer, element.name), write);
  }
}

/** The item at a place. Where further ones may stand between the known ones, no place is known. */
function itemAt({ items, open }: Iterated, index: number, source: SourceRange): Value {
  if (open === undefined) return items[index] ?? primitive(undefined, source);
  return { ...furtherItem(open), inputs: [...items.slice(0, 32), ...(open.inputs ?? [])] };
}

function restOf(realm: Realm, { items, open }: Iterated, index: number, source: SourceRange): Value {
  const rest = realm.array(open === undefined ? items.slice(index) : [], source);
  if (open !== undefined) openArray(rest, open, items);
  return rest;
}

function bindObject(
  realm: Realm,
  scope: Scope,
  pattern: ts.ObjectBindingPattern,
  value: Value,
  write: NameWriter,
): void {
  const taken = new Set<string>();
  if (value.kind === "primitive" && (value.data === undefined || value.data === null) && !isUnset(value)) {
    realm.throwError("TypeError", `Cannot destructure '${String(value.data)}'`, rangeOf(scope, pattern));
  }
  noteFailure(realm, value);
  for (const element of pattern.elements) {
    const source = rangeOf(scope, element);
    if (element.dotDotDotToken !== undefined) {
      const rest = realm.plain(source);
      copyMembers(realm, value, rest, source, defineMember, taken);
      bindPattern(realm, scope, element.name, rest, write);
      continue;
    }
    const key = elementKey(realm, scope, element);
    if (key !== undefined) taken.add(key);
    const member =
      key === undefined ? unknown("a computed key that is not known", source) : getMember(realm, value, key, source);
    bindPattern(
      realm,
      scope,
      element.name,
      withDefault(realm, scope, member, element.initializer, element.name),
      write,
    );
  }
}

function elementKey(realm: Realm, scope: Scope, element: ts.BindingElement): string | undefined {
  const name = element.propertyName ?? element.name;
  if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) return name.text;
  return ts.isComputedPropertyName(name) ? keyOf(evaluate(realm, scope, name.expression)) : undefined;
}

/** The value, or the default where it is `undefined`. */
export function withDefault(
  realm: Realm,
  scope: Scope,
  value: Value,
  initializer: ts.Expression | undefined,
  name: ts.Node | undefined,
): Value {
  if (initializer === undefined) return value;
  const fallback = (): Value => nameValue(evaluate(realm, scope, initializer), name);
  if (isUndefined(value)) {
    const given = fallback();
    return given.kind === "primitive" && isUnset(value)
      ? primitive(given.data, given.source, assumptionsOf(value, given))
      : given;
  }
  if (value.kind !== "unknown" || value.text) return value;
  if (value.alternatives !== undefined && !value.alternatives.some(isUndefined)) return value;
  const doubt = doubtAbout(value);
  const given = realm.doubtfully(doubt, fallback);
  const others = value.alternatives?.filter((alternative) => !isUndefined(alternative)) ?? [value];
  return join(given === undefined ? others : [...others, given], doubt);
}

/** Destructuring assignment: `({ a, b: c.d } = value)`. */
export function assignPattern(realm: Realm, scope: Scope, target: ts.Expression, value: Value): void {
  if (ts.isParenthesizedExpression(target)) {
    assignPattern(realm, scope, target.expression, value);
    return;
  }
  if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    assignPattern(realm, scope, target.left, withDefault(realm, scope, value, target.right, target.left));
    return;
  }
  if (ts.isObjectLiteralExpression(target)) {
    assignObject(realm, scope, target, value);
    return;
  }
  if (!ts.isArrayLiteralExpression(target)) {
    assignTo(realm, scope, target, value);
    return;
  }
  const { items, open } = iterate(realm, value, rangeOf(scope, target));
  for (const [index, element] of target.elements.entries()) {
    if (ts.isOmittedExpression(element)) continue;
    const source = rangeOf(scope, element);
    if (ts.isSpreadElement(element)) {
      assignPattern(realm, scope, element.expression, restOf(realm, { items, open }, index, source));
      return;
    }
    const item = itemAt({ items, open }, index, source);
    assignPattern(realm, scope, element, item);
  }
}

function assignObject(realm: Realm, scope: Scope, target: ts.ObjectLiteralExpression, value: Value): void {
  const taken = new Set<string>();
  for (const property of target.properties) {
    const source = rangeOf(scope, property);
    if (ts.isSpreadAssignment(property)) {
      const rest = realm.plain(source);
      copyMembers(realm, value, rest, source, defineMember, taken);
      assignPattern(realm, scope, property.expression, rest);
      continue;
    }
    if (property.name === undefined) continue;
    const { name } = property;
    const key = ts.isComputedPropertyName(name) ? keyOf(evaluate(realm, scope, name.expression)) : name.text;
    if (key !== undefined) taken.add(key);
    const member =
      key === undefined ? unknown("a computed key that is not known", source) : getMember(realm, value, key, source);
    if (ts.isShorthandPropertyAssignment(property)) {
      assignTo(
        realm,
        scope,
        property.name,
        withDefault(realm, scope, member, property.objectAssignmentInitializer, property.name),
      );
    } else if (ts.isPropertyAssignment(property)) assignPattern(realm, scope, property.initializer, member);
  }
}
