/* Fragments forgotten: wrong. */
// @lab nic=none
// @expect skb-nonlinear
import { dev_kfree_skb } from "linux/etherdevice";
import { jiffies } from "linux/jiffies";
import { NETDEV_TX_OK, NETIF_F_HW_CSUM, NETIF_F_SG, type net_device, netdev_priv } from "linux/netdevice";
import type { sk_buff } from "linux/skbuff";
import { memcpy } from "linux/string";
import { software_driver, sw_priv } from "../lib/software-device.ts";

class my_priv extends sw_priv {
  buffer = new Uint8Array(2048);
}

function my_setup(dev: net_device): void {
  dev.features |= NETIF_F_SG | NETIF_F_HW_CSUM;
}

function my_xmit(skb: sk_buff, dev: net_device): number {
  const p = netdev_priv<my_priv>(dev);
  memcpy(p.buffer, skb.data, skb.data.length);
  p.stats.tx_packets++;
  dev.trans_start = jiffies;
  dev_kfree_skb(skb);
  return NETDEV_TX_OK;
}

software_driver({ priv: my_priv, setup: my_setup, callbacks: { hard_start_xmit: my_xmit } });
