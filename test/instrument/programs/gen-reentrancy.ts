// A generator that touches itself while running, one that is finished, brand checks, prototypes.
export function main(log: Log): unknown {
  const out: unknown[] = [];
  let it: Generator<unknown, unknown, unknown>;
  function* selfish() {
    for (const action of ["next", "return", "throw"] as const)
      try {
        yield it[action]("x");
      } catch (error) {
        yield `${action}: ${(error as Error).name} ${(error as Error).message}`;
      }
    return "survived";
  }
  it = selfish();
  out.push(...it);
  it = selfish();
  for (let s = it.next(); !s.done; s = it.next()) log(s.value);
  out.push(it.next(), it.return(5));
  try {
    it.throw(new TypeError("finished"));
  } catch (error) {
    out.push((error as Error).message);
  }
  function* dies(): Generator<number> {
    yield 1;
    throw new Error("dead");
  }
  const d = dies();
  try {
    for (const n of d) log(n);
  } catch (error) {
    out.push((error as Error).message, d.next());
  }
  const proto = Object.getPrototypeOf(dies);
  for (const thing of [{}, null, [][Symbol.iterator]()] as any[])
    try {
      proto.prototype.next.call(thing);
    } catch (error) {
      out.push((error as Error).name);
    }
  selfish.prototype.extra = function () {
    return "extra " + typeof this.next;
  };
  const e: any = selfish();
  return [out, e.extra(), e instanceof selfish, String(e), e[Symbol.iterator]() === e, Object.prototype.toString.call(selfish), d[Symbol.toStringTag]];
}
