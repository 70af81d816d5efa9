/**
 * Versions and ranges as the 2.x runtime compares them (`runtime-core/src/utils/semver`). It rewrites a range step by step
 * as node-semver once did, each step only where its pattern first fits, and has no rule that keeps prereleases out. Its
 * own answers come from that order of rewriting, so it is kept here.
 */

const NUMBER = "0|[1-9]\\d*";
const LOOSE_NUMBER = "[0-9]+";
const WORD = "\\d*[a-zA-Z-][a-zA-Z0-9-]*";
const BUILD = "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))";
const X = `${NUMBER}|x|X|\\*`;
const PRERELEASE = `(?:-(${dotted(`(?:${NUMBER}|${WORD})`)}))`;
const LOOSE_PRERELEASE = `(?:-?(${dotted(`(?:${LOOSE_NUMBER}|${WORD})`)}))`;
const OPERATOR = "((?:<|>)?=?)";
/** A version of which parts may be missing or wildcards: major, minor, patch, prerelease, build. */
const PARTIAL = `[v=\\s]*(${X})(?:\\.(${X})(?:\\.(${X})(?:${PRERELEASE})?${BUILD}?)?)?`;
const LOOSE = `[v=\\s]*(${LOOSE_NUMBER})\\.(${LOOSE_NUMBER})\\.(${LOOSE_NUMBER})${LOOSE_PRERELEASE}?${BUILD}?`;
const FULL = `v?(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})${PRERELEASE}?${BUILD}?`;

const HYPHEN = new RegExp(`^\\s*(${PARTIAL})\\s+-\\s+(${PARTIAL})\\s*$`);
const SPACED_OPERATOR = new RegExp(`(\\s*)${OPERATOR}\\s*(${LOOSE}|${PARTIAL})`);
const SPACED_TILDE = /(\s*)(?:~>?)\s+/;
const SPACED_CARET = /(\s*)\^\s+/;
const CARET = new RegExp(`^\\^${PARTIAL}$`);
const TILDE = new RegExp(`^(?:~>?)${PARTIAL}$`);
const X_RANGE = new RegExp(`^${OPERATOR}\\s*${PARTIAL}$`);
const STAR = /(?:<|>)?=?\s*\*/;
const COMPARATOR = new RegExp(`^${OPERATOR}\\s*(${FULL})$`);
/** With dots that stand for any character. */
const AT_LEAST_ZERO = /^\s*>=\s*0.0.0\s*$/;

function dotted(item: string): string {
  return `${item}(?:\\.${item})*`;
}

type Part = string | undefined;

interface Comparator {
  readonly operator: string;
  /** Without a build. */
  readonly text: string;
  readonly numbers: readonly string[];
  readonly prerelease: readonly string[] | undefined;
}

/** What one alternative of a range comes down to; `none`: nothing satisfies it. */
type Alternative = "any" | "none" | readonly Comparator[];

function readComparator(text: string): Comparator | undefined {
  const match = COMPARATOR.exec(text);
  if (match === null) return undefined;
  const [, operator = "", , major = "", minor = "", patch = "", prerelease] = match;
  const main = `${major}.${minor}.${patch}`;
  return {
    operator,
    text: prerelease === undefined ? main : `${main}-${prerelease}`,
    numbers: [major, minor, patch],
    prerelease: prerelease?.split("."),
  };
}

function isX(part: Part): part is undefined | "x" | "X" | "*" {
  return part === undefined || part === "" || part.toLowerCase() === "x" || part === "*";
}

function next(part: string): number {
  return Number(part) + 1;
}

function hyphenRewritten(range: string): string {
  return range.replace(HYPHEN, (_all, ...groups: Part[]) => {
    const [from = "", fromMajor, fromMinor, fromPatch, , , to = "", toMajor, toMinor, toPatch, toPrerelease] = groups;
    let low = `>=${from}`;
    if (isX(fromMajor)) low = "";
    else if (isX(fromMinor)) low = `>=${fromMajor}.0.0`;
    else if (isX(fromPatch)) low = `>=${fromMajor}.${fromMinor}.0`;
    let high = `<=${to}`;
    if (isX(toMajor)) high = "";
    else if (isX(toMinor)) high = `<${next(toMajor)}.0.0-0`;
    else if (isX(toPatch)) high = `<${toMajor}.${next(toMinor)}.0-0`;
    else if (toPrerelease !== undefined) high = `<=${toMajor}.${toMinor}.${toPatch}-${toPrerelease}`;
    return `${low} ${high}`.trim();
  });
}

function caretRewritten(text: string): string {
  return text.replace(CARET, (_all, major: Part, minor: Part, patch: Part, prerelease: Part) => {
    if (isX(major)) return "";
    if (isX(minor)) return `>=${major}.0.0 <${next(major)}.0.0-0`;
    const nextMajor = `<${next(major)}.0.0-0`;
    const nextMinor = `<${major}.${next(minor)}.0-0`;
    if (isX(patch)) return `>=${major}.${minor}.0 ${major === "0" ? nextMinor : nextMajor}`;
    const low = `>=${major}.${minor}.${patch}${prerelease === undefined ? "" : `-${prerelease}`}`;
    if (major !== "0") return `${low} ${nextMajor}`;
    return `${low} ${minor === "0" ? `<${major}.${minor}.${next(patch)}-0` : nextMinor}`;
  });
}

function tildeRewritten(text: string): string {
  return text.replace(TILDE, (_all, major: Part, minor: Part, patch: Part, prerelease: Part) => {
    if (isX(major)) return "";
    if (isX(minor)) return `>=${major}.0.0 <${next(major)}.0.0-0`;
    const high = `<${major}.${next(minor)}.0-0`;
    if (isX(patch)) return `>=${major}.${minor}.0 ${high}`;
    return `>=${major}.${minor}.${patch}${prerelease === undefined ? "" : `-${prerelease}`} ${high}`;
  });
}

function xRangeRewritten(text: string): string {
  return text.trim().replace(X_RANGE, (all: string, operator: string, major: Part, minor: Part, patch: Part) => {
    if (isX(major)) return operator === ">" || operator === "<" ? "<0.0.0-0" : "*";
    const noMinor = isX(minor);
    if (!noMinor && !isX(patch)) return all;
    const nextLine = noMinor ? `${next(major)}.0.0` : `${major}.${next(minor)}.0`;
    const line = noMinor ? `${major}.0.0` : `${major}.${minor}.0`;
    switch (operator) {
      case "":
      case "=":
        return `>=${line} <${nextLine}-0`;
      case ">":
        return `>=${nextLine}`;
      case "<=":
        return `<${nextLine}-0`;
      case "<":
        return `<${line}-0`;
      default:
        return operator + line;
    }
  });
}

function eachWord(text: string, rewrite: (word: string) => string): string {
  return text.trim().split(/\s+/).map(rewrite).join(" ");
}

function wordRewritten(word: string): string {
  const tildes = eachWord(eachWord(word, caretRewritten), tildeRewritten);
  return tildes.split(/\s+/).map(xRangeRewritten).join(" ").trim().replace(STAR, "");
}

function readAlternative(text: string): Alternative {
  if (text === "" || text === "*" || text === "x") return "any";
  const trimmed = hyphenRewritten(text)
    .replace(SPACED_OPERATOR, "$1$2$3")
    .replace(SPACED_TILDE, "$1~")
    .replace(SPACED_CARET, "$1^")
    .split(/\s+/)
    .join(" ");
  if (trimmed.trim() === "") return "any";
  const rewritten = trimmed.split(" ").map(wordRewritten).join(" ");
  if (rewritten.trim() === "") return "any";
  const comparators: Comparator[] = [];
  for (const word of rewritten.split(/\s+/)) {
    if (word === "" || AT_LEAST_ZERO.test(word)) continue;
    const comparator = readComparator(word);
    if (comparator === undefined) return "none";
    comparators.push(comparator);
  }
  return comparators.length === 0 ? "none" : comparators;
}

const readRanges = new Map<string, readonly Alternative[]>();
const REMEMBERED = 5000;

function alternatives(range: string): readonly Alternative[] {
  const known = readRanges.get(range);
  if (known !== undefined) return known;
  const read = range.split("||").map((part) => readAlternative(part.trim()));
  if (readRanges.size >= REMEMBERED) readRanges.clear();
  readRanges.set(range, read);
  return read;
}

/** Numbers compare with words as lower, whichever side they stand on. */
function compareAtoms(left: string, right: string): number {
  const [a, b] = [Number(left) || left, Number(right) || right];
  if (a === b) return 0;
  const greater = typeof a === "string" && typeof b === "string" ? a > b : Number(a) > Number(b);
  return greater ? 1 : -1;
}

/** A longer prerelease is the lower one. */
function comparePrereleases(left: Comparator["prerelease"], right: Comparator["prerelease"]): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  for (let index = 0; index <= left.length; index++) {
    const [a, b] = [left[index], right[index]];
    if (a === b) continue;
    if (a === undefined) return 1;
    return b === undefined ? -1 : compareAtoms(a, b);
  }
  return 0;
}

function compareVersions(left: Comparator, right: Comparator): number {
  for (const [index, number] of left.numbers.entries()) {
    const order = compareAtoms(number, right.numbers[index]!);
    if (order !== 0) return order;
  }
  return comparePrereleases(left.prerelease, right.prerelease);
}

function meets(comparator: Comparator, version: Comparator): boolean {
  const same = comparator.text === version.text;
  switch (comparator.operator) {
    case ">":
      return compareVersions(comparator, version) < 0;
    case ">=":
      return same || compareVersions(comparator, version) < 0;
    case "<":
      return compareVersions(comparator, version) > 0;
    case "<=":
      return same || compareVersions(comparator, version) > 0;
    default:
      return same;
  }
}

/** Whether the 2.x runtime takes a version for one in a range. Never throws. */
export function satisfiesMf2Range(version: string, range: string): boolean {
  const read = readComparator(version);
  if (read === undefined) return false;
  return alternatives(range).some(
    (alternative) =>
      alternative === "any" || (alternative !== "none" && alternative.every((comparator) => meets(comparator, read))),
  );
}

/** Whether the 2.x runtime moves from `left` to `right` as the higher, or an equal, version. */
export function mf2LessOrEqual(left: string, right: string): boolean {
  const [low, high] = [padded(left), padded(right)];
  const bound = /^\d/.test(high) ? readComparator(high) : undefined;
  // Nothing of a whole version is rewritten.
  if (bound === undefined) return satisfiesMf2Range(low, `<=${high}`);
  const version = readComparator(low);
  return version !== undefined && meets({ ...bound, operator: "<=" }, version);
}

/** `18` and `18.2` are filled up to three numbers; other incomplete versions are not. */
function padded(version: string): string {
  if (Number.isNaN(Number(version))) return version;
  return version + ".0".repeat(Math.max(0, 3 - version.split(".").length));
}
