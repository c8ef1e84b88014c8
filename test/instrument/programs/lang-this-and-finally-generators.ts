// Generators as methods borrowed between objects, with finally blocks that use this and arguments.
export function main(log: Log): unknown {
  const device = {
    name: "eth0",
    open: 0,
    *session(this: { name: string; open: number }, ...packets: (string | Error)[]): Generator<string, number, number | undefined> {
      this.open++;
      let sent = 0;
      const note = () => log(this.name, this.open, sent, arguments.length);
      try {
        for (const p of packets) {
          try {
            if (p instanceof Error) throw p;
            const credit = yield `${this.name}:${p}`;
            sent += credit ?? 1;
            if (credit === 0) return -1;
          } catch (e) {
            if (e === p) continue;
            yield "rethrown " + (e as Error).message;
            throw e;
          } finally {
            note();
          }
        }
        return sent;
      } finally {
        this.open--;
        if (this.open < 0) yield "unbalanced";
      }
    },
  };
  const other = { name: "lo", open: 10, session: device.session };
  const out: unknown[] = [];
  const [x, y] = [device.session("a", new Error("skip"), "b"), other.session("c", "d")];
  out.push(x.next(), y.next(), x.next(5), y.next(0), y.next(), x.next());
  const z = device.session.call({ name: "tmp", open: -1 }, "e");
  out.push(z.next(), z.return(9), z.next(), z.next());
  const t = other.session("f", "g");
  out.push(t.next(), t.throw(new Error("from outside")));
  try {
    t.next();
  } catch (e) {
    out.push((e as Error).message, other.open);
  }
  const merged = function* (this: any) {
    yield* device.session.apply(this, ["h"]);
    return yield* other.session(...([..."ij"] as string[]));
  };
  const m = merged.call({ name: "m", open: 5 });
  for (let s = m.next(); ; s = m.next(3)) {
    out.push(s.value);
    if (s.done) break;
  }
  return [out, device.open, other.open];
}
