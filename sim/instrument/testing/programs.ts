/** Small programs, one a language feature; each returns what can be compared. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  "functions and closures": `
    let counter = 0;
    function outer(a, b = a + 1, { c, d: [e = 9] = [] } = { c: 3 }, ...rest) {
      function inner(x) { counter += x; return () => counter + a; }
      var v = inner(2)(); { function blocky() { return v; } v += blocky(); }
      return [a, b, c, e, rest, v, arguments.length, outer.length, outer.name];
    }
    const arrow = (x, y = 2) => x * y;
    const named = function fact(n) { return n < 2 ? 1 : n * fact(n - 1); };
    function ctor(x) { if (!new.target) return new ctor(x); this.x = x; }
    ctor.prototype.get = function () { return this.x; };
    export default () => [outer(1), outer(1, 2, { c: 5, d: [6] }, 7, 8), arrow(4), arrow(4, 5), named(5), new ctor(3).get(), ctor(4).get(),
      (function () { return arguments; })(1, 2).length, (() => { try { undef(); } catch (e) { return e; } })(),
      hoisted(), typeof hoisted, named.name, arrow.length, (function(){ return this; })(), (function(){ return typeof this; }).call(5)];
    function hoisted() { return "h"; }`,
  "loops and labels": `
    export default function () {
      const log = []; const fs = [];
      for (let i = 0; i < 3; i++) { fs.push(() => i++); }
      log.push(fs.map((f) => f()), fs.map((f) => f()));
      a: for (var i = 0; ; i++) { b: for (const k in { x: 1, y: 2 }) { if (i === 1) continue a; if (i > 2) break a; log.push(k + i); if (k === "x") continue b; } }
      let n = 0; while (n < 3) n++; do { n--; } while (n > 0); log.push(n, i);
      for (const [k, v] of Object.entries({ p: 1, q: 2 })) log.push(k, v);
      for (const x of new Map([[1, 2]])) log.push(x);
      for (const c of "a\\u{1F600}b") log.push(c);
      let o = {}; for (o.k of [1, 2]) log.push(o.k); for (o["z"] in { w: 1 }) log.push(o.z);
      for (let [x, y] = [0, 5]; x < y; x++, y--) { fs.push(() => [x, y]); }
      log.push(fs.slice(3).map((f) => f()));
      blk: { log.push("in"); if (n === 0) break blk; log.push("never"); }
      l: for (const x of [1,2,3]) { try { if (x === 2) continue l; if (x === 3) break l; log.push(x); } finally { log.push("f" + x); } }
      if (n) log.push(1); else if (n === 0) log.push("zero"); else log.push(2);
      return log;
    }`,
  switch: `
    function f(x) { const out = []; switch (x) { case 1: out.push(1); case 2: { out.push(2); break; } case "s": let q = 5; const g = () => q; out.push(g()); break; default: out.push("d"); case 4: out.push(4); function inSwitch() { return 7; } out.push(inSwitch()); } return out; }
    function tdz(x) { switch (x) { case 0: let a = 1; return a; case 1: try { return a; } catch (e) { return e; } case 2: a = 3; return a; } }
    export default () => { const r = [f(1), f(2), f("s"), f(3), f(4), tdz(0), tdz(1)]; try { tdz(2); } catch (e) { r.push(e); } return r; }`,
  exceptions: `
    const log = [];
    function f(k) { try { log.push("t" + k); if (k === 1) throw new Error("one"); if (k === 2) return "ret"; if (k === 3) null.x; return "end"; } catch ({ message }) { log.push(message); if (k === 3) throw new RangeError("again"); return "caught"; } finally { log.push("fin" + k); if (k === 4) return "override"; } }
    function nested() { try { try { throw 1; } finally { log.push("inner"); } } catch { log.push("outer"); } finally { log.push("last"); } return g(); }
    function g() { for (const x of [1, 2]) { try { return x; } finally { if (x === 1) continue; } } }
    function thrower() { throw { custom: true }; }
    class MyError extends Error { constructor(m, code) { super(m); this.code = code; } get name() { return "MyError"; } }
    export default () => { log.length = 0; const r = [f(0), f(1), f(2), f(4), nested()]; try { f(3); } catch (e) { r.push(e); }
      try { thrower(); } catch (e) { r.push(e); } try { throw new MyError("m", 5); } catch (e) { r.push(e, e.code, e instanceof MyError, e instanceof Error); }
      try { const c = 1; c = 2; } catch (e) { r.push(e); } try { (void 0)(); } catch (e) { r.push(e.name); } try { ({}).a.b; } catch (e) { r.push(e); } try { let o = {}; o.f(); } catch (e) { r.push(e); } try { let o = { a: {} }; o.a.g(1); } catch (e) { r.push(e); } try { let q = 4; q(); } catch (e) { r.push(e); }
      return [r, log]; }`,
  classes: `
    const log = [];
    class A { static count = 0; static #secret = 5; x = this.init(); #p = 1; ["c" + 1] = 2; fn = () => this.x;
      constructor(a) { log.push("A", new.target.name); this.a = a; A.count++; }
      init() { log.push("init"); return 1; } get p() { return this.#p; } set p(v) { this.#p = v * 2; } static secret() { return A.#secret++; }
      #m(x) { return this.#p + x; } callM(x) { return this.#m(x); } static has(o) { return #p in o; } get #acc() { return this.#p * 100; } set #acc(v) { this.#p = v; }
      acc() { this.#acc = 7; this.#acc++; return this.#acc; } *[Symbol.iterator]() { yield this.a; yield* [this.x, 3]; } static { log.push("static", this.name, this.secret()); } toString() { return "A!" + this.a; } }
    class B extends A { y = this.x + 1; constructor(...args) { log.push("B"); const f = () => super(...args); f(); log.push(this.y); } init() { log.push("B.init"); return super.init() + 10; } get p() { return super.p + 1000; } set p(v) { super.p = v; } callM(x) { return super.callM(x) + super["callM"](x); } static secret() { return super.secret() * 2; } }
    class C extends B {} class D extends Array { sum() { return this.reduce((a, b) => a + b, 0); } } class E extends null { static s = 1; }
    const Anon = class { static n = 1; }; const Named = class Inner { who() { return Inner.name; } };
    function F() {} class G extends F { } class R { constructor() { return { other: 1 }; } } class S extends R { z = 1; }
    class T extends A { constructor() { } } class U extends A { constructor() { return 5; } }
    export default () => { const b = new B(1, 2); const r = [b.a, b.x, b.y, b.p, (b.p = 4, b.p), b.callM(3), b.acc(), [...b], String(b), A.has(b), A.has({}), A.count, B.secret(), b.fn(), b.c1];
      const c = new C(9); r.push(c.a, c instanceof A, c.constructor.name, C.name, Object.keys(c)); const d = D.from([1, 2, 3]); r.push(d.sum(), d.map((x) => x * 2).sum(), d instanceof D, d.length, Array.isArray(d));
      r.push(Anon.name, new Named().who(), Anon.length, new G() instanceof F, new R().other, new S().other, new S().z, E.s, Object.getOwnPropertyNames(A.prototype), Object.keys(A), typeof A);
      for (const X of [T, U]) try { new X(); } catch (e) { r.push(e); } try { A(); } catch (e) { r.push(e); } try { A.prototype.callM.call({}); } catch (e) { r.push(e.name); } try { new (class extends 5 {})(); } catch (e) { r.push(e.name); } try { new b.callM(); } catch (e) { r.push(e); } try { new (() => 1)(); } catch (e) { r.push(e.name); }
      return [r, log]; }`,
  "parameter properties, enums, namespaces": `
    enum E { A, B = 5, C, D = A | C, S = "str", F = "xyz".length } enum E2 { X = E.C << 1, Y = X + 1 } const enum K { One = 1 }
    enum M1 { A } namespace N { export const x = 5; export let y = x + 1; export function f() { return y++; } export class Q { v = x; } const hidden = 3; export enum W { Z = hidden } export namespace Deep { export const d = x * 2; } interface I {} }
    namespace N { export const second = x + 100; } namespace A.B.C { export const deep = 1; } namespace Types { export type T = number; } import alias = N.Deep;
    abstract class P { constructor(public a: number, protected readonly b = 2, private c?: string) { this.a++; } abstract m(): number; declare d: number; e!: string; }
    class Q extends P { f = this.a * 10; constructor(public z: number) { super(z); } m(): number { return this.b + this.f; } }
    function over(a: string): string; function over(a: number): number; function over(a: any): any { return a; }
    type T1 = { a: 1 }; interface I2 { x: number } declare const nope: number; declare function nope2(): void;
    const sat = { a: 1 } satisfies T1; const gen = <T,>(x: T): T => x; let def!: number;
    function assertIs(x: unknown): asserts x is string { if (typeof x !== "string") throw new Error("no"); } function thisParam(this: { v: number }, k: number) { return this.v + k; }
    export default () => [E, E[5], E.D, E.F, E2, K.One, N.x, N.f(), N.f(), N.y, new N.Q().v, N.W.Z, N.W[3], N.Deep.d, N.second, A.B.C.deep, alias.d, new Q(4), Object.keys(new Q(1)), new Q(1).m(), over(3), sat!.a as number, gen<number>(5), <any>def, thisParam.call({ v: 1 }, 2), thisParam.length, typeof (globalThis as any).nope];`,
  generators: `
    const log = [];
    function* count(n) { let got; try { for (let i = 0; i < n; i++) { got = yield i; if (got) log.push(got); } return "done"; } finally { log.push("cleanup"); } }
    function* outer() { const r = yield* count(2); log.push(r); try { yield* count(3); } catch (e) { log.push(e); yield "caught"; } yield* [1, 2]; }
    const o = { *m() { yield this.v; }, v: 4, *[Symbol.iterator]() { yield 1; yield 2; } }; class K { *g() { yield* this.h(); } *h() { yield 1; return 2; } static *s() { yield "s"; } }
    function* withDefaults(a = log.push("default"), { b } = { b: 2 }) { yield a; yield b; } function* stuck() { for (;;) { try { yield 1; } finally { yield "fin"; } } }
    function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
    const closing = { [Symbol.iterator]() { let i = 0; return { next() { return { value: i++, done: i > 9 }; }, return() { log.push("closed"); return {}; } }; } };
    export default () => { const r = []; const it = count(3); r.push(it.next("ignored"), it.next("x"), it.return("early"), it.next());
      const t = outer(); r.push(t.next(), t.next(), t.next(), t.next(), t.throw(new Error("in")), t.next(), t.next(), t.next());
      r.push([...o], [...o.m()], [...new K().g()], [...K.s()], Object.prototype.toString.call(it), it[Symbol.iterator]() === it, count(1) instanceof count);
      const w = withDefaults(); log.push("made"); r.push([...w]); const s = stuck(); s.next(); r.push(s.return(5), s.next()); const first = []; for (const x of fib()) { if (x > 50) break; first.push(x); } r.push(first);
      for (const x of closing) { if (x > 1) break; } const [a, b] = closing; r.push(a, b); const [c, ...d] = closing; r.push(c, d); try { for (const x of closing) throw new Error("body"); } catch (e) { r.push(e); } (() => { for (const x of closing) return x; })(); r.push(Math.max(...closing), Array.from(closing, (x) => x * 2), new Set(count(2)).size, Object.fromEntries(new Map([["k", 1]])));
      try { [].concat(...5); } catch (e) { r.push(e.name); } try { for (const x of 5) ; } catch (e) { r.push(e.name); } try { new count(); } catch (e) { r.push(e); } const g2 = (function* () { r.push(g2.next === count.prototype.next); try { g2.next(); } catch (e) { r.push(e); } yield 1; })(); g2.next(); r.push(g2.throw.name);
      try { const z = count(1); z.next(); z.throw(new Error("th")); } catch (e) { r.push(e); } return [r, log]; }`,
  destructuring: `
    let order = [];
    const t = (n, v) => { order.push(n); return v; };
    export default () => { order = []; let a, b, c, rest; const o = {}; [a, b = t("b", 5), ...rest] = [1, undefined, 3, 4]; ({ a: o.x, ["k" + t("k", 1)]: o["y"] = t("def", 7), ...c } = { a: 1, z: 26, k1: undefined });
      [a, b] = [b, a]; const { length } = "hello"; const [[x, [y = 3]], { z: { w } }] = [[1, [undefined]], { z: { w: 9 } }]; const f = ({ p = 1, q: { r } = { r: 2 } } = {}, [s, ...u] = "abc") => [p, r, s, u]; let e1; try { const { n } = null; } catch (e) { e1 = e.name; } [, a, , b] = [1, 2, 3, 4]; const fn = ({ n: anon = () => 1 }) => anon.name; for (const { v, ...more } of [{ v: 1, m: 2 }]) o.more = [v, more]; const [m = function () {}] = []; const { 0: first, "quoted-key": qk } = { 0: "zero", "quoted-key": 2 };
      return [a, b, c, rest, o, length, x, y, w, f(), f({ p: 5, q: { r: 6 } }, [1, 2, 3]), e1, order, fn({}), m.name, first, qk, ([a] = [8]), a]; }`,
  "operators and assignment": `
    let log = []; const obj = { get v() { log.push("get"); return this._v ?? 1; }, set v(x) { log.push("set" + x); this._v = x; }, arr: [1, 2, 3], n: null, u: undefined, nest: { f() { return this === obj.nest; } } }; const key = (k) => { log.push("key " + k); return k; };
    let shared = 1; const bump = () => shared++;
    export default () => { log = []; const r = []; obj.v += 2; obj.v++; r.push(obj.v--, --obj.v, obj[key("arr")][key(1)]++, obj.arr, (obj.n ??= 5), (obj.u ||= 6), (obj.n &&= 7), (obj.arr.length -= 1));
      let i = 0; const a = [10, 20, 30]; a[i++] = a[i++] + i; a[i] = i = 1; r.push(a, i); let x = 5; x += (x = 2, x * 10); r.push(x, shared + bump() + shared, bump(), 2 ** 3 ** 2, -(2 ** 2), 7 % -3, 5n ** 3n, -7 >>> 28, ~5, void 0, typeof null, !0, 1 < 2 < 3, "b" in { b: 1 }, [] instanceof Array, (1, 2), null ?? "d", 0 || "e", "" && "f", +"3", - -4, +-+5);
      r.push(obj?.nest?.f(), obj?.["nest"].f?.(), obj.zip?.a.b.c(log.push("never")), obj.nope?.(), (obj?.nest).f(), (obj.nest?.f)(), obj.nest!?.f(), delete obj?.zip, delete obj.arr[0], 0 in obj.arr); let u; r.push(u?.[log.push("no")], u?.x.y?.z); const s = "s"; r.push(s?.length, s.at?.(0), \`a\${1 + 1}b\${\`n\${s}\`}\\n\\u0041\`, String.raw\`x\\n\${1}\`, ((st, ...v) => [st, st.raw, v])\`q\${1}\\t\${2}\`);
      function tagf(st) { return st; } const same = () => tagf\`a\${1}\`; r.push(same() === same(), /a+/gi.exec("xAAy"), [1, , 3], [, ,].length, [...[1, 2], ...new Set([3])], { ...{ a: 1 }, ...null, ..."hi", b: 2 }, { __proto__: { inh: 1 } }.inh, { "__proto__": null } instanceof Object, { ["__proto__"]: 1 }, 0b101, 0o17, 1_000, .5, 1e3, 0xff, "\\u2028", 'q"q');
      var $m = 1, $F = 2, $1 = 3; const $k1 = () => $m + $F + $1; r.push($k1()); return [r, log]; }`,
  "accessors and symbols": `
    const log = []; const sym = Symbol("s");
    const o = { a: 1, get x() { log.push("gx"); return helper(this.a); }, set x(v) { log.push("sx"); this.a = helper(v); }, get [sym]() { return "sym"; }, get ["comp" + 1]() { return 2; }, "quoted k": 1, 5: "five", m() { return super.toString === Object.prototype.toString; }, [Symbol.toPrimitive](hint) { return hint === "number" ? 42 : "prim"; }, [sym.toString()]: 1 } as any;
    function helper(v) { return v * 2; }
    class P { get only() { return 1; } static get st() { return helper(4); } } class Q extends P { get only() { return super.only + 1; } }
    const base = { hi() { return "base " + this.n; } }; const derived = { __proto__: base, n: 5, hi() { return "derived " + super.hi(); } }; const two = [1, 2].map((n) => ({ __proto__: base, n, hi() { return super.hi() + n; } }));
    export default () => { log.length = 0; const r = [o.x, (o.x = 5), o.a, o[sym], o.comp1, o.m(), +o, \`\${o}\`, o + "", Object.keys(o), new Q().only, P.st, derived.hi(), two.map((t) => t.hi()), Object.getOwnPropertyDescriptor(o, "x").get.name, Object.getOwnPropertyDescriptor(P.prototype, "only").get.name, o.m.name];
      try { new P().only = 3; } catch (e) { r.push(e.name); } const { x, ...rest } = o; r.push(x, Object.keys(rest)); class T { constructor() { Object.defineProperty(this, "dyn", { get: () => helper(3) }); } } r.push((new T() as any).dyn, JSON.stringify({ toJSON() { return helper(21); } }), [3, 1, 2].sort((a, b) => helper(a) - helper(b)), [{ v: 2 }, { v: 1 }].sort((a, b) => a.v - b.v), "abc".replace(/b/, (m) => m + helper(2)), "a1b2".replace(/\\d/g, (d) => String(helper(+d)))); const px = new Proxy({ t: 1 } as any, { get(t, k) { return k === "t" ? helper(t.t) : log.push("trap"); } }); r.push(px.t); const pf = new Proxy(helper, { apply(t, self, args) { return "trapped" + t(args[0]); } }); r.push(pf(4)); return [r, log]; }`,
  "higher-order built-ins": `
    const add = (a, b) => a + b; class My extends Array {}
    export default () => { const a = [3, 1, 2], h = [1, , 3], r = []; a.forEach((v, i, all) => r.push([v, i, all === a])); h.forEach((v, i) => r.push(i)); r.push(a.map((v) => v * 2), h.map((v) => v), a.filter((v) => v > 1), a.reduce(add), a.reduce(add, 10), a.reduceRight((x, y) => x + "-" + y), a.some((v) => v === 1), a.every((v) => v > 1), a.find((v) => v < 3), a.findIndex((v) => v === 2), a.findLast((v) => v < 3), a.findLastIndex((v) => v === 9), h.findIndex((v) => v === undefined), a.flatMap((v) => [v, [v]]), a.toString());
      new Map([[1, "a"]]).forEach((v, k, m) => r.push([v, k, m.size])); new Set([7]).forEach((v, k) => r.push(v + k)); const s = new Set([1]); s.forEach((v) => { if (v < 4) s.add(v + 1); }); r.push(s); r.push(Array.from({ length: 3 }, (_, i) => i * i), Array.from("abc", (c) => c + c), Array.from(new Set([1, 2])), My.from([1]) instanceof My, new My(1, 2).map((x) => x) instanceof My, new My(1, 2, 3).filter((x) => x > 1).length);
      r.push(Uint8Array.from([1, 2, 300]), new Uint8Array([1, 2, 3]).map((x) => x * 100), new Float64Array([1.5, 2.5]).filter((x) => x > 2), new Int16Array([4, 5]).reduce(add), Uint8Array.from([1, 2], (x) => x + 1), new Uint8Array([3, 1]).sort((x, y) => y - x)); function ctx(a, b) { return [this && this.n, a, b]; } const bound = ctx.bind({ n: 1 }, 2); r.push(ctx.call({ n: 3 }, 4), ctx.apply({ n: 5 }, [6, 7]), bound(8), bound.name, bound.length, Reflect.apply(ctx, { n: 9 }, [1]), add.call(null, 1, 2), Math.max.apply(null, a)); function Pt(x, y) { this.x = x; this.y = y; } class Cl { constructor(v) { this.v = v; this.nt = new.target === Cl; } } r.push(new (Pt.bind(null, 1))(2), Reflect.construct(Cl, [3]), new (Cl.bind(null, 4))().v, Reflect.construct(Cl, [5], Pt) instanceof Pt, [1, 2, 3].map(Number.prototype.toFixed.call, Number.prototype.toFixed)); try { [].reduce(add); } catch (e) { r.push(e); } try { a.map(5); } catch (e) { r.push(e); } try { Reflect.construct(add, []); } catch (e) { r.push(e.name); } r.push(["b", "a"].sort(), [1, 2, 3].includes(2), Object.entries({ a: 1 }).map(([k, v]) => k + v), [[1, 2], [3]].flat().map(String), ["1", "2", "3"].map(parseInt), ["a"].map((x) => x.toUpperCase())); a.forEach(function () { r.push(this.t); }, { t: 1 }); return r; }`,
  "typed arrays, bigints, bits": `
    export default () => { const dv = new DataView(new ArrayBuffer(8)); dv.setUint16(0, 0xabcd); dv.setUint32(4, 0xdeadbeef, true); const u = new Uint8Array(dv.buffer); u[2] |= 0x180; u[3]++; u[3] -= 2; let f = 0; f |= 1 << 31; f >>>= 0; f ^= 0xff; let b = 1n << 70n; b |= 3n; b++; const q = new BigUint64Array(1); q[0] = -1n; return [[...u], dv.getUint16(0), dv.getUint32(4), f, b, q[0], f & ~0xf0, (f >> 4) >>> 0, 0xffffffff | 0, Math.imul(3, 5), u.subarray(1, 3).length]; }`,
  "corners of scopes": `
    namespace N { export import I = N.D; export function late() { return 1; } export const early = typeof N.late; namespace D { export const v = 2; } }
    class Plain { a = 1; b: number[] = []; c = [this.a, this.b.length]; d = "d"; static made = Object.keys(new Plain()); } class Sub extends Plain { e = super.constructor === Plain; a = 9; }
    export default () => { const r = []; r.push(N.late(), N.early); try { throw 1; } catch (a) { var a = 2; r.push(a); } r.push(a); try { for (const z of [z]) r.push(z); } catch (e) { r.push(e); } function p(x, f = () => x) { var x = x + 1; function g() { return x; } return [x, g(), f()]; } r.push(p(1)); function q(y = () => s, s = 5) { var s; s = s + 1; return [s, y()]; } r.push(q()); r.push(Plain.made, Object.keys(new Sub()), new Sub(), new Plain().c);
      const f = Object.assign(() => "own", function other() { return "other"; }); r.push(f()); return r; }`,
  "closing iterators of patterns": `
    export default () => { const log = []; const it = (n, fail) => ({ [Symbol.iterator]() { let i = 0; return { next: () => ({ value: i++ < n ? i : undefined, done: i > n }), return() { log.push("closed"); if (fail) throw new Error("close"); return {}; } }; } }); const bad = () => { throw new Error("default"); }; const o = { set x(v) { throw new Error("set"); } };
      const tries = [() => { const [a = bad()] = it(0); }, () => { const [a, { b = bad() }] = it(3); }, () => { let [a, b = a * 2] = it(1); a++; return [a, b]; }, () => { [o.x] = it(2); }, () => { let c; [c, o.x = 1] = it(1, true); return c; }, () => { for (const [a, b = bad()] of [it(1), it(2)]) log.push(a); }, () => { function* g() { const [v = yield "y"] = it(0), [w = yield "z"] = [undefined]; return [v, w]; } const i = g(); return [i.next(), i.next(1), i.next(2)]; }, () => { function* g() { [o.y = yield] = it(2, false); } const i = g(); i.next(); return i.return(4); }, () => { const [a = b, b = 1] = [undefined]; return a; }, () => { function f([a, b = bad()] = it(1)) { return a; } return f(); }, () => { const [, , ...r] = it(4); return r; }];
      return [tries.map((t) => { try { return t(); } catch (e) { return e.message; } }), log, o.y]; }`,
  scoping: `
    var v1 = 1; let hid = "outer"; 
    export default function main() { const r = []; { let hid = "inner"; { const hid = "innermost"; r.push(hid); } r.push(hid); } r.push(hid, typeof later, v2, v1); var v2 = 5; var later; try { tdz; let tdz = 1; } catch (e) { r.push(e); } try { lateConst; } catch (e) { r.push(e); } r.push(useAfter()); const fns = []; for (const x of [1, 2]) { let y = x * 10; fns.push(() => x + y++); } r.push(fns.map((f) => f()), fns.map((f) => f())); if (true) { function inBlock() { return "ib"; } r.push(inBlock()); } function dup() { return 1; } function dup() { return 2; } r.push(dup()); (function shadow(shadow) { r.push(shadow); })(7); const rec = function self() { return typeof self; }; r.push(rec()); try { (function ro() { ro = 1; })(); } catch (e) { r.push(e); } function p(a, b = () => a) { var a = 2; return [a, b()].length; } r.push(p(1)); const o = { hid }; r.push(o); while (v1 < 3) { const v1copy = v1; v1++; fns.push(() => v1copy); } r.push(fns.slice(2).map((f) => f())); v1 = 1; arguments; return r; }
    function useAfter() { return late2 + K.n; } const late2 = "L2"; class K { static n = 1; } const lateConst2 = useAfter(); const lateConst = 1;`,
};
