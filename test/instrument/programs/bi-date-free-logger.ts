// A logger with levels, formats, ring storage, child contexts and redaction by proxies and getters.
type Level = "debug" | "info" | "error";
const LEVELS: readonly Level[] = ["debug", "info", "error"];
class Logger {
  static #ticks = 0;
  readonly #ring: string[] = Array(4);
  #at = 0;
  constructor(
    private readonly context: Record<string, unknown> = {},
    private threshold: Level = "info",
    private readonly parent?: Logger,
  ) {
    for (const level of LEVELS) (this as any)[level] = (s: TemplateStringsArray | string, ...v: unknown[]) => this.#write(level, typeof s === "string" ? [s] : s, v);
  }
  declare debug: (s: TemplateStringsArray | string, ...v: unknown[]) => boolean;
  declare info: Logger["debug"];
  declare error: Logger["debug"];
  #write(level: Level, strings: readonly string[], values: unknown[]): boolean {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(this.threshold)) return false;
    const text = strings.reduce((acc, s, i) => `${acc}${this.#show(values[i - 1])}${s}`);
    const fields = Object.entries({ ...this.parent?.context, ...this.context }).map(([k, v]) => `${k}=${this.#show(v)}`);
    this.#store(`${++Logger.#ticks - this.born}[${level[0]!.toUpperCase()}] ${[text, ...fields].join(" ")}`);
    return true;
  }
  private born = Logger.#ticks;
  #store(line: string) {
    this.#ring[this.#at++ % this.#ring.length] = line;
    this.parent?.#store("> " + line);
  }
  #show(v: unknown): string {
    switch (typeof v) {
      case "function":
        return this.#show(v());
      case "object":
        if (v === null) return "null";
        if (v instanceof Error) return `${v.name}(${v.message})`;
        return JSON.stringify(v, (k, x) => (/secret|key/i.test(k) ? "***" : typeof x === "bigint" ? `${x}n` : x));
      default:
        return String(v);
    }
  }
  child = (context: Record<string, unknown>, threshold = this.threshold) => new Logger(context, threshold, this);
  *[Symbol.iterator]() {
    for (let i = Math.max(0, this.#at - this.#ring.length); i < this.#at; i++) yield this.#ring[i % this.#ring.length];
  }
}
export function main(log: Log): unknown {
  const root = new Logger({ dev: "eth0" });
  const child = root.child({ irq: 9, lazy: () => [1, { secret: "x" }] }, "debug");
  const results = [root.debug`hidden ${() => log("never evaluated")}`, child.debug`n=${1n} ${{ apiKey: 1, ok: [2n] }}`, root.info("plain"), child.error`failed: ${new RangeError("r")} ${null}${undefined}`];
  for (let i = 0; i < 3; i++) child.info`loop ${i}`;
  log([...child].length);
  return [results, [...root], [...child]];
}
