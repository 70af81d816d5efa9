/** Holds what the evaluator claims against what a run gave. What is unknown claims nothing. */
import { ownEntries } from "../../server/src/evaluate/contents.ts";
import { getMember } from "../../server/src/evaluate/members.ts";
import type { Realm } from "../../server/src/evaluate/realm.ts";
import { arrayItems, isCallable, type Value } from "../../server/src/evaluate/value.ts";

/** Stands for a member whose getter fails in the real program. */
const FAILING = Symbol("failing");

function memberOf(real: Record<string, unknown>, key: string): unknown {
  try {
    return real[key];
  } catch {
    return FAILING;
  }
}

/** Pairs that have been compared: what contains itself is looked at once. */
let compared = new Map<Value, ReadonlySet<unknown>>();

/** The path of the first claim that is wrong, with both values; `undefined` when all hold. */
export function wrongClaim(realm: Realm, value: Value, real: unknown, path: string, depth = 0): string | undefined {
  if (depth > 8 || real === FAILING) return undefined;
  if (value.kind === "unknown") return wrongDoubt(realm, value, real, path, depth);
  if (value.kind === "primitive") {
    return Object.is(value.data, real) ? undefined : `${path}: claimed ${String(value.data)}, is ${show(real)}`;
  }
  if (isCallable(value))
    return typeof real === "function" ? undefined : `${path}: claimed a function, is ${show(real)}`;
  if (typeof real !== "object" || real === null) return `${path}: claimed an object, is ${show(real)}`;
  if (depth === 0) compared = new Map();
  const before = compared.get(value);
  if (before?.has(real)) return undefined;
  compared.set(value, new Set([...(before ?? []), real]));
  const items = arrayItems(value);
  if (items !== undefined) {
    if (!Array.isArray(real)) return `${path}: claimed a list, is ${show(real)}`;
    if (value.open !== undefined) return undefined;
    if (items.length !== real.length) return `${path}: claimed ${items.length} items, are ${real.length}`;
    return first(items.map((item, index) => wrongClaim(realm, item, real[index], `${path}[${index}]`, depth + 1)));
  }
  if (value.slots.type !== "plain") return undefined;
  return wrongMembers(realm, value, real as Record<string, unknown>, path, depth);
}

function wrongDoubt(
  realm: Realm,
  value: Extract<Value, { kind: "unknown" }>,
  real: unknown,
  path: string,
  depth: number,
): string | undefined {
  const holds = (one: Value): boolean => wrongClaim(realm, one, real, path, depth + 1) === undefined;
  if (value.alternatives !== undefined && !value.alternatives.some(holds)) {
    return `${path}: none of the alternatives is ${show(real)}`;
  }
  if (value.text && typeof real !== "string") return `${path}: claimed some text, is ${show(real)}`;
  if (value.parts === undefined) return undefined;
  const pattern = value.parts
    .map((part) => (part === undefined ? "[\\s\\S]*" : part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")))
    .join("");
  return new RegExp(`^${pattern}$`).test(String(real))
    ? undefined
    : `${path}: ${show(real)} does not fit the known parts`;
}

function wrongMembers(
  realm: Realm,
  value: Extract<Value, { kind: "object" }>,
  real: Record<string, unknown>,
  path: string,
  depth: number,
): string | undefined {
  const entries = ownEntries(realm, value);
  const certain = entries.filter((entry) => entry.property.maybe === undefined);
  const missing = certain.find((entry) => !Object.hasOwn(real, entry.key) && value.open === undefined);
  if (missing !== undefined) return `${path}.${missing.key}: claimed, is not there`;
  if (value.open === undefined) {
    const known = new Set(entries.map((entry) => entry.key));
    const extra = Object.keys(real).find((key) => !known.has(key));
    if (extra !== undefined) return `${path}.${extra}: claimed absent, is ${show(real[extra])}`;
    const order = Object.keys(real).join("|");
    if (certain.length === entries.length && certain.map((entry) => entry.key).join("|") !== order)
      return `${path}: claimed order ${certain.map((entry) => entry.key).join("|")}, is ${order}`;
  }
  return first(
    entries
      .filter((entry) => Object.hasOwn(real, entry.key))
      .map((entry) =>
        wrongClaim(
          realm,
          entry.property.maybe === undefined ? getMember(realm, value, entry.key, value.source) : entry.property.value,
          memberOf(real, entry.key),
          `${path}.${entry.key}`,
          depth + 1,
        ),
      ),
  );
}

function first(results: readonly (string | undefined)[]): string | undefined {
  return results.find((result) => result !== undefined);
}

function show(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "something that contains itself";
  }
}
