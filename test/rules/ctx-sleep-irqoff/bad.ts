/* Sleeping with interrupts off: wrong. */
// @lab nic=none
// @expect ctx-sleep-irqoff
import { local_irq_disable, local_irq_enable } from "linux/interrupt";
import { type net_device, netif_start_queue } from "linux/netdevice";
import { GFP_KERNEL, kfree, kmalloc } from "linux/slab";
import { software_driver } from "../lib/software-device.ts";

function my_open(dev: net_device): number {
  local_irq_disable();
  const buf = kmalloc(64, GFP_KERNEL);
  local_irq_enable();
  if (buf) kfree(buf);
  netif_start_queue(dev);
  return 0;
}

software_driver({ callbacks: { open: my_open } });
