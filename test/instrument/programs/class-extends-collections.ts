// Subclasses of Map, Set, WeakMap, Error and typed arrays, whose native constructors call back.
class Defaults<K, V> extends Map<K, V> {
  hits = 0;
  constructor(
    private make: (k: K) => V,
    entries?: Iterable<[K, V]>,
  ) {
    super(entries);
  }
  override get(k: K): V {
    this.hits = (this.hits ?? 0) + 1;
    if (!super.has(k)) super.set(k, this.make(k));
    return super.get(k)!;
  }
  override set(k: K, v: V): this {
    return super.set(k, typeof v === "number" ? ((v * 2) as V) : v);
  }
}
class Folding extends Set<string> {
  override add(s: string) {
    return super.add(s.toLowerCase());
  }
  union2(...others: Iterable<string>[]) {
    const out = new (this.constructor as typeof Folding)(this);
    for (const other of others) for (const s of other) out.add(s);
    return out;
  }
}
class Bytes extends Uint8Array {
  get sum() {
    return this.reduce((a, b) => a + b, 0);
  }
  override toString() {
    return Array.from(this, (b) => b.toString(16).padStart(2, "0")).join(":");
  }
}
export function main(log: Log): unknown {
  const d = new Defaults<string, any>((k) => (log("make", k), k.length), [["a", 1], ["b", "x"]]);
  d.get("hello");
  d.set("c", 5).set("d", "text");
  const order: unknown[] = [];
  d.forEach(function (this: any, v, k, m) {
    order.push([k, v, m === d, this.tag]);
  }, { tag: "T" });
  const f = new Folding(["A", "a", "B"]);
  const u = f.union2("Bc", new Set(["B", "D"]));
  const bytes = Bytes.from([250, 10, 3]) as Bytes;
  const sub = bytes.subarray(1) as Bytes;
  sub[0]! += 246;
  const secrets = new (class extends WeakMap<object, number> {
    bump = (o: object) => this.set(o, (this.get(o) ?? 0) + 1).get(o);
  })();
  log(secrets.bump(d), secrets.bump(d), secrets.bump(f), secrets.has({}));
  return [order, d.hits, d.size, [...f], [...u], u instanceof Folding, `${bytes} ${sub}`, bytes.sum, sub.sum, bytes.map((b) => b >> 1).constructor.name, bytes.filter((b) => b > 5).toString()];
}
