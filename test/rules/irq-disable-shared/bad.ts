/* A shared line is shut for long: wrong. */
// @lab nic=none
// @expect irq-disable-shared

import { alloc_irq } from "lab/irq";
import { msleep } from "linux/delay";
import { disable_irq, enable_irq, free_irq, IRQ_NONE, request_irq, SA_SHIRQ } from "linux/interrupt";
import { type net_device, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { software_driver } from "../lib/software-device.ts";

function my_setup(dev: net_device): void {
  dev.irq = alloc_irq();
}

function my_open(dev: net_device): number {
  const err = request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);
  if (err) return err;
  disable_irq(dev.irq);
  msleep(50);
  enable_irq(dev.irq);
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  return 0;
}

function my_interrupt(): number {
  return IRQ_NONE;
}

software_driver({ setup: my_setup, callbacks: { open: my_open, stop: my_stop } });
