/** Another device shares the interrupt line, and interrupts at every moment of the driver's life. */
import { devices, ifconfig, insmod, nic, rmmod, send, sleepNs, spawn, wait, wire } from "lab/workload";

const INTERRUPTS = 30;

export default function sharedirq(): void {
  nic.raiseSharedInterrupt();
  if (insmod() !== 0) return;
  const other = spawn("other-device", interrupt, { cpu: 1 });
  const names = devices();
  for (let i = 0; i < 3; i++) {
    for (const dev of names) ifconfig(dev, "up");
    for (const dev of names) send(dev, { count: 4, gapNs: 10_000 });
    wire.inject({ count: 4 });
    for (const dev of names) ifconfig(dev, "down");
  }
  wait(other);
  rmmod();
}

function interrupt(): void {
  for (let i = 0; i < INTERRUPTS; i++) {
    nic.raiseSharedInterrupt();
    sleepNs(25_000);
  }
}
