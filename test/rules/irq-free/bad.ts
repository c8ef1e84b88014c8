/* stop keeps the handler: wrong. */
// @lab nic=none
// @expect irq-free ?irq-double-request
import { alloc_irq } from "lab/irq";
import { IRQ_HANDLED, request_irq, SA_SHIRQ } from "linux/interrupt";
import { type net_device, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_setup(dev: net_device): void {
  dev.irq = alloc_irq();
}

function my_interrupt(): number {
  return IRQ_HANDLED;
}

function my_open(dev: net_device): number {
  const err = request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  dev.trans_start = 0;
  return 0;
}

software_driver({ setup: my_setup, callbacks: { open: my_open, stop: my_stop } });
