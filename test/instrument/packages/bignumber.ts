import BigNumber from "bignumber.js";

export function main(log: Log, small: boolean): unknown {
  const B = BigNumber.clone({
    DECIMAL_PLACES: 30,
    ROUNDING_MODE: BigNumber.ROUND_HALF_EVEN,
    EXPONENTIAL_AT: 40,
  });
  let x = new B("1.23456789012345678901");
  for (let i = 1; i < (small ? 3 : 30); i++) {
    x = x.times(i).plus(new B(1).div(i)).sqrt();
    log(x.toString());
  }
  const factorial = (n: number): BigNumber => (n < 2 ? new B(1) : factorial(n - 1).times(n));
  return [
    factorial(small ? 5 : 40).toFixed(),
    new B("ff.8", 16).toNumber(),
    new B(10).pow(-12).toString(),
    new B("-7").mod(3).toString(),
    new B(355).div(113).toFraction(1000).join("/"),
    new B("12345678.9").toFormat(2),
    new B(NaN).isNaN(),
    B.max("1e3", 5).toString(),
  ];
}
