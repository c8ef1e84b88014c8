// Sorting: stability, undefined and holes at the end, odd comparator answers, comparators with effects.
interface Row {
  name: string;
  age: number;
  tags?: string[];
}
export function main(log: Log): unknown {
  const rows: Row[] = [..."hgfedcba"].map((name, i) => ({ name, age: i % 3, ...(i % 2 && { tags: [name] }) }));
  type Key = (r: Row) => any;
  const by =
    (...keys: (Key | [Key, "desc"])[]) =>
    (a: Row, b: Row): number => {
      for (const k of keys) {
        const [key, direction] = Array.isArray(k) ? k : ([k, "asc"] as const);
        const [x, y] = [key(a), key(b)];
        if (x < y || x > y) return (x < y ? -1 : 1) * (direction === "desc" ? -1 : 1);
      }
      return 0;
    };
  const show = (r: Row[]) => r.map(({ name, age }) => name + age).join(" ");
  let compared = 0;
  const counted = [5, 2, 8, 1, 9, 3].sort((a, b) => (compared++, a - b));
  const sparse: any[] = [3, , undefined, 1, , "2"];
  const calls: unknown[] = [];
  sparse.sort((a, b) => (calls.push(a, b), a - b));
  const odd = [3, 1, 2].sort((a, b) => ({ valueOf: () => (log("compared"), a - b) }) as any);
  const strings = [10, 9, 1, "b", true, null, undefined, [2]].sort();
  const broken = [4, 2, 6, 1].sort(() => 0);
  const nan = [2, 1, 3].sort(() => NaN);
  class Ranked {
    static compare = (a: Ranked, b: Ranked) => a.rank - b.rank;
    #secret: number;
    constructor(readonly rank: number) {
      this.#secret = rank * 10;
    }
    toString() {
      return "r" + this.#secret;
    }
  }
  const ranked = [3, 1, 2].map((n) => new Ranked(n)).sort(Ranked.compare);
  const typed = new Float64Array([3, -0, 0, NaN, -1]).sort();
  const typedBy = new Int8Array([3, -5, 4]).sort((a, b) => Math.abs(b) - Math.abs(a));
  return [show(rows.sort(by((r) => r.age))), show(rows.toSorted(by([(r) => r.age, "desc"], (r) => r.name))), show(rows.sort(by((r) => r.tags?.length ?? 0))), compared > 0, counted, sparse, calls.includes(undefined), odd, strings, broken, nan, ranked.join(), ranked.sort().join(), [...typed].map((x) => Object.is(x, -0)), typedBy];
}
