/**
 * What code that is not evaluated may do with what it is handed: it may call functions, with arguments that are not known
 * and as often as it likes, and may change objects, at once and whenever such code runs again.
 */
import type { SourceRange } from "../vfs/sourceRange.ts";
import { callValue } from "./call.ts";
import { obscure, scatter } from "./contents.ts";
import type { Realm } from "./realm.ts";
import {
  type Callable,
  isCallable,
  type ObjectValue,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

/** Functions and objects in the hands of code that is not evaluated. */
export interface Handed {
  readonly values: readonly Value[];
  /** Whether this code may change the objects. */
  readonly changes: boolean;
  readonly reason: UnknownValue;
  readonly source: SourceRange;
}

interface HandedFunction {
  readonly callee: Callable;
  readonly self: Value;
}

export interface HandOutOptions {
  /** The objects may be changed; else only the functions in them are called. */
  readonly changes: boolean;
}

/** Objects within objects are looked at this deep, and no more of them than this. */
const DEEPEST = 4;
const MOST = 200;
/** What was handed out before and may be called again, the last of it. */
const MOST_REMEMBERED = 40;

/** Hands values to code that is not evaluated. */
export function handOut(
  realm: Realm,
  values: readonly Value[],
  doubt: UnknownValue,
  source: SourceRange,
  { changes }: HandOutOptions,
): void {
  if (!values.some(isMutable)) {
    if (changes) again(realm);
    return;
  }
  const reason = unknown(doubt.reason, doubt.source, { repeated: true });
  const handed = { values, changes, reason, source };
  if (exercise(realm, handed)) {
    realm.handed.push(handed);
    if (realm.handed.length > MOST_REMEMBERED) realm.handed.shift();
  }
  if (changes) again(realm, handed);
}

function isMutable(value: Value): boolean {
  return value.kind === "object" || (value.kind === "unknown" && (value.alternatives ?? value.inputs ?? []).length > 0);
}

/** Code that is not evaluated runs once more: what it was handed before is in its hands still. */
function again(realm: Realm, except?: Handed): void {
  if (realm.aside) return;
  for (const handed of [...realm.handed]) if (handed !== except) exercise(realm, handed);
}

/** What happens after the file has been read: functions that were handed out may be called then. */
export function settle(realm: Realm): void {
  for (const handed of realm.handed.splice(0)) exercise(realm, handed);
}

/** Functions and objects within values. */
function contentsOf(values: readonly Value[]): { functions: HandedFunction[]; objects: ObjectValue[] } {
  const functions: HandedFunction[] = [];
  const seen = new Set<ObjectValue>();
  const visit = (value: Value | null | undefined, self: Value | undefined, depth: number): void => {
    if (value === null || value === undefined || value.kind === "primitive" || depth > DEEPEST) return;
    if (value.kind === "unknown") {
      for (const inner of [...(value.alternatives ?? []), ...(value.inputs ?? [])]) visit(inner, self, depth + 1);
      return;
    }
    if (seen.has(value) || seen.size > MOST) return;
    seen.add(value);
    if (isCallable(value)) functions.push({ callee: value, self: self ?? primitive(undefined, value.source) });
    const { slots } = value;
    if (slots.type === "plugin" || slots.type === "lazy" || slots.type === "native") return;
    for (const { value: member, getter, setter } of value.properties.values()) {
      visit(getter, value, depth + 1);
      visit(setter, value, depth + 1);
      if (getter === undefined && setter === undefined) visit(member, value, depth + 1);
    }
    for (const inner of value.open?.inputs ?? []) visit(inner, value, depth + 1);
    if (slots.type === "array") for (const item of slots.items) visit(item, value, depth + 1);
    if (slots.type === "set") for (const item of slots.entries.values()) visit(item, value, depth + 1);
    if (slots.type === "promise") visit(slots.value, undefined, depth + 1);
    if (slots.type === "bound") visit(slots.self, undefined, depth + 1);
    if (slots.type === "map") {
      for (const entry of slots.entries.values()) {
        visit(entry.key, value, depth + 1);
        visit(entry.value, value, depth + 1);
      }
    }
    if (value.prototype !== null) visitPrototype(value.prototype, value, depth);
  };
  const visitPrototype = (prototype: ObjectValue, self: Value, depth: number): void => {
    for (const { value: member, getter, setter } of prototype.properties.values())
      for (const method of [getter, setter, member])
        if (method !== undefined && isCallable(method) && method.slots.type === "function")
          functions.push({ callee: method, self });
    if (prototype.prototype !== null && depth < DEEPEST) visitPrototype(prototype.prototype, self, depth + 1);
  };
  for (const value of values) visit(value, undefined, 0);
  return { functions, objects: [...seen].filter((object) => object.slots.type !== "native") };
}

/** Calls the functions and changes the objects, any number of times. Gives whether there are any. */
function exercise(realm: Realm, { values, changes, reason, source }: Handed): boolean {
  const found = contentsOf(values);
  const { functions } = found;
  const objects = changes ? found.objects : [];
  for (const object of objects) change(realm, object, reason);
  const given = unknown(reason.reason, reason.source, { inputs: objects });
  for (const { callee, self } of functions) {
    const { slots } = callee;
    if (slots.type === "native") continue;
    const node = slots.type === "function" ? slots.closure.node : slots.type === "class" ? slots.parts.node : callee;
    if (realm.exercised.has(node)) continue;
    const call = (): void => {
      callValue(realm, callee, self, [given, given, given, given], source, {
        construct: slots.type === "class",
        openArgs: given,
      });
    };
    const isWithin = realm.exercised.size > 0;
    realm.exercised.add(node);
    try {
      // What runs within has no steps of its own.
      if (isWithin) realm.runAside(reason, call);
      else spend(realm, () => realm.runAside(reason, call));
    } finally {
      realm.exercised.delete(node);
    }
  }
  return functions.length > 0 || objects.length > 0;
}

/** Runs what was handed out; not at all, or not to its end, where the steps for that are used up. */
function spend(realm: Realm, run: () => void): void {
  const { fuel } = realm;
  realm.withAllowance(Math.min(realm.handedFuel, fuel), run);
  realm.handedFuel -= fuel - realm.fuel;
}

/** Any member or item of an object may be another one. */
function change(realm: Realm, object: ObjectValue, reason: UnknownValue): void {
  const { slots } = object;
  if (slots.type === "function" || slots.type === "class" || slots.type === "bound" || slots.type === "regexp") return;
  if (object.frozen || object.isBuiltIn) return;
  if (slots.type === "array") {
    if (object.open === undefined || slots.items.length > 0) scatter(object, reason);
  } else if (slots.type === "map" || slots.type === "set") {
    object.open ??= reason;
    slots.entries.clear();
  } else obscure(realm, object, reason);
}
