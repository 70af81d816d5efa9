/**
 * Tells without a syntax tree that an imported name is surely used. It accepts only places that cannot be anything but a
 * reference (`x(`, `x.y`, `<X …>`, `= x`), and any other occurrence makes the answer "not sure": it might be a
 * declaration that hides the import. Most imports of real code pass, so that the parser is asked about the rest only.
 */
import type { TextRange } from "../base/text.ts";
import { isWordAt, lex, skipTrivia } from "./lexer.ts";

type Occurrence = "reference" | "harmless" | "unsure";

const EXPRESSION_WORDS = new Set(["return", "await", "yield", "typeof", "new", "void", "throw"]);

/** Words that a reference follows, never a declaration; after `as` an export's other name may stand, in braces. */
const TYPE_WORDS = new Set(["as", "extends", "implements", "typeof", "keyof", "instanceof", "satisfies", "is"]);

/**
 * The names among `locals` that are surely referenced outside of `imports`, the ranges of the import statements.
 * `undefined` when the text cannot be walked.
 */
export function certainlyUsed(
  text: string,
  locals: ReadonlySet<string>,
  imports: readonly TextRange[],
): ReadonlySet<string> | undefined {
  const used = new Set<string>();
  const unsure = new Set<string>();
  let shortest = Number.POSITIVE_INFINITY;
  let longest = 0;
  for (const local of locals) {
    shortest = Math.min(shortest, local.length);
    longest = Math.max(longest, local.length);
  }
  let nextImport = 0;
  const whole = lex(text, {
    word(start, end, previous) {
      const length = end - start;
      if (length < shortest || length > longest) return end;
      while (nextImport < imports.length && imports[nextImport]!.end <= start) nextImport++;
      const current = imports[nextImport];
      if (current !== undefined && start >= current.start) return end;
      const word = text.slice(start, end);
      if (!locals.has(word)) return end;
      const occurrence = judge(text, start, end, previous);
      if (occurrence === "reference") used.add(word);
      else if (occurrence === "unsure") unsure.add(word);
      return end;
    },
  });
  if (!whole) return undefined;
  for (const word of unsure) used.delete(word);
  return used;
}

function judge(text: string, start: number, end: number, previousCode: number): Occurrence {
  const previous = previousCode === 0 ? "" : String.fromCharCode(previousCode);
  if (previous === ".") return text.slice(Math.max(0, start - 3), start).endsWith("...") ? "unsure" : "harmless";
  if (previous === "/" && text[start - 1] === "/" && text[start - 2] === "<") return "harmless";
  const at = skipTrivia(text, end);
  const next = text[at] ?? "";
  if (previous === "<" && text[start - 1] === "<") return jsxName(text, start, at);
  if (next === "=" && text[at + 1] === ">") return "unsure";
  const expression = startsExpression(text, start, previous);
  if (next === "." || (next === "?" && text[at + 1] === ".")) {
    const member = next === "." ? at + 1 : at + 2;
    const begins = expression || previous === ";" || previous === "{";
    return begins && (isWordAt(text, member) || text[member] === "[" || text[member] === "(") ? "reference" : "unsure";
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

/** `<Name` of JSX: not the type parameter of `f<Name>()` or `<Name,>() =>`. */
function jsxName(text: string, start: number, at: number): Occurrence {
  let before = start - 2;
  while (before >= 0 && text.charCodeAt(before) <= 32) before--;
  const char = text[before] ?? "";
  const opens = "(>}{?:&|;".includes(char) || /\breturn$/.test(text.slice(Math.max(0, before - 6), before + 1));
  if (!opens) return "unsure";
  const next = text[at] ?? "";
  if (next === "/" || next === ".") return "reference";
  if (next === ">") return text[skipTrivia(text, at + 1)] === "(" ? "unsure" : "reference";
  if (!isWordAt(text, at) || /^extends\b/.test(text.slice(at, at + 8))) return "unsure";
  return "reference";
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
