/** One line on a terminal that says how far the work is; nothing anywhere else. */
const PAUSE_MS = 100;

export class Progress {
  readonly #label: string;
  #last = 0;

  constructor(label: string) {
    this.#label = label;
  }

  show(text: string): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#last < PAUSE_MS) return;
    this.#last = now;
    process.stderr.write(`\r\x1b[K${this.#label}: ${text}`);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }
}
