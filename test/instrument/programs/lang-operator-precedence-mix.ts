// Grammar corners: automatic semicolons, regex against division, arrows returning objects, `in` in for, keywords as names.
export function main(log: Log): unknown {
  let a = 1
  let b = a
  ++b
  const c = () => ({})
  const d = [1, 2, 3]
  ;[a, b] = [b, a]
  const re = a / b / 2, g = 1
  const text = "a/b/g".split(/\//g).length / g
  var of: any = [5], async: any = (x: number) => x + 1, get = 1, set = 2, let_ = { let: 3, static: 4, yield: 5, await: 6 }
  for (of of [7, 8]);
  for (var i = ("x" in { x: 1 }) ? 0 : 9; i < 2; i++);
  const arrow = async(1), chained = async (2)
  const o = { get, set, async, of, get get() { return 1 }, set set(v: number) { log(v) }, async: 1, static() { return this.get }, new: 2, typeof: 3, 0x10: "hex", 1e3: "exp", .5: "half", "a-b": 1, ["c" + "d"]: 2, await: 9 }
  o.set = 5
  label: { log("in"); if (o.new) break label; log("never") }
  const neg = (-(2)) ** 2 === -4 ? 1 : (-2) ** 2
  const nullish = (null ?? 0) || (undefined ?? "x")
  const t = typeof typeof void 0, n = !!!"" , m = +-+-+1, bits = ~~-1.5, comma = (1, 2, [3, 4][0, 1])
  const not = !("a" in {}) && !(d instanceof Map), del = delete o.new && !("new" in o)
  const nested = a ? b ? "tt" : "tf" : b ? "ft" : "ff"
  const f = function () { return
    1 }
  const iife = (() => { "use strict"; return this_ })(), assign = (a = b = 10) + a
  if (a) if (b > 100) log("no"); else log("dangling else")
  do a--; while (a > 5) log("after do")
  var this_: any
  switch (3 as number) { default: case 1: { let s = 1; a += s } }
  const opt = d?.[0]?.toFixed?.(1), num = d?.5:.25, big = 0b11 + 0o17 + 0xff + 1_000
  return [c(), a, b, re, text, of, i!, arrow, chained, Object.keys(o), o.static(), neg, nullish, t, n, m, bits, comma, not, del, nested, f(), iife, assign, opt, num, big, let_.let + let_.yield + let_.await, "\x41\u{1F600}\
continued"]
}
