/**
 * Random configuration programs, read off a tape of choices so that a failing one shrinks with its tape. They use
 * constants, spreads, templates, maps, functions, classes, loops, exceptions and mutation, and values that only the
 * running program knows (`mystery.n0`), on which anything may depend.
 */

import { callbackStatements, furtherOperations, type Grammar, type Type } from "./operations.ts";

const TYPES: readonly Type[] = ["n", "s", "b", "a", "o"];
const TEXTS = ["a", "b1", "react", "x-y", "", "@s/p", "0", "ba"];
const KEYS = ["a", "b", "react", "k1", "0", "2"];

export class ProgramWriter {
  readonly #tape: readonly number[];
  #at = 0;
  #names = 0;
  #variables: { readonly name: string; readonly type: Type; readonly constant: boolean }[] = [];
  #functions: { readonly name: string; readonly type: Type }[] = [];
  #classes: string[] = [];
  #size = 0;

  constructor(tape: readonly number[]) {
    this.#tape = tape;
  }

  #choose(count: number): number {
    return (this.#tape[this.#at++] ?? 0) % count;
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#choose(items.length)]!;
  }

  /** A CommonJS module that exports all its variables. */
  program(): string {
    const lines: string[] = [];
    const count = 3 + this.#choose(9);
    for (let index = 0; index < count; index++) lines.push(this.#topLevel());
    const exported = this.#variables.map(({ name }) => name).join(", ");
    return `const mystery = require("mystery");\n${lines.join("\n")}\nmodule.exports = { ${exported} };\n`;
  }

  #topLevel(): string {
    const kind = this.#choose(12);
    if (kind === 0) return this.#function();
    if (kind === 1) return this.#class();
    if (kind <= 5) return this.#declaration(kind === 5 ? 0 : 2);
    if (kind <= 8 && this.#variables.length > 0) return this.#handing(2);
    return this.#statement(3);
  }

  #fresh(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  #declaration(depth: number): string {
    const type = this.#pick(TYPES);
    const constant = this.#choose(3) === 0;
    const value = this.#expression(type, depth);
    const name = this.#fresh(type);
    this.#variables.push({ name, type, constant });
    if (type === "n" && this.#choose(5) === 0) {
      return `const { length: ${name} } = ${this.#expression(this.#choose(2) === 0 ? "a" : "s", 1)};`;
    }
    if (type === "o" && this.#choose(5) === 0) {
      return `const { ${this.#pick(["a", "react"])}: ignored${name}, ...${name} } = ${value};`;
    }
    return `${constant ? "const" : "let"} ${name} = ${value};`;
  }

  #scoped<T>(run: () => T): T {
    const [variables, functions, classes] = [this.#variables, this.#functions, this.#classes];
    this.#variables = [...variables];
    try {
      return run();
    } finally {
      this.#variables = variables;
      this.#functions = functions;
      this.#classes = classes;
    }
  }

  #block(depth: number, extra: readonly string[] = []): string {
    return this.#scoped(() => {
      const lines: string[] = [];
      const count = 1 + this.#choose(3);
      for (let index = 0; index < count; index++) lines.push(this.#statement(depth - 1));
      return `{ ${[...lines, ...extra].join(" ")} }`;
    });
  }

  #statement(depth: number): string {
    if (depth <= 0 || this.#size++ > 60) return this.#assignment(1);
    switch (this.#choose(15)) {
      case 0:
      case 1:
      case 2:
        return this.#assignment(depth);
      case 3:
      case 4:
        return `if (${this.#expression("b", 2)}) ${this.#block(depth)} else ${this.#block(depth)}`;
      case 5:
        return `if (${this.#expression("b", 2)}) ${this.#block(depth)}`;
      case 6:
        return this.#scoped(() => {
          const item = this.#fresh("s");
          const list = `${this.#expression("a", 2)}.map(String)`;
          this.#variables.push({ name: item, type: "s", constant: true });
          return `for (const ${item} of ${list}) ${this.#block(depth, this.#leave())}`;
        });
      case 7:
        return this.#scoped(() => {
          const item = this.#fresh("n");
          this.#variables.push({ name: item, type: "n", constant: true });
          return `for (let ${item} = 0; ${item} < ${1 + this.#choose(4)}; ${item}++) ${this.#block(depth, this.#leave())}`;
        });
      case 8:
        return this.#scoped(() => {
          const key = this.#fresh("s");
          const object = this.#expression("o", 2);
          this.#variables.push({ name: key, type: "s", constant: true });
          return `for (const ${key} in ${object}) ${this.#block(depth, this.#leave())}`;
        });
      case 9:
        return `try { if (${this.#expression("b", 1)}) throw new Error(${this.#expression("s", 1)}); ${this.#statement(depth - 1)} } catch (error) ${this.#block(depth)}`;
      case 10:
        return `switch (${this.#expression("s", 1)}) { case ${JSON.stringify(this.#pick(TEXTS))}: ${this.#statement(depth - 1)} break; case ${JSON.stringify(this.#pick(TEXTS))}: ${this.#statement(depth - 1)} default: ${this.#statement(depth - 1)} }`;
      case 11:
        return this.#elaborate(depth);
      case 12:
        return this.#handing(depth);
      default:
        return this.#mutation(depth);
    }
  }

  /** Functions and objects in the hands of others. */
  #handing(depth: number): string {
    const grammar: Grammar = {
      e: (type) => this.#expression(type, this.#choose(4) === 3 ? 1 : 0),
      v: () => this.#value(0),
      pick: (items) => this.#pick(items),
    };
    const inner = (): string =>
      this.#choose(4) === 0 ? this.#scoped(() => this.#statement(depth - 1)) : this.#assignment(1);
    const object = this.#variable(this.#choose(2) === 0 ? "a" : "o") ?? "{}";
    return this.#pick(callbackStatements(grammar, this.#fresh("i"), inner, object))();
  }

  /** Statements with several exits, and those that run later. */
  #elaborate(depth: number): string {
    const inner = (): string => this.#statement(depth - 1);
    const n = this.#fresh("i");
    return this.#pick([
      () => `l${n}: { if (${this.#expression("b", 1)}) break l${n}; ${inner()} }`,
      () => `let ${n} = 0; while (${n}++ < 3) { if (${this.#expression("b", 1)}) break; ${inner()} }`,
      () => `try { ${inner()} } finally { ${inner()} }`,
      () => `[${this.#expression("n", 1)}, 1].forEach((${n}) => { ${inner()} });`,
      () => `${this.#expression("a", 1)}.forEach((${n}) => { ${inner()} });`,
      () => `(mystery.o0.zz?.list ?? mystery.a0).map((${n}) => { ${inner()} });`,
      () => `(async () => { ${inner()} await null; ${inner()} })().catch(() => {});`,
      () => `const ${n} = () => { ${inner()} }; if (${this.#expression("b", 1)}) ${n}(); ${n}();`,
      () =>
        `l${n}: for (const ${n} of [0, 1, 2]) { for (const j${n} of [0, 1]) { if (${this.#expression("b", 1)}) continue l${n}; ${inner()} } }`,
    ])();
  }

  #leave(): readonly string[] {
    const kind = this.#choose(6);
    if (kind === 0) return [`if (${this.#expression("b", 1)}) break;`];
    return kind === 1 ? [`if (${this.#expression("b", 1)}) continue;`, this.#assignment(1)] : [];
  }

  #variable(type: Type, writable = false): string | undefined {
    const fitting = this.#variables.filter((one) => one.type === type && !(writable && one.constant));
    return fitting.length === 0 ? undefined : this.#pick(fitting).name;
  }

  #assignment(depth: number): string {
    const type = this.#pick(TYPES);
    const name = this.#variable(type, true);
    if (name === undefined || /^k/.test(name)) return this.#mutation(depth);
    if (type === "n") return `${name} ${this.#pick(["=", "+=", "-="])} ${this.#expression("n", depth - 1)};`;
    if (type === "s") return `${name} ${this.#pick(["=", "+=", "||="])} ${this.#expression("s", depth - 1)};`;
    return `${name} = ${this.#expression(type, depth - 1)};`;
  }

  #mutation(depth: number): string {
    const array = this.#variable("a");
    const object = this.#variable("o");
    switch (this.#choose(7)) {
      case 0:
        return array === undefined ? ";" : `${array}.push(${this.#value(depth - 1)});`;
      case 1:
        return array === undefined
          ? ";"
          : `${array}.${this.#pick(["pop()", "shift()", "reverse()", "sort()", "splice(0, 1)"])};`;
      case 2:
        return object === undefined ? ";" : `delete ${object}.${this.#pick(["a", "react"])};`;
      case 3:
        return object === undefined ? ";" : `Object.assign(${object}, ${this.#expression("o", depth - 1)});`;
      case 4:
        return object === undefined ? ";" : `${object}[${this.#expression("s", 1)}] = ${this.#value(depth - 1)};`;
      default:
        return object === undefined
          ? ";"
          : `${object}.${this.#pick(["a", "b", "react", "k1"])} = ${this.#value(depth - 1)};`;
    }
  }

  #value(depth: number): string {
    return this.#expression(this.#pick(["n", "s", "b", "a", "o"] as const), Math.min(depth, 1));
  }

  #function(): string {
    const type = this.#pick(TYPES);
    const name = this.#fresh("f");
    const text = this.#scoped(() => {
      this.#variables.push({ name: "p", type: "n", constant: false }, { name: "q", type: "s", constant: false });
      const early =
        this.#choose(2) === 0 ? `if (${this.#expression("b", 2)}) return ${this.#expression(type, 2)};` : "";
      const body = this.#choose(2) === 0 ? this.#statement(2) : "";
      const result = this.#expression(type, 2);
      return this.#choose(2) === 0
        ? `function ${name}(p, q = "d") { ${early} ${body} return ${result}; }`
        : `const ${name} = (p, q = "d") => { ${early} ${body} return ${result}; };`;
    });
    this.#functions = [...this.#functions, { name, type }];
    return text;
  }

  #class(): string {
    const name = this.#fresh("C");
    const base = this.#classes.length > 0 && this.#choose(2) === 0 ? this.#pick(this.#classes) : undefined;
    const text = this.#scoped(() => {
      const field = this.#value(1);
      this.#variables.push({ name: "p", type: "n", constant: false });
      const first = base === undefined ? "" : "super(p);";
      return `class ${name}${base === undefined ? "" : ` extends ${base}`} { a = ${field}; constructor(p) { ${first} this.b = ${this.#value(1)}; } get react() { return this.b; } k1() { return this.a; } static made() { return { a: ${this.#value(1)} }; } }`;
    });
    this.#classes = [...this.#classes, name];
    return text;
  }

  #expression(type: Type, depth: number): string {
    if (depth <= 0 || this.#size++ > 120) return this.#leaf(type);
    const kind = this.#choose(10);
    if (kind === 0)
      return `(${this.#expression("b", depth - 1)} ? ${this.#expression(type, depth - 1)} : ${this.#expression(type, depth - 1)})`;
    if (kind === 1) {
      const fitting = this.#functions.filter((one) => one.type === type);
      if (fitting.length > 0)
        return `${this.#pick(fitting).name}(${this.#expression("n", depth - 1)}${this.#choose(2) === 0 ? `, ${this.#expression("s", depth - 1)}` : ""})`;
    }
    if (kind === 2) return this.#leaf(type);
    return this.#operation(type, depth - 1);
  }

  #leaf(type: Type): string {
    const variable = this.#choose(3) === 0 ? undefined : this.#variable(type);
    if (variable !== undefined) return variable;
    const mystery = this.#choose(5) === 4;
    if (type === "n") return mystery ? `mystery.n${this.#choose(2)}` : String(this.#choose(5));
    if (type === "s") return mystery ? `mystery.s${this.#choose(2)}` : JSON.stringify(this.#pick(TEXTS));
    if (type === "b") return mystery ? `mystery.b${this.#choose(2)}` : this.#pick(["true", "false"]);
    if (type === "a") return mystery ? "mystery.a0" : this.#pick(["[]", '["a", "react"]', '["b1", 2]']);
    return mystery ? "mystery.o0" : this.#pick(["{}", '{ a: 1, react: "r" }', '{ 2: "two", a: { b: 1 } }']);
  }

  #operation(type: Type, depth: number): string {
    const e = (inner: Type): string => this.#expression(inner, depth);
    if (this.#choose(2) === 0) {
      const grammar: Grammar = { e, v: () => this.#value(depth), pick: (items) => this.#pick(items) };
      return this.#pick(furtherOperations(type, grammar))();
    }
    switch (type) {
      case "n":
        return this.#pick([
          () => `(${e("n")} + ${e("n")})`,
          () => `(${e("n")} * ${e("n")})`,
          () => `${e("a")}.length`,
          () => `${e("s")}.length`,
          () => `Math.max(${e("n")}, ${e("n")})`,
          () => `${e("a")}.map(String).indexOf(${e("s")})`,
          () => `Object.keys(${e("o")}).length`,
          () => `Number(${e("b")})`,
          () => `${e("a")}.reduce((sum, x, i) => sum + i, ${e("n")})`,
          () => `[...new Set(${e("a")})].length`,
        ])();
      case "s":
        return this.#pick([
          () => `(${e("s")} + ${e("s")})`,
          () => `\`\${${e("s")}}-\${${e("n")}}\``,
          () => `${e("s")}.toUpperCase()`,
          () => `${e("s")}.slice(1)`,
          () => `${e("s")}.replace("a", ${e("s")})`,
          () => `${e("s")}.replace(/[a-z]/g, (c) => c + ${e("n")})`,
          () => `${e("a")}.map(String).join("-")`,
          () => `(${e("s")} || ${e("s")})`,
          () => `String(${e("n")})`,
          () => `(Object.keys(${e("o")})[0] ?? ${e("s")})`,
          () => `JSON.stringify(${e("o")})`,
          () => `String(${e("o")}.a)`,
          () => `typeof ${e("o")}.react`,
          () => `${e("s")}.split("").reverse().join("")`,
        ])();
      case "b":
        return this.#pick([
          () => `(${e("n")} < ${e("n")})`,
          () => `(${e("s")} === ${e("s")})`,
          () => `!${e("b")}`,
          () => `(${e("b")} && ${e("b")})`,
          () => `(${e("b")} || ${e("b")})`,
          () => `${e("a")}.map(String).includes(${e("s")})`,
          () => `(${JSON.stringify(this.#pick(KEYS))} in ${e("o")})`,
          () => `(${e("o")}.a === undefined)`,
          () => `${e("s")}.startsWith(${e("s")})`,
          () => `/^[ab]/.test(${e("s")})`,
          () => `${e("a")}.some((x) => x === ${e("s")})`,
          () => `Array.isArray(${e("o")}.a)`,
        ])();
      case "a":
        return this.#pick([
          () => `[${e("s")}, ${e("n")}]`,
          () => `[...${e("a")}, ${e("s")}]`,
          () => `${e("a")}.map((x) => x + ${e("s")})`,
          () => `${e("a")}.map(String).filter((x) => x !== ${e("s")})`,
          () => `Object.keys(${e("o")})`,
          () => `Object.values(${e("o")}).map((x) => typeof x)`,
          () => `Object.entries(${e("o")}).map(([k, v]) => \`\${k}:\${typeof v}\`)`,
          () => `${e("s")}.split("")`,
          () => `${e("a")}.concat(${e("a")})`,
          () => `${e("a")}.slice(1)`,
          () => `${e("a")}.flatMap((x) => [x, ${e("n")}])`,
          () => `Array.from({ length: ${e("n")} % 4 }, (_, i) => i)`,
          () => `[...new Set(${e("a")})]`,
          () => `[...${e("a")}].map(String).sort()`,
          () => `[${e("b")} && ${e("s")}].filter(Boolean)`,
          () => `(({ a, ...rest }) => Object.keys(rest))(${e("o")})`,
        ])();
      default:
        return this.#object(depth);
    }
  }

  #object(depth: number): string {
    const e = (inner: Type): string => this.#expression(inner, depth);
    const value = (): string => this.#value(depth);
    return this.#pick([
      () => `{ ${this.#pick(KEYS)}: ${value()}, ...${e("o")} }`,
      () => `{ ...${e("o")}, ${this.#pick(KEYS)}: ${value()}, ${this.#pick(KEYS)}: ${value()} }`,
      () => `{ [${e("s")}]: ${value()}, a: ${value()} }`,
      () => `{ b: ${value()}, ...(${e("b")} && ${e("o")}) }`,
      () => `Object.fromEntries(${e("a")}.map((x, i) => [\`\${x}\`, i]))`,
      () => `Object.fromEntries(Object.entries(${e("o")}).filter(([k]) => k !== ${e("s")}))`,
      () => `Object.assign({}, ${e("o")}, ${e("o")})`,
      () => `${e("a")}.reduce((acc, x) => ({ ...acc, [x]: ${value()} }), {})`,
      () => `Object.keys(${e("o")}).reduce((acc, k) => { acc[k] = ${value()}; return acc; }, {})`,
      () => (this.#classes.length === 0 ? `{ a: ${value()} }` : `new ${this.#pick(this.#classes)}(${e("n")})`),
      () => (this.#classes.length === 0 ? `{ a: ${value()} }` : `${this.#pick(this.#classes)}.made()`),
      () => `Object.fromEntries(new Map([[${e("s")}, ${value()}], ["b", ${value()}]]))`,
      () =>
        `(() => { try { if (${e("b")}) throw new Error("x"); return ${e("o")}; } catch { return { a: ${value()} }; } })()`,
    ])();
  }
}
