/** Frames shorter than Ethernet's least, among others. */
import { devices, ifconfig, insmod, rmmod, send } from "lab/workload";

export default function short_frames(): void {
  if (insmod() !== 0) return;
  for (const dev of devices()) {
    ifconfig(dev, "up");
    for (const size of [1000, 42, 300, 20, 60]) send(dev, { size });
    ifconfig(dev, "down");
  }
  rmmod();
}
