/*
 * smc91x, 2006: a reset takes the handler's lock with interrupts on.
 *
 * smc_reset() and smc_shutdown() run in process context and took lp.lock with plain spin_lock(). The interrupt handler
 * takes it too: an interrupt that arrives on the same processor between the two calls spins for ever.
 * Mended with spin_lock_irq (re-tells commit 76cb4fe7c092).
 */
// @lab nic=none
// @expect lock-irq-self ?lock-bh-self
import { alloc_irq, raise_irq } from "lab/irq";
import { dev_kfree_skb } from "linux/etherdevice";
import { free_irq, IRQ_HANDLED, request_irq } from "linux/interrupt";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  dev_kfree_skb_irq,
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_queue_stopped,
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
import { register_devices, unregister_devices } from "../base/software.ts";

class smc_local {
  lock = new spinlock_t();
  imask = 0; // the chip's interrupt mask register
  pending: sk_buff | null = null; // in the chip's memory
}

/* Takes the chip to a state where it is silent. */
function smc_reset(dev: net_device): void {
  const lp = netdev_priv<smc_local>(dev);
  spin_lock(lp.lock); // BUG
  lp.imask = 0;
  const skb = lp.pending;
  lp.pending = null;
  spin_unlock(lp.lock);
  if (skb !== null) dev_kfree_skb(skb);
}

function smc_enable(dev: net_device): void {
  const lp = netdev_priv<smc_local>(dev);
  const flags = spin_lock_irqsave(lp.lock);
  lp.imask = 1;
  spin_unlock_irqrestore(lp.lock, flags);
}

function smc_interrupt(_irq: number, dev_id: unknown): number {
  const dev = dev_id as net_device;
  const lp = netdev_priv<smc_local>(dev);
  spin_lock(lp.lock);
  const skb = lp.imask ? lp.pending : null;
  if (skb !== null) {
    lp.pending = null;
    dev_kfree_skb_irq(skb);
    if (netif_queue_stopped(dev)) netif_wake_queue(dev);
  }
  spin_unlock(lp.lock);
  return IRQ_HANDLED;
}

function smc_hard_start_xmit(skb: sk_buff, dev: net_device): number {
  const lp = netdev_priv<smc_local>(dev);
  const flags = spin_lock_irqsave(lp.lock);
  lp.pending = skb;
  netif_stop_queue(dev); // one packet at a time
  dev.trans_start = jiffies;
  raise_irq(dev.irq);
  spin_unlock_irqrestore(lp.lock, flags);
  return NETDEV_TX_OK;
}

function smc_open(dev: net_device): number {
  smc_reset(dev);
  const err = request_irq(dev.irq, smc_interrupt, 0, dev.name, dev);
  if (err) return err;
  smc_enable(dev);
  netif_start_queue(dev);
  return 0;
}

function smc_close(dev: net_device): number {
  netif_stop_queue(dev);
  smc_reset(dev);
  free_irq(dev.irq, dev);
  return 0;
}

function smc_setup(dev: net_device): void {
  spin_lock_init(netdev_priv<smc_local>(dev).lock);
  dev.irq = alloc_irq();
  dev.open = smc_open;
  dev.stop = smc_close;
  dev.hard_start_xmit = smc_hard_start_xmit;
}

const smc_driver = { priv: smc_local, setup: smc_setup };
module_init(() => register_devices(smc_driver));
module_exit(() => unregister_devices(smc_driver));
