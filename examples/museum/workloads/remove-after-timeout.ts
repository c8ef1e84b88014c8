/** Sends into a transmitter that hangs, and unloads the module around the time when the watchdog barks. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs } from "lab/workload";

export default function remove_after_timeout(): void {
  for (let round = 0; round < 12; round++) {
    if (insmod() !== 0) return;
    const names = devices();
    for (const dev of names) ifconfig(dev, "up");
    for (const dev of names) send(dev, { count: 2 });
    sleepNs(36_000_000 + round * 1_000_000);
    rmmod();
  }
}
