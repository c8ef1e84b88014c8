/* Preemption left disabled: wrong. */
// @lab nic=none
// @expect ctx-preempt-imbalance
import { type net_device, netif_start_queue } from "linux/netdevice";
import { preempt_disable } from "linux/preempt";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  preempt_disable();
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
