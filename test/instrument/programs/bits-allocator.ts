// A buddy allocator over a bitmap in a Uint32Array, with find-first-zero, splitting and coalescing.
class Bitmap {
  readonly words: Uint32Array;
  constructor(readonly size: number) {
    this.words = new Uint32Array((size + 31) >>> 5);
  }
  test = (n: number) => (this.words[n >>> 5]! >>> (n & 31)) & 1;
  set(n: number, on = true): boolean {
    const was = !!this.test(n);
    if (on) this.words[n >> 5]! |= 1 << (n & 31);
    else this.words[n >> 5]! &= ~(1 << (n & 31));
    return was;
  }
  *[Symbol.iterator]() {
    for (const [w, word] of this.words.entries()) for (let rest = word; rest; rest &= rest - 1) yield w * 32 + (31 - Math.clz32(rest & -rest));
  }
}
class Buddy {
  #free: Set<number>[];
  #orders = new Map<number, number>();
  readonly used = new Bitmap(1 << this.order);
  constructor(readonly order: number) {
    this.#free = Array.from({ length: order + 1 }, () => new Set<number>());
    this.#free[order]!.add(0);
  }
  alloc(order: number): number {
    let from = order;
    while (from <= this.order && !this.#free[from]!.size) from++;
    if (from > this.order) throw new RangeError("ENOMEM " + order);
    const [page] = this.#free[from]!;
    this.#free[from]!.delete(page!);
    while (from-- > order) this.#free[from]!.add(page! + (1 << from));
    for (let i = 0; i < 1 << order; i++) if (this.used.set(page! + i)) throw new Error("double use");
    this.#orders.set(page!, order);
    return page!;
  }
  free(page: number): number {
    let order = this.#orders.get(page) ?? (() => { throw new Error("bad free " + page); })();
    this.#orders.delete(page);
    for (let i = 0; i < 1 << order; i++) this.used.set(page + i, false);
    for (; order < this.order && this.#free[order]!.delete(page ^ (1 << order)); order++) page &= ~(1 << order);
    this.#free[order]!.add(page);
    return order;
  }
  get state() {
    return this.#free.map((s) => [...s].sort((a, b) => a - b).join("."));
  }
}
export function main(log: Log): unknown {
  const b = new Buddy(6);
  const pages = [0, 2, 1, 0, 3].map((o) => b.alloc(o));
  log(b.state, [...b.used].length);
  const merged = [pages[1], pages[0], pages[3]].map((p) => b.free(p!));
  const errors = [() => b.free(63), () => b.alloc(6), () => b.free(pages[0]!)].map((f) => {
    try {
      return f();
    } catch ({ name, message }: any) {
      return `${name} ${message}`;
    }
  });
  pages.slice(2, 3).concat(pages[4]!).forEach((p) => b.free(p));
  return [pages, merged, errors, b.state, b.used.words];
}
