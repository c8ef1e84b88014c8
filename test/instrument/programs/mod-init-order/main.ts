import "./right.ts";
import { right } from "./left.ts";
import { order } from "./log.ts";
import { seen } from "./right.ts";
const top: unknown[] = [];
for (const name of order) {
  if (name === "right") continue;
  top.push(name.toUpperCase());
}
export function main(log: Log): unknown {
  log(order);
  return [top, right(), seen];
}
