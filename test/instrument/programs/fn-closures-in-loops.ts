// let, const, var, catch parameters, classes and functions captured per iteration, in all loops.
export function main(log: Log): unknown {
  const all: (() => unknown)[] = [];
  let n = 0;
  while (n < 3) {
    let inside = n * 2;
    const fixed = [inside];
    function declared() {
      return [inside++, fixed, n];
    }
    all.push(declared, () => declared());
    n++;
  }
  do {
    let x: number | undefined;
    all.push(() => (x = (x ?? 0) + 1));
    var shared = (shared ?? 0) + n;
  } while (--n > 1);
  for (const [k, { v }] of Object.entries({ a: { v: 1 }, b: { v: 2 } })) all.push(() => k + v + shared);
  for (let key in { p: 1, q: 2 }) all.push(() => (key += "!"));
  for (const c of "xy") {
    class Local {
      static c = c;
      get = () => c + Local.c;
    }
    all.push(() => new Local().get());
    if (c === "x") continue;
    try {
      throw c;
    } catch (caught) {
      all.push(() => caught);
    }
  }
  outer: for (let i = 0, j = 10; ; i++) {
    for (; ; j--) {
      if (j < 8) break outer;
      all.push(() => [i++, j]);
      if (j % 2) {
        j--;
        continue outer;
      }
    }
  }
  switch (n) {
    case 1:
      let inSwitch = "s1";
      all.push(() => (inSwitch += shared));
  }
  const first = all.map((f) => f());
  log(first.length);
  return [first, all.map((f) => f())];
}
