/* The ring comes after the interrupt: wrong. */
// @lab nic=none workload=updown
// @expect irq-ready-before-request
import { type net_device, netdev_priv } from "linux/netdevice";
import { ring_driver, ring_interrupt, ring_open, ring_priv, ring_stop } from "../lib/ring.ts";

class my_priv extends ring_priv {
  events: number[] | null = null;
}

function my_interrupt(irq: number, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  p.events![0] = (p.events![0] ?? 0) + 1;
  return ring_interrupt(irq, dev);
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const err = ring_open(dev);
  if (err === 0) p.events = [0, 0];
  return err;
}

function my_stop(dev: net_device): number {
  ring_stop(dev);
  netdev_priv<my_priv>(dev).events = null;
  return 0;
}

ring_driver({ priv: my_priv, interrupt: my_interrupt, callbacks: { open: my_open, stop: my_stop } });
