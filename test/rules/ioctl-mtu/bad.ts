/* Takes any MTU: wrong. */
// @lab nic=none workload=mtu
// @expect ioctl-mtu
import { EINVAL } from "linux/errno";
import type { net_device } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_change_mtu(dev: net_device, mtu: number): number {
  if (mtu < 0 || mtu > 1500) return -EINVAL;
  dev.mtu = mtu;
  return 0;
}

software_driver({ callbacks: { change_mtu: my_change_mtu } });
