import { calls as evenCalls, isEven } from "./a.ts";
import { note } from "./trace.ts";
export let calls = 0;
note("b evaluated, a has " + typeof isEven);
try {
  note(evenCalls);
} catch (error) {
  note((error as Error).name);
}
export function isOdd(n: number): boolean {
  calls += 1;
  return n !== 0 && isEven(n - 1);
}
export { isOdd as default, calls as "string name" };
