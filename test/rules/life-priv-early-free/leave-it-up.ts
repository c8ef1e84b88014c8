/** The module is unloaded with its interface up. */
import { devices, ifconfig, insmod, rmmod, send } from "lab/workload";

export default function leave_it_up(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    send(dev, { count: 3 });
  }
  rmmod();
}
