// An emitter with once, removal while emitting, re-entrancy, wildcard handlers and error isolation.
type Handler = (...args: any[]) => unknown;
class Emitter {
  #handlers: Record<string, Set<Handler>> = Object.create(null);
  depth = 0;
  on(event: string, handler: Handler): () => boolean {
    (this.#handlers[event] ??= new Set()).add(handler);
    return () => this.#handlers[event]?.delete(handler) ?? false;
  }
  once(event: string, handler: Handler) {
    const off = this.on(event, (...args) => (off(), handler.apply(this, args)));
    return off;
  }
  emit(event: string, ...args: unknown[]): unknown[] {
    const results: unknown[] = [];
    this.depth++;
    try {
      for (const handler of [...(this.#handlers[event] ?? []), ...(event === "*" ? [] : (this.#handlers["*"] ?? []))])
        try {
          results.push(handler.call(this, ...args));
        } catch (error) {
          if (event === "error") throw error;
          results.push(this.emit("error", error, event));
        }
      return results;
    } finally {
      this.depth--;
    }
  }
}
export function main(log: Log): unknown {
  const e = new Emitter();
  const out: unknown[] = [];
  const off = e.on("data", function (this: Emitter, n: number) {
    log("first", n, this.depth);
    if (n < 3) this.emit("data", n + 1);
    if (n === 2) off();
    return `first ${n}`;
  });
  e.once("data", (n) => `once ${n}`);
  e.on("data", (n) => {
    if (n === 3) throw new Error("three");
    return n;
  });
  e.on("error", ({ message }, where) => `${where}:${message}`);
  e.on("*", (...a) => a.length);
  out.push(e.emit("data", 1), e.emit("data", 3), e.emit("nothing"), off(), e.depth);
  e.on("error", () => {
    throw new TypeError("in error handler");
  });
  try {
    e.emit("data", 3);
  } catch (error) {
    out.push((error as Error).message, e.depth);
  }
  return out;
}
