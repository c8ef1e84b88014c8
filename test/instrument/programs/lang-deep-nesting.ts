// Ten scopes deep: blocks, functions, loops and classes inside one another, all captured and changed.
export function main(log: Log): unknown {
  const probes: (() => unknown)[] = [];
  let l0 = 0;
  for (let l1 = 1; l1 < 3; l1++) {
    const k1 = l1 * 10;
    (function l2(this: any, depth = l1) {
      let v2 = depth + k1;
      for (const l3 of [v2, v2 + 1]) {
        class L4 {
          static s4 = l3;
          #p4 = v2++;
          *l5(n: number): Generator<unknown> {
            try {
              for (let l6 = 0; l6 < n; l6++) {
                switch (l6) {
                  case 0: {
                    const l7 = () => {
                      let v8 = [l0++, l1, l2.length, l3, this.#p4++, n, l6];
                      return () => {
                        {
                          let l0 = v8.length;
                          {
                            var v9 = l0 + v8[0]!;
                            probes.push(() => [v9++, l0--, v8.shift(), this.#p4, l6, v2]);
                          }
                        }
                        return v9;
                      };
                    };
                    yield l7()();
                    break;
                  }
                  default:
                    yield [l6, L4.s4++];
                }
              }
            } finally {
              l0 += 100;
            }
          }
        }
        for (const y of new L4().l5(3)) {
          log(y, l0);
          if (Array.isArray(y) && l1 === 2) break;
        }
      }
    })();
  }
  return [l0, probes.map((p) => p()), probes.map((p) => p())];
}
