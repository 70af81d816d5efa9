/** The conversions of JavaScript (to boolean, text, number, property key) over values that may not be known. */
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Realm } from "./realm.ts";
import {
  assumptionsOf,
  isNullish,
  type Primitive,
  type PrimitiveData,
  primitive,
  type UnknownValue,
  unknown,
  type Value,
} from "./value.ts";

/** `undefined` when it is not known. */
export function truthiness(value: Value): boolean | undefined {
  if (value.kind === "primitive") return Boolean(value.data);
  if (value.kind === "object") return true;
  if (value.parts?.some((part) => part !== undefined && part !== "")) return true;
  if (value.truth !== undefined) return value.truth;
  if (value.alternatives === undefined) return undefined;
  const results = new Set(value.alternatives.map(truthiness));
  return results.size === 1 ? [...results][0] : undefined;
}

/** Reading a member of a value that may be `undefined` may fail. Packages are taken to have the members that are asked for. */
export function noteFailure(realm: Realm, value: Value): void {
  if (realm.tryDepth === 0 || realm.mayThrow !== undefined || value.kind !== "unknown") return;
  const { origin, alternatives, text, parts, truth } = value;
  if (text || parts !== undefined || truth === true || (origin !== undefined && origin.path.length < 2)) return;
  if (alternatives !== undefined && !alternatives.some((one) => one.kind === "unknown" || isNullish(one))) return;
  realm.mayThrow = doubtAbout(value);
}

/** The reason why a value is not known; for known values a general one. */
export function doubtAbout(value: Value): UnknownValue {
  // What the value may be says nothing of what is computed from it: only the reason is handed on.
  if (value.kind === "unknown")
    return unknown(value.reason, value.source, value.additional ? { additional: true } : {});
  if (value.kind === "primitive" && value.unset !== undefined)
    return unknown(`depends on ${value.unset}`, value.source);
  return unknown("cannot be evaluated", value.source);
}

/** Whether a value stands for a variable that is not set, so that computing with it would give a made-up result. */
export function isUnset(value: Value): value is UnsetPrimitive {
  return value.kind === "primitive" && value.unset !== undefined;
}

export interface UnsetPrimitive extends Primitive {
  readonly unset: string;
}

/** Items of nested lists that are looked at for one text, and how deep; lists may contain themselves. */
const MOST_ITEMS = 10_000;
const DEEPEST_LIST = 50;

/** The text of a value as string conversion gives it; `undefined` when it is not known. */
export function textOf(value: Value): string | undefined {
  return textWithin(value, { left: MOST_ITEMS }, 0);
}

function textWithin(value: Value, budget: { left: number }, depth: number): string | undefined {
  if (value.kind === "primitive") return value.unset === undefined ? String(value.data) : undefined;
  if (value.kind === "unknown") return undefined;
  if (value.text !== undefined) return textWithin(value.text, budget, depth + 1);
  const { slots } = value;
  if (value.open !== undefined || budget.left <= 0 || depth > DEEPEST_LIST) return undefined;
  if (slots.type === "array") {
    const texts: string[] = [];
    for (const item of slots.items) {
      budget.left--;
      const isMissing = item.kind === "primitive" && (item.data ?? undefined) === undefined && item.unset === undefined;
      const text = isMissing ? "" : textWithin(item, budget, depth + 1);
      if (text === undefined || budget.left <= 0) return undefined;
      texts.push(text);
    }
    return texts.join(",");
  }
  if (slots.type === "regexp") return `/${slots.pattern}/${slots.flags}`;
  if (slots.type === "plain" && value.prototype === null && !value.properties.has("toString")) return "[object Object]";
  return undefined;
}

/** `undefined` when it is not known. */
export function keyOf(value: Value): string | undefined {
  return textOf(value);
}

/** The pieces of a text, known ones joined, `undefined` for each unknown one. */
export function textParts(value: Value): readonly (string | undefined)[] {
  const text = textOf(value);
  if (text !== undefined) return [text];
  return value.kind === "unknown" && value.parts !== undefined ? value.parts : [undefined];
}

/** Whether a partly known text may turn out to be this one. */
export function couldBe(value: Value, text: string): boolean {
  const parts = textParts(value);
  return text.startsWith(parts[0] ?? "") && text.endsWith(parts.at(-1) ?? "");
}

/** Texts that grow beyond this are not followed. */
const LONGEST_TEXT = 1_000_000;

/** Texts one after the other: known, or a partly known text. */
export function concatenate(values: readonly Value[], source: SourceRange): Value {
  const parts: (string | undefined)[] = [];
  let doubt: UnknownValue | undefined;
  for (const value of values) {
    for (const part of textParts(value)) {
      const last = parts.at(-1);
      if (part === undefined) doubt ??= doubtAbout(value);
      if (part !== undefined && parts.length > 0 && last !== undefined) parts[parts.length - 1] = last + part;
      else if (part !== undefined || parts.length === 0 || last !== undefined) parts.push(part);
    }
  }
  const length = parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
  if (length > LONGEST_TEXT) return unknown("a text of more than a million characters", source, { text: true });
  if (doubt === undefined) return primitive(parts.join(""), source, assumptionsOf(...values));
  const alternatives = textAlternatives(values, source);
  return unknown(doubt.reason, doubt.source, {
    parts,
    text: true,
    ...(alternatives === undefined ? {} : { alternatives }),
  });
}

/** When one value with alternatives stands in some pieces and all others are known, the whole text has as many. */
function textAlternatives(values: readonly Value[], source: SourceRange): readonly Value[] | undefined {
  const unknowns = values.filter((value) => textOf(value) === undefined);
  const [varying] = unknowns;
  const isOne = unknowns.every((value) => value === varying);
  if (!isOne || varying?.kind !== "unknown" || varying.alternatives === undefined) return undefined;
  const texts = varying.alternatives.map((alternative) =>
    concatenate(
      values.map((value) => (value === varying ? alternative : value)),
      source,
    ),
  );
  return texts.every((text) => text.kind === "primitive") ? texts : undefined;
}

/** The number that a known primitive converts to. */
export function numberOf(data: PrimitiveData): number | bigint {
  return typeof data === "bigint" ? data : Number(data);
}
