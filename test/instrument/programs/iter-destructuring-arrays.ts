// Array patterns over strings, holes, sets, typed arrays and generators; nested defaults and rests.
export function main(log: Log): unknown {
  const d = (n: unknown) => (log("default", n), n);
  const [a = d("a"), , [b = d("b"), [c] = [d("c inner")]] = [], ...[e, ...{ length, 0: f = d("f") }]] = [null, "skipped", [, undefined], 4, 5, 6] as any;
  const [s1, s2, ...others] = "a😀bc";
  const [m1, [k2, v2]] = new Map<any, any>([["x", 1], ["y", 2]]);
  const [t1, ...t2] = new Float32Array([1.5, 2.5, 3.5]);
  const swap = [1, 2, 3];
  [swap[2], swap[0], ...swap[1 as any] as any] = swap as any;
  let p: any, q: any;
  [p = q, q = p] = [undefined, 5] as any;
  const fn = ([x, y = x]: any = [d("x")], { z: [w] = [y] } = {} as any, ...[g = w]: any) => [x, y, w, g];
  function nested({ list: [{ id, tags: [firstTag = "none", ...moreTags] = [] }, ...remaining] }: any) {
    return { id, firstTag, moreTags, remaining: remaining.length };
  }
  const results: unknown[] = [fn(), fn([1]), fn([1, undefined], { z: "zz" }), fn([], undefined, 9)];
  for (const [i, { name, value: { deep = i } = {} as any }] of [{ name: "n0" }, { name: "n1", value: { deep: "given" } }].entries() as any)
    results.push([i, name, deep]);
  try {
    const [{ x }] = [null] as any;
    results.push(x);
  } catch (error) {
    results.push((error as Error).name);
  }
  try {
    const [early = late, late = 1] = [] as any;
    results.push(early);
  } catch (error) {
    results.push((error as Error).message);
  }
  return [a, b, c, e, length, f, s1, s2, others, m1, k2, v2, t1, t2, swap, p, q, results, nested({ list: [{ id: 1, tags: ["t"] }, 2, 3] })];
}
