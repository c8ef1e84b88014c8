// Modules by closures, private state by IIFE, once, debounce by counters, undo stacks, and shared cells.
export function main(log: Log): unknown {
  const bank = ((start: Record<string, number>) => {
    const accounts = { ...start };
    const undo: (() => void)[] = [];
    const audit: string[] = [];
    const record = <A extends unknown[], R>(name: string, f: (...a: A) => R) => (...a: A): R => {
      const mark = undo.length;
      audit.push(`${name}(${a.join()})`);
      try {
        return f(...a);
      } catch (e) {
        while (undo.length > mark) undo.pop()!();
        audit.push("!" + (e as Error).message);
        throw e;
      }
    };
    const set = (who: string, n: number) => {
      const old = accounts[who];
      undo.push(() => (old === undefined ? delete accounts[who] : (accounts[who] = old)));
      if ((accounts[who] = n) < 0) throw new RangeError(`${who} overdrawn`);
      return n;
    };
    return {
      move: record("move", (from: string, to: string, n: number) => [set(to, (accounts[to] ?? 0) + n), set(from, accounts[from]! - n)]),
      undo: record("undo", () => undo.splice(-2).reverse().forEach((u) => u())),
      get state() {
        return { ...accounts };
      },
      audit,
    };
  })({ a: 10, b: 0 });
  const once = <T>(f: () => T) => { let done = false, value: T; return () => (done ? value : ((done = true), (value = f()))); };
  let made = 0;
  const make = once(() => ++made);
  const every = (n: number, f: (i: number) => void, i = 0) => () => { if (++i % n === 0) f(i); };
  const third = every(3, (i) => log("third", i));
  const cell = (value = 0) => [() => value, (f: (v: number) => number) => (value = f(value))] as const;
  const [[getA, setA], [getB, setB]] = [cell(), cell(5)];
  for (let i = 0; i < 7; i++) third(), setA((v) => v + getB()), setB((v) => v - (i & 1)), make();
  const out: unknown[] = [bank.move("a", "b", 4), bank.move("b", "c", 1)];
  try {
    bank.move("a", "d", 100);
  } catch (e) {
    out.push((e as Error).message);
  }
  bank.undo();
  return [out, bank.state, bank.audit, made, make(), getA(), getB()];
}
