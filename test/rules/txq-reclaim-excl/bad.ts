/* Two contexts take the same packet: wrong. */
// @lab nic=none workload=flood-tx
// @expect txq-reclaim-excl ?lock-data-race

import { udelay } from "linux/delay";
import { dev_kfree_skb_any } from "linux/etherdevice";
import { IRQ_HANDLED } from "linux/interrupt";
import {
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock, spin_unlock } from "linux/spinlock";
import { RING, ring_driver, type ring_priv, ring_room, ring_xmit } from "../lib/ring.ts";

/** Reclaims from here too, to save an interrupt. */
function my_clean(p: ring_priv): number {
  let n = 0;
  while (p.dirty < p.cur) {
    const skb = p.tx[p.dirty % RING];
    udelay(2);
    if (skb) dev_kfree_skb_any(skb);
    p.tx[p.dirty % RING] = null;
    p.dirty++;
    n++;
  }
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
