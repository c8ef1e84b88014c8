/*
 * mv643xx_eth, 2007: two reclaimers, one count, tested outside the lock.
 *
 * The interrupt handler and the transmit timeout both free what has been sent: "while (tx_desc_count > 0)", then the
 * lock, then one descriptor. If the other processor takes the last one between the test and the lock, a descriptor
 * is taken that holds nothing. Mended by testing again under the lock (re-tells commit d344bff9c36d).
 */
// @lab nic=none workload=../workloads/both-cpus-send.ts
// @expect txq-reclaim-excl ?lock-data-race ?skb-double-free ?skb-uaf ?oops ?lock-check-then-act
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb_any } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
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
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { register_devices, unregister_devices } from "../base/software.ts";

const TX_RING_SIZE = 4;

class mv643xx_private {
  lock = new spinlock_t();
  tx_skb: (sk_buff | null)[] = [null, null, null, null];
  tx_curr_desc = 0;
  tx_used_desc = 0;
  tx_desc_count = 0;
}

/* Caller holds the lock. */
function mv643xx_take_one(mp: mv643xx_private): sk_buff | null {
  const skb = mp.tx_skb[mp.tx_used_desc]!;
  mp.tx_used_desc = (mp.tx_used_desc + 1) % TX_RING_SIZE;
  mp.tx_desc_count--;
  return skb;
}

function mv643xx_eth_free_tx_descs(dev: net_device): void {
  const mp = netdev_priv<mv643xx_private>(dev);
  while (mp.tx_desc_count > 0) {
    const flags = spin_lock_irqsave(mp.lock);
    // BUG: here tx_desc_count may be 0 again
    const skb = mv643xx_take_one(mp);
    spin_unlock_irqrestore(mp.lock, flags);
    if (skb !== null) dev_kfree_skb_any(skb);
  }
  if (netif_running(dev) && netif_queue_stopped(dev)) netif_wake_queue(dev);
}

function mv643xx_eth_int_handler(_irq: number, dev_id: unknown): number {
  mv643xx_eth_free_tx_descs(dev_id as net_device);
  return IRQ_HANDLED;
}

function mv643xx_eth_start_xmit(skb: sk_buff, dev: net_device): number {
  const mp = netdev_priv<mv643xx_private>(dev);
  mv643xx_eth_free_tx_descs(dev);
  const flags = spin_lock_irqsave(mp.lock);
  mp.tx_skb[mp.tx_curr_desc] = skb;
  mp.tx_curr_desc = (mp.tx_curr_desc + 1) % TX_RING_SIZE;
  if (++mp.tx_desc_count === TX_RING_SIZE) netif_stop_queue(dev);
  dev.trans_start = jiffies;
  raise_irq(dev.irq);
  spin_unlock_irqrestore(mp.lock, flags);
  return NETDEV_TX_OK;
}

function mv643xx_eth_open(dev: net_device): number {
  const err = request_irq(dev.irq, mv643xx_eth_int_handler, 0, dev.name, dev);
  if (err) return err;
  netif_start_queue(dev);
  return 0;
}

function mv643xx_eth_stop(dev: net_device): number {
  netif_stop_queue(dev);
  free_irq(dev.irq, dev);
  mv643xx_eth_free_tx_descs(dev);
  return 0;
}

function mv643xx_eth_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<mv643xx_private>(dev).lock);
  dev.irq = alloc_irq();
  dev.open = mv643xx_eth_open;
  dev.stop = mv643xx_eth_stop;
  dev.hard_start_xmit = mv643xx_eth_start_xmit;
}

const mv643xx_eth_driver = { priv: mv643xx_private, setup: mv643xx_eth_setup };
module_init(() => register_devices(mv643xx_eth_driver));
module_exit(() => unregister_devices(mv643xx_eth_driver));
