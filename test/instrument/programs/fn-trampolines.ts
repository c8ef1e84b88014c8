// Mutual recursion by trampolines and in continuation style; deep data without deep stacks.
type Thunk<T> = { done: false; next: () => Thunk<T> } | { done: true; value: T };
const done = <T>(value: T): Thunk<T> => ({ done: true, value });
const more = <T>(next: () => Thunk<T>): Thunk<T> => ({ done: false, next });
function run<T>(t: Thunk<T>, fuel = 1e5): T {
  while (!t.done) {
    if (--fuel < 0) throw new RangeError("out of fuel");
    t = t.next();
  }
  return t.value;
}
const isEven = (n: number): Thunk<boolean> => (n === 0 ? done(true) : more(() => isOdd(n - 1)));
function isOdd(n: number): Thunk<boolean> {
  return n === 0 ? done(false) : more(() => isEven(n - 1));
}
function sumTree(tree: any, k: (n: number) => Thunk<number>): Thunk<number> {
  if (typeof tree === "number") return more(() => k(tree));
  if (!tree.length) return k(0);
  const [head, ...tail] = tree;
  return more(() => sumTree(head, (h) => more(() => sumTree(tail, (t) => k(h + t)))));
}
class Cont<T> {
  constructor(readonly run: (ok: (x: T) => void, fail: (e: unknown) => void) => void) {}
  then<U>(f: (x: T) => Cont<U> | U): Cont<U> {
    return new Cont((ok, fail) =>
      this.run((x) => {
        let next: Cont<U> | U;
        try {
          next = f(x);
        } catch (error) {
          return fail(error);
        }
        next instanceof Cont ? next.run(ok, fail) : ok(next);
      }, fail),
    );
  }
  static of = <T>(x: T) => new Cont<T>((ok) => ok(x));
}
export function main(log: Log): unknown {
  const deep = Array.from({ length: 60 }).reduce<any>((acc, _, i) => [i, acc], []);
  const results: unknown[] = [run(isEven(801)), run(isOdd(801)), run(sumTree(deep, done)), run(sumTree([1, [2, [], [3]], 4], (n) => done(n * 2)))];
  try {
    run(isEven(-1), 50);
  } catch (error) {
    results.push((error as Error).message);
  }
  Cont.of(1).then((x) => x + 1).then((x) => new Cont<number>((ok) => (ok(x * 10), ok(x * 100)))).then((x) => { if (x > 100) throw new Error("big " + x); return x; }).run((x) => log("ok", x), (e) => log("fail", (e as Error).message));
  return results;
}
