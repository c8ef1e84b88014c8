/*
 * xpnet, 2009: hard_start_xmit returns an errno.
 *
 * When no message could be allocated, the driver returned -ENOMEM and left the packet alone. The core takes every value
 * but NETDEV_TX_OK as "busy, ask again": the packet is put back and tried for ever. The other variants of this bug are
 * D4b to D4d (re-tells commit 3790c8cdb99f; some twenty-five more drivers were mended with it).
 */
// @lab nic=none
// @expect skb-errno-ret ?txq-busy-nostop
import { ENOMEM } from "linux/errno";
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { register_devices, unregister_devices } from "../base/software.ts";

class xpnet_priv {
  stats = new net_device_stats();
  sent = 0;
}

/* Each third message finds no memory. */
function xpnet_alloc_msg(p: xpnet_priv): object | null {
  return ++p.sent % 3 === 0 ? null : {};
}

function xpnet_dev_hard_start_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<xpnet_priv>(dev);
  const msg = xpnet_alloc_msg(p);
  if (msg === null) {
    p.stats.tx_errors++;
    return -ENOMEM; // BUG: neither freed nor a code that the core knows
  }
  p.stats.tx_packets++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function xpnet_dev_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function xpnet_dev_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function xpnet_dev_get_stats(dev: net_device): net_device_stats {
  return netdev_priv<xpnet_priv>(dev).stats;
}

function xpnet_setup(dev: net_device): void {
  dev.open = xpnet_dev_open;
  dev.stop = xpnet_dev_stop;
  dev.hard_start_xmit = xpnet_dev_hard_start_xmit;
  dev.get_stats = xpnet_dev_get_stats;
}

const xpnet_driver = { priv: xpnet_priv, setup: xpnet_setup };
module_init(() => register_devices(xpnet_driver));
module_exit(() => unregister_devices(xpnet_driver));
