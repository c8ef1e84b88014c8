// Permutations, subsets and products by recursive generators with swaps undone in finally.
function* permute<T>(items: T[], at = 0): Generator<T[]> {
  if (at >= items.length) return yield items.slice() as any;
  for (let i = at; i < items.length; i++) {
    [items[at], items[i]] = [items[i], items[at]];
    try {
      yield* permute(items, at + 1);
    } finally {
      [items[at], items[i]] = [items[i], items[at]];
    }
  }
}
function* product<T>(head?: Iterable<T>, ...tail: Iterable<T>[]): Generator<T[]> {
  if (!head) yield [];
  else for (const h of head) for (const t of product(...tail)) yield [h, ...t];
}
const subsets = function* self<T>([first, ...rest]: T[]): Generator<T[]> {
  if (first === undefined) return void (yield []);
  for (const s of self(rest)) {
    yield s;
    yield [first, ...s];
  }
};
export function main(log: Log): unknown {
  const items = ["a", "b", "c", "d"];
  const kept: string[] = [];
  search: for (const p of permute(items)) {
    log(p.join(""), items.join(""));
    for (const [i, x] of p.entries()) {
      if (i && x < p[i - 1] && x === "a") continue search;
      if (i === 3 && x === "c") break search;
    }
    kept.push(p.join(""));
  }
  const restored = items.join("");
  let sum = 0;
  for (const [a, b = 0, c = 0] of product([1, 2], new Set([10, 20]), Array.of(100)) as any) sum = sum * 3 + a - b + c;
  return [kept, restored, sum, [...subsets([1, 2, 3])].map((s) => s.join("")).join(",")];
}
