/* The stop comes after the unlock: wrong. */
// @lab nic=none workload=flood-tx
// @expect txq-lost-wake
import { raise_irq } from "lab/irq";
import { udelay } from "linux/delay";
import { NETDEV_TX_OK, type net_device, netdev_priv, netif_stop_queue } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { ring_driver, type ring_priv, ring_put, ring_room } from "../lib/ring.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  ring_put(p, skb, dev);
  const full = ring_room(p) === 0;
  if (full) raise_irq(dev.irq);
  spin_unlock_irqrestore(p.lock, flags);
  udelay(20);
  if (full) netif_stop_queue(dev);
  return NETDEV_TX_OK;
}

ring_driver({ callbacks: { hard_start_xmit: my_xmit } });
