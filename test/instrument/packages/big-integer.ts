import bigInt from "big-integer";

export function main(log: Log, small: boolean): unknown {
  const a = bigInt(small ? "987654321" : "987654321987654321987654321987654321");
  log(
    a.modPow(65537, "1000000007").toString(),
    bigInt(2)
      .pow(127)
      .prev()
      .isPrime(!small && false),
    bigInt.gcd(a, 81).toString(),
  );
  const bases = [2, 7, 16, 36].slice(0, small ? 1 : 4).map((b) => a.toString(b));
  return [
    bases,
    a.square().subtract(a.prev().multiply(a.next())).toString(),
    a.divmod(-12345),
    a.shiftRight(9).xor(77).and(1023).toString(),
    bigInt("zz", 36).toArray(7),
    a.not().compare(0),
  ];
}
