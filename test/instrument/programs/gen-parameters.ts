// Parameters of generators bind at the call, the body runs at the first next.
export function main(log: Log): unknown {
  const d = <T>(tag: string, v: T) => (log("default", tag), v);
  function* g(a = d("a", 1), { b = d("b", a + 1), ...others } = d("object", {} as any), [c = d("c", b), ...rest]: any = [], ...tail: any[]) {
    log("body", a, b, c);
    a = 100;
    var a2 = yield () => a++;
    yield [a, b, c, others, rest, tail, a2, arguments.length];
    function later() {
      return [a, a2];
    }
    return later;
  }
  const it = g(undefined, { z: 26 }, [undefined, 5, 6], 7, 8);
  log("created");
  const inc = it.next().value as () => number;
  inc();
  const second = it.next("sent").value;
  const later = (it.next().value as () => unknown[])();
  let failing: any;
  try {
    failing = g(1, null as any);
  } catch (error) {
    log("at the call", (error as Error).name, failing);
  }
  function* closure(x: number, read = () => x, write = (v: number) => (x = v)) {
    var x = x * 2; // a separate var with the parameter's value
    yield [x, read()];
    write(50);
    yield [x, read()];
    x = 7;
    return [x, read()];
  }
  const all: unknown[] = [];
  const c = closure(4);
  for (let s = c.next(); ; s = c.next()) {
    all.push(s.value);
    if (s.done) break;
  }
  return [second, later, all, g.length, g.name];
}
