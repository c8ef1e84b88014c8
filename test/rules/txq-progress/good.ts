/* An interrupt for every fifth packet: right. */
// @lab nic=none
// @expect none
import { raise_irq } from "lab/irq";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import { type sk_buff, skb_orphan } from "linux/skbuff";
import { spin_lock, spin_lock_irqsave, spin_unlock, spin_unlock_irqrestore } from "linux/spinlock";
import { ring_clean, ring_driver, type ring_priv, ring_put, ring_room } from "../lib/ring.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  skb_orphan(skb);
  ring_put(p, skb, dev);
  const full = ring_room(p) === 0;
  if (p.cur % 5 === 0 || full) raise_irq(dev.irq);
  if (full) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

function my_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  spin_lock(p.lock);
  const before = p.dirty;
  ring_clean(p);
  if (netif_running(dev) && netif_queue_stopped(dev) && p.dirty > before) netif_wake_queue(dev);
  spin_unlock(p.lock);
  return p.dirty > before ? IRQ_HANDLED : IRQ_NONE;
}

ring_driver({ interrupt: my_interrupt, callbacks: { hard_start_xmit: my_xmit } });
