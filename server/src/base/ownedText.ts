/**
 * Short texts cut out of long ones. An engine may keep the whole long text alive for the sake of a slice of it: what is
 * kept as a fact must be a text of its own. Equal ones are one.
 */

/** Slices shorter than this are copies anyway. */
const COPIED = 13;
/** Far more than a workspace has of distinct requests and names; then the table begins anew. */
const MOST = 200_000;

const owned = new Map<string, string>();

/** An equal text that keeps no other alive, the same one for equal ones. */
export function ownedText(text: string): string {
  if (text.length < COPIED) return text;
  const known = owned.get(text);
  if (known !== undefined) return known;
  if (owned.size >= MOST) owned.clear();
  const copy = text.split("").join("");
  owned.set(copy, copy);
  return copy;
}
