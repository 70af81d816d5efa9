/**
 * Further operations of the random programs, by the type that they give: what configurations use beyond arithmetic and
 * plain lists. Each is written with a grammar that supplies its operands.
 */

export type Type = "n" | "s" | "b" | "a" | "o";

/** Supplies operands and choices to a piece of a program. */
export interface Grammar {
  /** An expression of a type. */
  readonly e: (type: Type) => string;
  /** An expression of any type. */
  readonly v: () => string;
  readonly pick: <T>(items: readonly T[]) => T;
}

type Writers = readonly (() => string)[];

const TEXTS = ['"a"', '"react"', '"x-y"', '"0"'];

function numbers({ e, pick }: Grammar): Writers {
  return [
    () => `(${e("n")} % 3)`,
    () => `-${e("n")}`,
    () => `(${e("n")} ${pick(["&", "|", "^", "<<", ">>"])} ${e("n")})`,
    () => `${e("a")}.findIndex((x) => x === ${e("s")})`,
    () => `${e("a")}.lastIndexOf(${e("s")})`,
    () => `new Map(Object.entries(${e("o")})).size`,
    () => `${e("s")}.indexOf(${e("s")})`,
    () => `${e("s")}.search(/[ab]/)`,
    () => `[${e("n")}, ${e("n")}].reduceRight((x, y) => x * 2 + y, 0)`,
    () => `(() => { let c = ${e("n")}; const up = () => ++c; up(); c++; return up() + c--; })()`,
    () => `Math.min(...[${e("n")}, ${e("n")}])`,
    () => `((x, y = x + 1) => x + y)(${e("n")})`,
    () => `[3, 1, 2].sort((x, y) => y - x)[${e("n")} % 3]`,
    () => `Object.values(${e("o")}).filter(Boolean).length`,
    () => `[...(function* () { yield ${e("n")}; yield* ${e("a")}; })()].length`,
    () => `Number.parseInt(\`\${${e("n")}}7\`, 10)`,
    () => `(${e("o")}.zz?.length ?? ${e("n")})`,
    () => `(function () { return arguments.length; })(...${e("a")})`,
    () => `[${e("a")}, ${e("a")}].flat().length`,
    () => `(${e("b")} ? 1 : 0)`,
  ];
}

function texts({ e, v, pick }: Grammar): Writers {
  return [
    () => `${e("s")}.padStart(${e("n")} % 5, "_")`,
    () => `${e("s")}.repeat(Math.abs(${e("n")}) % 3)`,
    () => `(${e("s")}.at(-1) ?? "none")`,
    () => `${e("s")}.substring(${e("n")}, 2)`,
    () => `${e("s")}.replaceAll(${pick(TEXTS)}, ${e("s")})`,
    () => `${e("s")}.replace(/(.)(.)?/, "$2$1")`,
    () => `${e("s")}.replace(/(?<h>[a-z])/g, (m, h, at) => h + at)`,
    () => `(${e("s")}.match(/[a-z]+/)?.[0] ?? ${e("s")})`,
    () => `[...${e("s")}.matchAll(/[a-z]/g)].map((m) => m[0] + m.index).join("")`,
    () => `${e("s")}.split("-").map((w) => (w[0]?.toUpperCase() ?? "") + w.slice(1)).join("")`,
    () => `String(${e("a")})`,
    () => `JSON.stringify(${e("a")})`,
    () => `JSON.stringify({ x: ${e("n")}, y: undefined, z: [undefined, ${e("b")}] })`,
    () => `JSON.stringify(${e("o")}, null, 2)`,
    () => `((x = ${e("s")}) => x)(${pick(["", "undefined", "null + ''"])})`,
    () => `((...r) => r.join("+"))(${e("s")}, ...${e("a")}, ${e("n")})`,
    () => `((t, ...w) => t.raw.join("|") + w.join("&"))\`x\${${e("n")}}\\n\${${e("s")}}\``,
    () => `Object.keys(${e("o")}).sort().join()`,
    () => `encodeURIComponent(${e("s")})`,
    () => `(${e("s")}.split(/[-/]/).pop() ?? "")`,
    () => `${e("s")}.concat(${e("n")}, ${e("s")})`,
    () => `String(new Map([["a", ${v()}], ["react", 1]]).has(${e("s")}))`,
    () => `(${e("n")}).toString(2)`,
    () => `(${e("n")}).toFixed(1)`,
    () =>
      `((x) => { switch (x) { case "a": return "1"; default: return "2"; case ${e("s")}: return "3"; } })(${e("s")})`,
    () => `(({ a: { b: x = "dflt" } = {} }) => String(x))({ a: undefined, ...${e("o")} })`,
    () => `(() => { const o = { x: ${e("s")}, get y() { return this.x + "!"; } }; o.x += "1"; return o.y; })()`,
    () => `((o) => { o.x ??= ${e("s")}; o.x &&= o.x + "2"; o.y ||= o.x; return o.y; })({ y: ${e("s")} })`,
  ];
}

function truths({ e, v }: Grammar): Writers {
  return [
    () => `${e("s")}.endsWith(${e("s")})`,
    () => `${e("s")}.includes(${e("s")})`,
    () => `${e("a")}.every((x) => typeof x === "string" || ${e("b")})`,
    () => `new Set(${e("a")}).has(${e("s")})`,
    () => `Object.hasOwn(${e("o")}, ${e("s")})`,
    () => `(${e("s")} in ${e("o")})`,
    () => `Boolean(${v()})`,
    () => `(${e("n")} == ${e("s")})`,
    () => `!!${e("o")}.a`,
    () => `Number.isInteger(${e("n")} / 2)`,
    () => `(${e("b")} !== ${e("b")})`,
    () => `Object.is(${e("n")}, ${e("n")})`,
    () => `[${e("b")}, ${e("b")}].includes(true)`,
    () => `(${e("o")}?.a?.b === ${e("n")})`,
    () => `/^@?[a-z]+(?:[-/][a-z]+)*$/.test(${e("s")})`,
    () => `(typeof ${v()} === "object")`,
  ];
}

function lists({ e, v }: Grammar): Writers {
  return [
    () => `${e("a")}.filter((x) => typeof x === "string")`,
    () => `${e("a")}.filter((_, i) => i % 2 === ${e("n")} % 2)`,
    () => `[...${e("a")}.entries()].map(([i, x]) => i + String(x))`,
    () => `${e("a")}.slice(${e("n")}, ${e("n")})`,
    () => `[...[${e("s")}, , ${e("n")}]]`,
    () => `[[${e("s")}, [${e("n")}]], ${e("a")}].flat()`,
    () => `Array.of(${e("s")}, ${e("n")})`,
    () => `Array(Math.abs(${e("n")}) % 3).fill(${e("s")})`,
    () => `[...Array(Math.abs(${e("n")}) % 3).keys()]`,
    () => `[...new Map(Object.entries(${e("o")})).keys()]`,
    () => `[...new Map([[${e("s")}, 1], [${e("s")}, 2]])].map(([k, x]) => k + x)`,
    () => `(([x, ...y]) => y)(${e("a")})`,
    () => `(([x = ${e("s")}, y = ${e("n")}] = []) => [x, y])(${e("a")})`,
    () => `${e("a")}.reduce((acc, x) => acc.concat(x), [])`,
    () => `Object.entries(${e("o")}).sort(([x], [y]) => (x < y ? -1 : 1)).map(([k]) => k)`,
    () => `[${e("n")}, ${e("n")}, ${e("n")}].sort((x, y) => x - y)`,
    () => `[...(function* () { for (const x of ${e("a")}) { yield x; if (${e("b")}) return; } })()]`,
    () => `[...${e("a")}].splice(1, 1, ${e("s")})`,
    () => `Array.from(${e("a")}, (x, i) => [i, typeof x].join())`,
    () => `Array.from(new Set(${e("a")}))`,
    () => `Array.from(${e("s")})`,
    () => `((list) => { list.push(${v()}); list.unshift(${e("n")}); return list; })([...${e("a")}])`,
    () =>
      `(() => { const r = []; let i = 0; while (i < Math.abs(${e("n")}) % 4) { r.push(i++); if (${e("b")}) break; } return r; })()`,
    () =>
      `(() => { const r = []; let i = 0; do { if (${e("b")}) continue; r.push(i); } while (++i < 3); return r; })()`,
    () => `[${e("s")}, , ${v()}].map((x) => typeof x).concat(Object.keys([, ${e("n")}, ,]))`,
    () =>
      `((a) => { delete a[${e("n")}]; return [a.length, a.filter(() => true).length, 0 in a, a.indexOf(undefined)]; })([...${e("a")}])`,
    () => `((a) => { a[a.length + 1] = ${e("s")}; return a.reduce((n) => n + 1, 0); })([...${e("a")}])`,
    () => `((a) => { a.forEach((x) => a.push(x)); return a.sort(); })([${e("s")}, , undefined, ${e("s")}])`,
    () => `Array(Math.abs(${e("n")}) % 3).map((_, i) => i)`,
    () => `[3, 1, 2].map((x) => () => x * ${e("n")}).map((run) => run())`,
  ];
}

function objects({ e, v }: Grammar): Writers {
  return [
    () => `{ get a() { return ${v()}; }, b: ${v()} }`,
    () => `{ ...{ get a() { return ${v()}; } }, react: ${v()} }`,
    () => `(({ a = ${v()}, ...rest }) => ({ ...rest, a }))(${e("o")})`,
    () => `{ x: ${e("o")}?.a?.b, y: ${e("o")}.zz?.length, z: ${e("o")}.k9?.() }`,
    () => `Object.fromEntries(Object.entries(${e("o")}).map(([k, x]) => [k + ${e("s")}, x]))`,
    () => `structuredClone(${e("o")})`,
    () => `JSON.parse(JSON.stringify(${e("o")}))`,
    () => `Object.assign(Object.create({ a: 1 }), { b: ${v()} })`,
    () =>
      `new (class { #p = ${v()}; c = 1; get a() { return this.#p; } set b(x) { this.c = x; } constructor() { this.b = ${v()}; this.d = this.a; } })()`,
    () => `Object.defineProperty({ b: 1 }, "a", { value: ${v()}, enumerable: ${e("b")} })`,
    () => `Object.fromEntries(new Map([[${e("s")}, ${v()}], ["a", 1]]).set(${e("s")}, ${v()}))`,
    () => `Object.fromEntries(${e("a")}.reduce((m, x) => m.set(String(x), (m.get(String(x)) ?? 0) + 1), new Map()))`,
    () => `[${e("o")}, ${e("o")}].reduce((x, y) => ({ ...x, ...y }))`,
    () => `((o) => { ${e("a")}.reduce((acc, x) => { acc[x] = ${v()}; return acc; }, o); return o; })({ ...${e("o")} })`,
    () =>
      `(() => { const made = []; const add = (k) => { made.push(k); return { [k]: made.length }; }; return { ...add(${e("s")}), ...add(${e("s")}) }; })()`,
    () =>
      `(() => { const r = {}; try { r.a = ${v()}; if (${e("b")}) throw "t"; r.b = ${v()}; } catch (x) { r.c = x; } finally { r.d = ${v()}; } return r; })()`,
    () => `(() => { try { return ${e("o")}; } finally { if (${e("b")}) return { a: ${v()} }; } })()`,
    () =>
      `(() => { const r = {}; outer: for (const x of ${e("a")}.map(String)) { for (const y of ["a", "b"]) { if (x === ${e("s")}) continue outer; if (${e("b")}) break outer; r[x + y] = ${v()}; } } return r; })()`,
    () =>
      `(() => { const r = {}; for (const [k, x] of Object.entries(${e("o")})) { if (k === "a") continue; r[k] = x; if (${e("b")}) break; } return r; })()`,
    () => `(() => { const r = {}; Object.entries(${e("o")}).forEach(([k], i) => { r[k] = i; }); return r; })()`,
    () =>
      `(() => { const m = new Map([["a", ${v()}]]); m.set(${e("s")}, 1); m.delete("a"); return { size: m.size, at: m.get(${e("s")}) }; })()`,
    () =>
      `(() => { const s = new Set(${e("a")}); s.add(${e("s")}); s.delete("a"); return { list: [...s], size: s.size }; })()`,
    () =>
      `((o) => { const copy = { ...o }; delete copy[${e("s")}]; copy.n = Object.keys(copy).length; return copy; })(${e("o")})`,
    () => `(function (x) { this.k = x; return this; }).call({ a: ${v()} }, ${v()})`,
    () => `(({ a, b: [first] = [${v()}] }) => ({ a, first }))({ a: ${v()} })`,
    () => `((x) => (x > 2 ? { big: x } : x > 0 ? { small: x } : {}))(${e("n")})`,
  ];
}

/** Statements that hand functions and objects to code that is not evaluated, or to functions that call back. */
export function callbackStatements(
  { e, v, pick }: Grammar,
  name: string,
  inner: () => string,
  object: string,
): Writers {
  const f = `(${name}) => { ${inner()} return ${e("s")}; }`;
  return [
    () => `${e("s")}.${pick(["replace", "replaceAll"])}(${e("s")}, ${f});`,
    () => `Array.from(${pick([`{ length: ${e("n")} % 4 }`, e("a")])}, ${f});`,
    () => `JSON.stringify(${e("o")}, (k, ${name}) => { ${inner()} return ${name}; });`,
    () => `JSON.parse('{"a":[1,"b"]}', (k, ${name}) => { ${inner()} return ${name}; });`,
    () => `JSON.stringify({ a: ${v()}, b: { toJSON() { ${inner()} return 1; } } });`,
    () => `new ${pick(["Map", "Set"])}(${e("a")}.map((x) => [String(x), x])).forEach(${f});`,
    () => `${e("a")}.${pick(["sort", "toSorted"])}((x, y) => { ${inner()} return ${e("n")}; });`,
    () =>
      `${e("a")}.${pick(["find", "findIndex", "some", "every", "filter", "findLast", "flatMap"])}((${name}) => { ${inner()} return ${e("b")}; });`,
    () => `${e("a")}.${pick(["reduce", "reduceRight"])}((t, ${name}) => { ${inner()} return t; }, 0);`,
    () => `new Promise((${name}) => { ${inner()} ${name}(1); }).then(() => { ${inner()} }).catch(() => {});`,
    () => `const p${name} = Promise.resolve(${v()}).then(${f}); p${name}.catch(() => {});`,
    () => `${pick(["setTimeout", "queueMicrotask"])}(() => { ${inner()} });`,
    () =>
      `mystery.call(${pick([f, `{ ${name}: ${f} }`, `[${f}]`, `{ get ${name}() { ${inner()} return 1; }, set b(x) { ${inner()} } }`])});`,
    () => `mystery.later(${f}).then(${f});`,
    () => `mystery.tag\`a\${${f}}b\`;`,
    () => `mystery.make().${pick(["change", "keep", "call"])}(${object});`,
    () => `mystery.${pick(["change", "call"])}(${object}, ${f});`,
    () => `mystery.extend(${object}, ${e("o")});`,
    () => "mystery.run(); mystery.make().touch();",
    () => `(${e("b")} ? mystery.call : (g) => g())(${f});`,
    () => `const g${name} = (function* () { ${inner()} yield 1; ${inner()} })(); const [h${name}] = g${name};`,
    () => `new Proxy(${object}, { set(t, k, x) { ${inner()} t[k] = x; return true; } })[${e("s")}] = ${v()};`,
    () => `\`\${{ toString() { ${inner()} return ${e("s")}; } }}\`;`,
    () => `try { ${e("o")}.${pick(["a", "react"])}.b; ${inner()} } catch (${name}) { ${inner()} }`,
    () =>
      `try { (${e("b")} ? { run() { throw 1; } } : { run() { ${inner()} } }).run(); ${inner()} } catch { ${inner()} }`,
  ];
}

/** All further operations that give a type. */
export function furtherOperations(type: Type, grammar: Grammar): Writers {
  switch (type) {
    case "n":
      return numbers(grammar);
    case "s":
      return texts(grammar);
    case "b":
      return truths(grammar);
    case "a":
      return lists(grammar);
    default:
      return objects(grammar);
  }
}
