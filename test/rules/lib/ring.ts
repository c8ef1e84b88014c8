/**
 * A software device with a transmit ring: hard_start_xmit puts a packet in and raises the interrupt, whose handler frees
 * what was sent. Everything as it should be; the little drivers of this folder exchange the function that they get wrong.
 */
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb, dev_kfree_skb_irq } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, IRQ_NONE, request_irq, SA_SHIRQ } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import {
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import {
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";
import { software_driver, type sw_driver, sw_priv } from "./software-device.ts";

export const RING = 4;

export class ring_priv extends sw_priv {
  lock = new spinlock_t();
  tx: (sk_buff | null)[] = [null, null, null, null];
  cur = 0;
  dirty = 0;
}

export type handler = (irq: number, dev: net_device) => number;

let interrupt: handler = ring_interrupt;

export function ring_room(p: ring_priv): number {
  return RING - (p.cur - p.dirty);
}

export function ring_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<ring_priv>(dev).lock);
  dev.irq = alloc_irq();
}

export function ring_open(dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  p.cur = 0;
  p.dirty = 0;
  const err = request_irq(dev.irq, interrupt, SA_SHIRQ, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

export function ring_free(p: ring_priv): void {
  for (let i = 0; i < RING; i++) {
    const skb = p.tx[i];
    p.tx[i] = null;
    if (skb) dev_kfree_skb(skb);
  }
}

export function ring_stop(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  ring_free(netdev_priv<ring_priv>(dev));
  return 0;
}

/** Lock held, room there. */
export function ring_put(p: ring_priv, skb: sk_buff, dev: net_device): void {
  p.stats.tx_packets++;
  p.stats.tx_bytes += skb.len;
  p.tx[p.cur % RING] = skb;
  p.cur++;
  dev.trans_start = jiffies;
}

export function ring_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  const flags = spin_lock_irqsave(p.lock);
  if (ring_room(p) === 0) {
    netif_stop_queue(dev);
    spin_unlock_irqrestore(p.lock, flags);
    return NETDEV_TX_BUSY;
  }
  ring_put(p, skb, dev);
  raise_irq(dev.irq);
  if (ring_room(p) === 0) netif_stop_queue(dev);
  spin_unlock_irqrestore(p.lock, flags);
  return NETDEV_TX_OK;
}

/** Lock held. */
export function ring_clean(p: ring_priv): number {
  let n = 0;
  for (; p.dirty < p.cur; p.dirty++, n++) {
    const skb = p.tx[p.dirty % RING];
    p.tx[p.dirty % RING] = null;
    if (skb) dev_kfree_skb_irq(skb);
  }
  return n;
}

export function ring_interrupt(_irq: number, dev: net_device): number {
  const p = netdev_priv<ring_priv>(dev);
  spin_lock(p.lock);
  const n = ring_clean(p);
  if (n > 0 && netif_running(dev) && netif_queue_stopped(dev) && ring_room(p) > 0) netif_wake_queue(dev);
  spin_unlock(p.lock);
  return n > 0 ? IRQ_HANDLED : IRQ_NONE;
}

/** Makes a module of one such device. */
export function ring_driver(driver: sw_driver & { interrupt?: handler } = {}): void {
  interrupt = driver.interrupt ?? ring_interrupt;
  software_driver({
    priv: ring_priv,
    setup: ring_setup,
    ...driver,
    callbacks: { open: ring_open, stop: ring_stop, hard_start_xmit: ring_xmit, ...driver.callbacks },
  });
}
