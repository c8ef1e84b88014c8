/** A daemon on CPU 1 brings every interface up as soon as it is registered, while the model is still being loaded. */
import { hotplug as daemon, devices, ifconfig, insmod, rmmod, send, sleepNs } from "lab/workload";

const ROUNDS = 3;

export default function hotplug(): void {
  daemon();
  for (let i = 0; i < ROUNDS; i++) {
    if (insmod() !== 0) return;
    sleepNs(2_000_000);
    for (const dev of devices()) {
      send(dev, { count: 2 });
      ifconfig(dev, "down");
    }
    rmmod();
  }
}
