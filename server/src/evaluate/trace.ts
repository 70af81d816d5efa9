/**
 * Remembers which expression made each value and which ones read it, for telling how a value came to be. Switched on for
 * one evaluation at a time: it keeps everything that the program has computed.
 */
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Value } from "./value.ts";

export interface Made {
  /** The expression that gave the value first. */
  readonly source: SourceRange;
  /** What was evaluated for it. */
  readonly inputs: readonly Value[];
}

/** Values of one expression's parts that are remembered. */
const MOST_INPUTS = 48;

export class Trace {
  readonly made = new Map<Value, Made>();
  /** Expressions that gave a value which was there before, in order. */
  readonly reads = new Map<Value, SourceRange[]>();
  #parts: Value[] = [];

  /** Evaluates an expression and remembers what it gave. */
  follow(source: SourceRange, run: () => Value): Value {
    const outer = this.#parts;
    const parts: Value[] = [];
    this.#parts = parts;
    let value: Value;
    try {
      value = run();
    } finally {
      this.#parts = outer;
    }
    if (outer.length < MOST_INPUTS) outer.push(value);
    this.#remember(value, source, parts);
    return value;
  }

  #remember(value: Value, source: SourceRange, parts: readonly Value[]): void {
    const made = this.made.get(value);
    if (made === undefined) {
      this.made.set(value, { source, inputs: [...new Set(parts)].filter((part) => part !== value) });
      return;
    }
    const reads = this.reads.get(value);
    if (reads === undefined) this.reads.set(value, [source]);
    else if (!reads.some((read) => isSame(read, source))) reads.push(source);
  }
}

function isSame(left: SourceRange, right: SourceRange): boolean {
  return left.range.start === right.range.start && left.range.end === right.range.end && left.file === right.file;
}
