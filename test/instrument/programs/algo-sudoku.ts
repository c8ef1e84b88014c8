// A small sudoku (4x4) by constraint propagation over Sets with undo, labelled loops and a contradiction exception.
const SIZE = 4;
class Contradiction extends Error {
  constructor(readonly cell: number) {
    super(`cell ${cell}`);
  }
}
const peersOf = Array.from({ length: SIZE * SIZE }, (_, a) => {
  const box = (i: number) => [Math.floor(i / 8), Math.floor((i % 4) / 2)].join();
  return Array.from({ length: SIZE * SIZE }, (_, b) => b).filter((b) => b !== a && (b % 4 === a % 4 || b >> 2 === a >> 2 || box(b) === box(a)));
});
class Board {
  constructor(readonly cells: Set<number>[] = peersOf.map(() => new Set([1, 2, 3, 4]))) {}
  assign(cell: number, n: number): this {
    for (const other of [...this.cells[cell]!]) if (other !== n) this.eliminate(cell, other);
    return this;
  }
  eliminate(cell: number, n: number): void {
    const options = this.cells[cell]!;
    if (!options.delete(n)) return;
    const [only, ...more] = options;
    if (only === undefined) throw new Contradiction(cell);
    if (!more.length) for (const p of peersOf[cell]!) this.eliminate(p, only);
  }
  get solved() {
    return this.cells.every(({ size }) => size === 1);
  }
  copy = () => new Board(this.cells.map((c) => new Set(c)));
  toString() {
    return this.cells.map((c) => (c.size === 1 ? [...c][0] : ".")).join("");
  }
}
function* solve(b: Board, log: Log): Generator<string, number> {
  if (b.solved) return yield `${b}`, 1;
  let [at, options] = [-1, new Set<number>()];
  scan: for (const [i, c] of b.cells.entries()) {
    if (c.size < 2) continue scan;
    if (at < 0 || c.size < options.size) [at, options] = [i, c];
    if (c.size === 2) break scan;
  }
  let count = 0;
  for (const n of options)
    try {
      count += yield* solve(b.copy().assign(at, n), log);
    } catch (e) {
      if (!(e instanceof Contradiction)) throw e;
      log("no", at, n, e.message);
    }
  return count;
}
export function main(log: Log): unknown {
  return ["1....2....3....4", "12..3......2....", "11.............."].map((text) => {
    try {
      const b = [...text].reduce((board, c, i) => (c === "." ? board : board.assign(i, +c)), new Board());
      const found: string[] = [];
      for (const s of solve(b, log)) if (found.push(s) === 3) break;
      return [`${b}`, found];
    } catch (e) {
      return (e as Contradiction).cell;
    }
  });
}
