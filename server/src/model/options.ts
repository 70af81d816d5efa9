/** Reading evaluated options by type: what is not known, or of another type, is never taken for a value. */
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";

export type Options = ReadonlyMap<string, Evaluated<Json>>;

export interface OptionReader {
  text(name: string): string | undefined;
  boolean(name: string): boolean | undefined;
  /** The value when it is known. */
  json(name: string): Json | undefined;
  has(name: string): boolean;
  source(name: string): SourceRange | undefined;
  /** Names asked for whose values are not known. */
  readonly unknown: readonly string[];
}

export function readOptions(options: Options): OptionReader {
  const unknown = new Set<string>();
  const json = (name: string): Json | undefined => {
    const option = options.get(name);
    if (option === undefined) return undefined;
    if (option.known) return option.value;
    unknown.add(name);
    return undefined;
  };
  return {
    json,
    text: (name) => {
      const value = json(name);
      return typeof value === "string" ? value : undefined;
    },
    boolean: (name) => {
      const value = json(name);
      return typeof value === "boolean" ? value : undefined;
    },
    has: (name) => options.has(name),
    source: (name) => options.get(name)?.source,
    get unknown() {
      return [...unknown];
    },
  };
}

/** A text or a list of texts, as share scopes and export lists are written. */
export function textList(value: Json | undefined): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value as readonly string[];
  return undefined;
}
