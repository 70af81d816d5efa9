/** How a value of a configuration came to be: from the plugin's call through keys, reads and computations to its text. */

import { ownEntries } from "../evaluate/contents.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import { evaluatedJson } from "../evaluate/toJson.ts";
import { arrayItems, stringOf, type Value } from "../evaluate/value.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { federationConfigs } from "./federationConfigs.ts";
import { remedyFor } from "./remedy.ts";
import { type TracedInstance, tracedConfig } from "./tracedConfig.ts";

export interface ExplainStep {
  /** `receives`: the plugin gets the options; `key`: the value stands under it; `computed from` and below: a part of it. */
  readonly what: "receives" | "key" | "written" | "computed" | "read" | "part";
  /** The path that the step is about: `remotes`, then `remotes.cart`. */
  readonly path: string;
  readonly source: SourceRange;
  /** What the expression gave, for parts. */
  readonly value?: Evaluated<Json>;
}

export interface ExplainedValue {
  readonly config: FederationConfig;
  readonly path: string;
  readonly value: Evaluated<Json>;
  readonly steps: readonly ExplainStep[];
  readonly remedy?: string;
}

const MOST_READS = 6;
const MOST_PARTS = 12;
const DEEPEST_PART = 3;

/** Every configuration's value at a path like `remotes.cart` or `shared.@scope/ui.requiredVersion`. */
export function explainValues(db: Db, root: FilePath, path: string, file?: FilePath): readonly ExplainedValue[] {
  return federationConfigs(db, root).flatMap((config) => {
    if (file !== undefined && config.file !== file) return [];
    const instance = tracedConfig(db, root, config);
    const links = instance === undefined ? undefined : linksTo(instance, instance.options, path, "");
    if (instance === undefined || links === undefined) return [];
    const { value } = links.at(-1)!;
    const evaluated = evaluatedJson(instance.realm, value);
    const remedy = evaluated.known ? undefined : remedyFor(evaluated.reason);
    const steps = stepsOf(instance, links);
    return [{ config, path, value: evaluated, steps, ...(remedy === undefined ? {} : { remedy }) }];
  });
}

interface Link {
  readonly path: string;
  readonly keySource: SourceRange | undefined;
  readonly value: Value;
}

/** The values on the way to a path. Keys may hold dots, so the longest one that fits is tried first. */
function linksTo(instance: TracedInstance, value: Value, rest: string, above: string): readonly Link[] | undefined {
  if (rest === "") return [];
  if (value.kind === "unknown") {
    const options = value.alternatives ?? [];
    return options.map((option) => linksTo(instance, option, rest, above)).find((links) => links !== undefined);
  }
  if (value.kind !== "object") return undefined;
  if (value.slots.type === "promise") return linksTo(instance, value.slots.value, rest, above);
  const items = arrayItems(value);
  if (items !== undefined)
    return items.map((item) => itemLinks(instance, item, rest, above)).find((links) => links !== undefined);
  const fitting = ownEntries(instance.realm, value)
    .filter(({ key }) => rest === key || rest.startsWith(`${key}.`))
    .sort((left, right) => right.key.length - left.key.length);
  for (const { key, property } of fitting) {
    const path = above === "" ? key : `${above}.${key}`;
    const below = linksTo(instance, property.value, rest.slice(key.length + 1), path);
    if (below !== undefined) return [{ path, keySource: property.keySource, value: property.value }, ...below];
  }
  return undefined;
}

/** Items of a list stand for themselves, for a pair, or for the members that they hold. */
function itemLinks(instance: TracedInstance, item: Value, rest: string, above: string): readonly Link[] | undefined {
  const text = stringOf(item);
  if (text !== undefined)
    return text === rest ? [{ path: `${above}.${text}`, keySource: undefined, value: item }] : undefined;
  const [key, value] = arrayItems(item) ?? [];
  const name = stringOf(key);
  if (key === undefined || name === undefined || value === undefined) return linksTo(instance, item, rest, above);
  return name === rest ? [{ path: `${above}.${name}`, keySource: key.source, value }] : undefined;
}

function stepsOf(instance: TracedInstance, links: readonly Link[]): readonly ExplainStep[] {
  const { call } = instance.call;
  const steps: ExplainStep[] = [
    { what: "receives", path: "", source: call.source },
    ...wayOf(instance, instance.options, ""),
  ];
  for (const { path, keySource, value } of links) {
    if (keySource !== undefined) steps.push({ what: "key", path, source: keySource });
    steps.push(...wayOf(instance, value, path));
  }
  const last = links.at(-1);
  if (last !== undefined) addParts(instance, last.value, last.path, 1, steps);
  return withoutRepetition(steps);
}

/** Where a value was made and read, the last read first: the way back from its use. */
function wayOf({ trace }: TracedInstance, value: Value, path: string): readonly ExplainStep[] {
  const made = trace.made.get(value);
  const reads = (trace.reads.get(value) ?? []).slice(-MOST_READS).reverse();
  const isText = value.kind === "primitive" && (made === undefined || made.inputs.length === 0);
  const origin = made?.source ?? value.source;
  return [
    ...reads.map((source): ExplainStep => ({ what: "read", path, source })),
    { what: isText ? "written" : "computed", path, source: origin },
    ...(made !== undefined && isText && value.source.file !== origin.file
      ? [{ what: "written", path, source: value.source } as const]
      : []),
  ];
}

/** What a text or number was computed from. */
function addParts(instance: TracedInstance, value: Value, path: string, depth: number, steps: ExplainStep[]): void {
  if (value.kind === "object" || depth > DEEPEST_PART) return;
  for (const part of instance.trace.made.get(value)?.inputs ?? []) {
    if (steps.length > MOST_PARTS + MOST_READS * 4) return;
    if (part.kind === "object") continue;
    const source = instance.trace.made.get(part)?.source ?? part.source;
    steps.push({ what: "part", path, source, value: evaluatedJson(instance.realm, part) });
    addParts(instance, part, path, depth + 1, steps);
  }
}

function withoutRepetition(steps: readonly ExplainStep[]): readonly ExplainStep[] {
  return steps.filter(({ source, path, what }, index) => {
    const before = steps[index - 1];
    if (before === undefined || what === "part") return true;
    const isSamePlace =
      before.source.file === source.file &&
      before.source.range.start === source.range.start &&
      before.source.range.end === source.range.end;
    return !isSamePlace || before.path !== path || before.what === "key";
  });
}
