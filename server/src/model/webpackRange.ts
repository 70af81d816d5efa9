/**
 * Ranges as webpack's build reads them and its runtime meets them (`lib/sharing/semver.js`): close to npm's, with answers
 * of its own for incomplete versions, `!`, spaces and prereleases. A text that it cannot read makes it throw.
 */
import {
  kindAt,
  PRERELEASE,
  partsOfVersion,
  type Token,
  type TokenKind,
  tokenLess,
  versionTokens,
} from "./webpackVersion.ts";

/**
 * One comparison: the first `fixed` tokens must be met exactly, the rest at least; `below` turns it into "less than".
 */
interface Bound {
  readonly kind: "bound";
  readonly fixed: number;
  readonly below: boolean;
  readonly tokens: readonly Token[];
}

/** webpack's build, or Rspack's older port: there `^0` and `~1` fix a number more than is written. */
export type RangeReader = "webpack" | "rspack";

export type WebpackRange =
  | Bound
  | { readonly kind: "not"; readonly range: WebpackRange }
  | { readonly kind: "and" | "or"; readonly ranges: readonly WebpackRange[] };

/** In ranges, only a number in its plain form is one. Wildcards at the end are left out, the build always. */
function partialTokens(text: string, reader: RangeReader): readonly Token[] {
  const { core, prerelease } = partsOfVersion(text);
  const tokens: Token[] = [];
  const add = (part: string): void => {
    for (const item of part.split(".")) tokens.push(isNumber(item, reader) ? Number(item) : item);
  };
  if (core !== undefined) add(core);
  if (prerelease !== undefined) {
    tokens.push(PRERELEASE);
    add(prerelease);
  }
  while (tokens.length > 0 && isWildcard(tokens.at(-1)!)) tokens.pop();
  return tokens;
}

/** Rspack's port takes whatever JavaScript reads as a number, as webpack does in versions. */
function isNumber(item: string, reader: RangeReader): boolean {
  return reader === "rspack" ? !Number.isNaN(Number(item)) : item !== "NaN" && `${Number(item)}` === item;
}

function isWildcard(token: Token): boolean {
  return token === PRERELEASE || token === "*" || token === "x" || token === "X";
}

function bound(fixed: number, tokens: readonly Token[], below = false): Bound {
  return { kind: "bound", fixed, below, tokens };
}

/** `1.2.3` means exactly that, `1.2` any `1.2.x`, `1` any `1.x.x`, and nothing at all anything. */
function exactly(tokens: readonly Token[]): Bound {
  return bound(tokens.length < 3 ? tokens.length : tokens.length + 1, tokens);
}

/** The first number that is not zero stays, but no more of them than are written. */
function caret(tokens: readonly Token[], reader: RangeReader): Bound {
  if (reader === "rspack") return bound(tokens[0] !== 0 ? 1 : tokens[1] !== 0 ? 2 : 3, tokens);
  if (tokens.length < 2 || tokens[0] !== 0) return bound(Math.min(1, tokens.length), tokens);
  return bound(tokens.length > 2 && tokens[1] === 0 ? 3 : 2, tokens);
}

function atMost(tokens: readonly Token[]): WebpackRange {
  return { kind: "or", ranges: [bound(0, tokens, true), exactly(tokens)] };
}

function comparatorOf(text: string, reader: RangeReader): WebpackRange {
  const operator = /^(?:\^|~|<=|<|>=|>|=|v|!)/.exec(text)?.[0] ?? "";
  const tokens = partialTokens(text.slice(operator.length).trim(), reader);
  switch (operator) {
    case "^":
      return caret(tokens, reader);
    case "~":
      return bound(reader === "rspack" ? 2 : Math.min(2, tokens.length), tokens);
    case ">=":
      return bound(0, tokens);
    case "<":
      return bound(0, tokens, true);
    case "<=":
      return atMost(tokens);
    case ">":
      return { kind: "and", ranges: [bound(0, tokens), { kind: "not", range: exactly(tokens) }] };
    case "!":
      return { kind: "not", range: exactly(tokens) };
    default:
      return exactly(tokens);
  }
}

/** `a - b`, or comparators between spaces, of which each must be met. */
function alternativeOf(text: string, reader: RangeReader): WebpackRange {
  const [from = "", to] = text.split(/\s+-\s+/);
  if (to !== undefined) {
    const [low, high] = [partialTokens(from, reader), partialTokens(to, reader)];
    return { kind: "and", ranges: [bound(0, low), atMost(high)] };
  }
  // A space after an operator belongs to the comparator.
  const comparators = text.trim().split(/(?<=[-0-9A-Za-z])\s+/);
  return joined(
    "and",
    comparators.map((comparator) => comparatorOf(comparator.trim(), reader)),
  );
}

function joined(kind: "and" | "or", ranges: readonly WebpackRange[]): WebpackRange {
  return ranges.length === 1 ? ranges[0]! : { kind, ranges };
}

/** Throws for a text that the reader cannot read. */
export function parseWebpackRange(text: string, reader: RangeReader = "webpack"): WebpackRange {
  return joined(
    "or",
    text.split(/\s*\|\|\s*/).map((part) => alternativeOf(part, reader)),
  );
}

/** The range as the runtime prints it in its messages: `^0.2.3` becomes `~0.2.3`. */
export function webpackRangeText(range: WebpackRange): string {
  return withoutBrackets(innerText(range));
}

function innerText(range: WebpackRange): string {
  switch (range.kind) {
    case "bound":
      return boundText(range);
    case "not":
      return `not(${webpackRangeText(range.range)})`;
    case "and":
      return range.ranges.map(innerText).join(" ");
    case "or":
      return range.ranges
        .map(innerText)
        .reduce((left, right) => `(${withoutBrackets(left)} || ${withoutBrackets(right)})`);
  }
}

/** The runtime takes an outer pair of brackets off, whether or not the two belong together. */
function withoutBrackets(text: string): string {
  return text.replace(/^\((.+)\)$/, "$1");
}

function boundText({ fixed, below, tokens }: Bound): string {
  if (tokens.length === 0) return "*";
  const operator = below ? "<" : ([">=", "^", "~"][fixed] ?? "=");
  const text = tokens.map((token, index) => {
    if (token === PRERELEASE) return "-";
    return `${index === 0 || tokens[index - 1] === PRERELEASE ? "" : "."}${String(token)}`;
  });
  return operator + text.join("");
}

/** Throws for a version that the runtime cannot read. */
export function meetsWebpackRange(range: WebpackRange, version: string): boolean {
  return meets(range, versionTokens(version));
}

function meets(range: WebpackRange, version: readonly Token[]): boolean {
  switch (range.kind) {
    case "bound":
      return meetsBound(range, version);
    case "not":
      return !meets(range.range, version);
    case "and":
      return range.ranges.every((part) => meets(part, version));
    case "or":
      return range.ranges.some((part) => meets(part, version));
  }
}

type Step = "yes" | "no" | "equal" | "apart" | "wait";

/**
 * Walks version and bound side by side. Once they differ (`equal` is false) the version is on the right side of the
 * bound, and only a prerelease that the bound does not name can still rule it out.
 */
function meetsBound({ fixed, below, tokens }: Bound, version: readonly Token[]): boolean {
  let equal = true;
  let place = 0;
  for (let index = 0; ; index++) {
    const wanted = kindAt(tokens, place);
    const given = kindAt(version, index);
    const isFixed = place < fixed;
    const step = equal
      ? stepWhileEqual(given, wanted, version[index], tokens[place], isFixed, below)
      : stepApart(given, wanted);
    if (step === "yes" || step === "no") return step === "yes";
    if (step !== "equal") equal = false;
    if (step !== "wait") place++;
  }
}

function stepWhileEqual(
  given: TokenKind,
  wanted: TokenKind,
  have: Token | undefined,
  want: Token | undefined,
  isFixed: boolean,
  below: boolean,
): Step {
  if (given === "end" || given === "build") {
    if (wanted === "prerelease") return !isFixed && !below ? "yes" : "no";
    return (wanted === "end") !== below ? "yes" : "no";
  }
  if (given === "prerelease") return wanted === "prerelease" ? "equal" : "no";
  if (wanted === "end" || wanted === "prerelease") return below || isFixed ? "no" : "wait";
  if (given !== wanted) return isFixed || (given === "number") !== below ? "no" : "apart";
  if (have === want) return "equal";
  return isFixed || tokenLess(have!, want!) !== below ? "no" : "apart";
}

/** `wait` keeps the bound's place: the version goes on alone. */
function stepApart(given: TokenKind, wanted: TokenKind): Step {
  if (given === "end" || given === "build") return "yes";
  if (given === "prerelease") return "no";
  return wanted === "end" || wanted === "prerelease" ? "wait" : "apart";
}
