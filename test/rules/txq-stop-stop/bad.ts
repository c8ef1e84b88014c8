/* The ring goes before the interrupt: wrong. */
// @lab nic=none workload=updown
// @expect txq-stop-stop ?txq-wake-down
import { raise_irq } from "lab/irq";
import { udelay } from "linux/delay";
import { free_irq, IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { ring_clean, ring_driver, ring_free, type ring_priv, ring_put, ring_room } from "../lib/ring.ts";

function my_stop(dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  netif_stop_queue(dev);
  ring_free(p);
  raise_irq(dev.irq);
  udelay(50);
  free_irq(dev.irq, dev);
  return 0;
}

/** Wakes as long as packets come back, whatever the device is doing. */
function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  spin_lock(p.lock);
  const n = ring_clean(p);
  if (netif_queue_stopped(dev)) netif_wake_queue(dev);
  spin_unlock(p.lock);
  return n > 0 ? IRQ_HANDLED : IRQ_NONE;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  ring_put(p, skb, dev);
  if (ring_room(p) < 3) raise_irq(dev.irq);
  if (ring_room(p) === 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

ring_driver({ interrupt: my_interrupt, callbacks: { stop: my_stop, hard_start_xmit: my_xmit } });
