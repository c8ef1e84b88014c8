/** Frames come in twos and threes, each while the driver is busy with the one before, with long breaks in between. */
import { devices, ifconfig, insmod, rmmod, sleepNs, wires } from "lab/workload";

const GROUPS = 30;

export default function trickle(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (const dev of names) ifconfig(dev, "up");
  for (let i = 0; i < GROUPS; i++) {
    for (const wire of wires) wire.inject({ count: 2 + (i % 2), gapNs: i * 500 });
    sleepNs(5_000_000);
  }
  for (const dev of names) ifconfig(dev, "down");
  rmmod();
}
