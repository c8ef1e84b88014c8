/** Short frames, and one that is long. */
import { devices, ifconfig, insmod, rmmod, sleepNs, wire } from "lab/workload";

export default function long_frames(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) ifconfig(dev, "up");
  for (const size of [64, 200, 1000]) {
    wire.inject({ count: 2, size });
    sleepNs(200_000);
  }
  for (const dev of devices()) ifconfig(dev, "down");
  rmmod();
}
