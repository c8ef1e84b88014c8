/** The cable bounces under traffic. */
import { devices, ifconfig, insmod, rmmod, sleepNs, spawn, wait, wire } from "lab/workload";

function bounce(): void {
  for (let i = 0; i < 24; i++) {
    wire.carrier(i % 2 === 1);
    sleepNs(700_000 + 37_000 * i);
  }
}

export default function busy_link(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) ifconfig(dev, "up");
  const cable = spawn("cable", bounce, { cpu: 1 });
  for (let i = 0; i < 16; i++) wire.inject({ count: 12, gapNs: 30_000 });
  wait(cable);
  for (const dev of devices()) ifconfig(dev, "down");
  rmmod();
}
