/** The cable is pulled, and a moment later the interface goes down. */
import { devices, ifconfig, insmod, rmmod, sleepNs, wire } from "lab/workload";

export default function link_and_down(): void {
  if (insmod() !== 0) return;
  for (let i = 0; i < 12; i++) {
    for (const dev of devices()) ifconfig(dev, "up");
    wire.carrier(i % 2 === 1);
    sleepNs(1_000 * i);
    for (const dev of devices()) ifconfig(dev, "down");
  }
  rmmod();
}
