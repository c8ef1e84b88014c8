/* Handlers of two lines share a lock: right. */
// @lab nic=none
// @expect none

import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
  rx_irq = 0;
  tx_irq = 0;
}

function my_setup(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  spin_lock_init(p.lock);
  p.rx_irq = alloc_irq();
  p.tx_irq = alloc_irq();
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const err = request_irq(p.rx_irq, rx_interrupt, 0, dev.name, dev);
  if (err) return err;
  const failed = request_irq(p.tx_irq, tx_interrupt, 0, dev.name, dev);
  if (failed) {
    free_irq(p.rx_irq, dev);
    return failed;
  }
  netif_start_queue(dev);
  return 0;
}

function my_stop(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  netif_stop_queue(dev);
  free_irq(p.tx_irq, dev);
  free_irq(p.rx_irq, dev);
  return 0;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  dev_kfree_skb(skb);
  dev.trans_start = jiffies;
  raise_irq(p.tx_irq);
  raise_irq(p.rx_irq);
  return NETDEV_TX_OK;
}

function count(p: my_priv, what: "rx_packets" | "tx_packets"): void {
  const flags = spin_lock_irqsave(p.lock);
  p.stats[what]++;
  spin_unlock_irqrestore(p.lock, flags);
}

function rx_interrupt(_irq: number, dev: net_device): number {
  count(netdev_priv<my_priv>(dev), "rx_packets");
  return IRQ_HANDLED;
}

function tx_interrupt(_irq: number, dev: net_device): number {
  count(netdev_priv<my_priv>(dev), "tx_packets");
  return IRQ_HANDLED;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop, hard_start_xmit: my_xmit },
});
