/**
 * Versions as webpack's runtime reads and orders them (`lib/sharing/semver.js`): tokens of numbers and texts, of any
 * length. Unlike npm's semver, `1`, `1.2.3.4` and `latest` are versions too.
 */

/** Where the prerelease, or the build, of a version begins. */
export const PRERELEASE: unique symbol = Symbol("prerelease");
export const BUILD: unique symbol = Symbol("build");

export type Token = number | string | typeof PRERELEASE | typeof BUILD;
export type TokenKind = "number" | "string" | "prerelease" | "build" | "end";

/** What the runtime throws for a text that it cannot take apart, such as `1.0.0-`. */
export class UnreadableVersion extends Error {
  override readonly name = "TypeError";
}

const SHAPE = /^(?<core>[^-+]+)?(?:-(?<prerelease>[^+]+))?(?:\+(?<build>.+))?$/;

/** The three parts of a version text, each `undefined` where it has none. */
export function partsOfVersion(text: string): { readonly [part: string]: string | undefined } {
  const match = SHAPE.exec(text);
  if (match?.groups === undefined) throw new UnreadableVersion("Cannot read properties of null (reading '1')");
  return match.groups;
}

export function kindAt(tokens: readonly Token[], index: number): TokenKind {
  const token = tokens[index];
  if (token === PRERELEASE) return "prerelease";
  if (token === BUILD) return "build";
  if (token === undefined) return "end";
  return typeof token === "number" ? "number" : "string";
}

const readVersions = new Map<string, readonly Token[]>();
const REMEMBERED = 20_000;

/** Everything that JavaScript reads as a number is one here: `1e3`, `0x10` and the empty text too. */
export function versionTokens(text: string): readonly Token[] {
  const known = readVersions.get(text);
  if (known !== undefined) return known;
  const { core, prerelease, build } = partsOfVersion(text);
  const tokens: Token[] = [];
  const add = (part: string): void => {
    for (const item of part.split(".")) tokens.push(Number.isNaN(Number(item)) ? item : Number(item));
  };
  if (core !== undefined) add(core);
  if (prerelease !== undefined) {
    tokens.push(PRERELEASE);
    add(prerelease);
  }
  if (build !== undefined) {
    tokens.push(BUILD);
    add(build);
  }
  if (readVersions.size >= REMEMBERED) readVersions.clear();
  readVersions.set(text, tokens);
  return tokens;
}

/** Whether two tokens of the same kind stand in the order of the runtime's `<`. */
export function tokenLess(left: Token, right: Token): boolean {
  if (typeof left === "number" && typeof right === "number") return left < right;
  return typeof left === "string" && typeof right === "string" && left < right;
}

/** Whether `left` is the lower version. Throws what the runtime throws. */
export function webpackVersionLess(left: string, right: string): boolean {
  const a = versionTokens(left);
  const b = versionTokens(right);
  for (let index = 0; ; index++) {
    const from = kindAt(a, index);
    const to = kindAt(b, index);
    if (from === "end") return to !== "end" && to !== "prerelease";
    if (to === "end") return from === "prerelease";
    if (from !== to) return (from === "build" && to === "number") || to === "string" || from === "prerelease";
    if (from !== "prerelease" && from !== "build" && a[index] !== b[index]) return tokenLess(a[index]!, b[index]!);
  }
}
