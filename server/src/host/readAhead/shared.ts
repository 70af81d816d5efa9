/** What the thread that reads ahead and the one that asks have in common. */
import type { FilePath } from "../../vfs/path.ts";
import type { Rows } from "./rows.ts";

export interface Task {
  readonly root: FilePath;
  /** Begins with `SENT` and `ENDED`; then a place for each file: who looks at it. */
  readonly claims: SharedArrayBuffer;
}

/** First the files, in the order of their places among the claims; then rows, and nothing more at the end. */
export type Message = { readonly files: readonly FilePath[] } | Rows;

/** Messages sent so far. */
export const SENT = 0;
/** One once there will be no more. */
export const ENDED = 1;
/** Where the claims begin. */
export const CLAIMS = 2;

export const FREE = 0;
export const TAKEN = 1;

/** More files than this are for who asks. */
export const MOST_FILES = 1_000_000;

/** Whether the caller is the one to look at a file. */
export function claim(claims: Int32Array, index: number): boolean {
  return Atomics.compareExchange(claims, CLAIMS + index, FREE, TAKEN) === FREE;
}
