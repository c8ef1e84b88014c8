/*
 * ibmlana, 2009: one exit for all ways frees the packet and returns an error.
 *
 * hard_start_xmit ended in a label that freed the packet, whatever had happened, and then returned retval. When the ring
 * was full retval was -EIO: the core puts a freed packet back into its queue (re-tells commit 3790c8cdb99f).
 */
// @lab nic=none
// @expect skb-free-then-busy ?skb-errno-ret
import { EIO } from "linux/errno";
import { dev_kfree_skb } from "linux/etherdevice";
import { HZ, jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { spin_lock_init, spin_lock_irqsave, spin_unlock_irqrestore, spinlock_t } from "linux/spinlock";
import { memcpy } from "linux/string";
import { del_timer_sync, init_timer, mod_timer, timer_list } from "linux/timer";
import { register_devices, unregister_devices } from "../base/software.ts";

const TXBUFCNT = 2;

class ibmlana_priv {
  lock = new spinlock_t();
  txused = 0; // buffers on the card, given back by the timer that stands for its interrupt
  buffer = new Uint8Array(1514);
  done = new timer_list();
}

function ibmlana_tx_done(data: unknown): void {
  const dev = data as net_device;
  const priv = netdev_priv<ibmlana_priv>(dev);
  const flags = spin_lock_irqsave(priv.lock);
  priv.txused = 0;
  spin_unlock_irqrestore(priv.lock, flags);
}

function ibmlana_tx(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<ibmlana_priv>(dev);
  let retval = NETDEV_TX_OK;
  const flags = spin_lock_irqsave(priv.lock);
  if (priv.txused >= TXBUFCNT) {
    retval = -EIO;
  } else {
    memcpy(priv.buffer, skb.data, skb.len);
    priv.txused++;
    mod_timer(priv.done, jiffies + HZ / 125);
    dev.trans_start = jiffies;
  }
  spin_unlock_irqrestore(priv.lock, flags);
  dev_kfree_skb(skb); // BUG: if retval is not 0, the core still uses it
  return retval;
}

function ibmlana_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function ibmlana_close(dev: net_device): number {
  const priv = netdev_priv<ibmlana_priv>(dev);
  netif_stop_queue(dev);
  del_timer_sync(priv.done);
  priv.txused = 0;
  return 0;
}

function ibmlana_setup(dev: net_device): void {
  const priv = netdev_priv<ibmlana_priv>(dev);
  spin_lock_init(priv.lock);
  init_timer(priv.done);
  priv.done.function = ibmlana_tx_done;
  priv.done.data = dev;
  dev.open = ibmlana_open;
  dev.stop = ibmlana_close;
  dev.hard_start_xmit = ibmlana_tx;
}

const ibmlana_driver = { priv: ibmlana_priv, setup: ibmlana_setup };
module_init(() => register_devices(ibmlana_driver));
module_exit(() => unregister_devices(ibmlana_driver));
