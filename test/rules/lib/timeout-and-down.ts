/** Fills the ring, waits until tx_timeout has been called, and takes the device down. */
import { devices, ifconfig, insmod, rmmod, send, sleepNs } from "lab/workload";

export default function timeout_and_down(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    send(dev, { count: 6 });
    sleepNs(95_000_000);
    ifconfig(dev, "down");
    sleepNs(100_000_000);
  }
  rmmod();
}
