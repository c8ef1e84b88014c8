// Well-known symbols on classes: hasInstance, toPrimitive, toStringTag, isConcatSpreadable, species, iterator.
class Money {
  static rates = new Map([["EUR", 2], ["USD", 3]]);
  static [Symbol.hasInstance](x: any) {
    return x != null && typeof x === "object" && "amount" in x;
  }
  constructor(
    readonly amount: number,
    readonly unit = "EUR",
  ) {}
  get [Symbol.toStringTag]() {
    return `Money ${this.unit}`;
  }
  [Symbol.toPrimitive](hint: "string" | "number" | "default") {
    if (hint === "string") return `${this.amount}${this.unit}`;
    return hint === "number" ? this.amount * Money.rates.get(this.unit)! : BigInt(this.amount);
  }
  *[Symbol.iterator]() {
    let rest = this.amount;
    for (const coin of [50, 20, 10, 5, 2, 1]) for (; rest >= coin; rest -= coin) yield coin;
  }
  toJSON(key: string) {
    return key ? { [key]: `${this}` } : "root";
  }
}
class Purse {
  [index: number]: Money;
  length = 0;
  get [Symbol.isConcatSpreadable]() {
    return this.length > 1;
  }
  add(m: Money) {
    Array.prototype.push.call(this, m);
    return this;
  }
}
export function main(log: Log): unknown {
  const [a, b] = [new Money(88), new Money(3, "USD")];
  const purse = new Purse().add(a);
  const one = [0].concat(purse as any);
  const two = [0].concat(purse.add(b) as any);
  log(one.length, two.length, String(a), Object.prototype.toString.call(b));
  const comparisons = [a > b, (a as any) - (b as any), `${a}/${b}`, (a as any) + (b as any), (a as any) == 88n, [b] + "", +a];
  let mixed: unknown;
  try {
    mixed = (a as any) + 1;
  } catch (error) {
    mixed = (error as Error).name;
  }
  const sorted = [a, b, new Money(7)].sort((x, y) => +x - +y).map(String);
  const keyed = { [a as any]: 1, [`${b}`]: 2 };
  return [[...a], comparisons, mixed, sorted, keyed, JSON.stringify({ a, list: [b] }), JSON.stringify(a), ({ amount: 1 } as any) instanceof Money, (5 as any) instanceof Money];
}
