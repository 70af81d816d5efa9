/** `in` and `instanceof`. */
import { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { keyOf } from "./coerce.ts";
import { evaluate } from "./expression.ts";
import { getMember } from "./members.ts";
import type { Realm } from "./realm.ts";
import type { Scope } from "./scope.ts";
import { hole, isCallable, isHole, isNullish, primitive, unknown, type Value } from "./value.ts";

const { SyntaxKind } = ts;

/** `key in object` or `value instanceof Class`. */
export function relation(realm: Realm, scope: Scope, node: ts.BinaryExpression, source: SourceRange): Value {
  const right = evaluate(realm, scope, node.right);
  if (node.operatorToken.kind === SyntaxKind.InstanceOfKeyword)
    return instanceOf(evaluate(realm, scope, node.left), right, source);
  const key = ts.isPrivateIdentifier(node.left) ? node.left.text : keyOf(evaluate(realm, scope, node.left));
  if (key === undefined || right.kind !== "object") return unknown("a membership test that is not known", source);
  for (
    let holder: typeof right | null = right, hops = 0;
    holder !== null && hops < 100;
    holder = holder.prototype, hops++
  ) {
    const own = holder.properties.get(key);
    if (own !== undefined && own.maybe === undefined) return primitive(true, source);
    if (own !== undefined || holder.open !== undefined || holder.slots.type === "lazy")
      return unknown((own?.maybe ?? holder.open)?.reason ?? "members that are not listed", source);
    if (
      holder.slots.type === "array" &&
      (key === "length" || !isHole(holder.slots.items[Number(key)] ?? hole(holder.source)))
    )
      return primitive(true, source);
  }
  return isNullish(getMember(realm, right, key, source)) ? primitive(false, source) : primitive(true, source);
}

function instanceOf(left: Value, right: Value, source: SourceRange): Value {
  if (left.kind === "primitive") return primitive(false, source);
  if (left.kind === "unknown" || right.kind !== "object")
    return unknown("the class of a value that is not known", source);
  if (right.slots.type === "native") {
    const { type } = left.slots;
    const kinds: Readonly<Record<string, boolean>> = {
      Array: type === "array",
      Map: type === "map",
      Set: type === "set",
      RegExp: type === "regexp",
      Promise: type === "promise",
      Error: type === "error",
      Object: true,
      Function: isCallable(left),
    };
    const known = kinds[right.slots.name];
    return known === undefined ? unknown("the class of a value that is not known", source) : primitive(known, source);
  }
  const prototype = right.properties.get("prototype")?.value;
  for (let holder = left.prototype, hops = 0; holder !== null && hops < 100; holder = holder.prototype, hops++) {
    if (holder === prototype) return primitive(true, source);
    if (holder.open !== undefined) return unknown("the class of a value that is not known", source);
  }
  return primitive(false, source);
}
