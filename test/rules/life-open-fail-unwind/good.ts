/* open fails and keeps the interrupt: right. */
// @lab nic=none
// @expect none
import { alloc_irq } from "lab/irq";
import { EIO } from "linux/errno";
import { free_irq, IRQ_HANDLED, request_irq, SA_SHIRQ } from "linux/interrupt";
import { type net_device, netdev_priv, netif_start_queue, netif_stop_queue } from "linux/netdevice";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  attempts = 0;
}

function my_setup(dev: net_device): void {
  dev.irq = alloc_irq();
}

function my_interrupt(): number {
  return IRQ_HANDLED;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  return 0;
}

function my_open(dev: net_device): number {
  const err = request_irq(dev.irq, my_interrupt, SA_SHIRQ, dev.name, dev);
  if (err) return err;
  if (netdev_priv<my_priv>(dev).attempts++ === 0) {
    free_irq(dev.irq, dev);
    return -EIO;
  }
  netif_start_queue(dev);
  return 0;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { open: my_open, stop: my_stop } });
