/** The transmit path of snull as plain JavaScript: boots once, then sends. */
import { ifconfig, insmod, send } from "lab/workload";
import { start_kernel } from "../../sim/kernel/kernel/main.ts";

export function boot(): void {
  start_kernel();
  insmod();
  ifconfig("sn0", "up");
  ifconfig("sn1", "up");
}

export function transmit(count: number): void {
  send("sn0", { count });
}
