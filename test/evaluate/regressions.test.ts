/** Programs of which too much was claimed once, each run with every value that only Node knows. */
import { expect, test } from "vitest";
import { wrongClaim } from "./compare.ts";
import { evaluateFiles, runInNode } from "./runProgram.ts";

const PROGRAMS: Readonly<Record<string, string>> = {
  "an optional chain over a value that may be missing":
    "const x = (mystery.b0 ? { a: { b: 1 } } : {})?.a?.b; module.exports = { x };",
  "a list made of an unknown number of items":
    "const x = Array(mystery.n0).fill(1); module.exports = { x, n: x.length };",
  "a finally that may leave by itself":
    "const f = () => { try { return 1; } finally { if (mystery.b0) return 2; } }; module.exports = { x: f() };",
  "a generator over an unknown list":
    "module.exports = { x: [...(function* () { for (const x of mystery.a0) yield x; })()] };",
  "a loop whose items may come before the known ones":
    "let first; for (const x of [...mystery.a0, 'z']) first ??= x; module.exports = { first };",
  "a throw that may happen":
    "let x = 1; try { for (const k in mystery.o0) if (k === 'react') throw k; x = 2; } catch (e) { x = e; } module.exports = { x };",
  "an item that may be gone":
    "const a = ['a', 'b']; if (mystery.b0) a.pop(); module.exports = { x: a.includes('b'), a };",
  "a write through a setter that may happen":
    "const o = { set b(x) { this.c = x; } }; if (mystery.b0) o.b = 1; module.exports = { c: o.c };",
  "a delete after which the order of keys may differ":
    "const o = { a: 1, n: 2 }; delete o[mystery.s0]; o.a = 3; module.exports = { o, k: Object.keys(o) };",
  "a sort with missing items": "module.exports = { x: ['x', undefined, 0, undefined].sort() };",
  "members that cannot be written or deleted":
    "const o = Object.defineProperty({}, 'a', { value: 1, enumerable: true }); let x = 0; try { delete o.a; } catch { x = 1; } module.exports = { o };",
  "an assignment of several members, one of which cannot be written":
    "const o = Object.defineProperty({}, 'a', { value: 1 }); try { Object.assign(o, { a: 2, b: 3 }); } catch {} module.exports = { o };",
  "an assignment of several members, one of which has only a getter":
    "const o = { get a() { return 1; } }; try { Object.assign(o, { a: 2, b: 3 }); } catch (e) { o.c = mystery.n0; } module.exports = { o };",
  "a member that is spread over an accessor":
    "const o = { get a() { return 1; }, set b(x) {}, ...{ a: 2, b: mystery.n0 } }; const p = { get a() { return 1; }, ...(mystery.b0 ? { a: 3 } : {}) }; module.exports = { o, p };",
  "a copy that is changed":
    "const o = { a: { b: 1 } }; const c = structuredClone(o); c.a.b = 2; module.exports = { o, c };",
  "a callback that is called for items which are not known":
    "const s = new Set(); const l = []; (mystery.a0 ?? []).forEach((x) => { s.add(x); l.push(x); }); const o = {}; mystery.a0.reduce((t, x) => { t[x] = 1; return t; }, o); module.exports = { s: [...s], l, o };",
  "callbacks that something which is not known calls back":
    "const o = { n: 0 }; (mystery.b0 ? mystery.a0 : ['a', 'b'])['forEach']((x) => { o[x] = 1; }); mystery.s0.replace(/./g, (c) => { o.n++; return c; }); [...mystery.a0, 'z'].sort(() => { o.s = 1; return 0; }); mystery.a0.sort(() => { o.t = 1; return 0; }); module.exports = { o };",
  "a function that calls itself as often as something unknown says":
    "const o = {}; const l = []; (function walk(n) { o['k' + n] = n; l.push(n); if (n < mystery.a0.length) walk(n + 1); })(0); module.exports = { o, l, n: l.length };",
  "what such a function gives":
    "const depth = (n) => (n < mystery.a0.length ? 1 + depth(n + 1) : 0); const list = (n, a) => (mystery.a0[n] ? list(n + 1, [...a, n]) : a); module.exports = { d: depth(0), l: list(0, []) };",
  "what such a function counts":
    "let i = 0; const o = {}; const f = () => { if (i < mystery.a0.length) { i++; o['k' + i] = 1; f(); } }; f(); module.exports = { i, o };",
  "functions that call each other so":
    "let i = 0; const o = {}; const f = (n) => mystery.a0.forEach((x, at) => { o[x + n] = at; if (n < 2) g(n + 1); }); const g = (n) => { i++; f(n); }; f(0); module.exports = { i, o };",
  "what follows an await": "let x = 1; (async () => { await null; x = 2; })(); module.exports = { x };",
};

const worlds = Array.from({ length: 256 }, (_, world) => world);

test.each(Object.entries(PROGRAMS))("%s", (_name, text) => {
  const program = `const mystery = require("mystery");\n${text}\n`;
  const { realm, value } = evaluateFiles({ "/config.js": program });
  let compared = 0;
  for (const real of runInNode({ program, worlds })) {
    if (real === undefined) continue;
    compared++;
    expect(wrongClaim(realm, value, real.exports, "exports")).toBeUndefined();
  }
  expect(compared).toBe(256);
});
