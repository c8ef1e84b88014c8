// An ISA card of the NE2000 kind: ports, pages, the line switched off around the chip, a timer that looks at the medium.

import { inb, outb, outsw } from "asm/io";
import { stats, wait } from "lab/workload";
import { msleep } from "linux/delay";
import { EBUSY, EIO, ENOMEM } from "linux/errno";
import { alloc_etherdev } from "linux/etherdevice";
import type { ifmap } from "linux/if";
import { module_exit, module_init } from "linux/init";
import { HZ, jiffies } from "linux/jiffies";
import {
  del_timer,
  del_timer_sync,
  dev_kfree_skb,
  disable_irq,
  disable_irq_nosync,
  enable_irq,
  free_irq,
  free_netdev,
  IRQ_HANDLED,
  IRQ_NONE,
  init_timer,
  mod_timer,
  NETDEV_TX_BUSY,
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_carrier_off,
  netif_carrier_on,
  netif_running,
  netif_start_queue,
  netif_stop_queue,
  netif_wake_queue,
  register_netdev,
  release_region,
  request_irq,
  request_region,
  type sk_buff,
  timer_list,
  unregister_netdev,
} from "linux/netdevice";
import { kfree } from "linux/slab";
import {
  local_irq_save,
  spin_lock,
  spin_lock_init,
  spin_lock_irqsave,
  spin_unlock,
  spin_unlock_irqrestore,
  spinlock_t,
} from "linux/spinlock";

const DATA = 0x10;
const CMD = 0x00;
const ISR = 0x07;

class ne_local {
  page_lock = new spinlock_t();
  media = new timer_list();
  base = 0;
  txing = 0;
  link = 0;
  tx1 = 0;
  stats = new net_device_stats();
}

let this_dev: net_device | null = null;

/** Selects a page and reads one of its registers; the caller holds page_lock. */
function paged(p: ne_local, page: number, reg: number): number {
  outb(page << 6, p.base + CMD);
  return inb(p.base + reg);
}

function block_output(p: ne_local, skb: sk_buff): void {
  outb(skb.len & 0xff, p.base + 1);
  outsw(p.base + DATA, skb.data, skb.len >> 1);
}

function ne_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<ne_local>(dev);
  // wrong lock-irq-self,?irq-enable-balance:
  disable_irq_nosync(dev.irq);
  spin_lock(p.page_lock);
  if (p.tx1 > 0) {
    // wrong txq-busy-nostop:
    netif_stop_queue(dev);
    // wrong lock-leak,?irq-enable-balance:
    spin_unlock(p.page_lock);
    enable_irq(dev.irq);
    return NETDEV_TX_BUSY;
  }
  block_output(p, skb);
  p.tx1 = skb.len;
  p.txing = 1;
  dev.trans_start = jiffies;
  spin_unlock(p.page_lock);
  enable_irq(dev.irq);
  // wrong skb-leak-tx:
  dev_kfree_skb(skb);
  // wrong skb-errno-ret,skb-free-then-busy: return -EIO;
  return NETDEV_TX_OK;
}

function ne_interrupt(_irq: number, dev_id: net_device): number {
  const p = netdev_priv<ne_local>(dev_id);
  spin_lock(p.page_lock);
  const status = paged(p, 0, ISR);
  if (status === 0) {
    // wrong lock-leak:
    spin_unlock(p.page_lock);
    return IRQ_NONE;
  }
  outb(status, p.base + ISR);
  p.tx1 = 0;
  p.txing = 0;
  // wrong txq-start-vs-wake: netif_start_queue(dev_id);
  netif_wake_queue(dev_id);
  // wrong+ irq-free-in-handler: disable_irq(_irq);
  spin_unlock(p.page_lock);
  return IRQ_HANDLED;
}

function media_tick(dev: net_device): void {
  const p = netdev_priv<ne_local>(dev);
  // wrong lock-irq-self: spin_lock(p.page_lock); const flags = local_irq_save();
  const flags = spin_lock_irqsave(p.page_lock);
  p.link = paged(p, 3, 2);
  if (p.link) netif_carrier_on(dev);
  // wrong+ ctx-sleep-atomic,timer-sleep: msleep(1);
  spin_unlock_irqrestore(p.page_lock, flags);
  // wrong+ timer-sync-self: del_timer_sync(p.media);
  mod_timer(p.media, jiffies + HZ);
}

function ne_timeout(dev: net_device): void {
  const p = netdev_priv<ne_local>(dev);
  // wrong+ txq-timeout-context,ctx-sleep-atomic: msleep(10);
  disable_irq_nosync(dev.irq);
  spin_lock(p.page_lock);
  p.tx1 = 0;
  outb(0x21, p.base + CMD);
  spin_unlock(p.page_lock);
  enable_irq(dev.irq);
  // wrong+ car-serial: netif_carrier_off(dev);
  netif_wake_queue(dev);
}

function ne_open(dev: net_device): number {
  const p = netdev_priv<ne_local>(dev);
  const err = request_irq(dev.irq, ne_interrupt, 0, dev.name, dev);
  if (err) return err;
  p.tx1 = 0;
  outb(0x22, p.base + CMD);
  netif_start_queue(dev);
  mod_timer(p.media, jiffies + HZ);
  // wrong+ life-open-fail-unwind,irq-free: if (p.base === 0x300) return -EIO;
  return 0;
}

function ne_close(dev: net_device): number {
  const p = netdev_priv<ne_local>(dev);
  netif_stop_queue(dev);
  // wrong timer-sync,?timer-rearm: del_timer(p.media);
  del_timer_sync(p.media);
  const flags = spin_lock_irqsave(p.page_lock);
  // wrong+ timer-sync-lock,lock-wait-inside: del_timer_sync(p.media);
  outb(0x21, p.base + CMD);
  // wrong lock-variant,?ctx-irq-imbalance: spin_unlock(p.page_lock);
  spin_unlock_irqrestore(p.page_lock, flags);
  // wrong irq-free:
  free_irq(dev.irq, dev);
  // wrong life-stop-cannot-fail: return -EBUSY;
  return 0;
}

/* The timer looks at another medium from now on; that it waits here does not help ne_close(). */
function ne_set_config(dev: net_device, map: ifmap): number {
  const p = netdev_priv<ne_local>(dev);
  if (!netif_running(dev)) return -EIO;
  del_timer_sync(p.media);
  dev.if_port = map.port;
  mod_timer(p.media, jiffies + HZ);
  return 0;
}

function ne_get_stats(dev: net_device): net_device_stats {
  const p = netdev_priv<ne_local>(dev);
  if (netif_running(dev)) {
    // wrong stat-lock-type,lock-irq-self: spin_lock(p.page_lock); const flags = local_irq_save();
    const flags = spin_lock_irqsave(p.page_lock);
    p.stats.rx_errors += paged(p, 0, 13);
    spin_unlock_irqrestore(p.page_lock, flags);
  }
  // wrong stat-null: return null as unknown as net_device_stats;
  return p.stats;
}

function ne_probe1(dev: net_device, base: number): number {
  const p = netdev_priv<ne_local>(dev);
  if (!request_region(base, 32, "ne")) return -EBUSY;
  p.base = base;
  // wrong lock-uninit:
  spin_lock_init(p.page_lock);
  // wrong timer-init:
  init_timer(p.media);
  p.media.function = media_tick;
  p.media.data = dev;
  dev.open = ne_open;
  dev.stop = ne_close;
  // wrong life-ops-set:
  dev.hard_start_xmit = ne_xmit;
  dev.tx_timeout = ne_timeout;
  dev.get_stats = ne_get_stats;
  dev.set_config = ne_set_config;
  dev.irq = 3;
  // wrong+ txq-start-early: netif_start_queue(dev);
  const err = register_netdev(dev);
  if (err) release_region(base, 32);
  return err;
}

function ne_init(): number {
  const dev = alloc_etherdev(ne_local);
  // wrong life-null-alloc:
  if (!dev) return -ENOMEM;
  const err = ne_probe1(dev, 0x300);
  if (err) {
    // wrong life-netdev-leak:
    free_netdev(dev);
    return err;
  }
  // wrong+ life-init-order: spin_lock_init(netdev_priv<ne_local>(dev).page_lock);
  this_dev = dev;
  return 0;
}

function ne_exit(): void {
  const dev = this_dev!;
  // wrong life-free-registered:
  unregister_netdev(dev);
  // wrong+ life-use-after-free,?life-double-free: free_netdev(dev);
  release_region(netdev_priv<ne_local>(dev).base, 32);
  // wrong life-kfree-netdev: kfree(dev);
  free_netdev(dev);
}

module_init(ne_init);
module_exit(ne_exit);
