import { Decimal } from "decimal.js";

export function main(log: Log, small: boolean): unknown {
  Decimal.set({ precision: small ? 10 : 40 });
  const values = ["0.5", "2", "10.25"].slice(0, small ? 1 : 3).map((v) => new Decimal(v));
  for (const v of values)
    log([v.ln(), v.exp(), v.sin(), v.sqrt(), v.cbrt(), v.pow("1.5"), v.atan()].map(String));
  return [
    Decimal.acos(-1).toString(),
    new Decimal("0b1010.1").toHex(),
    Decimal.hypot(3, 4).toString(),
    new Decimal(1).div(3).toSD(5).toString(),
    Decimal.sum(...values).toFixed(4),
  ];
}
