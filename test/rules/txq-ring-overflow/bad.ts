/* No look at what is in the slot: wrong. */
// @lab nic=none workload=flood-tx
// @expect txq-ring-overflow
import { raise_irq } from "lab/irq";
import { NETDEV_TX_OK, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { RING, ring_driver, type ring_priv, ring_put, ring_stop } from "../lib/ring.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  ring_put(p, skb, dev);
  if (p.cur % 6 === 0 || p.cur - p.dirty === RING) raise_irq(dev.irq);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

function my_stop(dev: net_device): number {
  return ring_stop(dev);
}

ring_driver({ callbacks: { hard_start_xmit: my_xmit, stop: my_stop } });
