/** Closes two interfaces one right after the other: the second closes while the first one's carrier event is pending. */
import { devices, ifconfig, insmod, rmmod, sleepNs } from "lab/workload";

export default function two_down(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (let round = 0; round < 3; round++) {
    for (const dev of names) ifconfig(dev, "up");
    sleepNs(3_000_000_000);
    for (const dev of names) ifconfig(dev, "down");
  }
  rmmod();
}
