/**
 * Gives memory back after the first look at a workspace. The engine's own reducer would do so, in small steps, once it sees
 * that little is allocated; but it measures from one collection to the next, and a server that waits for its client has
 * none. One small collection shows it the rest, and it begins some seconds later.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Milliseconds after the look: its answers are out by then. */
const REST = 4000;

type Collect = (options: { readonly type: "minor" }) => void;

let timer: NodeJS.Timeout | undefined;

export function restSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => collector()({ type: "minor" }), REST).unref();
}

let known: Collect | undefined;

/** The collector's own function, which a new context has while the flag stands. */
function collector(): Collect {
  if (known === undefined) {
    setFlagsFromString("--expose-gc");
    known = runInNewContext("gc") as Collect;
    setFlagsFromString("--no-expose-gc");
  }
  return known;
}
