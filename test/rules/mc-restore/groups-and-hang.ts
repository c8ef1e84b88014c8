/** The interface is in a group when its card hangs. */
import { devices, ifconfig, insmod, multicast, nic, rmmod, send, sleepNs } from "lab/workload";

export default function groups_and_hang(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    multicast(dev, "add", "01:00:5e:00:00:07");
    nic.hang();
    send(dev, { count: 40 });
    sleepNs(11e9);
    ifconfig(dev, "down");
  }
  rmmod();
}
