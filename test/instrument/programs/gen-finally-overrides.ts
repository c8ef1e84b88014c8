// Returns, throws and yields in the finally of a generator that is being closed.
export function main(log: Log): unknown {
  function* stubborn(): Generator<number, string, unknown> {
    for (let lives = 2; ; lives--) {
      try {
        yield lives;
      } finally {
        log("lives", lives);
        if (lives > 0) continue; // a return request is swallowed
      }
    }
  }
  function* replaced() {
    try {
      yield 1;
      return "normal";
    } finally {
      yield "from finally";
      return "replaced";
    }
  }
  function* rethrower() {
    try {
      try {
        yield 1;
      } finally {
        throw new RangeError("inner finally");
      }
    } catch (error) {
      yield (error as Error).message;
    } finally {
      log("outer finally");
    }
    return "after";
  }
  const drive = (it: Generator<any, any, any>) => {
    const out: unknown[] = [it.next()];
    out.push(it.return("R1"));
    out.push(it.return("R2"));
    out.push(it.next("N"));
    out.push(it.return("R3"));
    try {
      out.push(it.throw(new Error("late")));
    } catch (error) {
      out.push((error as Error).message);
    }
    return out;
  };
  const fresh = replaced();
  const untouched = [fresh.return("before start"), fresh.next()];
  const looped: unknown[] = [];
  for (const n of stubborn()) {
    looped.push(n);
    if (looped.length > 5) break;
    if (n === 1) break;
  }
  return [drive(stubborn()), drive(replaced()), drive(rethrower()), untouched, looped];
}
