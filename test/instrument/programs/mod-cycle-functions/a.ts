import { isOdd, calls as oddCalls } from "./b.ts";
import { note } from "./trace.ts";
export let calls = 0;
note("a evaluated, b has " + typeof isOdd);
export function isEven(n: number): boolean {
  calls++;
  return n === 0 || isOdd(n - 1);
}
export const total = () => calls + oddCalls;
