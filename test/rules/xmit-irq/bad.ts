/* xmit_lock in the interrupt handler: wrong. */
// @lab nic=none
// @expect xmit-irq ?deadlock ?lock-irq-self ?ctx-bh-enable-irqoff ?ctx-isr-loop
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
  netif_tx_disable,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
  dev.irq = alloc_irq();
}

function my_open(dev: net_device): number {
  const err = request_irq(dev.irq, my_interrupt, 0, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  return 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  dev_kfree_skb(skb);
  raise_irq(dev.irq);
  return NETDEV_TX_OK;
}

function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_tx_disable(dev);
  netif_wake_queue(dev);
  p.stats.tx_packets++;
  return IRQ_HANDLED;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop, hard_start_xmit: my_xmit },
});
