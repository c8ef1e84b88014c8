// A single-producer ring over typed arrays with wrapping indices, watermarks, callbacks and overruns.
class Ring<T extends { [k: string]: number }> {
  static readonly FULL = Symbol("full");
  #head = 0;
  #tail = 0;
  #data: Record<string, Int32Array>;
  onLow?: (left: number) => void;
  constructor(
    readonly size: number,
    private readonly fields: (keyof T & string)[],
  ) {
    if (size & (size - 1)) throw new RangeError(`${size} is no power of two`);
    this.#data = Object.fromEntries(fields.map((f) => [f, new Int32Array(size)]));
    this.#head = this.#tail = 0xfffffffe | 0;
  }
  get used() {
    return (this.#head - this.#tail) >>> 0;
  }
  get space() {
    return this.size - this.used;
  }
  push(item: T): number | typeof Ring.FULL {
    if (!this.space) return Ring.FULL;
    const at = this.#head & (this.size - 1);
    for (const f of this.fields) this.#data[f]![at] = item[f]!;
    this.#head = (this.#head + 1) | 0;
    return at;
  }
  *drain(limit = Infinity): Generator<T> {
    while (this.used && limit-- > 0) {
      const at = this.#tail & (this.size - 1);
      try {
        yield Object.fromEntries(this.fields.map((f) => [f, this.#data[f]![at]])) as T;
      } finally {
        this.#tail = (this.#tail + 1) | 0;
        if (this.used <= this.size >> 2) this.onLow?.(this.used);
      }
    }
  }
}
export function main(log: Log): unknown {
  const ring = new Ring<{ addr: number; len: number }>(8, ["addr", "len"]);
  ring.onLow = (left) => log("low", left);
  const pushed: unknown[] = [];
  for (let i = 0; i < 10; i++) pushed.push(ring.push({ addr: i * 0x40000000, len: -i }));
  const taken: unknown[] = [];
  for (const { addr, len } of ring.drain()) {
    taken.push(addr >>> 0, len);
    if (len === -4) break;
    if (len === -2) ring.push({ addr: 99, len: 99 });
  }
  const [next] = ring.drain(1);
  try {
    for (const item of ring.drain()) throw new Error(JSON.stringify(item));
  } catch (e) {
    taken.push((e as Error).message);
  }
  let bad: unknown;
  try {
    bad = new Ring(6, []);
  } catch (e) {
    bad = (e as Error).message;
  }
  return [pushed.map(String), taken, next, ring.used, [...ring.drain(2)], ring.space, bad];
}
