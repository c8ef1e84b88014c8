// N queens three ways: bit masks, generators with conflicts in sets, and callbacks with early exit.
function bits(n: number, columns = 0, left = 0, right = 0): number {
  const all = (1 << n) - 1;
  if (columns === all) return 1;
  let count = 0;
  for (let free = all & ~(columns | left | right); free; ) {
    const spot = free & -free;
    free ^= spot;
    count += bits(n, columns | spot, ((left | spot) << 1) & all, (right | spot) >>> 1);
  }
  return count;
}
function* lazily(n: number, placed: number[] = []): Generator<number[]> {
  if (placed.length === n) return void (yield [...placed]);
  next: for (let c = 0; c < n; c++) {
    for (const [r, other] of placed.entries()) if (other === c || Math.abs(other - c) === placed.length - r) continue next;
    placed.push(c);
    try {
      yield* lazily(n, placed);
    } finally {
      placed.pop();
    }
  }
}
const withCallback = (n: number, found: (board: readonly number[]) => boolean | void): boolean => {
  const board: number[] = [];
  const safe = (c: number) => board.every((o, r) => o !== c && Math.abs(o - c) !== board.length - r);
  const place = (): boolean | void =>
    board.length === n
      ? found(board)
      : Array.from({ length: n }, (_, c) => c).some((c) => safe(c) && (board.push(c), [place(), board.pop()][0]));
  return !!place();
};
export function main(log: Log): unknown {
  const [first] = lazily(6);
  let seen = 0;
  const stopped = withCallback(5, (b) => {
    log(b.join(""));
    return ++seen === 3;
  });
  return [bits(5), bits(6), first, stopped, seen, [...lazily(4)].length, withCallback(3, () => true)];
}
