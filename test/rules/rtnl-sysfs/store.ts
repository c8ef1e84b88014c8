/** Somebody sets the attribute while the interface is up. */
import { devices, ifconfig, insmod, rmmod, sysfs } from "lab/workload";

export default function store(): void {
  insmod();
  const [dev = ""] = devices();
  ifconfig(dev, "up");
  const file = sysfs(`/sys/class/net/${dev}/threshold`);
  file.write("2");
  file.close();
  ifconfig(dev, "down");
  rmmod();
}
