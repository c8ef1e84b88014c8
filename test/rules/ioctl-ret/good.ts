/* do_ioctl tells a number: right. */
// @lab nic=none workload=../lib/private-ioctl.ts advice
// @expect none
import { EOPNOTSUPP } from "linux/errno";
import { type ifreq, SIOCDEVPRIVATE } from "linux/if";
import { type net_device, netdev_priv } from "linux/netdevice";
import { software_driver, type sw_priv } from "../lib/software-device.ts";

function my_ioctl(dev: net_device, ifr: ifreq, cmd: number): number {
  const p = netdev_priv<sw_priv>(dev);
  if (cmd !== SIOCDEVPRIVATE) return -EOPNOTSUPP;
  ifr.ifr_data = p.stats.tx_packets + 1;
  return 0;
}

software_driver({ callbacks: { do_ioctl: my_ioctl } });
