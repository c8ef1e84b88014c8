// yield* forwards next, throw and return; inner iterators without throw or return; its own value.
export function main(log: Log): unknown {
  function* inner(name: string): Generator<string, string, unknown> {
    try {
      for (let i = 0; ; i++) {
        try {
          const got = yield `${name}${i}`;
          log(name, "got", got);
          if (got === "stop") return `${name} done`;
        } catch (error) {
          log(name, "caught", error);
          if (error === "fatal") throw new Error(`${name} died`);
        }
      }
    } finally {
      log(name, "finally");
    }
  }
  function* outer(): Generator<string, unknown, unknown> {
    const first = yield* inner("a");
    log("first", first);
    try {
      const bare: any = {
        [Symbol.iterator]() {
          let n = 0;
          return { next: (v: unknown) => (log("bare", v), { value: "bare" + n, done: n++ > 1 }), return: () => (log("bare return"), {}) };
        },
      };
      yield* bare;
      return yield* inner("b");
    } catch (error) {
      log("outer caught", (error as Error).name);
      yield* ["x", "y"];
      return (error as Error).message;
    } finally {
      yield "cleanup";
    }
  }
  const trace: unknown[] = [];
  const it = outer();
  trace.push(it.next("ignored"), it.next(1), it.throw("soft"), it.next("stop"), it.next(2));
  try {
    trace.push(it.throw("no throw method"));
  } catch (error) {
    trace.push((error as Error).message);
  }
  trace.push(it.next(), it.next(), it.next(), it.next());
  const second = outer();
  second.next();
  trace.push(second.return("early"), second.next());
  const third = outer();
  third.next();
  try {
    third.throw("fatal");
  } catch (error) {
    trace.push((error as Error).message);
  }
  return trace;
}
