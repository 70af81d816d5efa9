/**
 * The import statements at a file's head and what they bind, read without a syntax tree: up to the first other
 * statement, or the first import that only a parser can tell.
 */
import type { TextRange } from "../base/text.ts";
import type { ImportBinding, ImportStatement } from "./importBindings.ts";
import { skipString, skipTrivia, wordAt } from "./lexer.ts";

/** Bindings carry no references. Statements that bind nothing are among them. */
export function headImports(text: string): readonly ImportStatement[] {
  const found: ImportStatement[] = [];
  let at = skipTrivia(text, text.startsWith("#!") ? text.indexOf("\n") + 1 : 0);
  for (;;) {
    const statement = new StatementReader(text, at).read();
    if (statement === undefined) return found;
    found.push(statement);
    at = skipTrivia(text, statement.range.end);
  }
}

class StatementReader {
  readonly #text: string;
  readonly #start: number;
  #at: number;
  readonly #bindings: ImportBinding[] = [];
  #typeOnly = false;
  #named: TextRange | undefined;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
    this.#at = start;
  }

  read(): ImportStatement | undefined {
    if (!this.#word("import")) return undefined;
    if (this.#literalEnd() < 0 && !(this.#clause() && this.#word("from"))) return undefined;
    const literalEnd = this.#literalEnd();
    if (literalEnd < 0) return undefined;
    const specifierRange = { start: this.#at, end: literalEnd };
    const specifier = this.#text.slice(specifierRange.start + 1, literalEnd - 1);
    if (specifier.includes("\\")) return undefined;
    const next = skipTrivia(this.#text, literalEnd);
    const following = wordAt(this.#text, next);
    if (following === "with" || following === "assert") return undefined;
    const end = this.#text[next] === ";" ? next + 1 : literalEnd;
    return {
      specifier,
      range: { start: this.#start, end },
      specifierRange,
      typeOnly: this.#typeOnly,
      ...(this.#named === undefined ? {} : { named: this.#named }),
      bindings: this.#bindings.map((binding) => ({ ...binding, typeOnly: binding.typeOnly || this.#typeOnly })),
    };
  }

  /** From after `import` to before `from`; false where a parser must decide. */
  #clause(): boolean {
    const first = wordAt(this.#text, this.#at);
    if (first === "defer" || first === "source") return false;
    if (first === "type") {
      const second = wordAt(this.#text, skipTrivia(this.#text, this.#at + 4));
      const next = this.#text[skipTrivia(this.#text, this.#at + 4)] ?? "";
      if (second === "from" || next === ",") return false;
      this.#typeOnly = this.#word("type");
    }
    if (wordAt(this.#text, this.#at) !== "") {
      this.#bind("default", this.#name(), false);
      if (!this.#sign(",")) return true;
    }
    if (this.#text[this.#at] === "*") {
      const start = this.#at;
      this.#sign("*");
      if (!this.#word("as") || wordAt(this.#text, this.#at) === "") return false;
      const name = this.#name();
      this.#named = { start, end: name.end };
      this.#bind("*", name, false, this.#named);
      return true;
    }
    const start = this.#at;
    return this.#sign("{") && this.#specifiers(start);
  }

  /** From after the `{` at `start` to after `}`. */
  #specifiers(start: number): boolean {
    for (;;) {
      const close = this.#at;
      if (this.#sign("}")) {
        this.#named = { start, end: close + 1 };
        return true;
      }
      const names: TextRange[] = [];
      while (wordAt(this.#text, this.#at) !== "") names.push(this.#name());
      const [first, last] = [names[0], names.at(-1)];
      if (first === undefined || last === undefined || names.length > 4) return false;
      const words = names.map(({ start, end }) => this.#text.slice(start, end));
      const typeOnly = words[0] === "type" && (words.length === 2 || words.length === 4);
      const rest = typeOnly ? words.slice(1) : words;
      if (rest.length === 2 || (rest.length === 3 && rest[1] !== "as")) return false;
      this.#bind(rest[0]!, last, typeOnly, { start: first.start, end: last.end });
      if (!this.#sign(",") && this.#text[this.#at] !== "}") return false;
    }
  }

  #bind(imported: string, name: TextRange, typeOnly: boolean, range = name): void {
    this.#bindings.push({ imported, local: this.#text.slice(name.start, name.end), typeOnly, range, references: [] });
  }

  /** The word here, passed. */
  #name(): TextRange {
    const start = this.#at;
    const end = start + wordAt(this.#text, start).length;
    this.#at = skipTrivia(this.#text, end);
    return { start, end };
  }

  #word(word: string): boolean {
    if (wordAt(this.#text, this.#at) !== word) return false;
    this.#name();
    return true;
  }

  #sign(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false;
    this.#at = skipTrivia(this.#text, this.#at + 1);
    return true;
  }

  /** Where the string literal here ends; negative for none. */
  #literalEnd(): number {
    const quote = this.#text[this.#at];
    return quote === '"' || quote === "'" ? skipString(this.#text, this.#at) : -1;
  }
}
