// Getters and setters along prototype chains, halves overridden, data properties in between, receivers.
export function main(log: Log): unknown {
  class Temp {
    protected c = 20;
    get f() {
      log("get f", this.c);
      return this.c * 1.8 + 32;
    }
    set f(v: number) {
      log("set f", v);
      this.c = (v - 32) / 1.8;
    }
    get self() {
      return this;
    }
  }
  class ReadOnly extends Temp {
    override get f() {
      return Math.round(super.f);
    }
  }
  class WriteLog extends Temp {
    writes: number[] = [];
    override set f(v: number) {
      this.writes.push(v);
      super.f = v;
    }
  }
  class Shadowed extends Temp {
    // @ts-ignore
    override f = 7;
  }
  const ro: any = new ReadOnly();
  const wl: any = new WriteLog();
  const sh: any = new Shadowed();
  const out: unknown[] = [ro.f, wl.f, sh.f];
  try {
    ro.f = 1;
  } catch (error) {
    out.push((error as Error).name);
  }
  wl.f = 212;
  wl.f += 1;
  sh.f += 3;
  const child = Object.create(ro, { c: { value: 100, writable: true } });
  out.push(child.f, child.self === child, ro.c);
  const frozen = Object.freeze(Object.create(new Temp()));
  for (const action of [() => (frozen.f = 50), () => (frozen.c = 1), () => frozen.f++])
    try {
      out.push(action());
    } catch (error) {
      out.push((error as Error).name);
    }
  let backing = 1;
  const literal = Object.create(null, {
    v: { get: () => backing++, set: (x) => (backing = x * 2), enumerable: true },
    w: { get: undefined, enumerable: true },
  });
  literal.v = literal.v + literal.v;
  const { v, ...others } = literal;
  const copy = { ...literal };
  return [out, wl.c, wl.writes, sh.f, v, others, copy, Reflect.get(Temp.prototype, "f", { c: 0 }), Object.getOwnPropertyDescriptor(ReadOnly.prototype, "f")?.set];
}
