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
  "what callbacks of replace do where the pattern is not known":
    "const o = {}; let n = 0; 'abc'.replace(mystery.s0, (m) => { o[m] = 1; n++; return m; }); 'abab'.replaceAll(mystery.s1, () => { n = 7; return ''; }); module.exports = { o, n };",
  "what Array.from calls for an unknown number of items":
    "const o = {}; let n = 0; Array.from({ length: mystery.n0 }, (_, i) => { o['k' + i] = 1; n++; }); Array.from(mystery.a0, (x) => { o[x] = 2; }); module.exports = { o, n };",
  "what Array.from makes of an object with a length":
    "module.exports = { x: Array.from({ length: 2, 0: 'a', 1: mystery.s0 }), y: Array.from({ length: '2' }, (_, i) => i), z: Array.from({ length: -1 }) };",
  "functions that JSON calls":
    "const o = {}; let n = 0; const x = JSON.stringify({ a: 1, b: mystery.n0, get c() { n++; return 1; } }, (k, v) => { o['k' + k] = 1; return v; }); const y = JSON.parse('[1,2]', (k, v) => { o['r' + k] = 1; return v; }); const z = JSON.stringify({ a: { toJSON() { n += 10; return n; } }, get b() { n++; return n; } }); module.exports = { o, n, x, y, z };",
  "a text of JSON that may be missing":
    "const x = typeof JSON.stringify(mystery.o0.a); const y = typeof JSON.stringify({ toJSON() { return mystery.o0.a; } }); const z = typeof JSON.stringify({ a: 1 }, () => undefined); module.exports = { x, y, z };",
  "groups of items that are not known":
    "const o = {}; const g = Object.groupBy ? Object.groupBy([...mystery.a0, 'z', 'a'], (x) => { o[x] = 1; return x === 'a' ? 'a' : mystery.s0; }) : {}; const h = Object.groupBy ? Object.groupBy(['a', 'b', 'c'], (x) => (x === 'b' ? mystery.s0 : 'q')) : {}; module.exports = { o, g: Object.fromEntries(Object.entries(g)), h: Object.keys(h) };",
  "a comparator of a list that is open, and one that does not know":
    "const o = {}; let n = 0; [...mystery.a0, 'z'].sort((a, b) => { o[a] = b; n++; return 0; }); ['c', 'a', 'b', 'd'].toSorted?.((a, b) => { o[a + b] = 1; return mystery.n0 - 1; }); ['c', 'a', 'b', 'd'].sort((a, b) => { o['s' + a + b] = 1; return mystery.n0 - 1; }); module.exports = { o, n };",
  "a collection of entries that are not known":
    "const o = {}; let first; let n = 0; new Map([...mystery.a0.map((x) => [x, 1]), ['z', 2]]).forEach((v, k) => { o[k] = v; first ??= k; n++; }); new Set(mystery.a0).forEach((x) => { o['s' + x] = 1; }); module.exports = { o, first, n };",
  "callbacks after one that may have stopped the search":
    "let n = 0; const seen = []; const f = (x) => { n++; seen.push(x); return x === mystery.s0; }; ['a', 'b', 'react'].find(f); ['a', 'c'].some(f); ['a', 'd'].every((x) => { n += 100; return x !== mystery.s0; }); [...mystery.a0, 'z'].some((x) => { n += 1000; return x === 'a'; }); module.exports = { n, seen };",
  "how often a callback is called for items that are not known":
    "let n = 0; [...mystery.a0].reduce((t, x) => { n++; return t; }, 0); let m = 0; new Set(mystery.a0).forEach(() => m++); module.exports = { n, m };",
  "functions that are called later":
    "let x = 1, y = 1, z = 1; const o = {}; setTimeout(() => { x = 2; }, 0); queueMicrotask(() => { y = 2; }); y = 3; new Promise((resolve) => { o.a = 1; resolve(1); }).then(() => { z = 2; }); const p = Promise.resolve().then(() => { o.b = 1; }); const q = (async () => { await null; o.c = 1; })(); module.exports = { x, y, z, o };",
  "handlers of something that is not known":
    "let x = 1; const o = {}; mystery.call(() => { x = 2; }); mystery.later((done) => { o.a = 1; }).then(() => { o.b = 1; }); x = 3; mystery.run(); const y = x; module.exports = { x, y, o };",
  "a promise whose executor fails":
    "let x = 1; new Promise(() => { throw new Error('e'); }).then(() => { x = 2; }, () => {}); module.exports = { x };",
  "a tag that is not known":
    "let n = 0; const o = { tag(texts, f) { this.n = texts.length; f(); return n; } }; const x = o.tag`a${() => { n = 1; }}b`; mystery.tag`a${() => { n++; }}b${() => { o.z = 1; }}`; module.exports = { n, x, o: { ...o, tag: 1 } };",
  "objects that code changes which is not known":
    "const o = { a: 1, b: { c: 1 } }; const l = ['a']; const m = new Map([['a', 1]]); const s = new Set(['a']); mystery.make().change(o); mystery.make().change(l); mystery.make().change(m); mystery.make().change(s); const p = { a: 1 }; mystery.extend(p, { b: 2 }); const q = { a: 1 }; mystery.change(q); module.exports = { o, l, m: [...m.keys()], s: [...s], p, q };",
  "an object that code keeps which is not known":
    "const o = { a: 1 }; const k = mystery.make(); k.keep(o); o.a = 2; k.touch(); module.exports = { o };",
  "accessors and methods in the hands of code that is not known":
    "let n = 0; let m = 0; let c = 0; class A { run() { c++; } } mystery.call({ get a() { n++; return 1; }, set b(x) { m = x; } }); mystery.call([() => { n += 5; }]); mystery.call({ deep: { f() { this.x = 1; m++; } } }); mystery.call(new A()); module.exports = { n, m, c };",
  "a proxy":
    "const log = []; const target = { a: 1 }; const p = new Proxy(target, { set(t, k, v) { log.push(k); t[k] = v; return true; }, get(t, k) { log.push('get'); return 1; } }); p.b = 2; p.a; module.exports = { log, target };",
  "built-in functions that are not modelled":
    "let n = 0; let x = 1; try { x = [1, 2].findLastIndex((v) => { n++; return v === 1; }); } catch { x = 'none'; } let y = 1; try { y = ['a', 'b'].copyWithin(0, 1); } catch { y = 'none'; } let z = 1; try { z = Object.getOwnPropertyDescriptors({ a: 1 }).a.value; } catch { z = 'none'; } let w; try { w = Reflect.get({ a: 1 }, 'a'); } catch { w = 'none'; } module.exports = { n, x, y, z, w, t: typeof Math.fround, u: typeof [].with, v: typeof queueMicrotask };",
  "objects with a conversion of their own":
    "let n = 0; const a = { valueOf() { n++; return 3; } }; const b = { toString() { n += 10; return 'b'; } }; const c = { [Symbol.toPrimitive]() { return 'c'; } }; module.exports = { x: a * 2, y: a + 1, z: `${b}`, w: b + '', v: +a, u: `${c}`, t: a == 3, s: a > 2, r: `${a}`, q: String(b), n, p: -c };",
  "symbols as keys":
    "const o = { [Symbol.iterator]: function* () { yield 1; }, a: 1, [Symbol.toPrimitive]: () => 1 }; module.exports = { k: Object.keys(o), l: [...o], s: Object.entries({ ...o }), j: JSON.stringify(o) };",
  "errors of the engine":
    "let x, y, z; try { null.a; } catch (e) { x = e.message; } try { ({}).f(); } catch (e) { y = e.message; } try { throw new Error('m'); } catch (e) { z = [e.message, typeof e.stack, String(e.name)]; } module.exports = { x, y, z };",
  "a generator whose items are asked for later":
    "let n = 0; function* f() { n++; yield 1; n++; yield 2; n++; } const g = f(); const a = n; const [first] = f(); const b = n; module.exports = { a, b, first, n, l: [...g] };",
  "a generator that is asked by its iterator":
    "let n = 0; function* f() { n++; yield 1; n++; } const g = f(); let x; try { x = g.next().value; } catch { x = 'none'; } module.exports = { x, n };",
  "an iterator of its own making":
    "let n = 0; const o = { [Symbol.iterator]() { return { next() { n++; return { done: n > 2, value: n }; } }; } }; const l = [...o]; module.exports = { l, n };",
  "a method that may fail on one of several receivers":
    "let x = 1; try { (mystery.b0 ? { f() { throw 1; } } : { f() {} }).f(); x = 2; } catch { x = 3; } let y = 1; try { (mystery.b1 ? undefined : { f() {} }).f(); y = 2; } catch { y = 3; } let z = 1; try { mystery.o0.react.b; z = 2; } catch { z = 3; } module.exports = { x, y, z };",
  "lists that change while a callback is called for their items":
    "const l = () => ['a', 'b', 'c']; const n = {}; const a = l(); a.reduce((t, x) => { a.pop(); n.r = (n.r ?? '') + x; return t; }, 0); const b = l(); b.reduceRight((t, x) => { b.shift(); n.s = (n.s ?? '') + x; return t; }, 0); const c = l(); const d = Array.from(c, (x) => { c.pop(); return x; }); const e = l(); e.find((x) => { e[1] = 'z'; e.pop(); n.f = (n.f ?? '') + x; return false; }); const f = l(); n.m = f.map((x) => { f.pop(); return x; }).length; const g = l(); n.i = g.filter((x) => { g.shift(); return true; }); const h = l(); h.sort((x, y) => { h.push(1); return 0; }); const i = l(); i.some((x) => { i.length = 0; n.k = (n.k ?? '') + x; return false; }); module.exports = { a, b, c, d, e, f, g, h, i, n };",
  "lists that may change while a callback is called for their items":
    "const l = () => ['a', 'b', 'c']; const n = {}; const a = l(); a.reduce((t, x) => { if (mystery.b0) a.pop(); n.r = (n.r ?? '') + x; return t; }, 0); const c = l(); const d = Array.from(c, (x) => { if (mystery.b0) c.pop(); return x; }); const e = l(); const w = e.find((x) => { if (mystery.b0) e.shift(); n.f = (n.f ?? '') + x; return x === 'c'; }); const f = l(); n.m = f.map((x) => { if (mystery.b0) f.pop(); return x; }).length; const g = l(); n.i = g.filter((x) => { if (mystery.b0) g.shift(); return true; }); const i = l(); n.l = i.some((x) => { if (mystery.b0) i.length = 0; return x === 'c'; }); module.exports = { a, c, d, e, f, g, i, n, w };",
  "collections that change while they are walked":
    "const s = new Set(['a', 'b']); let n = ''; s.forEach((x) => { s.delete('b'); if (s.size < 3) s.add(x + 'c'); n += x; }); const t = new Set(['a', 'b', 'c']); for (const x of t) { t.delete('b'); if (t.size < 4) t.add(x + '1'); n += x; } const m = new Map([['a', 1], ['b', 2]]); m.forEach((v, k) => { m.delete('b'); n += k; }); const u = new Set(['a', 'b']); for (const x of u) { if (mystery.b0) u.delete('b'); n += x; } module.exports = { n, s: [...s], t: [...t], m: [...m.keys()], u: [...u] };",
  "a map that changes while it is walked":
    "let n = ''; const m = new Map([['a', 1], ['b', 2]]); for (const [k] of m) { m.delete('b'); if (m.size < 3) m.set(k + 'c', 1); n += k; } const o = new Map([['a', 1], ['b', 2]]); for (const k of o.keys()) { o.delete('b'); n += k; } module.exports = { n };",
  "a member that may be there is given again":
    "const c = { a: 1, react: 'r' }; delete c[mystery.s0]; c.n = 1; const o = { ...c, react: 2, k: 3 }; const p = { ...c, get react() { return 2; }, k: 3 }; const q = { ...c }; Object.defineProperty(q, 'react', { value: 2, enumerable: true }); const r = { ...c, ...{ get react() { return 1; } } }; module.exports = { o, p, q, r, k: Object.keys(o), l: Object.keys(q) };",
  "what follows an await": "let x = 1; (async () => { await null; x = 2; })(); module.exports = { x };",
};

/** Programs that reach functions and objects through values of which only a part is known; some fail in some worlds. */
const REACHING: readonly string[] = [
  "const log = []; const p = new Proxy({}, { set(t, k) { log.push(k); return true; } }); log.length = 0; p.a = 1; module.exports = { log };",
  "let n = 0; const it = { *[Symbol.iterator]() { n++; yield 1; } }; const [a] = it; module.exports = { n, a };",
  "let n = 0; class A { constructor() { n++; } static x = 1; run() { n += 10; } } mystery.call(A); module.exports = { n };",
  "const o = { a: 1 }; const f = () => { o.a = 2; }; const bound = f.bind(null); mystery.call(bound); module.exports = { o };",
  "const l = []; mystery.call(l.push.bind(l)); module.exports = { l };",
  "let n = 0; const o = { get a() { n++; return 1; } }; const { a, ...r } = o; const q = { ...o }; Object.assign({}, o); module.exports = { n };",
  "let x = 0; function outer() { mystery.call(() => { x = 1; }); return x; } const y = outer(); module.exports = { x, y };",
  "let x = 0; const h = { f: null }; mystery.call(h); h.f = () => { x = 1; }; mystery.run(); module.exports = { x };",
  "const o = { a: 1 }; const l = [o]; mystery.make().keep(l); const z = o.a; mystery.make().touch(); module.exports = { z, l: l.length, a: o };",
  "let n = 0; const s = 'a-b'.split({ [Symbol.split]() { n++; return ['q']; } }); module.exports = { n, s };",
  "let n = 0; const m = new Map(); m.set(mystery.s0, () => { n = 1; }); m.get('a')?.(); module.exports = { n };",
  "let n = 0; const t = { a: () => { n = 1; }, react: () => { n = 2; } }; t[mystery.s0](); module.exports = { n };",
  "let n = 0; const l = [() => { n++; }, () => { n += 10; }]; l[mystery.n0 % 2](); module.exports = { n };",
  "let n = 0; const t = { a: () => { n = 1; } }; const f = t[mystery.s0]; if (f) f(); module.exports = { n };",
  "let n = 0; const fs = mystery.a0.map((x) => () => { n++; }); for (const f of fs) f(); module.exports = { n };",
  "let n = 0; const fs = mystery.a0.map((x) => () => { n++; }); fs[0]?.(); module.exports = { n };",
  "let n = 0; const fs = mystery.a0.map((x) => () => { n++; }); fs.forEach((f) => f()); fs.at(0)?.(); module.exports = { n };",
  "let n = 0; const o = {}; mystery.a0.forEach((x) => { o[x] = () => { n++; }; }); Object.values(o).forEach((f) => f()); module.exports = { n };",
  "let n = 0; const o = {}; mystery.a0.forEach((x) => { o[x] = () => { n++; }; }); for (const k in o) o[k](); o.a?.(); module.exports = { n };",
  "let n = 0; const m = new Map(mystery.a0.map((x) => [x, () => { n++; }])); m.get('a')?.(); module.exports = { n };",
  "let n = 0; const m = new Map(mystery.a0.map((x) => [x, () => { n++; }])); m.forEach((f) => f()); module.exports = { n };",
  "let n = 0; const s = new Set(mystery.a0.map((x) => () => { n++; })); for (const f of s) f(); module.exports = { n };",
  "let n = 0; const g = Object.fromEntries(mystery.a0.map((x) => [x, () => { n++; }])); g.a?.(); module.exports = { n };",
  "let n = 0; const [f] = mystery.a0.map((x) => () => { n++; }); f?.(); module.exports = { n };",
  "let n = 0; const fs = mystery.a0.map((x) => ({ run() { n++; } })); fs[0]?.run(); fs.find((x) => x)?.run(); module.exports = { n };",
  "let n = 0; const fs = mystery.a0.map((x) => () => { n++; }); const f = fs.pop(); if (f) f(); module.exports = { n };",
  "const os = mystery.a0.map((x) => ({ a: 1 })); const o = { a: 1 }; const all = [...os, o]; all[0].a = 2; module.exports = { o };",
  "const o = { a: 1 }; const all = [...mystery.a0.map(() => ({ a: 0 })), o]; all.forEach((x) => { x.a++; }); const [z] = all; z.a = 9; module.exports = { o };",
  "const o = { a: 1 }; const all = [...mystery.a0.map(() => ({ a: 0 })), o]; all.at(-1).a = 5; all.pop().b = 1; module.exports = { o };",
  "const o = { a: 1 }; const m = new Map([['a', o], ['react', { a: 2 }]]); m.get(mystery.s0).a = 7; module.exports = { o };",
  "const o = { a: 1 }; const t = { a: o, react: {} }; t[mystery.s0].a = 7; Object.values(t).find((x) => mystery.b0)?.b; module.exports = { o };",
  "const o = { a: 1 }; const t = [o, {}]; t[mystery.n1].a = 7; t.at(mystery.n1 - 1).a = 8; t.find(() => mystery.b0).c = 1; module.exports = { o };",
  "const o = { a: 1 }; const t = [o, { a: 3 }]; const x = t.filter(() => mystery.b0); if (x[0]) x[0].a = 8; module.exports = { o };",
  "const o = { a: 1 }; const t = { k: o, [mystery.s0]: { a: 2 } }; t.a && (t.a.a = 4); t[mystery.s1 || 'k'].q = 4; module.exports = { o };",
  "const o = { a: 1 }; const { k } = { k: o, ...mystery.o0 }; k.a = 4; module.exports = { o };",
  "const o = { a: 1 }; const t = { k: o }; t[mystery.s0] = 1; t.k.a = 5; const u = { ...t, ...mystery.o0 }; u.k.b = 2; module.exports = { o };",
  "const o = { a: 1 }; let c = o; if (mystery.b0) c = { a: 2 }; c.a++; c.b = c.a; delete c.a; module.exports = { o };",
  "const o = { l: [1] }; let c = mystery.b0 ? o : { l: [] }; c.l.push(2); c.l.sort(); module.exports = { o };",
  "const o = { l: ['b', 'a'] }; let c = mystery.b0 ? o : mystery.make(); (c.l ?? []).sort(); c.l?.push('z'); module.exports = { o };",
  "const s = new Set(['a']); const c = mystery.b0 ? s : new Set(); c.add('q'); c.delete('a'); module.exports = { l: [...s], n: s.size };",
  "const m = new Map([['a', 1]]); const c = mystery.b0 ? m : new Map(); c.set('a', 2); module.exports = { l: [...m.values()], n: m.get('a') };",
  "const a = ['x']; const c = mystery.b0 ? a : []; c.length = 0; c[1] = 'q'; module.exports = { a };",
  "const a = ['x', 'y']; const c = mystery.b0 ? a : []; c.fill('z'); c.copyWithin(0, 1); c.unshift('w'); module.exports = { a };",
  "let n = 0; const o = { f() { n++; } }; const c = mystery.b0 ? o : null; c?.f(); c?.f?.(); module.exports = { n };",
  "const o = Object.freeze({ a: 1 }); const q = {}; if (mystery.b0) Object.freeze(q); try { q.a = 1; } catch {} module.exports = { o, q };",
  "const q = { a: 1 }; if (mystery.b0) Object.defineProperty(q, 'a', { get() { return 5; } }); const r = { a: 1 }; Object.defineProperty(mystery.b0 ? r : {}, 'a', { value: 3 }); module.exports = { q, r };",
  "const q = { a: 1 }; Object.setPrototypeOf(mystery.b0 ? q : {}, { z: 1 }); if (mystery.b1) Object.setPrototypeOf(q, { z: 2 }); module.exports = { z: q.z };",
  "const q = {}; Reflect.set(q, 'a', 1); Reflect.defineProperty(q, 'b', { value: 1, enumerable: true }); Reflect.deleteProperty(q, 'a'); module.exports = { q };",
  "const q = { a: 1, b: 2 }; if (mystery.b0) { for (const k of Object.keys(q)) delete q[k]; } module.exports = { q, k: Object.keys(q) };",
  "const a = [1, 2, 3]; let i = mystery.n0; a[i] = 'x'; a.splice(i, 1); module.exports = { a };",
  "let n = 0; const o = {}; mystery.a0.forEach((x) => { o[x] = () => { n++; }; }); for (const [k, f] of Object.entries(o)) f(); module.exports = { n };",
  "let n = 0; for (const { run } of mystery.a0.map((x) => ({ run: () => { n++; } }))) run(); module.exports = { n };",
  "let n = 0; const l = mystery.a0.map((x) => [x, { f: () => { n++; } }]); for (const [k, { f }] of l) f(); l.forEach(([, o]) => o.f()); module.exports = { n };",
  "let n = 0; const m = new Map(mystery.a0.map((x) => [x, { f() { n++; } }])); for (const [, v] of m) v.f(); [...m.values()].forEach((v) => v.f()); m.get('a')?.f(); module.exports = { n };",
  "const o = { a: 1 }; const l = mystery.a0.map((x) => ({ o })); for (const x of l) x.o.a++; l.map((x) => x.o).forEach((y) => { y.b = 1; }); module.exports = { o };",
  "const o = { a: 1 }; const l = mystery.a0.reduce((acc, x) => ({ ...acc, [x]: o }), {}); l.a && (l.a.a = 3); Object.values(l).forEach((v) => { v.b = 2; }); module.exports = { o };",
  "const o = { a: 1 }; const f = (x) => (x === mystery.s0 ? o : { a: 2 }); f('a').a = 5; module.exports = { o };",
  "const o = { a: 1 }; const l = [...mystery.a0.map(() => o)].filter((x) => x).slice(0, 1).concat([]).reverse(); for (const x of l) x.z = 1; module.exports = { o };",
  "const o = { a: 1 }; const c = structuredClone({ o, q: mystery.a0 }); c.o.a = 2; const d = { ...{ o }, ...mystery.o0 }; d.o.b = 1; module.exports = { o };",
  "const o = { a: 1 }; const w = { get it() { return mystery.b0 ? o : {}; } }; w.it.z = 1; Object.assign(w.it, { y: 1 }); delete w.it.a; module.exports = { o };",
  "const o = { a: 1 }; const s = new Set(mystery.a0.map(() => o)); for (const x of s) x.b = 1; [...s][0] && ([...s][0].c = 1); const [z] = s; if (z) z.d = 1; module.exports = { o };",
  "const o = { l: [1] }; const t = { k: o }; t[mystery.s0 + ''] ??= { l: [] }; (t[mystery.s0] ?? o).l.push(2); module.exports = { o };",
  "let n = 0; class A { constructor(f) { this.f = f; } } const l = mystery.a0.map(() => new A(() => { n++; })); l.forEach((x) => x.f()); l[0]?.f(); module.exports = { n };",
  "let n = 0; const p = Promise.all(mystery.a0.map(() => () => { n++; })); let m = 0; (async () => { for (const f of await p) { m++; f(); } })(); module.exports = { k: 1 };",
  "let n = 0; const f = mystery.b0 ? () => { n++; } : mystery.call; f(); const g = mystery.b0 ? mystery.call : (h) => h(); g(() => { n += 10; }); module.exports = { n };",
  "const o = { a: 1 }; const id = (x) => x; const l = [...mystery.a0, o].map(id); l[l.length - 1].a = 2; module.exports = { o };",
  "const o = { a: 1 }; const l = [...mystery.a0, o]; const i = l.indexOf(o); l[i].a = 2; l.find((x) => typeof x === 'object').b = 2; module.exports = { o };",
  "const o = { a: 1 }; const l = [...mystery.a0, o]; l.sort((x, y) => 0).pop().z = 1; module.exports = { o };",
  "const o = { a: 1 }; const t = JSON.parse(JSON.stringify({ k: mystery.s0 })); const u = Object.fromEntries([[t.k, o]]); u.a && (u.a.a = 9); for (const k in u) u[k].q = 1; module.exports = { o };",
  "const o = { a: 1 }; const g = Object.groupBy ? Object.groupBy([o], () => mystery.s0) : { a: [o] }; for (const l of Object.values(g)) for (const x of l) x.w = 1; module.exports = { o };",
  "const a = ['x']; const t = { [mystery.s0]: a }; t.a?.push('y'); for (const k in t) t[k].push('z'); module.exports = { a };",
  "const o = { a: 1 }; const f = (...r) => r; const l = f(...mystery.a0, o); l.at(-1).a = 3; const [h, ...rest] = l; rest.forEach((x) => { if (typeof x === 'object') x.b = 1; }); module.exports = { o };",
  "const o = { a: 1 }; (function () { for (const x of arguments) if (typeof x === 'object') x.a = 4; })(...mystery.a0, o); module.exports = { o };",
  "const o = { a: 1 }; function* g() { for (const x of mystery.a0) yield o; } for (const x of g()) x.a++; module.exports = { o };",
  "const o = { a: 1 }; let c; for (const x of mystery.a0) c = o; if (c) c.a = 6; module.exports = { o };",
];

const worlds = Array.from({ length: 256 }, (_, world) => world);

function holdProgram(text: string): number {
  const program = `const mystery = require("mystery");\n${text}\n`;
  const { realm, value } = evaluateFiles({ "/config.js": program });
  let compared = 0;
  for (const real of runInNode({ program, worlds })) {
    if (real === undefined) continue;
    compared++;
    expect(wrongClaim(realm, value, real.exports, "exports")).toBeUndefined();
  }
  return compared;
}

test.each(Object.entries(PROGRAMS))("%s", (_name, text) => {
  expect(holdProgram(text)).toBe(256);
});

test.each(REACHING)("%s", (text) => {
  expect(holdProgram(text)).toBeGreaterThanOrEqual(64);
});
