/** Processes on both CPUs send at the same time. */
import { ifconfig, insmod, rmmod, send, spawn, wait } from "lab/workload";

export default function both_send(): void {
  insmod();
  ifconfig("eth0", "up");
  const others = [0, 1].map((cpu) => spawn(`send-${cpu}`, () => send("eth0", { count: 20 }), { cpu }));
  for (const other of others) wait(other);
  ifconfig("eth0", "down");
  rmmod();
}
