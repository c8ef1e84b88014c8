// Every callback method of Array: index, holes, thisArg, early exits, mutation from the callback.
export function main(log: Log): unknown {
  const sparse: any[] = [1, , undefined, 4, null];
  const seen: unknown[] = [];
  const watch = (name: string) =>
    function (this: any, x: any, i: number, all: any[]) {
      seen.push(`${name}${i}${this?.t ?? ""}${all === sparse ? "" : "?"}`);
      return x === 4;
    };
  const t = { t: "T" };
  const out: unknown[] = [
    sparse.map(watch("m"), t),
    sparse.filter(watch("f")),
    sparse.some(watch("s"), t),
    sparse.every((x) => x !== undefined),
    sparse.find(watch("d")),
    sparse.findIndex((x) => x == null),
    sparse.findLast((x, i) => (log("last", i), x === undefined)),
    sparse.findLastIndex(watch("L"), t),
    sparse.flatMap((x, i) => (i % 2 ? [[x, i]] : x)),
    sparse.reduce((a, x, i) => a + i * (x ?? 100), 0),
    sparse.reduceRight((a, x, i) => [...a, i], [] as number[]),
    [[3, 1], [2]].map(([a, b = a], i, { length }) => a! * b! + i + length),
    [5, 1, 4].toSorted((a, b) => b - a),
    [1, 2, 3].with(1, [0].map(() => "w")[0] as any),
    [..."abc"].entries().next(),
  ];
  for (const f of [() => ([] as any[]).reduce((a, b) => a + b), () => ([1] as any).map(5), () => Array.prototype.forEach.call(null, () => 0), () => [1].forEach({} as any), () => [].every(undefined as any)])
    try {
      out.push(f());
    } catch (error) {
      out.push(`${(error as Error).name}: ${(error as Error).message}`);
    }
  const growing = [1, 2];
  growing.forEach((x, _, a) => a.length < 6 && a.push(x * 10));
  const shrinking = [1, 2, 3, 4, 5];
  const visited = shrinking.filter((x) => (shrinking.pop(), x));
  const nested = [1, 2].map((x) => [10, 20].map((y) => [x, y].reduce((a, b) => a * b)).filter((z) => z !== 20));
  return [out, seen, growing, visited, shrinking, nested, [1].reduce((a, b) => a + b), Array.prototype.map.call({ length: 2, 1: "x" }, (v) => v ?? "hole")];
}
