// A disposal stack: resources released in reverse, errors in release suppress or replace one another.
class Suppressed extends Error {
  constructor(
    readonly error: unknown,
    readonly suppressed: unknown,
  ) {
    super("suppressed");
  }
  *[Symbol.iterator](): Generator<string> {
    for (const part of [this.error, this.suppressed]) {
      if (part instanceof Suppressed) yield* part;
      else yield (part as Error).message;
    }
  }
}
function using<T>(body: (defer: (name: string, release?: () => void) => void) => T, log: Log): T {
  const stack: [string, (() => void) | undefined][] = [];
  let failed = false;
  let failure: unknown;
  try {
    return body((name, release) => void stack.push([name, release]));
  } catch (error) {
    failed = true;
    failure = error;
  } finally {
    for (let top; (top = stack.pop()); ) {
      const [name, release] = top;
      try {
        log("release", name);
        release?.();
      } catch (error) {
        failure = failed ? new Suppressed(error, failure) : error;
        failed = true;
      }
    }
    if (failed) throw failure;
  }
  throw new Error("unreachable");
}
export function main(log: Log): unknown {
  const fails = (message: string) => () => {
    throw new Error(message);
  };
  const bodies: ((d: (name: string, r?: () => void) => void) => unknown)[] = [
    (d) => (d("a"), d("b"), "fine"),
    (d) => (d("a", fails("a")), d("b", fails("b")), fails("body")()),
    (d) => (d("only", fails("only")), 5),
    (d) => using((inner) => (d("outer late", fails("late")), inner("inner", fails("inner")), d("x"), fails("core")()), log),
  ];
  return bodies.map((body, i) => {
    try {
      return [i, using(body, log)];
    } catch (error) {
      return [i, error instanceof Suppressed ? [...error] : (error as Error).message];
    }
  });
}
