/** The document's hard case, for both devices: the module is unloaded while somebody holds a file of the device open. */
import { insmod, rmmod, sysfs } from "lab/workload";

export default function held_open(): void {
  if (insmod() < 0) return;
  const files = ["pair0", "pair1"].map((name) => sysfs(`/sys/class/net/${name}/mtu`));
  rmmod();
  for (const file of files) {
    file.write("1000");
    file.read();
    file.close();
  }
}
