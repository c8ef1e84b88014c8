// Game of life on typed arrays with double buffering, torus indices, cycle detection by hashes in a Map.
class Life {
  #now: Uint8Array;
  #next: Uint8Array;
  generation = 0;
  constructor(
    readonly w: number,
    readonly h: number,
    seed: string,
  ) {
    this.#now = Uint8Array.from({ length: w * h }, (_, i) => +(seed[i] === "#"));
    this.#next = new Uint8Array(w * h);
  }
  at = (x: number, y: number) => this.#now[((y + this.h) % this.h) * this.w + ((x + this.w) % this.w)]!;
  *neighbours(x: number, y: number) {
    for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) if (dx || dy) yield this.at(x + dx, y + dy);
  }
  step(): this {
    for (let y = 0, i = 0; y < this.h; y++)
      for (let x = 0; x < this.w; x++, i++) {
        let n = 0;
        for (const alive of this.neighbours(x, y)) if ((n += alive) > 3) break;
        this.#next[i] = +(n === 3 || (n === 2 && !!this.#now[i]));
      }
    [this.#now, this.#next, this.generation] = [this.#next, this.#now, this.generation + 1];
    return this;
  }
  get hash() {
    return this.#now.reduce((h, c) => (Math.imul(h, 31) + c) | 0, 17);
  }
  toString() {
    return Array.from({ length: this.h }, (_, y) => Array.from(this.#now.subarray(y * this.w, (y + 1) * this.w), (c) => ".#"[c]).join("")).join("/");
  }
  static cycle(life: Life, limit = 30): [number, number] | null {
    const seen = new Map<number, number>();
    for (; life.generation < limit; life.step()) {
      const before = seen.get(life.hash);
      if (before !== undefined) return [before, life.generation - before];
      seen.set(life.hash, life.generation);
    }
    return null;
  }
}
export function main(log: Log): unknown {
  const blinker = new Life(5, 5, ".......#....#....#.......".slice(0, 25));
  const glider = new Life(4, 4, ".#....#.###.....");
  log(`${blinker}`, `${blinker.step()}`);
  return [Life.cycle(blinker), Life.cycle(glider), `${glider}`, Life.cycle(new Life(3, 3, "#########"))];
}
