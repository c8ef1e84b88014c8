/* Serves and denies it: wrong. */
// @lab nic=none
// @expect irq-handled-ret
import { IRQ_NONE } from "linux/interrupt";
import type { net_device } from "linux/netdevice";
import { ring_driver, ring_interrupt } from "../lib/ring.ts";

function my_interrupt(irq: number, dev: net_device): number {
  ring_interrupt(irq, dev);
  return IRQ_NONE;
}

ring_driver({ interrupt: my_interrupt });
