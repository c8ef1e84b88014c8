/*
 * ctcmain and netiucv, 2007, mended: count first, hand over then (re-tells commit 9b3efc0133a8).
 */
// @lab nic=none
// @expect none
import { dev_alloc_skb, dev_kfree_skb, eth_type_trans } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { module_exit, module_init } from "linux/module";
import {
  NETDEV_TX_OK,
  type net_device,
  net_device_stats,
  netdev_priv,
  netif_rx,
  netif_start_queue,
  netif_stop_queue,
} from "linux/netdevice";
import { type sk_buff, skb_put } from "linux/skbuff";
import { memcpy } from "linux/string";
import { register_devices, unregister_devices } from "../base/software.ts";

class ctc_priv {
  stats = new net_device_stats();
}

/* A channel that answers each packet with a copy of it. */
function ctc_unpack_skb(dev: net_device, data: Uint8Array): void {
  const priv = netdev_priv<ctc_priv>(dev);
  const skb = dev_alloc_skb(data.length);
  if (skb === null) {
    priv.stats.rx_dropped++;
    return;
  }
  memcpy(skb_put(skb, data.length), data, data.length);
  skb.dev = dev;
  skb.protocol = eth_type_trans(skb, dev);
  priv.stats.rx_packets++;
  priv.stats.rx_bytes += skb.len;
  netif_rx(skb);
}

function ctc_tx(skb: sk_buff, dev: net_device): number {
  dev.trans_start = jiffies;
  ctc_unpack_skb(dev, skb.data);
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

function ctc_open(dev: net_device): number {
  netif_start_queue(dev);
  return 0;
}

function ctc_close(dev: net_device): number {
  netif_stop_queue(dev);
  return 0;
}

function ctc_stats(dev: net_device): net_device_stats {
  return netdev_priv<ctc_priv>(dev).stats;
}

function ctc_setup(dev: net_device): void {
  dev.open = ctc_open;
  dev.stop = ctc_close;
  dev.hard_start_xmit = ctc_tx;
  dev.get_stats = ctc_stats;
}

const ctc_driver = { priv: ctc_priv, setup: ctc_setup };
module_init(() => register_devices(ctc_driver));
module_exit(() => unregister_devices(ctc_driver));
