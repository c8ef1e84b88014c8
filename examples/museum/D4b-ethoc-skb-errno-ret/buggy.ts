/*
 * ethoc, 2009: a frame that is too long is answered with -EMSGSIZE.
 *
 * The chip's buffers take a limited length. The driver refused longer frames with an errno, which the core reads as
 * "try again": the same frame comes back for ever, and nothing behind it is sent (re-tells commit 3790c8cdb99f).
 */
// @lab nic=none
// @expect skb-errno-ret ?txq-busy-nostop
import { EMSGSIZE } from "linux/errno";
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
import { memcpy } from "linux/string";
import { register_devices, unregister_devices } from "../base/software.ts";

const ETHOC_BUFSIZ = 1024;

class ethoc {
  stats = new net_device_stats();
  buffer = new Uint8Array(ETHOC_BUFSIZ);
}

function ethoc_start_xmit(skb: sk_buff, dev: net_device): number {
  const priv = netdev_priv<ethoc>(dev);
  if (skb.len > ETHOC_BUFSIZ) {
    priv.stats.tx_errors++;
    return -EMSGSIZE; // BUG
  }
  memcpy(priv.buffer, skb.data, skb.len);
  priv.stats.tx_packets++;
  priv.stats.tx_bytes += skb.len;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function ethoc_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function ethoc_stop(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function ethoc_stats(dev: net_device): net_device_stats {
  return netdev_priv<ethoc>(dev).stats;
}

function ethoc_setup(dev: net_device): void {
  dev.open = ethoc_open;
  dev.stop = ethoc_stop;
  dev.hard_start_xmit = ethoc_start_xmit;
  dev.get_stats = ethoc_stats;
}

const ethoc_driver = { priv: ethoc, setup: ethoc_setup };
module_init(() => register_devices(ethoc_driver));
module_exit(() => unregister_devices(ethoc_driver));
