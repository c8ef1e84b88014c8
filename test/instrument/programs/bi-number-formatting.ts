// Numbers to text and back, rounding at the edges, with wrappers and valueOf in every argument.
export function main(log: Log): unknown {
  const v = (n: unknown) => ({ valueOf: () => (log("valueOf", n), n) }) as any;
  const numbers = [0, -0, 1.005, 1e21, 123456.789, -1e-7, 2 ** 53, NaN, -Infinity, 0.1 + 0.2];
  const rows = numbers.map((n) => [n.toFixed(2), n.toString(2).slice(0, 12), n.toPrecision(3), n.toExponential(1), String(n), n + "", JSON.stringify(n), Math.round(n), Math.trunc(n), Math.sign(n), Math.fround(n)]);
  const parsed = ["12px", "0x1f", " 7 ", "", "1e3", ".5", "-0", "1_000", "Infinity", "0b11"].map((s) => [parseInt(s), parseFloat(s), Number(s), +s, Math.max(...([s] as any))]);
  const errors = [() => (1).toFixed(101), () => (10).toString(1), () => (5).toPrecision(v(0)), () => Number(Symbol() as any), () => BigInt(v("nope")), () => Number.prototype.toString.call("x")].map((f) => {
    try {
      return f();
    } catch (error) {
      return (error as Error).name;
    }
  });
  class Money extends Number {
    override toString() {
      return "$" + super.toFixed(2);
    }
    get cents() {
      return Math.round(+this * 100);
    }
  }
  const m: any = new Money(v(12.345));
  return [rows, parsed, errors, `${m}`, m + 1, m.cents, m.toFixed(v(1)), Number.isInteger(5.0), Number.MAX_SAFE_INTEGER + 2, (25).toString(36), Math.hypot(v(3), v(4)), Math.atan2(v(1), v(-1)).toFixed(4), Math.max(), typeof m, isNaN(v("x"))];
}
