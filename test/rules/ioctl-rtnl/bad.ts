/* do_ioctl runs with rtnl held: wrong. */
// @lab nic=none workload=../lib/private-ioctl.ts
// @expect ioctl-rtnl ?deadlock ?hang
import { EOPNOTSUPP } from "linux/errno";
import { type ifreq, SIOCDEVPRIVATE } from "linux/if";
import type { net_device } from "linux/netdevice";
import { rtnl_lock, rtnl_unlock } from "linux/rtnetlink";
import { software_driver, sw_priv } from "../lib/software-device.ts";

function my_ioctl(dev: net_device, _ifr: ifreq, cmd: number): number {
  if (cmd !== SIOCDEVPRIVATE) return -EOPNOTSUPP;
  rtnl_lock();
  dev.mtu = 1400;
  rtnl_unlock();
  return 0;
}

software_driver({ priv: sw_priv, callbacks: { do_ioctl: my_ioctl } });
