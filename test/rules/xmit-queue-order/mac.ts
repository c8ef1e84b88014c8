/** The address changes while the interface is up. */
import { devices, ifconfig, insmod, rmmod, send } from "lab/workload";

export default function mac(): void {
  insmod();
  const [dev = ""] = devices();
  ifconfig(dev, "up");
  send(dev, { count: 4 });
  ifconfig(dev, { mac: "02:00:00:00:00:77" });
  send(dev, { count: 4 });
  ifconfig(dev, "down");
  rmmod();
}
