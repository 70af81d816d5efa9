/** Equal outcomes are one object: on the pages of a workspace the same few copies are handed out, for the same reasons. */
import type { PageOutcome } from "./runtime/page.ts";

/** Far more than a workspace has; then the table begins anew. */
const MOST = 50_000;

const known = new Map<string, PageOutcome>();

/** An equal outcome whose texts are its own, the same object for equal ones. */
export function sharedOutcome(outcome: PageOutcome): PageOutcome {
  const text = JSON.stringify(outcome);
  const same = known.get(text);
  if (same !== undefined) return same;
  if (known.size >= MOST) known.clear();
  const own = JSON.parse(text) as PageOutcome;
  known.set(text, own);
  return own;
}
