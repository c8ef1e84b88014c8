// SHA-1 by hand over typed arrays and DataView, as a class with private state and fluent updates.
class Sha1 {
  #h = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  #block = new Uint8Array(64);
  #view = new DataView(this.#block.buffer);
  #fill = 0;
  #total = 0;
  static #rounds: [(b: number, c: number, d: number) => number, number][] = [
    [(b, c, d) => (b & c) | (~b & d), 0x5a827999],
    [(b, c, d) => b ^ c ^ d, 0x6ed9eba1],
    [(b, c, d) => (b & c) | (b & d) | (c & d), 0x8f1bbcdc],
    [(b, c, d) => b ^ c ^ d, 0xca62c1d6],
  ];
  update(data: Iterable<number> | string): this {
    for (const byte of typeof data === "string" ? Array.from(data, (c) => c.charCodeAt(0)) : data) {
      this.#block[this.#fill++] = byte;
      this.#total++;
      if (this.#fill === 64) this.#compress();
    }
    return this;
  }
  #compress() {
    const w = new Uint32Array(80);
    for (let i = 0; i < 80; i++) {
      if (i < 16) w[i] = this.#view.getUint32(i * 4);
      else {
        const x = w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!;
        w[i] = (x << 1) | (x >>> 31);
      }
    }
    let [a, b, c, d, e] = this.#h as any as number[];
    for (let i = 0; i < 80; i++) {
      const [f, k] = Sha1.#rounds[(i / 20) | 0]!;
      const t = (((a! << 5) | (a! >>> 27)) + f(b!, c!, d!) + e! + k + w[i]!) | 0;
      [e, d, c, b, a] = [d, c, (b! << 30) | (b! >>> 2), a, t];
    }
    [a, b, c, d, e].forEach((v, i) => (this.#h[i]! += v!));
    this.#fill = 0;
  }
  digest(): string {
    const bits = this.#total * 8;
    this.update([0x80]);
    while (this.#fill !== 56) this.update([0]);
    this.#view.setUint32(60, bits);
    this.#compress();
    return Array.from(this.#h, (v) => v.toString(16).padStart(8, "0")).join("");
  }
}
export function main(log: Log): unknown {
  const one = new Sha1().update("abc").digest();
  const pieces = new Sha1();
  for (const piece of ["", "a", "bc", Uint8Array.of(0, 255)]) pieces.update(piece);
  log(one === "a9993e364706816aba3e25717850c26c9cd0d89d");
  return [one, pieces.digest(), new Sha1().digest()];
}
