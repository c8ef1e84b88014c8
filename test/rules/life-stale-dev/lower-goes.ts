/** The lower device is removed while packets go through the upper one. */
import { devices, ifconfig, insmod, ioctl, rmmod, send, sleepNs } from "lab/workload";
import { SIOCDEVPRIVATE } from "linux/sockios";

export default function lower_goes(): void {
  if (insmod() !== 0) return;
  const [upper, lower] = devices();
  if (upper === undefined || lower === undefined) return;
  ifconfig(upper, "up");
  ifconfig(lower, "up");
  send(upper, { count: 3 });
  ioctl(lower, SIOCDEVPRIVATE, {});
  sleepNs(10_000_000);
  send(upper, { count: 3 });
  ifconfig(upper, "down");
  rmmod();
}
