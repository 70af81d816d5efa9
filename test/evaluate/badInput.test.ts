/** Whatever a file holds: no hang, no exception, and a reason instead of a guess. */
import { expect, test } from "vitest";
import { OutOfFuel } from "../../server/src/evaluate/realm.ts";
import { toJson } from "../../server/src/evaluate/toJson.ts";
import { openWorkspace } from "../bundlers/openWorkspace.ts";
import { evaluateFiles } from "./runProgram.ts";

function evaluated(
  text: string,
  files: Readonly<Record<string, string>> = {},
): { json: unknown; reasons: readonly string[] } {
  const { realm, value } = evaluateFiles({ "/config.js": text, ...files });
  const reasons: string[] = [];
  const json = toJson(realm, value, (_path, doubt) => reasons.push(doubt.reason));
  return { json, reasons };
}

test("after a syntax error the rest of the file is still read", () => {
  expect(evaluated("const a = { b: ; };\nmodule.exports = { name: 'kept' };").json).toEqual({ name: "kept" });
});

test("a statement that fails does not take the others with it", () => {
  const { json, reasons } = evaluated("const a = undefined.x;\nmodule.exports = { a, name: 'kept' };");
  expect(json).toEqual({ a: "«dynamic»", name: "kept" });
  expect(reasons[0]).toContain("Cannot read properties of undefined");
});

test("endless loops end with the evaluation", () => {
  expect(() => evaluated("while (true) {}")).toThrow(OutOfFuel);
  const text =
    "for (;;) {}\nconst { ModuleFederationPlugin } = require('webpack').container;\nmodule.exports = { plugins: [new ModuleFederationPlugin({ name: 'a' })] };";
  expect(openWorkspace({ "/webpack.config.js": text }).json()).toEqual([]);
});

test("a loop after the plugin takes all claims back, and says why", () => {
  const text =
    "const { ModuleFederationPlugin } = require('webpack').container; const options = { name: 'a' };\nmodule.exports = { plugins: [new ModuleFederationPlugin(options)] };\nfor (;;) options.name += 'x';";
  const [config] = openWorkspace({ "/webpack.config.js": text }).configs();
  expect(config?.name?.known).toBe(false);
  expect(config?.unresolved[0]?.reason).toMatch(/stopped after \d+ steps|more than a million/);
});

test("deep recursion, deep nesting and huge lists give reasons", () => {
  expect(evaluated("const f = (n) => f(n + 1); module.exports = { a: f(0) };").reasons[0]).toContain("nested deeper");
  expect(evaluated(`module.exports = { a: ${"[".repeat(3000)}1${"]".repeat(3000)} };`).json).toBeDefined();
  expect(evaluated(`module.exports = { a: ${"1 + ".repeat(5000)}1 };`).json).toBeDefined();
  expect(
    evaluated("module.exports = { a: new Array(1e9), b: 'x'.repeat(1e9), c: Array.from({ length: 1e9 }) };").json,
  ).toMatchObject({ b: "«dynamic»" });
});

test("cycles of imports end", () => {
  const { json } = evaluated("const b = require('./b'); module.exports = { name: 'a', b: b.name };", {
    "/b.js": "const a = require('./config'); module.exports = { name: 'b', a: a.name };",
  });
  expect(json).toEqual({ name: "a", b: "b" });
  const esm = evaluateFiles({
    "/config.mjs": "import { b } from './b.mjs'; export const a = 1; export default { b };",
    "/b.mjs": "import { a } from './config.mjs'; export const b = a;",
  });
  expect(esm.value.kind).toBe("object");
});

test("eval, getters that throw and prototype tricks are harmless", () => {
  expect(evaluated("module.exports = { a: eval('process.exit()') };").reasons).toEqual(["eval is not evaluated"]);
  expect(
    evaluated(
      "const o = { get x() { throw new Error('no'); } }; let a = 1; try { a = o.x; } catch { a = 2; } module.exports = { a };",
    ).json,
  ).toEqual({ a: 2 });
  expect(
    evaluated(`module.exports = { a: JSON.parse('{"__proto__": {"polluted": 1}}').polluted, b: ({}).polluted };`).json,
  ).toEqual({});
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(evaluated("const o = {}; o['__proto__']['x'] = 1; module.exports = { a: ({}).x };").json).toEqual({});
});

test("values that contain themselves are printed up to there", () => {
  expect(evaluated("const a = { n: 1 }; a.self = a; module.exports = a;").json).toEqual({ n: 1, self: "«dynamic»" });
});

test("a regular expression that could take forever is not run", () => {
  for (const pattern of ["^(a+)+$", "(a|a)*$", "((a?)b?)*$", "a*a*a*a*a*a*a*b"]) {
    const text = `module.exports = { a: /${pattern}/.test("${"a".repeat(40)}!") };`;
    expect(evaluated(text).json, pattern).toEqual({ a: "«dynamic»" });
  }
  expect(
    evaluated(`module.exports = { a: "@scope/ui@1.2.3".replace(/^(@?[^@]+)@(.*)$/, "$2"), b: "a  b".split(/\\s+/) };`)
      .json,
  ).toEqual({
    a: "1.2.3",
    b: ["a", "b"],
  });
});

test("a configuration that imports half of node_modules reads only data there", () => {
  const names = Array.from({ length: 400 }, (_, index) => `package-${index}`);
  const installed = names.flatMap((name) => [
    [`/node_modules/${name}/package.json`, `{ "name": "${name}", "version": "1.2.3", "main": "index.js" }`],
    [`/node_modules/${name}/index.js`, "for (;;) {} module.exports = 1;"],
  ]);
  const text = `${names.map((name) => `const ${name.replace("-", "_")} = require("${name}");`).join("\n")}
    module.exports = { name: "kept", version: require("package-7/package.json").version, a: package_7.default(), b: [package_8] };`;
  const { json, reasons } = evaluated(text, Object.fromEntries(installed));
  expect(json).toEqual({ name: "kept", version: "1.2.3", a: "«dynamic»", b: ["«dynamic»"] });
  expect(reasons[0]).toContain("package package-7");
});

test("a list that grows while it is walked ends with the evaluation", () => {
  expect(evaluated("const a = [1]; for (const x of a) a.push(x); module.exports = { n: a.length };").json).toEqual({
    n: "«dynamic»",
  });
  expect(
    evaluated("const a = [1, 2]; for (const x of a) if (a.length < 5) a.push(x); module.exports = a;").json,
  ).toEqual([1, 2, 1, 2, 1]);
});

test("getters, proxies and iterators that throw give reasons, not exceptions", () => {
  const text = `const { ModuleFederationPlugin } = require("webpack").container;
    module.exports = { plugins: [new ModuleFederationPlugin({ name: "a", get remotes() { throw new Error("no"); } })] };`;
  expect(openWorkspace({ "/webpack.config.js": text }).json()).toMatchObject([
    { name: "a", remotes: "«dynamic»", unresolved: [{ path: "remotes", reason: "reading it fails: no" }] },
  ]);
  const { json, reasons } = evaluated("module.exports = { a: new Proxy({}, { get() { throw 1; } }).x };");
  expect(json).toEqual({ a: "«dynamic»" });
  expect(reasons).toEqual(["a proxy is not evaluated"]);
});

test("huge texts, patterns and numbers stay within bounds", () => {
  expect(evaluated(`let s = "x"; for (let i = 0; i < 60; i++) s += s; module.exports = { s };`).json).toEqual({
    s: "«dynamic»",
  });
  expect(evaluated(`module.exports = { n: 2n ** 1000000000n, m: 10n ** 20n };`).json).toMatchObject({ n: "«dynamic»" });
  const wide = `module.exports = { ${Array.from({ length: 30_000 }, (_, index) => `k${index}: ${index}`).join(", ")} };`;
  expect(Object.keys(evaluated(wide).json as object)).toHaveLength(30_000);
});

const PLUGIN = 'const { ModuleFederationPlugin } = require("webpack").container;';
const OPTIONS = "module.exports = { plugins: [new ModuleFederationPlugin(options)] };";

/** Each stands before options that are fine by themselves. */
const HOSTILE: Readonly<Record<string, string>> = {
  "an endless generator": "function* all() { for (;;) yield 1; } const first = [...all()][0];",
  "an endless iterator":
    "const o = { [Symbol.iterator]() { return { next: () => ({ done: false, value: 1 }) }; } }; const a = [...o];",
  "a class that extends itself": "let A; A = class extends A {}; class B extends (B ?? Object) {} new B();",
  "objects that are their own prototype":
    "const o = {}; Object.setPrototypeOf(o, o); o.__proto__ = o; const x = o.missing; const y = 'k' in o;",
  "conversions that fail":
    "const o = { toString() { throw 1; }, valueOf() { throw 2; } }; let t; try { t = `${o}` + o; } catch {}",
  "getters that ask each other":
    "const o = { get a() { return this.b; }, get b() { return this.a; } }; let v; try { v = o.a; } catch {}",
  "promises that wait for each other":
    "let p = new Promise((done) => setTimeout(done)); p = p.then(() => p); (async () => { await p; for (;;); })();",
  "a sort that changes its list": "const a = [3, 2, 1]; a.sort((x, y) => { a.push(x); return x - y; });",
  "callbacks that change their list":
    "const a = [1, 2]; a.forEach(() => a.push(1)); a.map(() => a.pop()); a.reduce((n) => { a.length = 0; return n; }, 0);",
  "code made from text":
    "const f = new Function('for(;;);'); f(); eval('for(;;);'); setTimeout('for(;;);'); with (Math) { max(1); }",
  "a prototype that is written to":
    "Object.prototype.name = 'evil'; Array.prototype.map = null; ({}).constructor.prototype.x = 1; Object.__proto__.y = 2;",
  "built-ins that are replaced":
    "Object.keys = () => { throw 1; }; JSON.parse = undefined; require = () => { throw 1; }; module = null;",
  "labels and jumps": "outer: for (let i = 0; ; i++) { inner: for (;;) { if (i > 3) break outer; continue outer; } }",
  "catastrophic patterns":
    "/(x+x+)+y/.test('x'.repeat(40)); 'a'.repeat(30).replace(/(a|a)*b/, ''); new RegExp('(' .repeat(50));",
  "big numbers":
    "const n = 10n ** 100000n; const s = (1e21).toFixed(2); const i = 'x'.padEnd(2 ** 30); const z = [].concat(Array(1e8));",
};

test.each(Object.entries(HOSTILE))("%s: no hang, no exception, no made-up value", (_name, text) => {
  const started = Date.now();
  const found = openWorkspace({
    "/webpack.config.js": `${PLUGIN} const options = { name: "kept", exposes: { "./a": "./a" } };\n${text}\n${OPTIONS}`,
  }).configs();
  for (const { name } of found) expect(name?.known !== true || name.value === "kept").toBe(true);
  expect(Date.now() - started).toBeLessThan(30_000);
});

test("keys that name a prototype are keys", () => {
  const text = `${PLUGIN} const options = { name: "a", shared: { ["__proto__"]: { singleton: true }, constructor: {}, toString: "1.0.0" },
    exposes: JSON.parse('{"__proto__": "./x", "./hasOwnProperty": "./y"}') };\n${OPTIONS}`;
  const [config] = openWorkspace({ "/webpack.config.js": text }).configs();
  expect(config?.shared.entries.map((entry) => entry.key)).toEqual(["__proto__", "constructor", "toString"]);
  expect(config?.exposes.entries.map((entry) => entry.key)).toEqual(["__proto__", "./hasOwnProperty"]);
});

test("broken files around a configuration do not break it", () => {
  const options = `${PLUGIN} let other; try { other = require("./other"); } catch {} const options = { name: "kept" };\n${OPTIONS}`;
  const rubbish = [
    "\u0000\u0001\ufffe".repeat(50),
    "`${".repeat(2000),
    "/*",
    "{".repeat(20_000),
    "\ufeff#!x\n<<<<<<< HEAD",
  ];
  for (const text of rubbish) {
    const files = {
      "/webpack.config.js": options,
      "/other.js": text,
      "/package.json": text,
      "/tsconfig.json": `{ "extends": "./tsconfig.json", "compilerOptions": { "paths": ${JSON.stringify(text)} } }`,
      "/package-lock.json": text,
    };
    expect(openWorkspace(files).json()).toMatchObject([{ name: "kept" }]);
    expect(openWorkspace({ "/webpack.config.js": `${text}\n${options}` }).json().length).toBeLessThan(2);
  }
});
