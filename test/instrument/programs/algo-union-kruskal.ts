// Union-find with path halving, Kruskal's tree, components as lazily grouped generators, property checks.
class Forest<T> {
  #parent = new Map<T, T>();
  #size = new Map<T, number>();
  #log: [T, T][] = [];
  find(x: T): T {
    if (!this.#parent.has(x)) this.#parent.set(x, x), this.#size.set(x, 1);
    let p: T;
    while ((p = this.#parent.get(x)!) !== x) {
      const up = this.#parent.get(p)!;
      this.#parent.set(x, up);
      x = up;
    }
    return x;
  }
  union(...[a, b]: [T, T]): boolean {
    let [x, y] = [this.find(a), this.find(b)];
    if (x === y) return false;
    if (this.#size.get(x)! < this.#size.get(y)!) [x, y] = [y, x];
    this.#parent.set(y, x);
    this.#size.set(x, this.#size.get(x)! + this.#size.get(y)!);
    this.#size.delete(y);
    return !!this.#log.push([a, b]);
  }
  *groups(): Generator<T[]> {
    const groups = new Map<T, T[]>();
    for (const x of [...this.#parent.keys()]) {
      const root = this.find(x);
      groups.has(root) ? groups.get(root)!.push(x) : groups.set(root, [x]);
    }
    yield* groups.values();
  }
  get history() {
    return this.#log.map((p) => p.join(""));
  }
}
const kruskal = (edges: Record<string, number>) => {
  const f = new Forest<string>();
  const taken = Object.entries(edges).sort(([a, x], [b, y]) => x - y || a.localeCompare(b)).filter(([[a, b]]) => f.union(a!, b!));
  return { weight: taken.reduce((s, [, w]) => s + w, 0), order: f.history, groups: [...f.groups()] };
};
export function main(log: Log): unknown {
  const { weight, order, groups } = kruskal({ ab: 7, ad: 5, bc: 8, bd: 9, be: 7, ce: 5, de: 15, df: 6, ef: 8, eg: 9, fg: 11, xy: 1 });
  const numbers = new Forest<number>();
  for (let i = 2; i < 30; i++) for (let j = i * 2; j < 30; j += i) if (!numbers.union(i, j) && j === 24) log(i, numbers.find(j) === numbers.find(i));
  const [[first], ...others] = numbers.groups();
  return [weight, order, groups, first, others.length, [...numbers.groups()].map((g) => g.length)];
}
