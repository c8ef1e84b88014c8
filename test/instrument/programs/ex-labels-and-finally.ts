// Labelled breaks through several finally blocks, labels on blocks and on if, generators in between.
export function main(log: Log): unknown {
  function* watched(name: string) {
    try {
      yield* [1, 2, 3];
    } finally {
      log("closed", name);
    }
  }
  const trace: unknown[] = [];
  const journey = (target: number): string => {
    block: {
      outer: for (const a of watched("outer")) {
        try {
          inner: for (const b of watched("inner")) {
            try {
              trace.push(a * 10 + b);
              if (target === a * 10 + b) break block;
              if (b === 2 && a === 1) continue outer;
              if (b === 3 && a === 2) break inner;
              if (target < 0 && a === 3) break outer;
            } finally {
              trace.push("f" + b);
              choice: if (b === 1) {
                if (a === 2) break choice;
                trace.push("chosen");
              }
            }
          }
          trace.push("after inner");
        } finally {
          trace.push("F" + a);
          if (a === 3 && target === 99) continue outer;
        }
      }
      return "fell out";
    }
    return "broke the block";
  };
  const nested = (n: number): number => {
    try {
      return n > 3 ? n : nested(n + 1);
    } finally {
      trace.push("unwind " + n);
      if (n === 2) return -n;
    }
  };
  return [journey(22), journey(-1), journey(99), nested(0), nested(3), trace];
}
