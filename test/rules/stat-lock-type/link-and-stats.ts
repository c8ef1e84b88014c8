/** The cable goes out and in, and somebody reads the counters. */
import { devices, ifconfig, insmod, rmmod, sleepNs, stats, wire } from "lab/workload";

export default function link_and_stats(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    for (let i = 0; i < 4; i++) {
      wire.carrier(i % 2 === 1);
      sleepNs(50_000);
      stats(dev);
    }
    ifconfig(dev, "down");
  }
  rmmod();
}
