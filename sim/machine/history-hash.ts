/** The running hash over a history: two 32-bit lanes, integer arithmetic only. */
const POSITION = /[^\s<]*\.[cm]?ts:\d+/g;

export class HistoryHash {
  #a = 0x9dc5811c | 0;
  #b = 0x1b873593 | 0;
  readonly #strings = new Map<string, number>();

  int(value: number): void {
    this.#a = Math.imul(this.#a ^ value, 0x01000193);
    this.#b = Math.imul(((this.#b << 13) | (this.#b >>> 19)) ^ value, 0x85ebca6b) + 0x52dce729;
  }

  /** Any number: integers of 32 bits in one step, others by their two halves. */
  number(value: number): void {
    const low = value | 0;
    this.int(low);
    if (low !== value) this.string(String(value));
  }

  /** Source positions in a text ("kernel BUG at …/snull.ts:294!") do not count. */
  string(text: string): void {
    let h = this.#strings.get(text);
    if (h === undefined) {
      h = 0x811c9dc5 | 0;
      const placeless = text.replace(POSITION, "");
      for (let i = 0; i < placeless.length; i++) h = Math.imul(h ^ placeless.charCodeAt(i), 0x01000193);
      if (this.#strings.size < 10_000) this.#strings.set(text, h);
    }
    this.int(h);
  }

  /** The state, to go on from later. */
  save(): readonly [number, number] {
    return [this.#a, this.#b];
  }

  load([a, b]: readonly [number, number]): void {
    this.#a = a;
    this.#b = b;
  }

  digest(): string {
    const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, "0");
    return hex(this.#a ^ (this.#b >>> 15)) + hex(this.#b ^ Math.imul(this.#a, 0xc2b2ae35));
  }
}
