/** A software device whose ring has no lock: one side owns each index, and barriers keep the two apart. */

import { smp_mb, smp_wmb } from "asm/system";
import { raise_irq } from "lab/irq";
import { ndelay } from "linux/delay";
import { dev_kfree_skb_irq } from "linux/etherdevice";
import { IRQ_HANDLED, IRQ_NONE } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { RING, ring_driver, type ring_priv } from "./ring.ts";

/** The device is slow to take what it is told: about as long as a handler takes, now more, now less. */
const doorbell_ns = (n: number): number => 1500 + ((n * 370) % 1900);

/** One packet at a time: the queue stops after each. */
const full = (p: ring_priv): boolean => p.cur !== p.dirty;

/** hard_start_xmit: the other side may have made room before it saw that the queue is stopped. */
export function lockless_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  p.tx[p.cur % RING] = skb;
  smp_wmb();
  p.cur++;
  dev.trans_start = jiffies;
  raise_irq(dev.irq);
  ndelay(doorbell_ns(p.cur));
  if (full(p)) {
    netif_stop_queue(dev);
    smp_mb();
    if (!full(p)) netif_wake_queue(dev);
  }
  return NETDEV_TX_OK;
}

export function lockless_clean(p: ring_priv): number {
  let n = 0;
  for (let i = p.dirty; i !== p.cur; i++, n++) {
    const skb = p.tx[i % RING]!;
    p.tx[i % RING] = null;
    dev_kfree_skb_irq(skb);
    p.dirty = i + 1;
  }
  return n;
}

/** The interrupt handler; `barrier` stands between the store of the index and the test of the queue. */
export function lockless_interrupt(barrier: () => void) {
  return (_irq: number, dev: net_device): number => {
    const p = netdev_priv<ring_priv>(dev);
    const n = lockless_clean(p);
    barrier();
    if (n > 0 && netif_running(dev) && netif_queue_stopped(dev) && !full(p)) netif_wake_queue(dev);
    return n > 0 ? IRQ_HANDLED : IRQ_NONE;
  };
}

export function lockless_driver(barrier: () => void): void {
  ring_driver({
    interrupt: lockless_interrupt(barrier),
    callbacks: { hard_start_xmit: lockless_xmit },
  });
}
