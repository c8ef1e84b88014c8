/** Opens and closes, long enough for timers, with the closing at another place within a tick each time. */
import { devices, ifconfig, insmod, rmmod, sleepNs } from "lab/workload";

export default function long_updown(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (let round = 0; round < 24; round++) {
    for (const dev of names) ifconfig(dev, "up");
    sleepNs(16_000_000 - round * 100);
    for (const dev of names) ifconfig(dev, "down");
    sleepNs(8_000_000);
  }
  rmmod();
}
