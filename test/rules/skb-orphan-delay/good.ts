/* An interrupt for every fourth packet only: right. */
// @lab nic=none
// @expect none
import { raise_irq } from "lab/irq";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
} from "linux/netdevice";
import { type sk_buff, skb_orphan } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { ring_driver, type ring_priv, ring_put, ring_room } from "../lib/ring.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (ring_room(p) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  skb_orphan(skb);
  ring_put(p, skb, dev);
  if (p.cur % 4 === 0) raise_irq(dev.irq);
  if (ring_room(p) === 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

ring_driver({ callbacks: { hard_start_xmit: my_xmit } });
