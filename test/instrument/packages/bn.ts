import BN from "bn.js";

export function main(log: Log, small: boolean): unknown {
  const p = new BN(small ? "ffffffff" : "ffffffffffffffffffffffffffffffff000000000000000000000001", 16);
  const red = BN.red(p);
  let a = new BN("123456789123456789123456789").toRed(red);
  for (let i = 0; i < (small ? 2 : 12); i++) {
    a = a.redMul(a).redIAdd(new BN(i).toRed(red));
    log(a.fromRed().toString(16));
  }
  const [x, y] = [new BN("1234567890abcdef", 16), new BN(-987654321)];
  return [
    x.egcd(y.abs()).gcd.toString(),
    x.divmod(y, "div", false).mod.toString(),
    x.shln(70).or(new BN(255)).bitLength(),
    x.toArray("le", 10),
    p.invm(new BN(97).mul(p).addn(5)).toString(36),
    x.toTwos(64).fromTwos(64).eq(x),
    y.umod(new BN(13)).toString(),
  ];
}
