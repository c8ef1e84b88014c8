// A set of intervals kept merged, with set algebra through symbols and operators by valueOf.
class Intervals {
  readonly #list: readonly (readonly [number, number])[];
  constructor(list: Iterable<readonly [number, number]> = []) {
    const merged: [number, number][] = [];
    for (const [lo, hi] of [...list].filter(([a, b]) => a < b).sort(([a], [b]) => a - b)) {
      const last = merged.at(-1);
      if (last && lo <= last[1]) last[1] = Math.max(last[1], hi);
      else merged.push([lo, hi]);
    }
    this.#list = merged;
  }
  static parse = (s: string) => new this([...s.matchAll(/(\d+)-(\d+)/g)].map(([, a, b]) => [+a!, +b!] as const));
  or = (o: Intervals) => new Intervals([...this, ...o]);
  not({ lo = 0, hi = 100 } = {}): Intervals {
    const edges = [lo, ...[...this].flat(), hi];
    return new Intervals(edges.flatMap((e, i) => (i % 2 ? [] : [[e, edges[i + 1]!] as const])));
  }
  and(o: Intervals, ...[range = { hi: 100 }]: { lo?: number; hi?: number }[]): Intervals {
    return this.not(range).or(o.not(range)).not(range);
  }
  *[Symbol.iterator]() {
    yield* this.#list;
  }
  get [Symbol.toStringTag]() {
    return [...this].map((p) => p.join("-")).join(",");
  }
  valueOf() {
    return this.#list.reduce((n, [lo, hi]) => n + hi - lo, 0);
  }
  has(x: number): boolean {
    search: for (const [lo, hi] of this) {
      if (x >= hi) continue search;
      return x >= lo;
    }
    return false;
  }
}
export function main(log: Log): unknown {
  const a = Intervals.parse("10-20 15-30 50-60");
  const b = Intervals.parse("25-55 5-5");
  log(String(a), String(b), a > (b as any), +a + +b);
  const both = a.and(b);
  const results = [a.or(b), both, a.not(), a.not().not(), new Intervals().not({ hi: 3 }), both.and(a.not())].map((s) => s[Symbol.toStringTag]);
  return [results, [9, 10, 29, 30, 55].map((x) => a.has(x)), [...both], (a as any) - (both as any)];
}
