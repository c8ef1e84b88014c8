/** User space that issues the driver's private ioctls, with the interface down and up. */
import { ifconfig, insmod, ioctl, rmmod } from "lab/workload";
import { SIOCDEVPRIVATE } from "linux/sockios";

export default function private_ioctl(): void {
  if (insmod() !== 0) return;
  ioctl("eth0", SIOCDEVPRIVATE, {});
  ioctl("eth0", SIOCDEVPRIVATE + 1, {});
  ifconfig("eth0", "up");
  ioctl("eth0", SIOCDEVPRIVATE, {});
  ifconfig("eth0", "down");
  rmmod();
}
