/** The transmit path of snull as plain JavaScript: boots once, then sends. */

import { ifconfig, insmod, send } from "lab/workload";
import { __dev_get_by_name } from "linux/netdevice";
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

/** Packets that sn0 has sent. */
export function packets(): number {
  const sn0 = __dev_get_by_name("sn0")!;
  return sn0.get_stats!(sn0).tx_packets;
}
