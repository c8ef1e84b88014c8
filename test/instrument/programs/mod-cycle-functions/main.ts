import { calls, isEven, total } from "./a.ts";
import odd, { calls as oddCalls } from "./b.ts";
import * as b from "./b.ts";
import { lines } from "./trace.ts";
export function main(log: Log): unknown {
  const before = [calls, oddCalls];
  const results = [isEven(10), odd(7), isEven(3)];
  log(lines);
  return [before, results, calls, oddCalls, total(), b.calls, Object.keys(b), b.default === odd, typeof b.isOdd];
}
