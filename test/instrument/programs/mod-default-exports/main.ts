import sum from "./arrow.ts";
import Klass from "./anonymous-class.ts";
import factorial from "./anonymous-function.ts";
import value, { current } from "./expression.ts";
import { default as named, swap } from "./named.ts";
import * as ns from "./expression.ts";
export function main(log: Log): unknown {
  const [a, b] = [new Klass(), new (class extends Klass {})()];
  log(a.who(), b.who(), b.n, Klass.name);
  named();
  const calls = named.calls;
  const before = named.name;
  swap();
  return [factorial(5), factorial.name, sum(1, 2, 3), sum.name, value, current(), ns.default === value, calls, before, named(), Object.keys(ns)];
}
