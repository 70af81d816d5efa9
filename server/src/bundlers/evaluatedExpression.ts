/** What an expression of a configuration gives, where it takes part in federation options: for hovers. */
import { containsOffset, type TextRange } from "../base/text.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import { syntaxTree } from "../evaluate/module.ts";
import { evaluatedJson } from "../evaluate/toJson.ts";
import { isCallable, type Value } from "../evaluate/value.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { ts } from "../syntax/parse.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { federationConfigs } from "./federationConfigs.ts";
import { remedyFor } from "./remedy.ts";
import { type TracedInstance, tracedConfig, valuesBehind } from "./tracedConfig.ts";

export interface EvaluatedExpression {
  readonly config: FederationConfig;
  /** The expression, or the key that it stands under. */
  readonly range: TextRange;
  /** Its different values, in the order in which they came; an expression in a loop has several. */
  readonly values: readonly { readonly value: Evaluated<Json>; readonly remedy?: string }[];
  /** The text that a single value was taken from, when it is another one. */
  readonly origin?: SourceRange;
}

/** A helper that many apps use is shown for the first of them. */
const MOST_CONFIGS = 3;
const MOST_VALUES = 5;

/** The narrowest expression at an offset that takes part in a configuration's options. */
export function evaluatedExpression(
  db: Db,
  root: FilePath,
  file: FilePath,
  offset: number,
): EvaluatedExpression | undefined {
  const key = propertyAt(db, file, offset);
  const readers = federationConfigs(db, root).filter((config) => config.files.includes(file));
  for (const config of readers.slice(0, MOST_CONFIGS)) {
    const instance = tracedConfig(db, root, config);
    if (instance === undefined) continue;
    const found = narrowest(instance, file, key?.value.start ?? offset, key?.value);
    if (found !== undefined) return describe(instance, config, file, key?.name ?? found.range, found);
  }
  return undefined;
}

interface Found {
  readonly range: TextRange;
  readonly values: readonly Value[];
}

function narrowest(
  instance: TracedInstance,
  file: FilePath,
  offset: number,
  wanted: TextRange | undefined,
): Found | undefined {
  const { made, reads } = instance.trace;
  let range: TextRange | undefined;
  let values: Value[] = [];
  const consider = (source: SourceRange, value: Value): void => {
    if (source.file !== file || !containsOffset(source.range, offset)) return;
    if (wanted !== undefined && (source.range.start !== wanted.start || source.range.end !== wanted.end)) return;
    const width = source.range.end - source.range.start;
    const best = range === undefined ? Number.POSITIVE_INFINITY : range.end - range.start;
    if (width > best) return;
    if (width < best) values = [];
    range = source.range;
    values.push(value);
  };
  for (const [value, { source }] of made) consider(source, value);
  for (const [value, sources] of reads) for (const source of sources) consider(source, value);
  if (range === undefined) return undefined;
  const relevant = valuesBehind(instance);
  const taking = values.filter((value) => relevant.has(value) && !(value.kind === "object" && isCallable(value)));
  return taking.length === 0 ? undefined : { range, values: taking };
}

function describe(
  instance: TracedInstance,
  config: FederationConfig,
  file: FilePath,
  range: TextRange,
  found: Found,
): EvaluatedExpression {
  const distinct = new Map<string, Evaluated<Json>>();
  for (const value of found.values) {
    const evaluated = evaluatedJson(instance.realm, value);
    const text = JSON.stringify(evaluated.known ? evaluated.value : evaluated.reason);
    if (!distinct.has(text) && distinct.size < MOST_VALUES) distinct.set(text, evaluated);
  }
  const values = [...distinct.values()].map((value) => {
    const remedy = value.known ? undefined : remedyFor(value.reason);
    return remedy === undefined ? { value } : { value, remedy };
  });
  const [only] = values;
  const source = values.length === 1 && only?.value.known ? only.value.source : undefined;
  const isElsewhere =
    source !== undefined &&
    (source.file !== file || source.range.start < found.range.start || source.range.end > found.range.end);
  return { config, range, values, ...(isElsewhere ? { origin: source } : {}) };
}

/** The property whose name is at an offset: the ranges of its name and of its value. */
function propertyAt(
  db: Db,
  file: FilePath,
  offset: number,
): { readonly name: TextRange; readonly value: TextRange } | undefined {
  const tree = syntaxTree(db, file);
  if (tree === undefined) return undefined;
  const rangeOf = (node: ts.Node): TextRange => ({ start: node.getStart(tree), end: node.end });
  let found: { readonly name: TextRange; readonly value: TextRange } | undefined;
  const visit = (node: ts.Node): void => {
    if (offset < node.pos || offset > node.end) return;
    if (ts.isPropertyAssignment(node) && containsOffset(rangeOf(node.name), offset))
      found = { name: rangeOf(node.name), value: rangeOf(node.initializer) };
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}
