/** Object and array literals: where most provenance begins. */
import { ts } from "../syntax/parse.ts";
import { couldBe, doubtAbout, keyOf } from "./coerce.ts";
import { copyMembers, iterate, obscure, openArray } from "./contents.ts";
import { evaluate, nameValue, rangeOf, readName } from "./expression.ts";
import { defineMember, LONGEST_ARRAY, settleOrder } from "./members.ts";
import type { Realm } from "./realm.ts";
import type { Scope } from "./scope.ts";
import { hole, type ObjectValue, type Property, unknown, type Value } from "./value.ts";

export function evaluateArray(realm: Realm, scope: Scope, node: ts.ArrayLiteralExpression): Value {
  const items: Value[] = [];
  const array = realm.array(items, rangeOf(scope, node));
  for (const element of node.elements) {
    if (items.length > LONGEST_ARRAY) {
      openArray(array, unknown(`more than ${LONGEST_ARRAY} items`, array.source));
      break;
    }
    if (ts.isOmittedExpression(element)) {
      items.push(hole(rangeOf(scope, node)));
    } else if (ts.isSpreadElement(element)) spreadInto(realm, scope, array, items, element);
    else items.push(evaluate(realm, scope, element));
  }
  return array;
}

function spreadInto(realm: Realm, scope: Scope, array: ObjectValue, items: Value[], element: ts.SpreadElement): void {
  const value = evaluate(realm, scope, element.expression);
  const { items: added, open } = iterate(realm, value, rangeOf(scope, element));
  for (const item of added) items.push(item);
  realm.burn(added.length);
  if (open === undefined) return;
  const possible =
    open.alternatives?.flatMap((alternative) => [...iterate(realm, alternative, open.source).items]) ?? [];
  openArray(array, open, possible);
}

export function evaluateObject(realm: Realm, scope: Scope, node: ts.ObjectLiteralExpression): Value {
  const object = realm.plain(rangeOf(scope, node));
  for (const property of node.properties) {
    if (ts.isSpreadAssignment(property)) {
      copyMembers(realm, evaluate(realm, scope, property.expression), object, rangeOf(scope, property), defineMember);
    } else if (property.name !== undefined) defineProperty(realm, scope, object, property);
  }
  return object;
}

function defineProperty(
  realm: Realm,
  scope: Scope,
  object: ObjectValue,
  node: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>,
): void {
  const keyNode = node.name;
  const keySource = rangeOf(scope, ts.isComputedPropertyName(keyNode) ? keyNode.expression : keyNode);
  const computed = ts.isComputedPropertyName(keyNode) ? evaluate(realm, scope, keyNode.expression) : undefined;
  const key = computed === undefined ? (keyNode as ts.Identifier).text : keyOf(computed);
  if (ts.isGetAccessor(node) || ts.isSetAccessor(node)) {
    if (key !== undefined) defineAccessor(realm, scope, object, key, keySource, node);
    return;
  }
  const value = propertyValue(realm, scope, object, node);
  if (key === undefined) {
    const doubt = doubtAbout(computed!);
    const further = unknown(`a key that is not known: ${doubt.reason}`, doubt.source, { inputs: [value] });
    obscure(realm, object, further, (known) => couldBe(computed!, known));
    return;
  }
  if (key === "__proto__" && computed === undefined && ts.isPropertyAssignment(node)) {
    if (value.kind === "object") object.prototype = value;
    return;
  }
  // A computed key keeps the place of the text it came from, so that a finding lands there.
  const origin = computed?.kind === "primitive" ? computed.source : keySource;
  const known = object.properties.get(key);
  settleOrder(object, key, keySource);
  object.properties.set(key, {
    value,
    keySource: known === undefined || known.keySource.file !== origin.file ? origin : keySource,
  });
}

function propertyValue(
  realm: Realm,
  scope: Scope,
  object: ObjectValue,
  node: ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.MethodDeclaration,
): Value {
  if (ts.isPropertyAssignment(node)) return nameValue(evaluate(realm, scope, node.initializer), node.name);
  if (ts.isShorthandPropertyAssignment(node)) return readName(realm, scope, node.name.text, rangeOf(scope, node.name));
  return makeMethod(realm, scope, object, node);
}

export function makeMethod(
  realm: Realm,
  scope: Scope,
  home: ObjectValue,
  node: ts.MethodDeclaration | ts.AccessorDeclaration,
): ObjectValue {
  const method = realm.object({ type: "function", closure: { node, scope, homeObject: home } }, rangeOf(scope, node));
  realm.closures.push(method);
  return method;
}

export function defineAccessor(
  realm: Realm,
  scope: Scope,
  object: ObjectValue,
  key: string,
  keySource: Property["keySource"],
  node: ts.AccessorDeclaration,
  hidden = false,
): void {
  const accessor = makeMethod(realm, scope, object, node);
  const before = object.properties.get(key);
  settleOrder(object, key, keySource);
  object.properties.set(key, {
    value: unknown("a getter", keySource),
    keySource,
    ...(before?.getter === undefined ? {} : { getter: before.getter }),
    ...(before?.setter === undefined ? {} : { setter: before.setter }),
    ...(ts.isGetAccessor(node) ? { getter: accessor } : { setter: accessor }),
    ...(hidden ? { hidden } : {}),
  });
}
