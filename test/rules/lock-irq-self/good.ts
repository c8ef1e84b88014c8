/* A lock of the interrupt handler taken with interrupts on: right. */
// @lab nic=none
// @expect none
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import {
  NETDEV_TX_OK,
  type net_device,
  type net_device_stats,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  lock = new spinlock_t();
}

function my_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<my_priv>(dev).lock);
  dev.irq = alloc_irq();
}

function my_open(dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  // the handler is not there yet
  spin_lock(p.lock);
  p.stats.tx_packets = 0;
  spin_unlock(p.lock);
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
  spin_lock(p.lock);
  p.stats.tx_packets++;
  spin_unlock(p.lock);
  return IRQ_HANDLED;
}

function my_get_stats(dev: net_device): net_device_stats {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.stats.collisions = 0;
  spin_unlock_irqrestore(p.lock, flags);
  return p.stats;
}

software_driver({
  priv: my_priv,
  setup: my_setup,
  callbacks: { open: my_open, stop: my_stop, hard_start_xmit: my_xmit, get_stats: my_get_stats },
});
