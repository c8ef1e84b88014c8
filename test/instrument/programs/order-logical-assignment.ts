// ??=, ||=, &&= read once and write only when needed: setters, proxies, const bindings.
export function main(log: Log): unknown {
  const box = (initial: unknown) => {
    let value = initial;
    return {
      get v() {
        log("get", value);
        return value;
      },
      set v(next) {
        log("set", next);
        value = next;
      },
    };
  };
  const rhs = <T>(x: T): T => (log("rhs", x), x);
  const out: unknown[] = [];
  for (const initial of [null, undefined, 0, "", NaN, false, "yes", 7n, 0n]) {
    const a: any = box(initial);
    const b: any = box(initial);
    const c: any = box(initial);
    out.push([(a.v ??= rhs("A")), (b.v ||= rhs("B")), (c.v &&= rhs("C"))]);
  }
  const fixed: any = 5;
  fixed ??= rhs("never");
  fixed ||= rhs("never");
  try {
    fixed &&= rhs("assigned to const");
  } catch (error) {
    log((error as Error).name);
  }
  const frozen: any = Object.freeze({ a: 1 });
  frozen.a ||= rhs(2);
  try {
    frozen.b ??= rhs(3);
  } catch (error) {
    log((error as Error).name);
  }
  let f: any;
  f ??= () => 1;
  f.extra ??= function () {};
  const deep: any = {};
  ((deep.a ??= {}).b ??= []).push(rhs(1));
  (deep.a.b[deep.a.b.length] ||= { n: 0 }).n += 2;
  return [out, fixed, f.name, f.extra.name, deep];
}
