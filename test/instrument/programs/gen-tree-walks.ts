// Recursive generators over a binary tree: in-order, level order, zipped and compared lazily.
interface Tree {
  left?: Tree;
  value: number;
  right?: Tree;
}
const build = ([value, ...rest]: number[]): Tree | undefined =>
  value === undefined
    ? undefined
    : { value, left: build(rest.filter((n) => n < value)), right: build(rest.filter((n) => n >= value)) };
function* inorder(t?: Tree, depth = 0): Generator<[number, number], number> {
  if (!t) return 0;
  const left: number = yield* inorder(t.left, depth + 1);
  yield [t.value, depth];
  return left + 1 + (yield* inorder(t.right, depth + 1));
}
function* levels(...roots: (Tree | undefined)[]): Generator<number[]> {
  const row = roots.flatMap((t) => (t ? [t] : []));
  if (row.length) {
    yield row.map(({ value }) => value);
    yield* levels(...row.flatMap(({ left, right }) => [left, right]));
  }
}
function* zip<A, B>(a: Iterable<A>, b: Iterable<B>): Generator<[A, B]> {
  const other = b[Symbol.iterator]();
  for (const x of a) {
    const { value, done } = other.next();
    if (done) return;
    yield [x, value];
  }
}
export function main(log: Log): unknown {
  const a = build([50, 30, 70, 20, 40, 60, 80, 35]);
  const b = build([20, 30, 35, 40, 50, 61, 70]);
  let difference: unknown;
  for (const [[x, dx], [y, dy]] of zip(inorder(a), inorder(b))) {
    log(x, dx, y, dy);
    if (x !== y) {
      difference = [x, y];
      break;
    }
  }
  const it = inorder(a);
  let step = it.next();
  while (!step.done) step = it.next();
  return [difference, step.value, [...levels(a, b)], Math.max(...Array.from(inorder(b), ([n]) => n))];
}
