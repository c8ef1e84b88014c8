// A left-leaning red-black tree with private statics, an invariant checker and lazy range iteration.
class RbNode<K, V> {
  left?: RbNode<K, V>;
  right?: RbNode<K, V>;
  red = true;
  constructor(
    public key: K,
    public value: V,
  ) {}
}
class Tree<K, V> {
  #root?: RbNode<K, V>;
  static rotations = 0;
  constructor(private compare: (a: K, b: K) => number = (a, b) => (a < b ? -1 : +(a > b))) {}
  static #rotate<K, V>(h: RbNode<K, V>, side: "left" | "right") {
    Tree.rotations++;
    const other = side === "left" ? "right" : "left";
    const x = h[other]!;
    [h[other], x[side], x.red, h.red] = [x[side], h, h.red, true];
    return x;
  }
  #insert(h: RbNode<K, V> | undefined, k: K, v: V): RbNode<K, V> {
    if (!h) return new RbNode(k, v);
    const c = this.compare(k, h.key);
    if (c === 0) h.value = v;
    else if (c < 0) h.left = this.#insert(h.left, k, v);
    else h.right = this.#insert(h.right, k, v);
    if (h.right?.red && !h.left?.red) h = Tree.#rotate(h, "left");
    if (h.left?.red && h.left.left?.red) h = Tree.#rotate(h, "right");
    if (h.left?.red && h.right?.red) [h.red, h.left.red, h.right.red] = [true, false, false];
    return h;
  }
  set(k: K, v: V): this {
    this.#root = this.#insert(this.#root, k, v);
    this.#root.red = false;
    return this;
  }
  *range(lo: K, hi: K, n: RbNode<K, V> | null | undefined = this.#root): Generator<[K, V]> {
    if (!n) return;
    const [a, b] = [this.compare(lo, n.key), this.compare(n.key, hi)];
    if (a < 0) yield* this.range(lo, hi, n.left ?? null);
    if (a <= 0 && b <= 0) yield [n.key, n.value];
    if (b < 0) yield* this.range(lo, hi, n.right ?? null);
  }
  check(n: RbNode<K, V> | null | undefined = this.#root): number {
    if (!n) return 1;
    if (n.right?.red || (n.red && n.left?.red)) throw new Error("invariant at " + n.key);
    const [l, r] = [this.check(n.left ?? null), this.check(n.right ?? null)];
    if (l !== r) throw new Error(`black height ${l} != ${r}`);
    return l + +!n.red;
  }
}
export function main(log: Log): unknown {
  const t = new Tree<number, string>();
  for (let i = 1, x = 7; i <= 40; i++, x = (x * 37) % 101) t.set(x, `#${i}`);
  log(t.check());
  const backwards = new Tree<string, number>((a, b) => b.localeCompare(a));
  [..."thequickbrownfox"].forEach((c, i) => backwards.set(c, i));
  return [[...t.range(20, 45)], [...backwards.range("t", "f")].map(([k, v]) => k + v).join(" "), backwards.check()];
}
