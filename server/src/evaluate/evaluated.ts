/**
 * What static evaluation says of one value: known, or unknown with the reason and the place that made it so.
 * A value that may differ between environments is unknown with `alternatives`. Nothing here is ever a guess.
 */
import type { SourceRange } from "../vfs/sourceRange.ts";

export interface Known<T> {
  readonly known: true;
  readonly value: T;
  /** The text that an edit of this value must change; through variables, spreads and files. */
  readonly source: SourceRange;
  /** Conditions under which it holds: `process.env.CART_URL is not set`. */
  readonly assumes?: readonly string[];
}

export interface Unknown {
  readonly known: false;
  /** For people: `depends on process.env.SEARCH_URL`. */
  readonly reason: string;
  readonly source: SourceRange;
  /** A partly known template: `cart@«dynamic»/remoteEntry.js`. */
  readonly partial?: string;
  /** The values it may have, when they are all known. */
  readonly alternatives?: readonly Json[];
}

export type Evaluated<T> = Known<T> | Unknown;

/** Plain data. Functions are the string `«fn»`, unknown parts `«dynamic»`, as in `contracts`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export const DYNAMIC = "«dynamic»";
export const FUNCTION = "«fn»";

/** The value when it is known, else `undefined`. */
export function knownValue<T>(evaluated: Evaluated<T> | undefined): T | undefined {
  return evaluated?.known ? evaluated.value : undefined;
}

/** Whether all of an option is known: no part of it is for code to say. */
export function isWithoutFunctions(evaluated: Evaluated<Json> | undefined): boolean {
  return evaluated === undefined || (evaluated.known && !JSON.stringify(evaluated.value).includes(FUNCTION));
}
