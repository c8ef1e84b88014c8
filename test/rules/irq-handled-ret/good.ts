/* Serves and denies it: right. */
// @lab nic=none
// @expect none
import type { net_device } from "linux/netdevice";
import { ring_driver, ring_interrupt } from "../lib/ring.ts";

function my_interrupt(irq: number, dev: net_device): number {
  return ring_interrupt(irq, dev);
}

ring_driver({ interrupt: my_interrupt });
