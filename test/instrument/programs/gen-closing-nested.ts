// Leaving nested for..of loops by break, continue, return and throw closes exactly the right iterators.
export function main(log: Log): unknown {
  let open = 0;
  function* source(name: string, n: number) {
    open++;
    log("open", name);
    try {
      for (let i = 0; i < n; i++) yield `${name}${i}`;
      log("exhausted", name);
    } finally {
      open--;
      log("close", name, open);
    }
  }
  function search(what: string): string {
    outer: for (const a of source("a", 3)) {
      for (const b of source("b", 3)) {
        for (const c of source("c", 2)) {
          const word = a + b + c;
          if (what === "skip" && c === "c1") continue outer;
          if (what === "leave" && b === "b1") break outer;
          if (word.endsWith(what)) return word;
          if (what === "boom" && word === "a1b0c0") throw new Error(word);
        }
        if (what === "inner" && b === "b0") break;
      }
    }
    return "not found";
  }
  const found: unknown[] = [];
  for (const what of ["a0b1c1", "skip", "leave", "boom", "inner"]) {
    try {
      found.push(search(what));
    } catch (error) {
      found.push("threw " + (error as Error).message);
    }
    found.push(open);
  }
  const [x, [y] = source("deep", 2) as any, ...rest] = source("pattern", 2) as any;
  const [one] = source("one", 5);
  return [found, x, y, rest, one, open];
}
