/* tx_timeout wakes a full ring: right. */
// @lab nic=none workload=../lib/timeout-and-down.ts
// @expect none
import { raise_irq } from "lab/irq";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_irqsave, spin_unlock_irqrestore } from "linux/spinlock";
import { RING, ring_clean, ring_driver, ring_priv, ring_put, ring_room } from "../lib/ring.ts";

class my_priv extends ring_priv {
  lost = 0;
}

/** Loses the interrupts of the first ring full of packets. */
function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (ring_room(p) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  ring_put(p, skb, dev);
  if (++p.lost > RING) raise_irq(dev.irq);
  if (ring_room(p) === 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

function my_tx_timeout(dev: net_device): void {
  const p = netdev_priv<my_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  p.stats.tx_errors++;
  ring_clean(p);
  netif_wake_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
}

ring_driver({
  priv: my_priv,
  callbacks: { hard_start_xmit: my_xmit, tx_timeout: my_tx_timeout, watchdog_timeo: 10 },
});
