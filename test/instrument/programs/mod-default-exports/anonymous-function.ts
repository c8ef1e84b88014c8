export default function (n: number): number {
  return n < 2 ? 1 : n * again(n - 1);
}
import again from "./anonymous-function.ts";
