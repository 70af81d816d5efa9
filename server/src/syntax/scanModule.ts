/**
 * The fast way to a module's facts: no syntax tree, one walk over the text. It knows the usual forms of `import`,
 * `export … from` and `import("…")`, and gives up on everything else (`undefined`), so that the slow way decides.
 */
import type { TextRange } from "../base/text.ts";
import { JSX_NAMES, NameUses } from "./certainUse.ts";
import { lex, skipString, skipTrivia, WordFilter, wordAt } from "./lexer.ts";
import { type ExtractedFacts, ignoredBy, jsxPragmas, type RequestFact } from "./moduleFacts.ts";

/** Words whose meaning needs a syntax tree; as property names (`.require`) they are harmless. */
const UNSURE = new Set([
  "require",
  "module",
  "exports",
  "define",
  "loadRemote",
  "loadShare",
  "loadShareSync",
  "loadRemoteModule",
  "importRemote",
  "__webpack_require__",
  "URL",
  "Worker",
  "SharedWorker",
]);

const WANTED = new WordFilter(["import", "export", ...UNSURE]);
const scratch = new WordFilter([]);

const DOT = 46;

/** What stands before a value that is spread, for which a member's name would else be taken. */
const SPREAD = /\.\.\.\s*$/;
const OPEN_PAREN = 40;
const CLOSE_PAREN = 41;
const COMMA = 44;
const SEMICOLON = 59;
const COLON = 58;
const EQUALS = 61;
const GREATER = 62;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const STAR = 42;

interface Scan {
  readonly text: string;
  readonly requests: RequestFact[];
  readonly ranges: TextRange[];
  readonly statements: TextRange[];
  readonly uses: NameUses;
  readonly wanted: WordFilter;
  /** Names that the static imports at the file's head bind, by index of the request. */
  readonly bound: (readonly string[] | undefined)[];
  /** Where the head's imports end. */
  headEnd: number;
  esm: boolean;
  hasJsx: boolean;
}

const GIVE_UP = -1;

/** Facts of a JavaScript or TypeScript text; `undefined` where only a parser can tell. */
export function scanModule(text: string): ExtractedFacts | undefined {
  const scan: Scan = {
    text,
    requests: [],
    ranges: [],
    statements: [],
    uses: new NameUses(),
    wanted: scratch.reset(WANTED),
    bound: [],
    headEnd: skipTrivia(text, 0),
    esm: false,
    hasJsx: false,
  };
  const sure = lex(text, scan.wanted, {
    word(start, end, previous, depth) {
      const word = text.slice(start, end);
      if (scan.uses.watches(word)) scan.uses.see(text, word, start, end, previous);
      if (previous === DOT && !SPREAD.test(text.slice(Math.max(0, start - 200), start))) return end;
      if (word === "import") return importWord(scan, start, end, previous, depth);
      if (word === "export" && depth === 0) return exportWord(scan, start, end);
      return UNSURE.has(word) ? GIVE_UP : end;
    },
    jsx() {
      scan.hasJsx = true;
    },
  });
  if (!sure || mayBeGuarded(text, scan.requests)) return undefined;
  return {
    facts: {
      requests: scan.requests.map((request, index) => withRun(scan, request, index)),
      esm: scan.esm,
      hasJsx: scan.hasJsx,
      ...jsxPragmas(text),
      broken: false,
    },
    ranges: { requests: scan.ranges, statements: scan.statements },
    settled: scan.requests.map((_request, index) => allUsed(scan, scan.bound[index])),
  };
}

function allUsed({ uses, hasJsx }: Scan, names: readonly string[] | undefined): boolean {
  return names?.every((name) => uses.isUsed(name) || (hasJsx && JSX_NAMES.has(name))) === true;
}

function withRun({ bound, uses, hasJsx }: Scan, request: RequestFact, index: number): RequestFact {
  const runs = bound[index]?.some((name) => uses.isRun(name) || (hasJsx && name === "React")) === true;
  return runs ? { ...request, runs } : request;
}

/** An `import()` behind a test that a build computes: only the tree tells which branch it is in. */
function mayBeGuarded(text: string, requests: readonly RequestFact[]): boolean {
  if (!requests.some(({ kind, conditional }) => kind === "import()" && conditional)) return false;
  return /\b(?:NODE_ENV|typeof|import\.meta\.env|__\w+__)\b|\b(?:true|false|null|\d)\s*(?:\?|&&|\|\|)|\(\s*!?(?:true|false|\d)\s*\)/.test(
    text,
  );
}

/** Watches the names of an import at the file's head: before it stands nothing that could use or hide them. */
function watch(scan: Scan, names: readonly string[]): void {
  scan.bound[scan.requests.length - 1] = names;
  for (const name of names) {
    scan.uses.watch(name);
    scan.wanted.add(name);
  }
}

function add(scan: Scan, fact: RequestFact, range: TextRange, statement: TextRange): void {
  scan.requests.push(fact);
  scan.ranges.push(range);
  scan.statements.push(statement);
}

/** The literal at `at`: its value and end, or `undefined` when it is none or holds an escape. */
function literal(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return undefined;
  const end = skipString(text, at);
  if (end < 0) return undefined;
  const value = text.slice(at + 1, end - 1);
  return value.includes("\\") ? undefined : { value, end };
}

function importWord(scan: Scan, start: number, end: number, previous: number, depth: number): number {
  const { text } = scan;
  const at = skipTrivia(text, end);
  const code = text.charCodeAt(at);
  if (code === OPEN_PAREN) return dynamicImport(scan, start, at, previous, depth);
  if (code === DOT) {
    if (text.startsWith("import.meta.webpackContext", start)) return GIVE_UP;
    scan.esm = true;
    return end;
  }
  // A key or a shorthand member named `import`.
  if (code === COLON || code === EQUALS || code === COMMA || code === CLOSE_BRACE) return end;
  if (depth !== 0 || !mayBeginStatement(text, start, previous)) return GIVE_UP;
  scan.esm = true;
  const bare = literal(text, at);
  if (bare !== undefined) {
    const fact: RequestFact = {
      kind: "esm import",
      specifier: bare.value,
      typeOnly: false,
      sideEffectOnly: true,
      conditional: false,
    };
    return finish(scan, fact, start, at, bare.end);
  }
  return importClause(scan, start, at);
}

/** From after `import`: the bindings and `from "…"`. */
function importClause(scan: Scan, start: number, first: number): number {
  const { text } = scan;
  const names: string[] = [];
  let at = first;
  let typeOnly = false;
  let named: NamedList | undefined;
  let hasDefault = false;
  let word = wordAt(text, at);
  if (word === "type") {
    const next = skipTrivia(text, at + 4);
    const following = wordAt(text, next);
    // `import type from "x"` binds a default named `type`; `import type X from` and `import type {` are erased.
    if (following !== "from" || wordAt(text, skipTrivia(text, next + 4)) === "from") {
      if (text.charCodeAt(next) !== COMMA) {
        typeOnly = true;
        at = next;
        word = wordAt(text, at);
      }
    }
  } else if (word === "defer" || word === "source") return GIVE_UP;
  if (word !== "") {
    hasDefault = true;
    names.push(word);
    at = skipTrivia(text, at + word.length);
    if (text.charCodeAt(at) === COMMA) at = skipTrivia(text, at + 1);
  }
  if (text.charCodeAt(at) === STAR) {
    at = skipTrivia(text, at + 1);
    if (wordAt(text, at) !== "as") return GIVE_UP;
    at = skipTrivia(text, at + 2);
    const local = wordAt(text, at);
    if (local === "") return GIVE_UP;
    hasDefault = true;
    names.push(local);
    at = skipTrivia(text, at + local.length);
  } else if (text.charCodeAt(at) === OPEN_BRACE) {
    named = namedList(text, at);
    if (named === undefined) return GIVE_UP;
    names.push(...named.locals);
    at = skipTrivia(text, named.end);
  }
  if (wordAt(text, at) !== "from") return GIVE_UP;
  at = skipTrivia(text, at + 4);
  const specifier = literal(text, at);
  if (specifier === undefined || specifier.value === "module" || specifier.value === "node:module") return GIVE_UP;
  const erased = typeOnly || (!hasDefault && named !== undefined && named.count > 0 && named.types === named.count);
  const fact: RequestFact = {
    kind: "esm import",
    specifier: specifier.value,
    typeOnly: erased,
    sideEffectOnly: false,
    conditional: false,
  };
  return finish(scan, fact, start, at, specifier.end, erased ? [] : names);
}

function exportWord(scan: Scan, start: number, end: number): number {
  const { text } = scan;
  let at = skipTrivia(text, end);
  const code = text.charCodeAt(at);
  if (code === COLON || code === OPEN_PAREN || code === COMMA) return end;
  if (code === EQUALS) return GIVE_UP;
  scan.esm = true;
  let typeOnly = false;
  if (wordAt(text, at) === "type") {
    const next = skipTrivia(text, at + 4);
    const after = text.charCodeAt(next);
    if (after !== OPEN_BRACE && after !== STAR) return end;
    typeOnly = true;
    at = next;
  }
  let named: NamedList | undefined;
  if (text.charCodeAt(at) === STAR) {
    at = skipTrivia(text, at + 1);
    if (wordAt(text, at) === "as") {
      at = skipTrivia(text, at + 2);
      const name = wordAt(text, at);
      if (name === "") return GIVE_UP;
      at = skipTrivia(text, at + name.length);
    }
  } else if (text.charCodeAt(at) === OPEN_BRACE) {
    named = namedList(text, at);
    if (named === undefined) return GIVE_UP;
    at = skipTrivia(text, named.end);
    if (wordAt(text, at) !== "from") return named.end;
  } else {
    return wordAt(text, at) === "import" ? GIVE_UP : end;
  }
  if (wordAt(text, at) !== "from") return GIVE_UP;
  at = skipTrivia(text, at + 4);
  const specifier = literal(text, at);
  if (specifier === undefined) return GIVE_UP;
  const fact: RequestFact = {
    kind: "esm export",
    specifier: specifier.value,
    typeOnly: typeOnly || (named !== undefined && named.count > 0 && named.types === named.count),
    sideEffectOnly: false,
    conditional: false,
  };
  return finish(scan, fact, start, at, specifier.end);
}

/** Records a static request and the names it binds; goes on after its semicolon. */
function finish(
  scan: Scan,
  fact: RequestFact,
  start: number,
  literalStart: number,
  literalEnd: number,
  names: readonly string[] = [],
): number {
  const { text } = scan;
  const next = skipTrivia(text, literalEnd);
  const following = wordAt(text, next);
  if (following === "with" || following === "assert") return GIVE_UP;
  const end = text.charCodeAt(next) === SEMICOLON ? next + 1 : literalEnd;
  add(scan, fact, { start: literalStart, end: literalEnd }, { start, end });
  if (start === scan.headEnd) {
    if (names.length > 0) watch(scan, names);
    scan.headEnd = skipTrivia(text, end);
  }
  return end;
}

interface NamedList {
  /** The names bound here, without those of `type` specifiers. */
  readonly locals: readonly string[];
  readonly count: number;
  /** How many are `type` specifiers. */
  readonly types: number;
  readonly end: number;
}

/** `{ a, b as c, type D, "string name" as e }`, from its opening brace. */
function namedList(text: string, open: number): NamedList | undefined {
  const locals: string[] = [];
  let count = 0;
  let types = 0;
  let at = skipTrivia(text, open + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACE) {
    const words: string[] = [];
    while (at < text.length && text.charCodeAt(at) !== COMMA && text.charCodeAt(at) !== CLOSE_BRACE) {
      const quoted = literal(text, at);
      const word = quoted === undefined ? wordAt(text, at) : text.slice(at, quoted.end);
      if (word === "") return undefined;
      words.push(word);
      at = skipTrivia(text, at + word.length);
    }
    count++;
    if (isTypeSpecifier(words)) types++;
    else locals.push(words.at(-1)!);
    if (text.charCodeAt(at) === COMMA) at = skipTrivia(text, at + 1);
  }
  return at < text.length ? { locals, count, types, end: at + 1 } : undefined;
}

/** `type X`, `type X as Y`, `type as as Y`; but `type` and `type as X` name an export called `type`. */
function isTypeSpecifier(words: readonly string[]): boolean {
  return words[0] === "type" && (words.length === 2 || words.length === 4);
}

function dynamicImport(scan: Scan, start: number, open: number, previous: number, depth: number): number {
  const { text } = scan;
  const argument = skipTrivia(text, open + 1);
  const specifier = literal(text, argument);
  if (specifier === undefined) return GIVE_UP;
  const after = skipTrivia(text, specifier.end);
  if (text.charCodeAt(after) !== CLOSE_PAREN) return GIVE_UP;
  let conditional: boolean;
  if (depth === 0 && startsStatement(text, start, previous)) conditional = false;
  else if (
    previous === GREATER &&
    text
      .slice(Math.max(0, start - 8), start)
      .trimEnd()
      .endsWith("=>")
  )
    conditional = true;
  else return GIVE_UP;
  const comments =
    argument > open + 1 || after > specifier.end ? text.slice(open, argument) + text.slice(specifier.end, after) : "";
  const ignored = ignoredBy(comments);
  if (ignored === "all") return after + 1;
  if (comments.includes("webpackMode")) return GIVE_UP;
  const fact: RequestFact = {
    kind: "import()",
    specifier: specifier.value,
    typeOnly: false,
    sideEffectOnly: false,
    conditional,
    ...(ignored === undefined ? {} : { ignored: true }),
  };
  add(scan, fact, { start: argument, end: specifier.end }, { start, end: after + 1 });
  return after + 1;
}

/** Whether nothing but `await` or `void` stands before on its line, and the statement before it has ended. */
function startsStatement(text: string, start: number, previous: number): boolean {
  if (previous !== 0 && previous !== SEMICOLON && !/[dt]/.test(String.fromCharCode(previous))) return false;
  const line = text.slice(Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf(";", start - 1)) + 1, start);
  return /^\s*(?:await\s|void\s)?\s*$/.test(line) && (previous === 0 || previous === SEMICOLON || line.trim() !== "");
}

/** After the end of another statement, or on a line of its own; not in the middle of prose in JSX. */
function mayBeginStatement(text: string, start: number, previous: number): boolean {
  if (previous === 0 || previous === SEMICOLON || previous === CLOSE_BRACE) return true;
  return previous !== GREATER && /[\r\n]\s*$/.test(text.slice(Math.max(0, start - 200), start));
}
