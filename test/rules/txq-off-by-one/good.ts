/* Refuses one packet earlier than it stops: right. */
// @lab nic=none workload=flood-tx
// @expect none
import { raise_irq } from "lab/irq";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { RING, ring_driver, type ring_priv, ring_put, ring_room } from "../lib/ring.ts";

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (ring_room(p) < 1) {
    netif_stop_queue(dev);
    raise_irq(dev.irq);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  ring_put(p, skb, dev);
  raise_irq(dev.irq);
  if (p.cur % 3 === 0) ring_put_extra(p);
  if (ring_room(p) < 1) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

/** Now and then a packet needs two slots. */
function ring_put_extra(p: ring_priv): void {
  if (ring_room(p) === 0) return;
  p.tx[p.cur % RING] = null;
  p.cur++;
}

ring_driver({ callbacks: { hard_start_xmit: my_xmit } });
