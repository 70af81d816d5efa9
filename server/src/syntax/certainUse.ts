/**
 * Tells without a syntax tree that an imported name is surely used. It accepts only places that cannot be anything but a
 * reference (`x(`, `x.y`, `<X …>`, `= x`), and any other occurrence makes the answer "not sure": it might be a
 * declaration that hides the import. Most imports of real code pass, so that the parser is asked about the rest only.
 */
import type { TextRange } from "../base/text.ts";
import { isWordAt, lex, skipTrivia, WordFilter } from "./lexer.ts";

type Occurrence = "reference" | "harmless" | "unsure";

const EXPRESSION_WORDS = new Set(["return", "await", "yield", "typeof", "new", "void", "throw"]);

/** Words that a reference follows, never a declaration; after `as` an export's other name may stand, in braces. */
const TYPE_WORDS = new Set(["as", "extends", "implements", "typeof", "keyof", "instanceof", "satisfies", "is"]);

/** The classic JSX transform refers to these by name, unseen. */
export const JSX_NAMES: ReadonlySet<string> = new Set(["React", "Fragment", "h", "jsx", "createElement"]);

const REFERENCED = 1;
const DOUBTED = 2;
const RUN = 4;

/** Collects what the places of some names prove, while a walk comes by them. */
export class NameUses {
  readonly #seen = new Map<string, number>();

  watch(name: string): void {
    if (!this.#seen.has(name)) this.#seen.set(name, 0);
  }

  watches(name: string): boolean {
    return this.#seen.has(name);
  }

  /** A watched name stands at `start`; `previous` is the last significant character before it. */
  see(text: string, name: string, start: number, end: number, previous: number): void {
    const before = this.#seen.get(name) ?? 0;
    // What is known to run and doubted for the rest has nothing more to tell.
    if (before >= (RUN | DOUBTED)) return;
    const occurrence = judge(text, start, end, previous);
    if (occurrence === "harmless") return;
    const opened = text.charCodeAt(start - 1) === LESS && !isWordAt(text, start - 2);
    const rendered = opened && occurrence === "reference";
    const runs = (before & RUN) === 0 && (rendered || isCalled(text, start, end, previous));
    this.#seen.set(name, before | (occurrence === "reference" ? REFERENCED : DOUBTED) | (runs ? RUN : 0));
  }

  /** It is surely referenced. */
  isUsed(name: string): boolean {
    return ((this.#seen.get(name) ?? 0) & (REFERENCED | DOUBTED)) === REFERENCED;
  }

  /** It is called or rendered, as far as a look tells: no type does that. */
  isRun(name: string): boolean {
    return ((this.#seen.get(name) ?? 0) & RUN) !== 0;
  }
}

const LESS = 60;
const OPEN_PAREN = 40;
const CALL = /(?:\.\w+)*\(/y;

/** `name(` and `name.a.b(`, where that is no method's or function's declaration. */
function isCalled(text: string, start: number, end: number, previousCode: number): boolean {
  CALL.lastIndex = end;
  if (!CALL.test(text)) return false;
  if (text.charCodeAt(end) !== OPEN_PAREN) return true;
  const previous = previousCode === 0 ? "" : String.fromCharCode(previousCode);
  const word = wordBefore(text, start, previous);
  return EXPRESSION_WORDS.has(word) || IN_EXPRESSION.has(previous) || (word === "" && !mayDeclare(text, end));
}

/**
 * The names among `locals` that are surely referenced outside of `imports`, the ranges of the import statements.
 * `undefined` when the text cannot be walked.
 */
export function certainlyUsed(
  text: string,
  locals: ReadonlySet<string>,
  imports: readonly TextRange[],
): ReadonlySet<string> | undefined {
  const uses = new NameUses();
  for (const local of locals) uses.watch(local);
  let nextImport = 0;
  const whole = lex(text, new WordFilter(locals), {
    word(start, end, previous) {
      while (nextImport < imports.length && imports[nextImport]!.end <= start) nextImport++;
      const current = imports[nextImport];
      if (current !== undefined && start >= current.start) return end;
      const word = text.slice(start, end);
      if (uses.watches(word)) uses.see(text, word, start, end, previous);
      return end;
    },
  });
  if (!whole) return undefined;
  return new Set([...locals].filter((local) => uses.isUsed(local)));
}

function judge(text: string, start: number, end: number, previousCode: number): Occurrence {
  const previous = previousCode === 0 ? "" : String.fromCharCode(previousCode);
  if (previous === ".") return text.slice(Math.max(0, start - 3), start).endsWith("...") ? "unsure" : "harmless";
  if (previous === "/" && text[start - 1] === "/" && text[start - 2] === "<") return "harmless";
  const at = skipTrivia(text, end);
  const next = text[at] ?? "";
  if (previous === "<" && text[start - 1] === "<") return jsxName(text, start, at);
  if (next === "=" && text[at + 1] === ">") return "unsure";
  if (previous === ":" && isAnnotation(text, start, next)) return "reference";
  const expression = startsExpression(text, start, previous);
  if (next === "." || (next === "?" && text[at + 1] === ".")) {
    const member = next === "." ? at + 1 : at + 2;
    const begins = expression || previous === ";" || previous === "{";
    return begins && (isWordAt(text, member) || text[member] === "[" || text[member] === "(") ? "reference" : "unsure";
  }
  if (next === "(" && at === end) {
    if (IN_EXPRESSION.has(previous) || (BEFORE_CALL.has(previous) && !mayDeclare(text, at))) return "reference";
  }
  if (next === "(" || next === "[" || next === "`") return expression ? "reference" : "unsure";
  if (previous === "(" && next === ")") {
    const after = skipTrivia(text, at + 1);
    const closes = text[after] ?? "";
    const parameter = closes === "{" || closes === ":" || (closes === "=" && text[after + 1] === ">");
    return expression && !parameter ? "reference" : "unsure";
  }
  // Nothing is declared after an operator, an arrow, `return`, or in the braces of a JSX attribute or child.
  if (expression && previous !== "(" && next !== ":") return "reference";
  if (previous === "{" && next === "}" && /[=>]\s*\{\s*$/.test(text.slice(Math.max(0, start - 12), start)))
    return "reference";
  if (TYPE_WORDS.has(wordBefore(text, start, previous)) && next !== "}" && next !== ",") return "reference";
  return "unsure";
}

/** After this stands what a variable, a field or a function is of, not the new name of a destructured member. */
const ANNOTATED = /(?:\)|\b(?:const|let|var|private|public|protected|readonly|static)\s+[\w$]+[?!]?)\s*:\s*$/;

/** Whether a name after a colon is a type or a value; a destructured member's new name is followed by `,`, `}` or `=`. */
function isAnnotation(text: string, start: number, next: string): boolean {
  return /[<)[|&;.>]/.test(next) || ANNOTATED.test(text.slice(Math.max(0, start - 60), start));
}

/** After these stands an expression or, before parentheses, no declaration. */
const IN_EXPRESSION = new Set(["(", "[", ":", "?", "&", "|", "+", "-", "=", "!", "%"]);

/** A call or a method's declaration may follow. */
const BEFORE_CALL = new Set([";", "{", "}", ",", "*"]);

/** How far the end of a call's arguments is looked for. */
const ARGUMENTS = 300;

/** Whether the parentheses opened at `open` may be the parameters of a method or function, not a call's arguments. */
function mayDeclare(text: string, open: number): boolean {
  const first = skipTrivia(text, open + 1);
  // No parameter begins so.
  if (/[("'`\d!+\-~/]/.test(text[first] ?? "")) return false;
  let depth = 1;
  for (let at = first; at < Math.min(text.length, first + ARGUMENTS); at++) {
    const char = text[at]!;
    if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return /[{:=]/.test(text[skipTrivia(text, at + 1)] ?? "{");
    else if (/["'`/]/.test(char)) return true;
  }
  return true;
}

/** `<Name` of JSX: not the type parameter of `f<Name>()` or `<Name,>() =>`. */
function jsxName(text: string, start: number, at: number): Occurrence {
  let before = start - 2;
  while (before >= 0 && text.charCodeAt(before) <= 32) before--;
  const char = text[before] ?? "";
  if (before === start - 2 && isWordAt(text, before)) return typeArgument(text, before, at);
  const opens = "(>}{?:&|;".includes(char) || /\breturn$/.test(text.slice(Math.max(0, before - 6), before + 1));
  if (!opens) return "unsure";
  const next = text[at] ?? "";
  if (next === "/" || next === ".") return "reference";
  if (next === ">") return text[skipTrivia(text, at + 1)] === "(" ? "unsure" : "reference";
  if (!isWordAt(text, at) || /^extends\b/.test(text.slice(at, at + 8))) return "unsure";
  return "reference";
}

/** A name in `f<Name>` is a reference where `f` is called or is a type itself, and a declaration where `f` is declared. */
function typeArgument(text: string, wordEnd: number, at: number): Occurrence {
  if (!/[>,[|&.]/.test(text[at] ?? "")) return "unsure";
  let start = wordEnd;
  while (start > 0 && (isWordAt(text, start - 1) || text[start - 1] === ".")) start--;
  let before = start - 1;
  while (before >= 0 && text.charCodeAt(before) <= 32) before--;
  const char = text[before] ?? "";
  if ("=:(|&<?[!".includes(char)) return "reference";
  const word = wordBefore(text, start, char);
  return TYPE_WORDS.has(word) || EXPRESSION_WORDS.has(word) ? "reference" : "unsure";
}

/** Whether an expression begins here for sure; prose in JSX text (`Vite + React`, `(React.js)`) must not look like it. */
function startsExpression(text: string, start: number, previous: string): boolean {
  if (previous === "(") return text[start - 1] === "(" && isWordAt(text, start - 2);
  if (previous === "=") return true;
  if (previous === "!") return text[start - 1] === "!";
  if (previous === "&" || previous === "|") {
    const trimmed = text.slice(Math.max(0, start - 12), start).trimEnd();
    return trimmed.endsWith(previous + previous);
  }
  if (previous === ">") return /=>\s*$/.test(text.slice(Math.max(0, start - 12), start));
  return EXPRESSION_WORDS.has(wordBefore(text, start, previous));
}

function wordBefore(text: string, start: number, previous: string): string {
  if (previous === "" || !/\w/.test(previous)) return "";
  return /(?:^|[^\w.$])([A-Za-z]+)\s*$/.exec(text.slice(Math.max(0, start - 17), start))?.[1] ?? "";
}
