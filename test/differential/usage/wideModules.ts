/** One module of a wide program: requests in every form, and what is taken of them in every place. */
import type { Random } from "./random.ts";
import { PLACES, STATEMENTS, VALUE_PLACES, VALUES } from "./wideForms.ts";
import {
  ASKED,
  CLAUSES,
  GIVEN,
  IMPORT_CALLS,
  REQUIRED,
  REQUIRED_NAMES,
  TYPED_ASKED,
  TYPED_CLAUSES,
} from "./wideRequests.ts";
import { JSX_VALUES, TYPED_PLACES, TYPED_STATEMENTS, TYPED_VALUE_PLACES, TYPED_VALUES } from "./wideTyped.ts";

/** What a module may be imported for. */
export interface WideSource {
  readonly request: string;
  /** As an import clause has them: identifiers, `default`, quoted names. */
  readonly names: readonly string[];
  /** JSON: named imports of it are a matter of the bundler. */
  readonly json?: boolean;
}

/** How a module is written. */
export interface WideKind {
  readonly extension: string;
  readonly commonJs: boolean;
  readonly typed: boolean;
  readonly jsx: boolean;
}

const KEYS = ["a", "b", "c", "x", "y"];

type Filling = Readonly<Record<string, string>>;

export class WideModule {
  readonly #random: Random;
  readonly #kind: WideKind;
  /** Only names that exist are asked for. */
  readonly #exact: boolean;
  readonly #lines: string[] = [];
  readonly #exported = new Set<string>();
  #count = 0;

  constructor(random: Random, kind: WideKind, exact: boolean) {
    this.#random = random;
    this.#kind = kind;
    this.#exact = exact;
  }

  get text(): string {
    return `${this.#lines.join("\n")}\n`;
  }

  /** Names that the module may export. */
  get names(): readonly string[] {
    return [...this.#exported];
  }

  /** Asks for a module, and takes something of it. */
  ask(source: WideSource): void {
    if (this.#exact && source.names.length === 0) {
      const { request } = source;
      this.#put(this.#kind.commonJs ? `require("${request}");` : `import "${request}";`);
    } else if (this.#kind.commonJs) this.#require(source);
    else this.#import(source);
  }

  #import(source: WideSource): void {
    const random = this.#random;
    const { typed } = this.#kind;
    const way = random.next();
    if (way < 0.25) {
      this.#put(this.#fill(random.pick(typed && random.chance(0.4) ? TYPED_ASKED : ASKED), source));
    } else if (way < 0.42) {
      this.#putPlaced(this.#fill(random.pick(IMPORT_CALLS), source), PLACES);
    } else {
      const bound = this.#fresh(this.#random.chance(0.3) ? "I" : "i");
      const clauses = typed && random.chance(0.2) ? TYPED_CLAUSES : CLAUSES;
      this.#put(this.#fill(random.pick(clauses), source, { x: bound }));
      const times = random.chance(0.1) ? 0 : 1 + random.below(2);
      for (let index = 0; index < times; index++) this.#use(source, bound);
    }
  }

  #require(source: WideSource): void {
    const random = this.#random;
    const way = random.next();
    if (way < 0.1) this.#putPlaced(this.#fill(random.pick(IMPORT_CALLS), source), PLACES);
    else if (way < 0.35) this.#give(this.#fill(random.pick(REQUIRED), source));
    else if (way < 0.5) this.#putPlaced(`${this.#fill(random.pick(REQUIRED), source)};`, PLACES);
    else {
      const bound = this.#fresh("i");
      const asked = this.#fill(random.pick(REQUIRED_NAMES), source, { x: bound });
      if (random.chance(0.8)) {
        this.#put(asked);
        this.#useRequired(source, bound);
      } else this.#putPlaced(`${asked} ${this.#fill(random.pick([...STATEMENTS]), source, { x: bound })}`, PLACES);
    }
  }

  #useRequired(source: WideSource, bound: string): void {
    const random = this.#random;
    const times = random.chance(0.1) ? 0 : 1 + random.below(2);
    for (let index = 0; index < times; index++) {
      if (random.chance(0.4)) this.#give(this.#fill(random.pick(VALUES), source, { x: bound }));
      else this.#use(source, bound);
    }
  }

  /** An export of CommonJS. */
  #give(value: string): void {
    const name = this.#random.chance(0.5) ? this.#random.pick(["a", "b", "r0"]) : this.#fresh("n");
    for (const item of [name, `${name}a`]) this.#exported.add(item);
    const wrapped = value.startsWith("function") || value.startsWith("class") ? `(${value})` : value;
    this.#put(fill(this.#random.pick(GIVEN), { n: name, e: wrapped, ...this.#locals() }));
  }

  #use(source: WideSource, bound: string): void {
    const random = this.#random;
    const { typed, jsx } = this.#kind;
    const mixed = (plain: readonly string[], more: readonly string[]): readonly string[] =>
      typed && random.chance(0.35) ? more : plain;
    if (random.chance(0.55)) {
      const values = jsx && random.chance(0.4) ? JSX_VALUES : mixed(VALUES, TYPED_VALUES);
      const value = this.#fill(random.pick(values), source, { x: bound });
      if (value.startsWith("await")) this.#put(`sink(${value});`);
      else if (random.chance(0.25)) this.#putPlaced(`sink(${value});`, mixed(PLACES, TYPED_PLACES));
      else this.#putValue(value, mixed(VALUE_PLACES, TYPED_VALUE_PLACES));
    } else {
      const use = this.#fill(random.pick(mixed(STATEMENTS, TYPED_STATEMENTS)), source, { x: bound });
      this.#putPlaced(use, mixed(PLACES, TYPED_PLACES));
    }
  }

  #putValue(value: string, places: readonly string[]): void {
    const place = this.#random.pick(places);
    const starts = /^(?:function|class|\{)/.test(value) && /^\$e/.test(place);
    this.#putNamed(place, { e: starts || value.includes(",") ? `(${value})` : value });
  }

  #putPlaced(use: string, places: readonly string[]): void {
    this.#putNamed(this.#random.pick(places), { u: use });
  }

  /** In CommonJS nothing is exported by a place. */
  #putNamed(given: string, filling: Filling): void {
    const place =
      this.#kind.commonJs && /\bexport\b/.test(given) ? given.replaceAll(/\bexport (?:default |\{.*)?/g, "") : given;
    const name = this.#fresh("f");
    const exports = !this.#kind.commonJs && this.#random.chance(0.55);
    if (exports && place.includes("$p")) this.#exported.add(name);
    this.#put(fill(place, { n: name, p: exports ? "export " : "", ...this.#locals(), ...filling }), name);
  }

  /** Names that may be given once are. */
  #put(text: string, name?: string): void {
    const gives: [string, RegExp][] = [
      ["default", /^export default\b|\bas default\b|^export \{ default \}/m],
      ['"b-c"', /\bas "b-c"/],
    ];
    for (const [given, pattern] of gives) {
      if (!pattern.test(text)) continue;
      if (this.#exported.has(given)) return;
      this.#exported.add(given);
    }
    for (const [, again] of text.matchAll(/^export (?:const|let|var|function|class) (\w+)|\bas (n\d+a?) /gm))
      if (again !== undefined) this.#exported.add(again);
    if (name !== undefined && text.includes(`export { ${name} `)) this.#exported.add(name);
    this.#lines.push(text);
  }

  #fresh(prefix: string): string {
    return `${prefix}${this.#count++}`;
  }

  #locals(): Filling {
    return { v: this.#fresh("v"), w: this.#fresh("w") };
  }

  #fill(template: string, { request, names }: WideSource, more: Filling = {}): string {
    const random = this.#random;
    const members = names.filter((name) => name !== "default" && !name.startsWith('"'));
    const key = (): string =>
      members.length > 0 && (this.#exact || random.chance(0.8)) ? random.pick(members) : random.pick(KEYS);
    const name = names.length > 0 && (this.#exact || random.chance(0.95)) ? random.pick(names) : "missing";
    const exported = this.#fresh("n");
    return fill(template, { q: request, k: key(), o: key(), s: name, n: exported, ...this.#locals(), ...more });
  }
}

function fill(template: string, filling: Filling): string {
  return template.replaceAll(/\$([a-z])/g, (mark, letter: string) => filling[letter] ?? mark);
}
