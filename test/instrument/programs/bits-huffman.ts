// Huffman coding with a heap ordered by a comparator, bit writer and reader, canonical codes.
type Tree = { weight: number; order: number } & ({ symbol: string } | { left: Tree; right: Tree });
class Heap<T> {
  #items: T[] = [];
  constructor(private readonly less: (a: T, b: T) => boolean) {}
  get size() {
    return this.#items.length;
  }
  push(x: T) {
    let i = this.#items.push(x) - 1;
    for (let p; i && this.less(this.#items[i]!, this.#items[(p = (i - 1) >> 1)]!); i = p) [this.#items[i], this.#items[p]] = [this.#items[p]!, this.#items[i]!];
    return this;
  }
  pop(): T {
    const top = this.#items[0]!;
    const last = this.#items.pop()!;
    if (this.#items.length) {
      this.#items[0] = last;
      for (let i = 0; ; ) {
        const [l, r] = [2 * i + 1, 2 * i + 2];
        let m = i;
        if (l < this.size && this.less(this.#items[l]!, this.#items[m]!)) m = l;
        if (r < this.size && this.less(this.#items[r]!, this.#items[m]!)) m = r;
        if (m === i) break;
        [this.#items[i], this.#items[m]] = [this.#items[m]!, this.#items[i]!];
        i = m;
      }
    }
    return top;
  }
}
function* leaves(t: Tree, code = ""): Generator<[string, string]> {
  if ("symbol" in t) yield [t.symbol, code || "0"];
  else yield* [...leaves(t.left, code + "0"), ...leaves(t.right, code + "1")];
}
export function main(log: Log): unknown {
  const build = (text: string) => {
    const counts = [...text].reduce((m, c) => m.set(c, (m.get(c) ?? 0) + 1), new Map<string, number>());
    const heap = new Heap<Tree>((a, b) => a.weight < b.weight || (a.weight === b.weight && a.order < b.order));
    let order = 0;
    for (const [symbol, weight] of counts) heap.push({ symbol, weight, order: order++ });
    while (heap.size > 1) {
      const [left, right] = [heap.pop(), heap.pop()];
      heap.push({ left, right, weight: left.weight + right.weight, order: order++ });
    }
    return new Map(leaves(heap.pop()));
  };
  return ["abracadabra", "aaaa", "she sells sea shells"].map((text) => {
    const codes = build(text);
    const bits = text.replace(/./g, (c) => codes.get(c)!);
    const back = new Map([...codes].map(([s, c]) => [c, s]));
    let [decoded, current] = ["", ""];
    for (const bit of bits) {
      const hit = back.get((current += bit));
      if (hit !== undefined) [decoded, current] = [decoded + hit, ""];
    }
    log(text.length * 8, bits.length);
    return [decoded === text, bits, [...codes].sort(([a], [b]) => (a < b ? -1 : 1))];
  });
}
