/** Whether a name stands anywhere in a text outside of its imports: where it does not, nothing can refer to it. */
import type { TextRange } from "../base/text.ts";
import { isWordAt } from "./lexer.ts";

/** Code that can refer to a name without spelling it. */
const UNSEEN = /\beval\b|\bwith\b|\\u/;

/** Those of the names that are surely not spelt outside of `imports`, the ranges of the import statements. */
export function unmentioned(text: string, imports: readonly TextRange[], names: Iterable<string>): ReadonlySet<string> {
  const rest = withoutRanges(text, imports);
  if (UNSEEN.test(rest)) return new Set();
  return new Set([...names].filter((name) => !mentions(rest, name)));
}

function withoutRanges(text: string, ranges: readonly TextRange[]): string {
  let result = "";
  let at = 0;
  for (const range of ranges) {
    result += `${text.slice(at, range.start)} `;
    at = range.end;
  }
  return result + text.slice(at);
}

function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const whole =
      !(at > 0 && isWordAt(text, at - 1)) && !(at + name.length < text.length && isWordAt(text, at + name.length));
    if (whole && !isMember(text, at) && !isInLineComment(text, at)) return true;
  }
  return false;
}

/** `.name`, and not `...name`. */
function isMember(text: string, at: number): boolean {
  return text[at - 1] === "." && text[at - 2] !== ".";
}

/** A line that is a comment whole. In the text of JSX it would be none, and code could stand in its braces. */
function isInLineComment(text: string, at: number): boolean {
  const start = text.lastIndexOf("\n", at) + 1;
  const end = text.indexOf("\n", at);
  const line = text.slice(start, end < 0 ? text.length : end);
  return /^\s*\/\/[^{<]*$/.test(line);
}
