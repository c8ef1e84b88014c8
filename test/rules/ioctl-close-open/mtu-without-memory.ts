/** The second new MTU meets a kernel without memory. */
import { devices, fault, ifconfig, insmod, rmmod } from "lab/workload";

export default function mtu_without_memory(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    ifconfig(dev, { mtu: 1000 });
    fault("kmalloc", "nth:1");
    ifconfig(dev, { mtu: 1400 });
    ifconfig(dev, "down");
  }
  rmmod();
}
