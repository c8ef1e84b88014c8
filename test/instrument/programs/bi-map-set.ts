// Map and Set: keys NaN, -0, objects; forEach with this; chaining; iterators kept across changes; groupings.
export function main(log: Log): unknown {
  const key = {};
  const m = new Map<any, any>([[NaN, "nan"], [-0, "zero"], [key, "object"], ["1", "text"], [1, "number"]]);
  const out: unknown[] = [m.get(NaN), m.get(+0), Object.is([...m.keys()][1], 0), m.get({}), m.get(key), m.size];
  const group = <T, K>(items: Iterable<T>, by: (x: T, i: number) => K) => {
    let i = 0;
    const groups = new Map<K, T[]>();
    for (const x of items) {
      const k = by(x, i++);
      (groups.get(k) ?? groups.set(k, []).get(k)!).push(x);
    }
    return groups;
  };
  out.push([...group("mississippi", (c) => c)].map(([k, v]) => k + v.length).join(""));
  m.forEach(function (this: unknown[], v, k) {
    this.push(typeof k + v);
    if (v === "zero") m.delete(NaN), m.set(NaN, "again");
  }, out);
  const it = m.entries();
  it.next();
  m.delete(key);
  out.push(it.next().value, [...it].length, [...it].length);
  const s = new Set("hello");
  const visits: string[] = [];
  s.forEach((a, b, self) => {
    visits.push(a + b);
    if (a === "l") self.add("z").delete("o");
  });
  class Tree extends Map<string, Tree> {
    at(path: string): Tree {
      return path.split("/").reduce<Tree>((t, p) => t.get(p) ?? t.set(p, new Tree()).get(p)!, this);
    }
    *paths(prefix = ""): Generator<string> {
      for (const [k, t] of this) {
        if (!t.size) yield prefix + k;
        yield* t.paths(prefix + k + "/");
      }
    }
  }
  const tree = new Tree();
  ["a/b/c", "a/d", "e", "a/b/f"].forEach((p) => tree.at(p));
  log([...tree.paths()]);
  const weak = new WeakMap([[key, 1]]);
  for (const f of [() => weak.set(5 as any, 1), () => new Map([1] as any), () => (Map as any)(), () => Map.prototype.get.call(new Set(), 1), () => new Set(5 as any)])
    try {
      out.push(f());
    } catch (error) {
      out.push((error as Error).name);
    }
  return [out, visits, [...s].join(""), weak.get(key), weak.delete(key), weak.has(key)];
}
