/**
 * The values of the abstract interpreter. Primitives are immutable and carry the text they came from; objects have an
 * identity and may change, as in JavaScript. What is not known is a value too: `Unknown`, with its reason and place.
 * An object can be known in part: `open` says that it may have members beside the listed ones, and why.
 */
import type { ts } from "../syntax/parse.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Scope } from "./scope.ts";

export type PrimitiveData = string | number | boolean | bigint | null | undefined;

export interface Primitive {
  readonly kind: "primitive";
  readonly data: PrimitiveData;
  readonly source: SourceRange;
  /** Conditions under which the value holds: `process.env.CART_URL is not set`. */
  readonly assumes?: readonly string[];
  /** `undefined` because this variable is not set: `process.env.CART_URL`. */
  readonly unset?: string;
  /** As an item of an array: there is none at this place. Read, it is `undefined`. */
  readonly hole?: true;
}

export interface UnknownValue {
  readonly kind: "unknown";
  readonly reason: string;
  readonly source: SourceRange;
  /** A partly known text: known pieces with `undefined` for each unknown one. */
  readonly parts?: readonly (string | undefined)[];
  /** What it may be, complete. */
  readonly alternatives?: readonly Value[];
  /** Values that went into it, so that a configuration handed to an unknown function is still found. */
  readonly inputs?: readonly Value[];
  /** A member of a package that is not modelled: its module and path, for naming it. */
  readonly origin?: { readonly module: string; readonly path: readonly string[] };
  /** Whether it counts as true, where that much is known: `unknown || true`. */
  readonly truth?: boolean;
  /** Some text, though not which. */
  readonly text?: boolean;
  /** As the reason of a doubtful write: it may happen any number of times, so what it leaves is not one of a few values. */
  readonly repeated?: boolean;
  /** As the reason of a doubtful write: it surely happens, though later than the code that follows. */
  readonly deferred?: boolean;
  /** As the `open` of an object: it has further members, and none of the known ones is overridden by them. */
  readonly additional?: boolean;
}

export type Value = Primitive | UnknownValue | ObjectValue;

export interface Property {
  value: Value;
  keySource: SourceRange;
  getter?: ObjectValue;
  setter?: ObjectValue;
  hidden?: boolean;
  /** Cannot be written. */
  fixed?: boolean;
  /** Set when the property exists only under a condition that is not known. */
  maybe?: UnknownValue;
}

/** A function written in the workspace. */
export interface Closure {
  readonly node: ts.FunctionLikeDeclaration;
  readonly scope: Scope;
  readonly homeObject: ObjectValue | undefined;
}

export interface CallContext {
  readonly self: Value;
  readonly args: readonly Value[];
  /** The call. */
  readonly source: SourceRange;
  /** Further arguments may follow that are not known. */
  readonly openArgs: UnknownValue | undefined;
  /** Called with `new`. */
  readonly construct: boolean;
}

export type NativeFunction = (call: CallContext) => Value;

/** What a class needs to make instances. */
export interface ClassParts {
  readonly node: ts.ClassLikeDeclaration;
  readonly scope: Scope;
  readonly base: Value | undefined;
  readonly constructorNode: ts.ConstructorDeclaration | undefined;
}

/** An object whose members are made when they are asked for. */
export interface LazySlots {
  readonly type: "lazy";
  readonly name: string;
  readonly member: (name: string, source: SourceRange) => Value;
  /** Its members are variables, which copies of it have too. */
  readonly isEnvironment?: true;
  /** Names of members that are known to be set. */
  readonly names?: () => readonly string[];
}

/** What an object is beside its properties. */
export type Slots =
  | { readonly type: "plain" }
  | { readonly type: "array"; readonly items: Value[] }
  | { readonly type: "function"; readonly closure: Closure }
  | { readonly type: "native"; readonly name: string; readonly call: NativeFunction }
  | { readonly type: "bound"; readonly target: Value; readonly self: Value; readonly args: readonly Value[] }
  | { readonly type: "class"; readonly parts: ClassParts }
  | { readonly type: "map"; readonly entries: Map<unknown, { key: Value; value: Value }> }
  | { readonly type: "set"; readonly entries: Map<unknown, Value> }
  | { readonly type: "regexp"; readonly pattern: string; readonly flags: string }
  | { readonly type: "promise"; readonly value: Value; readonly rejected: boolean }
  | LazySlots
  /** `told` is what was told of an error that the engine throws; engines word it differently. */
  | { readonly type: "error"; readonly told?: string }
  | { readonly type: "plugin"; readonly record: object };

export class ObjectValue {
  readonly kind = "object";
  readonly properties = new Map<string, Property>();
  prototype: ObjectValue | null;
  slots: Slots;
  readonly source: SourceRange;
  /** The uncertain region in which it was made. */
  readonly born: number;
  /** May have further or other members; of an array: further items. */
  open: UnknownValue | undefined = undefined;
  frozen = false;
  /** The collection that it lists, as an iterator would, with the number of its entries. */
  listing: { readonly collection: ObjectValue; readonly size: number } | undefined = undefined;
  /** Why it may be frozen. */
  maybeFrozen: UnknownValue | undefined = undefined;
  /** A global object: what is handed to its functions does not change it. */
  isBuiltIn = false;
  /** What conversion to a text gives, where that is not computed from its members. */
  text: Value | undefined = undefined;

  constructor(slots: Slots, prototype: ObjectValue | null, source: SourceRange, born: number) {
    this.slots = slots;
    this.prototype = prototype;
    this.source = source;
    this.born = born;
  }
}

export function primitive(data: PrimitiveData, source: SourceRange, assumes?: readonly string[]): Primitive {
  return assumes === undefined || assumes.length === 0
    ? { kind: "primitive", data, source }
    : { kind: "primitive", data, source, assumes };
}

export function unknown(
  reason: string,
  source: SourceRange,
  more: Partial<Omit<UnknownValue, "kind" | "reason" | "source">> = {},
): UnknownValue {
  return { kind: "unknown", reason, source, ...more };
}

/** An item or member that may be there beside the known ones. */
export function furtherItem(open: UnknownValue): UnknownValue {
  const { inputs } = open;
  return unknown(open.reason, open.source, {
    ...(open.additional ? { additional: true } : {}),
    ...(inputs === undefined ? {} : { inputs }),
  });
}

/** Values beyond these are not remembered. */
const MOST_POSSIBLE = 200;

/** One of the things that an object holds, which of them is not known: what is done to it may be done to each. */
export function anyOf(doubt: UnknownValue, object: ObjectValue): UnknownValue {
  const inputs = heldBy(object).slice(0, MOST_POSSIBLE);
  return unknown(doubt.reason, doubt.source, inputs.length === 0 ? {} : { inputs });
}

/** The same doubt about what is listed of a value: items of the lists that it may be are among what may be there. */
export function itemsBehind(doubt: UnknownValue): UnknownValue {
  const lists = doubt.inputs?.filter((input) => input.kind === "object" && !isCallable(input)) as
    | ObjectValue[]
    | undefined;
  if (lists === undefined || lists.length === 0) return doubt;
  const inputs = [...new Set([...(doubt.inputs ?? []), ...lists.flatMap(heldBy)])].slice(0, MOST_POSSIBLE);
  return { ...doubt, inputs };
}

/** Objects, and values that may be objects, that an object holds. */
function heldBy({ slots, properties, open }: ObjectValue): readonly Value[] {
  const held: Value[] = [...(open?.inputs ?? []), ...(open?.alternatives ?? [])];
  if (slots.type === "array") held.push(...slots.items);
  if (slots.type === "set") held.push(...slots.entries.values());
  if (slots.type === "map") for (const { value } of slots.entries.values()) held.push(value);
  for (const { value } of properties.values()) held.push(value);
  return [...new Set(held.filter((value) => value.kind !== "primitive"))];
}

/** The known objects that a value may turn out to be, or to be made of. */
export function objectsBehind(value: UnknownValue): readonly ObjectValue[] {
  const found = new Set<ObjectValue>();
  const seen = new Set<Value>();
  const visit = (inner: Value): void => {
    if (inner.kind === "primitive" || seen.has(inner) || seen.size > 200) return;
    seen.add(inner);
    if (inner.kind === "object") found.add(inner);
    else for (const next of [...(inner.alternatives ?? []), ...(inner.inputs ?? [])]) visit(next);
  };
  visit(value);
  return [...found];
}

const NOT_SET = " is not set";

/** `undefined` for a variable of the environment that is taken to be unset. */
export function unsetVariable(name: string, source: SourceRange): Primitive {
  return { kind: "primitive", data: undefined, source, unset: name, assumes: [`${name}${NOT_SET}`] };
}

/** Stands at a place of an array that holds nothing. */
export function hole(source: SourceRange): Primitive {
  return { kind: "primitive", data: undefined, source, hole: true };
}

export function isHole(value: Value): boolean {
  return value.kind === "primitive" && value.hole === true;
}

/** An item as reading it gives it. */
export function itemRead(value: Value): Value {
  return isHole(value) ? primitive(undefined, value.source) : value;
}

/** The variable that an assumption speaks of. */
export function variableOf(assumption: string): string | undefined {
  return assumption.endsWith(NOT_SET) ? assumption.slice(0, -NOT_SET.length) : undefined;
}

export function isUndefined(value: Value): boolean {
  return value.kind === "primitive" && value.data === undefined;
}

export function isNullish(value: Value): boolean {
  return value.kind === "primitive" && (value.data === undefined || value.data === null);
}

export function stringOf(value: Value | undefined): string | undefined {
  return value?.kind === "primitive" && typeof value.data === "string" ? value.data : undefined;
}

type CallableSlots = Extract<Slots, { readonly type: "function" | "native" | "bound" | "class" }>;

export type Callable = ObjectValue & { slots: CallableSlots };

export function isCallable(value: Value): value is Callable {
  if (value.kind !== "object") return false;
  const { type } = value.slots;
  return type === "function" || type === "native" || type === "bound" || type === "class";
}

export function arrayItems(value: Value): Value[] | undefined {
  return value.kind === "object" && value.slots.type === "array" ? value.slots.items : undefined;
}

/** Conditions of several values together. */
export function assumptionsOf(...values: readonly Value[]): readonly string[] | undefined {
  const all = values.flatMap((value) => (value.kind === "primitive" ? (value.assumes ?? []) : []));
  return all.length === 0 ? undefined : [...new Set(all)];
}
