/** The card is pulled out while its interface is up. */
import { devices, ifconfig, insmod, nic, rmmod, send, sleepNs, wire } from "lab/workload";

export default function unplug(): void {
  if (insmod() !== 0) return;
  const [dev] = devices();
  if (dev === undefined) return;
  ifconfig(dev, "up");
  send(dev, { count: 3 });
  wire.inject({ count: 3 });
  nic.unplug();
  nic.raiseSharedInterrupt();
  send(dev, { count: 2 });
  sleepNs(2_000_000);
  ifconfig(dev, "down");
  rmmod();
}
