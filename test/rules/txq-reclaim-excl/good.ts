/* Two contexts take the same packet: right. */
// @lab nic=none workload=flood-tx
// @expect none
import { IRQ_HANDLED } from "linux/interrupt";
import {
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { ring_clean, ring_driver, type ring_priv, ring_room, ring_xmit } from "../lib/ring.ts";

/** Reclaims from here too, to save an interrupt. */
function my_clean(p: ring_priv): number {
  let n = 0;
  const flags = spin_lock_irqsave(p.lock);
  n = ring_clean(p);
  spin_unlock_irqrestore(p.lock, flags);
  return n;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  my_clean(p);
  return ring_xmit(skb, dev);
}

function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const n = my_clean(p);
  spin_lock(p.lock);
  if (netif_running(dev) && netif_queue_stopped(dev) && ring_room(p) > 0) netif_wake_queue(dev);
  spin_unlock(p.lock);
  return IRQ_HANDLED & (n >= 0 ? 1 : 0);
}

ring_driver({ interrupt: my_interrupt, callbacks: { hard_start_xmit: my_xmit } });
