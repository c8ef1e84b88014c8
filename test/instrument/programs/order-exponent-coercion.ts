// ** and the other arithmetic operators: left operand to a primitive before the right one.
class Loud {
  constructor(
    private readonly log: Log,
    readonly name: string,
    readonly value: unknown,
  ) {}
  valueOf() {
    this.log("valueOf " + this.name);
    return this.value;
  }
  toString() {
    this.log("toString " + this.name);
    return String(this.value);
  }
}
export function main(log: Log): unknown {
  const n = (name: string, value: unknown): any => new Loud(log, name, value);
  const operators: [string, (a: any, b: any) => unknown][] = [
    ["**", (a, b) => a ** b],
    ["+", (a, b) => a + b],
    ["-", (a, b) => a - b],
    ["%", (a, b) => a % b],
    ["<", (a, b) => a < b],
    [">=", (a, b) => a >= b],
    ["==", (a, b) => a == b],
    ["^", (a, b) => a ^ b],
    [">>>", (a, b) => a >>> b],
  ];
  const results: unknown[] = [];
  for (const [symbol, operate] of operators)
    for (const [l, r] of [[2, 10], ["3", true], [5n, 2n], [5n, 2], [null, undefined], [{}, "x"]] as any[]) {
      try {
        results.push(symbol, operate(n("l", l), n("r", r)));
      } catch (error) {
        results.push((error as Error).name + ": " + (error as Error).message);
      }
    }
  let base: any = 2;
  base **= base **= 3;
  return [results, (-2) ** 3 ** 0, base, 2n ** 64n - 1n, -(2 ** -1)];
}
