/** The card hangs, and the interface is closed around the time when the watchdog barks and the driver recovers. */
import { devices, ifconfig, insmod, nics, rmmod, send, sleepNs, spawn, wait } from "lab/workload";

const WATCHDOG_NS = 5_000_000_000;

export default function close_while_hung(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (let round = 0; round < 6; round++) {
    for (const dev of names) ifconfig(dev, "up");
    for (const nic of nics) nic.hang();
    const stuck = names.map((dev) => spawn(`send-${dev}`, () => send(dev, { count: 10 }), { cpu: 1 }));
    sleepNs(WATCHDOG_NS - 8_000_000 + round * 4_000_000);
    for (const dev of names) ifconfig(dev, "down");
    for (const sender of stuck) wait(sender);
  }
  rmmod();
}
