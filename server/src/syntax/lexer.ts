/**
 * Walks JavaScript and TypeScript text without a grammar, telling code from strings, templates, comments, regular
 * expressions and (mostly) JSX text. It is many times faster than a parser and knows when it may be wrong: then it gives
 * up (`false`), and the caller asks the parser. So what it does tell can be relied on.
 */

/** What the lexer reports. Offsets are of the text given to `lex`. */
export interface LexSink {
  /**
   * An identifier or keyword in code that may be one of `wanted`; `previous` is the last significant character before it,
   * 0 at the beginning. Returns the offset to go on from: `end`, or further when it has read on itself, or -1 to stop.
   */
  word(start: number, end: number, previous: number, depth: number): number;
  /** The end of a JSX element: `</` or `/>`. */
  jsx?(offset: number): void;
}

const isWordCode = new Uint8Array(128);
for (const char of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$")
  isWordCode[char.charCodeAt(0)] = 1;

/** ASCII word characters, and everything beyond ASCII: an identifier's character or one that cannot begin anything else. */
export function isWordAt(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code > 127 ? !isWideSpace(code) : isWordCode[code] === 1;
}

/** The word at an offset, empty for none. */
export function wordAt(text: string, at: number): string {
  let end = at;
  while (end < text.length && isWordAt(text, end)) end++;
  return text.slice(at, end);
}

function isWideSpace(code: number): boolean {
  return code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029;
}

/** Words after which an expression begins: a `/` opens a regular expression, a quote a string. */
const EXPRESSION_WORDS = new Set(
  "return typeof case in of instanceof new delete void throw else do yield await default extends from as import export require if while for with satisfies static get set type async const let var keyof infer is readonly".split(
    " ",
  ),
);

const SLOTS = 2048;

/**
 * Words that a walk tells of, by a hash that the walk has at hand: some others come through, and none is left out. Most
 * words of a text are then passed without a call or a copy.
 */
export class WordFilter {
  readonly #slots = new Uint8Array(SLOTS);

  constructor(words: Iterable<string>) {
    for (const word of words) this.add(word);
  }

  add(word: string): void {
    let hash = 0;
    for (let at = 0; at < word.length; at++) hash = (hash * 31 + word.charCodeAt(at)) | 0;
    this.#slots[hash & (SLOTS - 1)] = 1;
  }

  /** Makes this one hold the words of another, and room for more: a new one for every text would be costly. */
  reset(words: WordFilter): this {
    this.#slots.set(words.#slots);
    return this;
  }

  mayHold(hash: number): boolean {
    return this.#slots[hash & (SLOTS - 1)] === 1;
  }
}

const LF = 10;
const CR = 13;
const DOUBLE = 34;
const HASH = 35;
const SINGLE = 39;
const CLOSE_PAREN = 41;
const STAR = 42;
const SLASH = 47;
const LESS = 60;
const GREATER = 62;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const BACKTICK = 96;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Offset after the closing quote, -1 when the line ends first. */
export function skipString(text: string, start: number): number {
  const quote = text.charCodeAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    if (code === BACKSLASH) {
      if (text.charCodeAt(at + 1) === CR && text.charCodeAt(at + 2) === LF) at++;
      at++;
    } else if (code === LF || code === CR) return -1;
  }
  return -1;
}

/** Offset after white space and comments. */
export function skipTrivia(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code <= 32 || (code > 127 && isWideSpace(code))) at++;
    else if (code === SLASH && text.charCodeAt(at + 1) === SLASH) at = endOfLine(text, at);
    else if (code === SLASH && text.charCodeAt(at + 1) === STAR) at = endOfComment(text, at);
    else return at;
    if (at >= text.length) return text.length;
  }
}

function endOfLine(text: string, start: number): number {
  const feed = text.indexOf("\n", start);
  const end = feed < 0 ? text.length : feed;
  // A carriage return ends a line too, also by itself.
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === CR) return at;
  return end;
}

function endOfComment(text: string, start: number): number {
  const end = text.indexOf("*/", start + 2);
  return end < 0 ? text.length : end + 2;
}

/** Offset after the flags, -1 when the line ends first. */
function skipRegExp(text: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === LF || code === CR) return -1;
    else if (code === OPEN_BRACKET) inClass = true;
    else if (code === CLOSE_BRACKET) inClass = false;
    else if (code === SLASH && !inClass) {
      at++;
      while (at < text.length && isWordAt(text, at)) at++;
      return at;
    }
  }
  return -1;
}

/** Walks the whole text. False when strings, braces or regular expressions do not add up, or the sink stopped it. */
export function lex(text: string, wanted: WordFilter, sink: LexSink): boolean {
  const length = text.length;
  /** Brace depths at which a template's `${` was opened. */
  const templates: number[] = [];
  let depth = 0;
  /** Last significant character; a word's last character stands for the word. */
  let previous = 0;
  let previousWordStart = -1;
  let previousWordEnd = -1;
  let at = text.charCodeAt(0) === HASH && text.charCodeAt(1) === 33 ? endOfLine(text, 0) : 0;

  /** Whether what stands before is an operand, so that a `/` divides and a quote cannot open a string. */
  const afterOperand = (): boolean => {
    if (previous === CLOSE_PAREN || previous === CLOSE_BRACKET || previous === CLOSE_BRACE) return true;
    if (previous === 0 || previousWordEnd < 0)
      return previous === DOUBLE || previous === SINGLE || previous === BACKTICK;
    return !EXPRESSION_WORDS.has(text.slice(previousWordStart, previousWordEnd));
  };

  /** From after a backtick or a template's `}`: to after the closing backtick, or after the next `${`. */
  const template = (start: number): number => {
    for (let offset = start; offset < length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === BACKSLASH) offset++;
      else if (code === BACKTICK) {
        previous = BACKTICK;
        previousWordEnd = -1;
        return offset + 1;
      } else if (code === 36 && text.charCodeAt(offset + 1) === OPEN_BRACE) {
        templates.push(depth++);
        previous = OPEN_BRACE;
        previousWordEnd = -1;
        return offset + 2;
      }
    }
    return -1;
  };

  while (at < length) {
    const code = text.charCodeAt(at);
    if (code <= 32) {
      at++;
      continue;
    }
    if (code > 127 ? !isWideSpace(code) : isWordCode[code] === 1) {
      const start = at;
      let hash = code;
      for (at++; at < length; at++) {
        const part = text.charCodeAt(at);
        if (part > 127 ? isWideSpace(part) : isWordCode[part] === 0) break;
        hash = (hash * 31 + part) | 0;
      }
      const end = at;
      if (wanted.mayHold(hash)) {
        at = sink.word(start, end, previous, depth);
        if (at < 0) return false;
      }
      if (at === end) {
        previous = text.charCodeAt(end - 1);
        previousWordStart = start;
        previousWordEnd = end;
      } else {
        previous = 59;
        previousWordEnd = -1;
      }
      continue;
    }
    switch (code) {
      case DOUBLE:
      case SINGLE: {
        // No string stands directly after a name: this is JSX text such as `Don't`.
        if (previousWordEnd >= 0 && afterOperand()) {
          at++;
          continue;
        }
        at = skipString(text, at);
        if (at < 0) return false;
        previous = code;
        previousWordEnd = -1;
        continue;
      }
      case BACKTICK:
        at = template(at + 1);
        if (at < 0) return false;
        continue;
      case SLASH: {
        const next = text.charCodeAt(at + 1);
        if (next === SLASH) {
          // In JSX text a `//` is no comment; only an address is usual there.
          if (text.charCodeAt(at - 1) === 58) return false;
          at = endOfLine(text, at);
          continue;
        }
        if (next === STAR) {
          at = endOfComment(text, at);
          continue;
        }
        if (text.charCodeAt(at - 1) === LESS || next === GREATER) {
          sink.jsx?.(at);
        } else if (previous !== LESS && !afterOperand()) {
          at = skipRegExp(text, at);
          if (at < 0) return false;
          previous = CLOSE_PAREN;
          previousWordEnd = -1;
          continue;
        }
        break;
      }
      case OPEN_BRACE:
        depth++;
        break;
      case CLOSE_BRACE:
        depth--;
        if (depth < 0) return false;
        if (templates.length > 0 && templates[templates.length - 1] === depth) {
          templates.pop();
          at = template(at + 1);
          if (at < 0) return false;
          continue;
        }
        break;
      default:
        if (code > 127) {
          at++;
          continue;
        }
    }
    previous = code;
    previousWordEnd = -1;
    at++;
  }
  return depth === 0 && templates.length === 0;
}
