// Exact rational arithmetic on bigints with valueOf, Gaussian elimination, determinant, inverse.
class Q {
  static readonly zero = new Q(0n);
  readonly n: bigint;
  readonly d: bigint;
  constructor(n: bigint | number, d: bigint | number = 1n) {
    let [a, b] = [BigInt(n), BigInt(d)];
    if (b === 0n) throw new RangeError("1/0");
    let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
    while (y) [x, y] = [y, x % y];
    x ||= 1n;
    if (b < 0n) x = -x;
    [this.n, this.d] = [a / x, b / x];
  }
  add = (o: Q) => new Q(this.n * o.d + o.n * this.d, this.d * o.d);
  mul = (o: Q) => new Q(this.n * o.n, this.d * o.d);
  get neg() {
    return new Q(-this.n, this.d);
  }
  get inv() {
    return new Q(this.d, this.n);
  }
  valueOf() {
    return Number(this.n) / Number(this.d);
  }
  toString() {
    return this.d === 1n ? `${this.n}` : `${this.n}/${this.d}`;
  }
}
function eliminate(rows: Q[][]): Q {
  let det = new Q(1);
  for (let c = 0; c < rows.length; c++) {
    const p = rows.findIndex((r, i) => i >= c && +r[c]! !== 0);
    if (p < 0) return Q.zero;
    if (p !== c) [rows[p], rows[c], det] = [rows[c]!, rows[p]!, det.neg];
    const pivot = rows[c]![c]!;
    det = det.mul(pivot);
    rows[c] = rows[c]!.map((x) => x.mul(pivot.inv));
    for (const [r, row] of rows.entries()) {
      if (r === c) continue;
      const factor = row[c]!.neg;
      rows[r] = row.map((x, k) => x.add(rows[c]![k]!.mul(factor)));
    }
  }
  return det;
}
export function main(log: Log): unknown {
  const matrices = [[[2, 1], [7, 4]], [[0, 2, 1], [1, 1, 0], [3, 0, 1]], [[1, 2], [2, 4]], [[1]], [[1, 1 / 1, 1], [2, 4, 8], [3, 9, 27]]];
  const shown = matrices.map((m) => {
    const rows = m.map((r, i) => [...r, ...r.map((_, k) => +(k === i))].map((x) => new Q(x)));
    const det = eliminate(rows);
    return +det ? [`${det}`, rows.map((r) => r.slice(m.length).join(" "))] : "singular";
  });
  log(new Q(1, 3) < (new Q(1, 2) as any), +new Q(3, -6), `${new Q(-4, -6)}`);
  try {
    Q.zero.inv;
  } catch (e) {
    log((e as Error).message);
  }
  return shown;
}
