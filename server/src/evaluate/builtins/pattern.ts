/**
 * Which regular expressions are run, and on which texts. JavaScript's matcher goes back over all ways in which repeated
 * parts can share a text: exponentially many where a repetition holds another or a choice, and otherwise a power of the
 * text's length.
 */

/** Ways that may be tried; some tens of milliseconds. */
const MOST_WAYS = 20_000_000;
const LONGEST_SEARCHED = 20_000;

/** A regular expression that cannot take exponential time, or `undefined`. */
export function safeRegExp(pattern: string, flags: string): RegExp | undefined {
  if (repeatsAChoice(outline(pattern))) return undefined;
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/** Whether searching a text ends soon. */
export function isSoonSearched({ source }: RegExp, text: string): boolean {
  if (text.length > LONGEST_SEARCHED) return false;
  const skeleton = outline(source);
  const repeated = skeleton.match(/[+*]|\{\d*,\d*\}/g)?.length ?? 0;
  // A search that may begin anywhere is one more way to share the text.
  const powers = repeated === 0 || skeleton.startsWith("^") ? repeated : repeated + 1;
  return text.length ** powers <= MOST_WAYS || powers <= 1;
}

/** The pattern with a plain letter in place of each escape and class. */
function outline(pattern: string): string {
  return pattern.replace(/\\./gs, "_").replace(/\[[^\]]*\]/g, "_");
}

/** Whether a repeated group holds a choice or a repetition, at any depth. */
function repeatsAChoice(skeleton: string): boolean {
  const open: boolean[] = [];
  for (let index = 0; index < skeleton.length; index++) {
    const character = skeleton[index]!;
    if (character === "(") {
      open.push(false);
      if (skeleton[index + 1] === "?") index++;
    } else if (character === ")") {
      const isManifold = open.pop() ?? false;
      if (isManifold && /[+*{]/.test(skeleton[index + 1] ?? "")) return true;
      if (isManifold && open.length > 0) open[open.length - 1] = true;
    } else if (/[|+*?{]/.test(character) && open.length > 0) open[open.length - 1] = true;
  }
  return false;
}
