/* The lock is released with the doorbell on its way; the other CPU's doorbell may overtake it: wrong. */
// @lab workload=../lib/senders.ts weak seed=2
// @expect mmio-mmiowb
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
} from "linux/netdevice";
import { dev_kfree_skb_any, type sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { card_driver, type card_priv, queue, room } from "../lib/card.ts";

function xmit_unordered(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<card_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (room(p) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  const queued = queue(skb, p);
  if (room(p) === 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  if (!queued) dev_kfree_skb_any(skb);
  return NETDEV_TX_OK;
}

card_driver({ xmit: xmit_unordered });
