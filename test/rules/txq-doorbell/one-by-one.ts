/** One packet, and a pause. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs, stats } from "lab/workload";

export default function one_by_one(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    for (let i = 0; i < 5; i++) {
      send(dev);
      sleepNs(6_000_000);
      stats(dev);
    }
    ifconfig(dev, "down");
  }
  rmmod();
}
