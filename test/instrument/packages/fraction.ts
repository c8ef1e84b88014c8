import Fraction from "fraction.js";

export function main(log: Log, small: boolean): unknown {
  let sum = new Fraction(0);
  for (let i = 1; i <= (small ? 4 : 25); i++) {
    sum = sum.add(1, i);
    if (i % 5 === 0) log(sum.toFraction(true));
  }
  const bad = ["1/0", "x", "1.2.3"].map((t) => {
    try {
      return new Fraction(t).toString();
    } catch (error) {
      return (error as Error).message;
    }
  });
  return [
    sum.toString(),
    new Fraction("3.(142857)").toLatex(),
    new Fraction(Math.PI).simplify(0.001).toFraction(),
    new Fraction("22/7").toContinued().map(String),
    bad,
    new Fraction(-7, 3).mod(2).toString(),
    new Fraction("0.75").pow(3)?.toFraction(),
  ];
}
