/**
 * Modules that do nothing but hand on what others export, as the index files of libraries do: with thousands of lines they
 * are the largest files of many a workspace, and their text says everything without a syntax tree.
 */
import { ownedText } from "../base/ownedText.ts";
import type { TextRange } from "../base/text.ts";
import type { ExportFacts } from "./exportFacts.ts";
import type { ExportRange } from "./exportRanges.ts";
import { skipString, skipTrivia, wordAt } from "./lexer.ts";
import type { ModuleUses, Reexport } from "./uses/facts.ts";

/** What one name in a list says, or a star. */
export interface HandedName {
  /** `undefined` for the namespace: `export *`, `export * as x`. */
  readonly imported: string | undefined;
  /** `undefined` for `export *`. */
  readonly exported: string | undefined;
  /** Of the exported name. */
  readonly nameRange: TextRange;
  /** Of the specifier in the list; of a star, the statement. */
  readonly range: TextRange;
}

/** One `export … from "…"`. */
export interface HandedOn {
  readonly specifier: string;
  readonly range: TextRange;
  /** Without those that are types. */
  readonly names: readonly HandedName[];
}

const COMMA = 44;
const CLOSE_BRACE = 125;
const SEMICOLON = 59;

/** The statements of a text that has no others and at least one; `undefined` for any other text. */
export function handedOnIn(text: string): readonly HandedOn[] | undefined {
  const found: HandedOn[] = [];
  let at = skipTrivia(text, 0);
  while (at < text.length) {
    const statement = statementAt(text, at);
    if (statement === undefined) return undefined;
    found.push(statement);
    const { end } = statement.range;
    at = skipTrivia(text, end);
    const isEnded = text.charCodeAt(end - 1) === SEMICOLON || at === text.length || /[\n\r]/.test(text.slice(end, at));
    if (!isEnded) return undefined;
  }
  return found.length === 0 ? undefined : found;
}

function statementAt(text: string, start: number): HandedOn | undefined {
  if (wordAt(text, start) !== "export") return undefined;
  let at = skipTrivia(text, start + 6);
  const typeOnly = wordAt(text, at) === "type";
  if (typeOnly) at = skipTrivia(text, at + 4);
  const list = text[at] === "*" ? starAt(text, at) : text[at] === "{" ? listAt(text, at) : undefined;
  if (list === undefined) return undefined;
  at = skipTrivia(text, list.end);
  if (wordAt(text, at) !== "from") return undefined;
  at = skipTrivia(text, at + 4);
  const literalEnd = text[at] === '"' || text[at] === "'" ? skipString(text, at) : -1;
  if (literalEnd < 0) return undefined;
  const specifier = text.slice(at + 1, literalEnd - 1);
  const next = skipTrivia(text, literalEnd);
  // `with { type: … }`, and what a semicolon is missing before.
  if (specifier.includes("\\") || /^(?:with|assert)$/.test(wordAt(text, next))) return undefined;
  const range = { start, end: text.charCodeAt(next) === SEMICOLON ? next + 1 : literalEnd };
  const names = typeOnly ? [] : list.names.map((name) => ({ ...name, range: name.range ?? range }));
  return { specifier: ownedText(specifier), range, names };
}

/** Names, and where their list ends; a star's range is that of its statement. */
interface NameList {
  readonly names: readonly (Omit<HandedName, "range"> & { readonly range: TextRange | undefined })[];
  readonly end: number;
}

function starAt(text: string, star: number): NameList | undefined {
  const next = skipTrivia(text, star + 1);
  const whole = { imported: undefined, range: undefined } as const;
  if (wordAt(text, next) !== "as") {
    const nameRange = { start: star, end: star + 1 };
    return { names: [{ ...whole, exported: undefined, nameRange }], end: star + 1 };
  }
  const start = skipTrivia(text, next + 2);
  const name = nameAt(text, start);
  if (name === undefined) return undefined;
  const nameRange = { start, end: start + name.length };
  return { names: [{ ...whole, exported: ownedText(name), nameRange }], end: nameRange.end };
}

function listAt(text: string, open: number): NameList | undefined {
  const names: HandedName[] = [];
  let at = skipTrivia(text, open + 1);
  while (text.charCodeAt(at) !== CLOSE_BRACE) {
    const words: { readonly word: string; readonly start: number }[] = [];
    for (let word = nameAt(text, at); word !== undefined; word = nameAt(text, at)) {
      words.push({ word, start: at });
      at = skipTrivia(text, at + word.length);
    }
    const name = specifierOf(words);
    if (name === undefined) return undefined;
    if (name !== "type") names.push(name);
    if (text.charCodeAt(at) === COMMA) at = skipTrivia(text, at + 1);
    else if (text.charCodeAt(at) !== CLOSE_BRACE) return undefined;
  }
  return { names, end: at + 1 };
}

/** `a`, `a as b`; of `type a` and `type a as b` only that they are types. */
function specifierOf(
  words: readonly { readonly word: string; readonly start: number }[],
): HandedName | "type" | undefined {
  const [first, second] = words;
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const renames = words.length >= 3 && words.at(-2)!.word === "as";
  if (first.word === "type" && (words.length === 2 || (words.length === 4 && renames))) return "type";
  if (words.length !== 1 && !(words.length === 3 && second!.word === "as")) return undefined;
  const end = last.start + last.word.length;
  return {
    imported: ownedText(first.word),
    exported: ownedText(last.word),
    nameRange: { start: last.start, end },
    range: { start: first.start, end },
  };
}

/** An identifier or a keyword; `undefined` for what is none, or spelt with an escape. */
function nameAt(text: string, at: number): string | undefined {
  const word = wordAt(text, at);
  return word === "" || /^\d/.test(word) || text[at + word.length] === "\\" ? undefined : word;
}

/** As the syntax tree of such a text gives them. */
export function exportsHandedOn(statements: readonly HandedOn[]): ExportFacts {
  const forwarded = statements.flatMap(({ specifier, names }) =>
    names.map(({ imported, exported }) => {
      const path = imported === undefined ? [] : [imported];
      return { exported, specifier, path, commonJs: false };
    }),
  );
  const names = new Set(forwarded.flatMap(({ exported }) => exported ?? []));
  return { format: "esm", type: "namespace", names: [...names].sort(), forwarded, inlinable: [], complete: true };
}

/** Where the names stand. */
export function rangesHandedOn(statements: readonly HandedOn[]): readonly ExportRange[] {
  return statements.flatMap(({ names }) =>
    names.flatMap(({ exported, nameRange, range }) =>
      exported === undefined ? [] : { name: exported, nameRange, range },
    ),
  );
}

/** What a text whose requests are these statements, in this order, takes of them: nothing itself. */
export function usesHandedOn(statements: readonly HandedOn[]): ModuleUses {
  const reexports = statements.flatMap(({ names }, request): readonly Reexport[] =>
    names.map(({ imported, exported }) => ({ request, imported, exported })),
  );
  return {
    imports: [],
    uses: [],
    reexports,
    exportedRequires: [],
    own: [],
    erasable: [],
    pure: true,
    pureInRspack: true,
    named: {},
    constants: {},
    uncertain: false,
  };
}
