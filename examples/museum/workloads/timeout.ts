/** Sends until the transmitter is stuck, and waits for the watchdog to notice; then down, up and the same again. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs } from "lab/workload";

export default function timeout(): void {
  if (insmod() !== 0) return;
  const names = devices();
  for (let round = 0; round < 2; round++) {
    for (const dev of names) ifconfig(dev, "up");
    for (const dev of names) send(dev, { count: 8 });
    sleepNs(1_000_000_000);
    for (const dev of names) ifconfig(dev, "down");
  }
  rmmod();
}
