import "./leaf.ts";
import { at, order } from "./log.ts";
import { left } from "./left.ts";
at("right");
function early() {
  try {
    return left[0];
  } catch (error) {
    return (error as Error).message;
  }
}
export const seen = early();
export const right = () => [left, seen, order.length];
