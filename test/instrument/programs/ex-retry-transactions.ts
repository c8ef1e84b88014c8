// A store with transactions, nested savepoints, rollbacks and retries with injected faults.
class Conflict extends Error {}
class Store {
  #data = new Map<string, number>();
  #undo: (() => void)[][] = [];
  version = 0;
  get(key: string): number {
    return this.#data.get(key) ?? 0;
  }
  set(key: string, value: number): this {
    const had = this.#data.has(key);
    const old = this.#data.get(key)!;
    this.#undo.at(-1)?.push(() => (had ? this.#data.set(key, old) : this.#data.delete(key)));
    this.#data.set(key, value);
    return this;
  }
  transaction<T>(body: (s: this) => T): T {
    this.#undo.push([]);
    let ok = false;
    try {
      const result = body(this);
      ok = true;
      return result;
    } finally {
      const steps = this.#undo.pop()!;
      if (!ok) while (steps.length) steps.pop()!();
      else this.#undo.at(-1)?.push(...steps);
      this.version += ok ? 1 : 0.5;
    }
  }
  dump = () => [...this.#data];
}
export function main(log: Log): unknown {
  const store = new Store().set("a", 1);
  let faults = 2;
  const retry = <T>(times: number, body: (attempt: number) => T): T => {
    for (let attempt = 1; ; attempt++)
      try {
        return body(attempt);
      } catch (error) {
        if (!(error instanceof Conflict) || attempt >= times) throw error;
        log("retry", attempt, error.message, store.dump());
      }
  };
  const moved = retry(5, (attempt) =>
    store.transaction((s) => {
      s.set("a", s.get("a") + attempt * 10).set("b", attempt);
      const inner = retry(2, (n) => s.transaction(() => {
        s.set("c", s.get("c") + n);
        if (faults-- > 0) throw new Conflict(`fault ${faults} in ${attempt}.${n}`);
        return s.get("c");
      }));
      if (attempt === 1 || faults === -2) throw new Conflict("outer " + attempt);
      return inner;
    }));
  let failure: unknown;
  try {
    retry(3, () => store.transaction((s) => s.set("z", 1) && (undefined as any).nothing));
  } catch (error) {
    failure = (error as Error).name;
  }
  return [moved, failure, store.dump(), store.version, faults];
}
