/*
 * tg3, 2006: the queue is tested before the others can see that there is room.
 *
 * tg3_start_xmit() and tg3_tx() share no lock. One stops the queue when the ring is full and looks once more whether
 * there is room; the other frees packets, stores the new index and wakes the queue if it is stopped. That is right as
 * long as everybody sees stores and loads in their order. But a processor may load before its own earlier store is
 * seen: tg3_tx() finds the queue running, tg3_start_xmit() finds the old index, and nobody wakes the queue.
 * Mended by smp_mb() on both sides (re-tells commit 1b2a720506cc; bnx2: 2f8af120a159).
 */
// @lab nic=none workload=../workloads/one-by-one.ts weak
// @expect mem-order-tx txq-lost-wake ?txq-stall
import { smp_wmb } from "asm/system";
import { alloc_irq, raise_irq } from "lab/irq";
import { ndelay } from "linux/delay";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
  netif_running,
  netif_rx_complete,
  netif_rx_schedule,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock, spin_lock_init, spin_unlock, spinlock_t } from "linux/spinlock";
import { register_devices, unregister_devices } from "../base/software.ts";

const TX_RING_SIZE = 4;
/** Packets that may wait in the ring: few, so that it is full soon. */
const TX_PENDING = 1;

class tg3 {
  tx_skb: (sk_buff | null)[] = Array(TX_RING_SIZE).fill(null);
  /** Written by tg3_start_xmit alone. */
  tx_prod = 0;
  /** Written by tg3_tx alone. */
  tx_cons = 0;
  /** Keeps stop and wake apart; nobody holds it for sending or freeing. */
  tx_lock = new spinlock_t();
}

function tg3_tx_avail(tp: tg3): number {
  return TX_PENDING - (tp.tx_prod - tp.tx_cons);
}

/* The chip has sent a packet the moment it is told: everything up to tx_prod is done. */
function tg3_tx(dev: net_device, tp: tg3): void {
  let sw_idx = tp.tx_cons;
  for (const hw_idx = tp.tx_prod; sw_idx !== hw_idx; sw_idx++) {
    const skb = tp.tx_skb[sw_idx % TX_RING_SIZE]!;
    tp.tx_skb[sw_idx % TX_RING_SIZE] = null;
    dev_kfree_skb(skb);
  }
  tp.tx_cons = sw_idx; // BUG: may be seen after the test below
  if (netif_queue_stopped(dev) && netif_running(dev)) {
    spin_lock(tp.tx_lock);
    if (tg3_tx_avail(tp) > 0) netif_wake_queue(dev);
    spin_unlock(tp.tx_lock);
  }
}

function tg3_poll(dev: net_device, _budget: { v: number }): number {
  const tp = netdev_priv<tg3>(dev);
  tg3_tx(dev, tp);
  netif_rx_complete(dev);
  if (tp.tx_cons !== tp.tx_prod) raise_irq(dev.irq); // an interrupt found this poll scheduled
  return 0;
}

function tg3_interrupt(_irq: number, dev_id: unknown): number {
  netif_rx_schedule(dev_id as net_device);
  return IRQ_HANDLED;
}

/* Called with xmit_lock held, which keeps other senders away. */
function tg3_start_xmit(skb: sk_buff, dev: net_device): number {
  const tp = netdev_priv<tg3>(dev);
  tp.tx_skb[tp.tx_prod % TX_RING_SIZE] = skb;
  smp_wmb();
  tp.tx_prod++;
  dev.trans_start = jiffies;
  raise_irq(dev.irq);
  ndelay(2000); // the mailbox is read back
  if (tg3_tx_avail(tp) <= 0) {
    spin_lock(tp.tx_lock);
    netif_stop_queue(dev);
    if (tg3_tx_avail(tp) > 0) netif_wake_queue(dev);
    spin_unlock(tp.tx_lock);
  }
  return NETDEV_TX_OK;
}

function tg3_open(dev: net_device): number {
  const err = request_irq(dev.irq, tg3_interrupt, 0, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function tg3_close(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  const tp = netdev_priv<tg3>(dev);
  for (; tp.tx_cons !== tp.tx_prod; tp.tx_cons++) dev_kfree_skb(tp.tx_skb[tp.tx_cons % TX_RING_SIZE]!);
  return 0;
}

function tg3_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<tg3>(dev).tx_lock);
  dev.irq = alloc_irq();
  dev.open = tg3_open;
  dev.stop = tg3_close;
  dev.hard_start_xmit = tg3_start_xmit;
  dev.poll = tg3_poll;
  dev.weight = 64;
}

const tg3_driver = { priv: tg3, setup: tg3_setup };
module_init(() => register_devices(tg3_driver));
module_exit(() => unregister_devices(tg3_driver));
