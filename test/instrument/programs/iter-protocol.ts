// Hand-made iterators with odd results: getters for value and done, truthy done, cached next.
export function main(log: Log): unknown {
  const odd = {
    count: 0,
    [Symbol.iterator]() {
      log("iterator", arguments.length);
      const self = this;
      return {
        get next() {
          log("get next");
          return function (this: unknown, ...args: unknown[]) {
            log("next", args.length, this !== undefined);
            const n = self.count++;
            return {
              get done() {
                log("done?", n);
                return n >= 3 ? "truthy" : 0;
              },
              get value() {
                log("value", n);
                return n;
              },
            };
          };
        },
      };
    },
  };
  const seen: unknown[] = [];
  for (const x of odd as any) seen.push(x);
  odd.count = 1;
  seen.push([...(odd as any)]);
  odd.count = 0;
  const [a, , b, c = "exhausted", d = "still"] = odd as any;
  seen.push(a, b, c, d);
  const inherited = Object.create(odd, { count: { value: 2, writable: true } });
  seen.push(Array.from(inherited));
  for (const bad of [1, {}, null, undefined, { [Symbol.iterator]: 5 }, { [Symbol.iterator]: () => 5 }, { [Symbol.iterator]: () => ({}) }] as any[]) {
    for (const use of [() => [...bad], () => { for (const x of bad) log(x); }, () => { const [x] = bad; return x; }, () => new Set(bad).size, () => Math.max(...bad)])
      try {
        seen.push(use());
      } catch (error) {
        seen.push((error as Error).name);
      }
  }
  return seen;
}
