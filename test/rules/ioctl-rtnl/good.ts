/* do_ioctl runs with rtnl held: right. */
// @lab nic=none workload=../lib/private-ioctl.ts
// @expect none
import { EOPNOTSUPP } from "linux/errno";
import { type ifreq, SIOCDEVPRIVATE } from "linux/if";
import type { net_device } from "linux/netdevice";
import { ASSERT_RTNL } from "linux/rtnetlink";
import { software_driver, sw_priv } from "../lib/software-device.ts";

function my_ioctl(dev: net_device, _ifr: ifreq, cmd: number): number {
  if (cmd !== SIOCDEVPRIVATE) return -EOPNOTSUPP;
  ASSERT_RTNL();
  dev.mtu = 1400;
  return 0;
}

software_driver({ priv: sw_priv, callbacks: { do_ioctl: my_ioctl } });
